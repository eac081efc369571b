#include "store/keys.h"

#include "core/check.h"
#include "fmt/format.h"

namespace pavior::inline v0::store {
namespace {

// Times before 1970 must sort first, so the sign bit is flipped.
constexpr std::uint64_t sign = std::uint64_t{1} << 63;
std::uint64_t sortable(Time time) { return static_cast<std::uint64_t>(microseconds(time)) ^ sign; }

template <class Number>
void append_number(std::string& out, Number value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

template <class Number>
Number read_number(std::string_view bytes) {
  PAVIOR_CHECK(bytes.size() >= sizeof(Number), "{} bytes", bytes.size());
  Number value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    value = static_cast<Number>(value << 8) | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

}  // namespace

void append_u64(std::string& out, std::uint64_t value) { append_number(out, value); }
void append_u32(std::string& out, std::uint32_t value) { append_number(out, value); }
std::uint64_t read_u64(std::string_view bytes) { return read_number<std::uint64_t>(bytes); }
std::uint32_t read_u32(std::string_view bytes) { return read_number<std::uint32_t>(bytes); }

std::string position_key(Position position) {
  std::string key;
  append_u64(key, number(position));
  return key;
}

std::optional<Position> parse_position_key(std::string_view key) {
  if (key.size() != 8) return std::nullopt;
  return Position{read_u64(key)};
}

std::string stream_key(std::string_view workflow, std::string_view key) {
  std::string out;
  out.reserve(workflow.size() + key.size() + 1);
  out.append(workflow).append(1, '\0').append(key);
  return out;
}

bool is_stream_key(std::string_view key) { return key.find('\0') != std::string_view::npos; }

StreamId stream_of(std::string_view stream_key) {
  const auto zero = stream_key.find('\0');
  PAVIOR_CHECK(zero != std::string_view::npos, "a stream key of {} bytes has no separator", stream_key.size());
  return {std::string(stream_key.substr(0, zero)), std::string(stream_key.substr(zero + 1))};
}

std::string version_key(std::string_view stream_key, Version version) {
  std::string out;
  out.reserve(stream_key.size() + 9);
  out.append(stream_key).append(1, '\0');
  append_u64(out, number(version));
  return out;
}

std::string timer_key(Time due, Position armed_at, std::string_view stream_key, std::string_view name) {
  std::string out;
  append_u64(out, sortable(due));
  append_u64(out, number(armed_at));
  out.append(stream_key).append(1, '\0').append(name);
  return out;
}

std::optional<TimerKey> parse_timer_key(std::string_view key) {
  if (key.size() < 18) return std::nullopt;
  TimerKey timer;
  timer.due = time_of(static_cast<std::int64_t>(read_u64(key) ^ sign));
  timer.armed_at = Position{read_u64(key.substr(8))};
  const std::string_view names = key.substr(16);
  const auto first = names.find('\0');
  const auto second = first == std::string_view::npos ? first : names.find('\0', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  timer.workflow = names.substr(0, first);
  timer.key = names.substr(first + 1, second - first - 1);
  timer.name = names.substr(second + 1);
  return timer;
}

std::string effect_key(EffectKey effect) {
  std::string out;
  append_u64(out, number(effect.position));
  append_u32(out, effect.index);
  return out;
}

std::optional<EffectKey> parse_effect_key(std::string_view key) {
  if (key.size() != 12) return std::nullopt;
  return EffectKey{Position{read_u64(key)}, read_u32(key.substr(8))};
}

std::string view_prefix(std::string_view projection, std::uint32_t generation) {
  std::string out(projection);
  out += '\0';
  append_u32(out, generation);
  return out;
}

std::string prefix_end(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  PAVIOR_CHECK(!prefix.empty(), "every key begins with this prefix");
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

std::string readable(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c >= ' ' && c < 0x7f)
      out += c;
    else
      out += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(c));
  }
  return out;
}

}  // namespace pavior::inline v0::store

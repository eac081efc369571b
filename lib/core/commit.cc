#include "core/commit.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "fmt/format.h"

namespace pavior::inline v0 {
namespace {

using google::protobuf::internal::WireFormatLite;

/// Walks the fields of one protobuf message and hands out views of its strings, which generated classes would copy.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes), input_(data(bytes), static_cast<int>(bytes.size())) {}

  /// Moves to the next field; false at the end or after a malformed one.
  bool next() {
    tag_ = input_.ReadTagNoLastTag();
    return tag_ != 0 && ok_;
  }
  int number() const { return WireFormatLite::GetTagFieldNumber(tag_); }
  /// The message was well formed and has been read to its end.
  bool complete() const { return ok_ && static_cast<std::size_t>(input_.CurrentPosition()) == bytes_.size(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    ok_ &= is(WireFormatLite::WIRETYPE_VARINT) && input_.ReadVarint64(&value);
    return value;
  }
  std::uint64_t fixed64() {
    std::uint64_t value = 0;
    ok_ &= is(WireFormatLite::WIRETYPE_FIXED64) && input_.ReadLittleEndian64(&value);
    return value;
  }
  std::string_view text() {
    std::uint32_t size = 0;
    ok_ &= is(WireFormatLite::WIRETYPE_LENGTH_DELIMITED) && input_.ReadVarint32(&size);
    const auto start = static_cast<std::size_t>(input_.CurrentPosition());
    ok_ &= size <= bytes_.size() - start;
    if (!ok_) return {};
    input_.Skip(static_cast<int>(size));
    return bytes_.substr(start, size);
  }
  void skip() { ok_ &= WireFormatLite::SkipField(&input_, tag_); }

 private:
  static const std::uint8_t* data(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
  }
  bool is(WireFormatLite::WireType type) const { return WireFormatLite::GetTagWireType(tag_) == type; }

  std::string_view bytes_;
  google::protobuf::io::CodedInputStream input_;
  std::uint32_t tag_ = 0;
  bool ok_ = true;
};

bool decode_event(std::string_view bytes, Event& event) {
  Fields fields(bytes);
  while (fields.next()) {
    switch (fields.number()) {
      case 1: event.workflow = fields.text(); break;
      case 2: event.key = fields.text(); break;
      case 3: event.version = Version{fields.varint()}; break;
      case 4: event.stage = Stage{static_cast<std::int32_t>(fields.varint())}; break;
      case 5: event.type = fields.text(); break;
      case 6: event.payload = fields.text(); break;
      default: fields.skip();
    }
  }
  return fields.complete();
}

bool decode_timer(std::string_view bytes, TimerView& timer) {
  Fields fields(bytes);
  while (fields.next()) {
    switch (fields.number()) {
      case 1: timer.workflow = fields.text(); break;
      case 2: timer.key = fields.text(); break;
      case 3: timer.name = fields.text(); break;
      case 4: timer.armed_at = Position{fields.varint()}; break;
      case 5: timer.due = time_of(static_cast<std::int64_t>(fields.varint())); break;
      default: fields.skip();
    }
  }
  return fields.complete();
}

bool decode_effect(std::string_view bytes, EffectKey& effect) {
  Fields fields(bytes);
  while (fields.next()) {
    switch (fields.number()) {
      case 1: effect.position = Position{fields.varint()}; break;
      case 2: effect.index = static_cast<std::uint32_t>(fields.varint()); break;
      default: fields.skip();
    }
  }
  return fields.complete();
}

bool decode_fields(std::string_view bytes, CommitView& commit) {
  Fields fields(bytes);
  bool parts = true;
  while (fields.next()) {
    switch (fields.number()) {
      case 1: commit.command_id = fields.text(); break;
      case 2: commit.command_type = fields.text(); break;
      case 3: commit.fingerprint = fields.fixed64(); break;
      case 4: commit.actor = fields.text(); break;
      case 5: commit.trace = fields.text(); break;
      case 6: commit.time = time_of(static_cast<std::int64_t>(fields.varint())); break;
      case 7: parts &= decode_event(fields.text(), commit.events.emplace_back()); break;
      case 8: parts &= decode_timer(fields.text(), commit.timer.emplace()); break;
      case 9: parts &= decode_effect(fields.text(), commit.effect.emplace()); break;
      case 10: commit.principal = fields.text(); break;
      default: fields.skip();
    }
  }
  return parts && fields.complete();
}

}  // namespace

Result<void> decode_commit(std::string_view bytes, Position first, CommitView& commit) {
  std::vector<Event> events = std::move(commit.events);
  events.clear();
  commit = CommitView{};
  commit.events = std::move(events);
  if (!decode_fields(bytes, commit) || commit.events.empty())
    return Error(ErrorCode::corrupt, fmt::format("the commit at position {} cannot be read", number(first)));
  Position position = first;
  for (Event& event : commit.events) {
    event.position = position;
    event.time = commit.time;
    event.actor = commit.actor;
    event.principal = commit.principal;
    event.command_id = commit.command_id;
    event.trace = commit.trace;
    position = position + 1;
  }
  return {};
}

Receipt receipt_of(const CommitView& commit, bool repeated) {
  const Event& first = commit.events.front();
  const Event* last = &first;
  for (const Event& event : commit.events)
    if (event.workflow == first.workflow && event.key == first.key) last = &event;
  Receipt receipt;
  receipt.command_id = commit.command_id;
  receipt.stream = first.stream();
  receipt.version = last->version;
  receipt.stage = last->stage;
  receipt.first = first.position;
  receipt.events = static_cast<std::uint32_t>(commit.events.size());
  receipt.time = commit.time;
  receipt.repeated = repeated;
  return receipt;
}

}  // namespace pavior::inline v0

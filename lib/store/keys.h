/// \file
/// How keys are spelled. Numbers are big-endian, so that bytes sort as numbers do. docs/storage.md lists them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/commit.h"
#include "pavior/event.h"

namespace pavior::inline v0::store {

void append_u64(std::string& out, std::uint64_t value);
void append_u32(std::string& out, std::uint32_t value);
/// The number in the first bytes of `bytes`, which must be long enough.
std::uint64_t read_u64(std::string_view bytes);
std::uint32_t read_u32(std::string_view bytes);

std::string position_key(Position position);
/// Empty when `key` is none.
std::optional<Position> parse_position_key(std::string_view key);

/// `workflow 0x00 key`: the key of a head, and the prefix of the stream's index rows.
std::string stream_key(std::string_view workflow, std::string_view key);
/// Whether `key` is one: rows that are read from a file that was altered need not be.
bool is_stream_key(std::string_view key);
/// The inverse, of a key that is one.
StreamId stream_of(std::string_view stream_key);
/// `stream_key 0x00 version`.
std::string version_key(std::string_view stream_key, Version version);

/// `due armed_at stream_key 0x00 name`.
std::string timer_key(Time due, Position armed_at, std::string_view stream_key, std::string_view name);
struct TimerKey {
  Time due{};
  Position armed_at{};
  std::string_view workflow;
  std::string_view key;
  std::string_view name;
};
/// Empty when `key` is none.
std::optional<TimerKey> parse_timer_key(std::string_view key);

/// `position index`.
std::string effect_key(EffectKey effect);
/// Empty when `key` is none.
std::optional<EffectKey> parse_effect_key(std::string_view key);

/// `name 0x00 generation`: the prefix of one generation of a projection's rows.
std::string view_prefix(std::string_view projection, std::uint32_t generation);

/// The first key after all that begin with `prefix`, which must not be all 0xff.
std::string prefix_end(std::string prefix);

/// A key for people: what is no printable ASCII as `\\x1f`.
std::string readable(std::string_view key);

}  // namespace pavior::inline v0::store

/// \file
/// The smallest workflow with timers: streams that do nothing but arm, disarm and ring.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/engine.h"

namespace pavior::bench {

/// When all clocks of the harness start.
inline constexpr Time epoch{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

namespace alarms {

/// A stream has up to this many alarms; their numbers are the places of their due times in an `arm`.
inline constexpr std::size_t alarms_max = 4;
inline constexpr std::string_view rang_type = "bench.Rang";

std::shared_ptr<const Workflow> make_workflow();

/// `group` and `number` name the stream.
StreamId stream(std::string_view group, std::uint64_t number);
Command arm(StreamId stream, const std::vector<Time>& dues);
/// Disarms one alarm ...
Command disarm(StreamId stream, std::size_t alarm);
/// ... or all.
Command disarm(StreamId stream);
/// A command that touches no timer.
Command note(StreamId stream);

/// Which alarm a `rang_type` fact is about, and when it was due.
struct Rang {
  Time due;
  std::size_t alarm = 0;
};
Rang parse_rang(const Event& event);

}  // namespace alarms

/// Options of an engine that runs alarms and the city's work orders.
Options engine_options(Durability durability);
/// As the table spells it.
std::string_view text_of(Durability durability);

/// How late the alarms rang after position `from`, by the times of their facts. Each of `expected` must have rung, once
/// and not early, or the program ends.
/// Units: microseconds; sorted.
std::vector<std::uint32_t> lateness_us(const Engine& engine, Position from, std::uint64_t expected);

}  // namespace pavior::bench

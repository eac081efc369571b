/// \file
/// What a decision looks at, and whether a row fits it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "city/dispatch/compiled.h"
#include "city/dispatch/unit_index.h"
#include "pavior/city/dispatch.h"

namespace pavior::city::inline v0 {

/// The first condition of a row that does not hold, in the order they are asked.
enum class Miss : std::uint8_t {
  none,
  not_yet,
  no_longer,
  condition,
  grade,
  grid,
  channel,
  profile,
  reporter_kind,
  time,
  text,
  workload,
  skills,
};

/// Of one question. Whatever costs something is found out when a row first asks for it, and then kept.
class DispatchFacts {
 public:
  DispatchFacts(const DispatchQuestion& question, const DispatchTables::Compiled& tables, const UnitIndex& units,
                const Workload& workload);

  [[nodiscard]] NameNumber category() const { return category_; }
  /// That the row is about the order's category is known already, by its bucket.
  [[nodiscard]] Miss miss(const CompiledRow& row);
  [[nodiscard]] bool fits(const CompiledRow& row) { return miss(row) == Miss::none; }
  /// "the grid is not below 3411/05"
  [[nodiscard]] std::string text(Miss miss, const CompiledRow& row);
  /// Adds what was looked at, besides what is empty.
  void describe(v1::DispatchExplanation& explanation) const;

 private:
  struct CalendarFact {
    std::optional<bool> working;  ///< Nothing: the calendar does not say.
    std::string refusal;
    std::chrono::minutes clock{};
  };
  const CalendarFact& calendar(std::uint32_t number);
  const std::string& lower_text(const CompiledText& text);
  bool time_holds(const CompiledRow& row);
  bool texts_hold(const CompiledRow& row);
  bool workloads_hold(const CompiledRow& row);
  bool skills_hold(const CompiledRow& row) const;
  std::optional<UnitLoad> load_of(std::string_view unit);
  std::string time_text(const CompiledRow& row);
  std::string workload_text(const CompiledRow& row);

  const DispatchQuestion& question_;
  const DispatchTables::Compiled& tables_;
  const UnitIndex& units_;
  const Workload& workload_;

  NameNumber category_, condition_, channel_, profile_, reporter_kind_;
  NameNumbers grids_;  ///< The order's and those above it.
  std::vector<std::optional<CalendarFact>> calendars_;
  std::array<std::optional<std::string>, 4> texts_;
  std::map<std::string_view, std::string> attributes_;
  std::map<std::string_view, std::optional<UnitLoad>> loads_;
};

}  // namespace pavior::city::inline v0

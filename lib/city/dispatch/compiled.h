/// \file
/// Decision tables in a form that is quick to ask: names are numbers, and rows lie in buckets by category.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "city/calendar/zone.h"
#include "pavior/city/calendar.h"
#include "pavior/city/dispatch_rules.h"
#include "pavior/event.h"

namespace pavior::city::inline v0 {

/// A name that some row says. Names that none says are all the same.
using NameNumber = std::uint32_t;
inline constexpr NameNumber unnamed = 0;

/// Sorted; empty: any.
using NameNumbers = std::vector<NameNumber>;

struct CompiledText {
  enum class Field : std::uint8_t { title, description, address, external_reference, attribute };
  Field field = Field::title;
  std::string_view attribute;        ///< Its name.
  std::vector<std::string> needles;  ///< In lower case.
};

struct CompiledRow {
  const v1::DispatchRow* data = nullptr;
  int index = 0;             ///< In its table's data.
  Time from = Time::min();   ///< In effect from here ...
  Time until = Time::max();  ///< ... until just before.
  std::uint8_t grades = 0;   ///< A bit for each; 0: any.
  NameNumbers conditions, grids, channels, profiles, reporter_kinds;
  std::optional<std::uint32_t> calendar;  ///< Of `Compiled::calendars`.
  std::optional<LocalSpan> hours;         ///< Its end may lie before its begin: on the next day.
  std::vector<CompiledText> texts;
};

struct CompiledTable {
  const v1::DecisionTable* data = nullptr;
  v1::DecisionTable::Hit hit = v1::DecisionTable::FIRST;
  std::vector<CompiledRow> rows;  ///< In the order they are asked: by priority where that counts.
  /// Which of them speak of a minor category, and which of any.
  std::unordered_map<NameNumber, std::vector<std::uint32_t>> by_category;
  std::vector<std::uint32_t> of_any_category;

  [[nodiscard]] const std::vector<std::uint32_t>& rows_about(NameNumber category) const {
    const auto found = by_category.find(category);
    return found == by_category.end() ? of_any_category : found->second;
  }
};

struct CompiledCalendar {
  Calendar calendar;
  Zone zone;
};

struct DispatchTables::Compiled {
  v1::DispatchRules data;  ///< Rows point into it.
  std::string zone_name;   ///< Of the catalogue.
  std::optional<Zone> zone;
  std::vector<CompiledCalendar> calendars;
  std::vector<CompiledTable> tables;
  std::unordered_map<std::string, NameNumber> names;

  [[nodiscard]] NameNumber number_of(const std::string& name) const {
    const auto found = names.find(name);
    return found == names.end() ? unnamed : found->second;
  }
};

/// Of ASCII letters.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace pavior::city::inline v0

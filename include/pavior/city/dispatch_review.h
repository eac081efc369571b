/// \file
/// What is odd about decision tables: cases without an owner, rows that fight, rows that never decide. docs/dispatch.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pavior/city/dispatch.h"
#include "pavior/city/policy.h"
#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

struct DispatchFinding {
  enum class Severity : std::uint8_t { error, warning, note };
  enum class Kind : std::uint8_t {
    gap,            ///< Cases for which no row can hold, and there is no fallback unit.
    possible_gap,   ///< Cases for which only rows hold that ask for a time, a text, a workload or skills.
    overlap,        ///< Two rows of a UNIQUE table can hold together.
    shadowed,       ///< Rows before it decide every case it could.
    unreachable,    ///< No order can fulfil its conditions, or its days are over.
    unknown,        ///< The organisation has no such unit, group or grid, or the unit is closed.
    duty_mismatch,  ///< The unit has not the duty of the category, and the row gives no reason.
    nobody,         ///< The organisation has nobody that the strategy could find.
    unread,         ///< There are too many cases to look at all of them: what is not found is not known.
  };
  Severity severity = Severity::note;
  Kind kind = Kind::gap;
  std::string path;     ///< `dispatch.tables[0].rows[3]`
  std::string what;     ///< And how to mend it.
  std::string example;  ///< A case of it; empty where there is none.

  friend bool operator==(const DispatchFinding&, const DispatchFinding&) = default;
};

/// Exact over categories, filing conditions, grades, grids, channels, profiles, reporter kinds and effective days. Of
/// times, texts, workloads and skills it reads what can be told from the rows alone: a gap that only such a row closes
/// is a possible one, and a row is called shadowed only if one before it asks for the same or less.
/// `world` is the organisation's, if there is one to be asked; `at` tells which days are over.
/// In the order of the tables and rows, gaps last. Cost: bounded for each row, category and grade; where the bound is
/// reached, the finding `unread` says so.
[[nodiscard]] PAVIOR_EXPORT std::vector<DispatchFinding> review_dispatch(const Policy& policy,
                                                                         const DispatchWorld* world, Time at);

/// A line: `error: dispatch.tables[0].rows[3]: ...; for example ...`.
[[nodiscard]] PAVIOR_EXPORT std::string finding_text(const DispatchFinding& finding);

}  // namespace pavior::city::inline v0

/// \file
/// What can be told of times, texts, workloads and skills without knowing the order.
#pragma once

#include "city/dispatch/compiled.h"

namespace pavior::city::inline v0 {

/// Whether the row asks for a time, a text, a workload or skills.
[[nodiscard]] bool asks_for_more(const CompiledRow& row);

/// Whether what `wide` asks for of these holds whenever what `narrow` asks for does. "No" may mean that it is not known.
[[nodiscard]] bool surely_follows(const CompiledRow& narrow, const CompiledRow& wide);

/// Whether both cannot hold at once. "No" may mean that it is not known.
[[nodiscard]] bool surely_exclude(const CompiledRow& one, const CompiledRow& other);

/// Whether it takes the calendars to tell if both can hold at once.
[[nodiscard]] bool times_may_exclude(const CompiledRow& one, const CompiledRow& other);

/// Whether the row contradicts itself: two workloads of a unit, or hours in which its calendar never works in the year
/// after `at`.
[[nodiscard]] bool contradicts_itself(const CompiledRow& row, const DispatchTables::Compiled& tables, Time at);

}  // namespace pavior::city::inline v0

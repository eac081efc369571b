/// \file
/// What was hoped for, beside what was measured.
#pragma once

#include <string>
#include <vector>

#include "timers/row.h"

namespace pavior::bench {

/// One line for each goal that the rows can judge.
std::vector<std::string> judge(const Rows& rows);

/// Fills in the ratios of the timers that live in memory only: how many times as many a second as the engine, not
/// synced, manages with the same number pending.
void add_ratios(Rows& rows);

}  // namespace pavior::bench

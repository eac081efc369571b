/// \file
/// The demo's scoreboard: read back from the store, order by order, as any report would be.
#pragma once

#include <string>

#include "pavior/engine.h"
#include "pavior/result.h"

namespace pavior::demo {

struct Period {
  Time from;
  int days = 0;
};

/// `colours`: ANSI colours and bold for a terminal.
[[nodiscard]] Result<std::string> scoreboard(const Engine& engine, Period period, bool colours);

}  // namespace pavior::demo

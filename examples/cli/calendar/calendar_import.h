/// \file
/// Holiday files into a calendar file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app.h"

namespace pavior::cli {

struct ImportCalendar {
  std::vector<std::filesystem::path> files;
  std::string calendar;          ///< What the holidays go into; empty: the rules of `cn` without its days.
  std::string id;                ///< Empty: that of the calendar.
  std::uint32_t version = 0;     ///< 0: the next one of the calendar, 1 without one.
  std::filesystem::path output;  ///< Empty: standard output.
};

[[nodiscard]] Exit import_calendar(const App& app, const ImportCalendar& wish);

}  // namespace pavior::cli

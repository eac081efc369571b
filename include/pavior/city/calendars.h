/// \file
/// The calendars of a city, all versions of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "pavior/city/calendar.h"
#include "pavior/city/v1/clock.pb.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The calendars a city counts by, all versions of them: clocks keep theirs.
/// Threads: as a standard container.
class PAVIOR_EXPORT Calendars {
 public:
  /// Errors: conflict (this version is there already: versions never change).
  Result<void> add(Calendar calendar);
  /// Errors: not_found.
  [[nodiscard]] Result<Calendar> version(const v1::CalendarVersion& wanted) const;
  /// The newest version. Errors: not_found.
  [[nodiscard]] Result<Calendar> newest(std::string_view id) const;

 private:
  std::map<std::pair<std::string, std::uint32_t>, Calendar> calendars_;
};

}  // namespace pavior::city::inline v0

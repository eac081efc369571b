/// \file
/// Calendars as files: protobuf text or JSON, and holidays as the data set holiday-cn writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/v1/calendar.pb.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The calendar in a text: JSON if it begins with `{`, otherwise protobuf text. It is checked as `Calendar::make` does.
/// Errors: invalid; the message begins with line and column where the text has them, and names the field and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Calendar> read_calendar(std::string_view text);

/// The calendar as protobuf text, with a line for each day. `read_calendar` reads it back.
[[nodiscard]] PAVIOR_EXPORT std::string write_calendar(const v1::Calendar& calendar);

/// `base` with the holidays and make-up days of the files, each the JSON text of one year.
/// A year's file replaces what `base` has of that year and of each date the file names; the validity grows to the years
/// of the files. Id and version stay: give the result a version of its own.
/// A base without validity has the years of the files.
/// Errors: invalid (the message says which file, counted from 1; also if a year between is missing).
[[nodiscard]] PAVIOR_EXPORT Result<v1::Calendar> import_holidays(v1::Calendar base,
                                                                 const std::vector<std::string>& files);

}  // namespace pavior::city::inline v0

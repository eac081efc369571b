/// \file
/// Calendars that published data bring with them, beside those that are known.
#pragma once

#include <vector>

#include "city/policy/check_words.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/calendar.pb.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

using OwnCalendars = google::protobuf::RepeatedPtrField<v1::Calendar>;

/// Adds those of the field `calendars` to `all`; the mistake of the first that cannot be. A version that is there with
/// the same content is none.
[[nodiscard]] Mistake add_calendars(const OwnCalendars& own, Calendars& all);

/// REQUIRES: `add_calendars` finds no mistake.
[[nodiscard]] Calendars united_calendars(const OwnCalendars& own, Calendars all);

/// Adds one. Errors: conflict (this version is there with other content).
Result<void> unite(Calendars& all, Calendar calendar);

/// Errors: of `Calendar::make`.
[[nodiscard]] Result<std::vector<Calendar>> made_calendars(const OwnCalendars& own);

}  // namespace pavior::city::inline v0

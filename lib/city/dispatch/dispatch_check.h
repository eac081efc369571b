/// \file
/// Whether a catalogue's dispatch rules make sense by themselves; what asks the organisation is the review's.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "city/policy/check_words.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/catalogue.pb.h"

namespace pavior::city::inline v0 {

/// The first mistake of `dispatch`. Without `calendars` those that rows name are not looked for.
/// REQUIRES: categories, channels and profiles of the catalogue were found sound.
[[nodiscard]] Mistake dispatch_mistake(const v1::Catalogue& data, const Calendars* calendars);

/// "22:00", from 00:00 to 24:00, since midnight.
[[nodiscard]] std::optional<std::chrono::minutes> parse_wall_minutes(std::string_view text);

// choice_check.cc
[[nodiscard]] Mistake choice_mistake(const v1::DispatchChoice& choice);

}  // namespace pavior::city::inline v0

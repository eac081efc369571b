/// \file
/// When a catalogue says that it takes effect.
#pragma once

#include <optional>
#include <string>

#include "city/policy/check_words.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/event.h"

namespace pavior::city::inline v0 {

[[nodiscard]] Mistake effective_mistake(const v1::Catalogue& data);

/// Nothing: as soon as it is published. REQUIRES: there is no mistake in it.
[[nodiscard]] std::optional<Time> effective_time(const v1::Catalogue& data);

/// `2024-05-01T09:00:00 Asia/Shanghai`; UTC if there is no such zone.
[[nodiscard]] std::string wall_text(Time instant, const std::string& zone);

}  // namespace pavior::city::inline v0

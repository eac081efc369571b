/// \file
/// When published data say that they take effect.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "city/policy/check_words.h"
#include "pavior/event.h"

namespace pavior::city::inline v0 {

/// As they write it: their fields `zone` and `effective_from`. Lifetime: that of the data.
struct WrittenEffect {
  const std::string& zone;
  const std::string& from;
};

[[nodiscard]] Mistake effective_mistake(const WrittenEffect& written);

/// Of what all published data begin with. `what` has its article: "a catalogue".
template <class Data>
[[nodiscard]] Mistake head_mistake(const Data& data, std::string_view what) {
  if (auto mistake = name_mistake("id", data.id(), what)) return mistake;
  if (data.version() == 0) return DataMistake{"version", "is 0 or missing; versions are 1, 2, 3 ..."};
  if (auto mistake = text_mistake("name", data.name())) return mistake;
  return effective_mistake({data.zone(), data.effective_from()});
}

/// Nothing: as soon as they are published. REQUIRES: there is no mistake in it.
[[nodiscard]] std::optional<Time> effective_time(const WrittenEffect& written);

/// Of a zone, where dates and times need one. May be empty.
[[nodiscard]] Mistake zone_mistake(const std::string& zone);

/// `2024-05-01T09:00:00 Asia/Shanghai`; UTC if there is no such zone.
[[nodiscard]] std::string wall_text(Time instant, const std::string& zone);

}  // namespace pavior::city::inline v0

/// \file
/// What publishing asks of a version that is to be the next one, whatever is published.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "city/policy/check_words.h"
#include "city/policy/effective.h"
#include "city/publishing/own_calendars.h"
#include "fmt/format.h"
#include "pavior/city/calendars.h"
#include "pavior/city/publishing.h"
#include "pavior/city/version_book.h"
#include "pavior/event.h"
#include "pavior/proto.h"
#include "pavior/result.h"

namespace pavior::city::inline v0::publishing {

struct Setting {
  Calendars host;
  PublishingPolicy city;
};

/// How many of what is missing a refusal names.
inline constexpr std::size_t missing_named_max = 10;

/// `a, b, c ...`
[[nodiscard]] std::string named(std::vector<std::string> missing);

[[nodiscard]] Result<void> may_publish(std::string_view command, const Actor& actor, const PublishingPolicy& city);
[[nodiscard]] Error mistake_error(std::string_view noun, const DataMistake& mistake);
[[nodiscard]] Result<void> check_stream(std::string_view noun, const std::string& id, const StreamId& stream);

/// The latest of those not withdrawn; null: there is none.
template <class Kind>
[[nodiscard]] auto latest(const typename Kind::All& all) -> decltype(&all.versions(0)) {
  for (int i = all.versions_size() - 1; i >= 0; --i)
    if (!all.versions(i).withdrawn()) return &all.versions(i);
  return nullptr;
}

/// Those of the host and of all versions so far, withdrawn ones too: somebody may have counted by them.
template <class Kind>
[[nodiscard]] Calendars known_calendars(const typename Kind::All& all, Calendars host) {
  if constexpr (BringsCalendars<typename Kind::Item>)
    for (const auto& version : all.versions())
      host = united_calendars(Kind::data(version).calendars(), std::move(host));
  return host;
}

template <class Kind>
[[nodiscard]] Result<void> check_version(const typename Kind::Data& data, const typename Kind::All& all) {
  if (all.versions().empty()) return {};
  const auto last = Kind::data(*all.versions().rbegin()).version();
  if (data.version() == last + 1) return {};
  return Error::refused("version_is_next",
                        fmt::format("version {} of {} was published last, so the next one is {}, not {}", last,
                                    data.id(), last + 1, data.version()));
}

/// `before` is the version that the new one follows.
template <class Kind>
[[nodiscard]] Result<void> check_time(const typename Kind::Published& fact, const auto& before, Time now) {
  if (fact.effective_from() < to_micros(now))
    return Error::refused("takes_effect_from_now_on",
                          fmt::format("effective_from {} is past, and {}; name a time to come, or none for at once",
                                      Kind::data(fact).effective_from(), Kind::past_is_kept));
  if (fact.effective_from() < before.effective_from()) {
    const auto& data = Kind::data(before);
    // By the wall clock of the version before.
    return Error::refused(
        "takes_effect_in_order",
        fmt::format("version {} takes effect at {}, so version {} cannot before; name that time or a later one, or "
                    "withdraw version {} first",
                    data.version(), wall_text(from_micros(before.effective_from()), data.zone()),
                    Kind::data(fact).version(), data.version()));
  }
  return {};
}

}  // namespace pavior::city::inline v0::publishing

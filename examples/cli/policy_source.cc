#include "policy_source.h"

#include <utility>

#include "calendar_source.h"
#include "fmt/format.h"
#include "text_file.h"

namespace pavior::cli {

city::Calendars with_shipped_calendars(city::Calendars own) {
  for (const auto* name : {"cn", "us"})
    if (auto calendar = open_calendar(name)) (void)own.add(std::move(calendar->calendar));
  return own;
}

Result<city::v1::Catalogue> open_catalogue(const std::string& file, const city::Calendars* calendars) {
  const auto shipped = shipped_catalogue(file);
  const auto text = shipped.empty() ? read_text(file) : Result<std::string>(std::string(shipped));
  if (!text) return text.error();
  auto catalogue = calendars == nullptr ? city::read_catalogue(*text) : city::read_catalogue(*text, *calendars);
  if (catalogue) return catalogue;
  const auto& message = catalogue.error().message();
  const bool has_place = !message.empty() && message.front() >= '0' && message.front() <= '9';
  return Error(catalogue.error().code(), fmt::format("{}:{}{}", file, has_place ? "" : " ", message));
}

}  // namespace pavior::cli

#include "text/policy_source.h"

#include <utility>

#include "text/calendar_source.h"
#include "text/text_file.h"

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
  return catalogue ? std::move(catalogue) : of_file(file, catalogue.error());
}

}  // namespace pavior::cli

#include "city/organisation_source.h"

#include <utility>

#include "text/text_file.h"

namespace pavior::cli {

Result<city::Organisation> open_organisation(const std::string& file, const city::Calendars& calendars) {
  const auto text = read_text(file);
  if (!text) return text.error();
  auto data = city::read_organisation(*text, calendars);
  return data ? city::Organisation::make(*std::move(data), calendars) : of_file(file, data.error());
}

}  // namespace pavior::cli

#include "calendar/calendar_import.h"

#include <fstream>

#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "text/calendar_source.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

Result<city::v1::Calendar> base_of(const ImportCalendar& wish) {
  auto base = open_calendar(wish.calendar.empty() ? "cn" : wish.calendar);
  if (!base) return std::move(base).error();
  auto data = std::move(base->data);
  data.set_version(wish.version != 0 ? wish.version : wish.calendar.empty() ? 1 : data.version() + 1);
  if (!wish.id.empty()) data.set_id(wish.id);
  if (wish.calendar.empty()) {
    data.clear_days();
    data.clear_sources();
    data.clear_valid_from();
    data.clear_valid_to();
  }
  return data;
}

Result<city::v1::Calendar> imported(const ImportCalendar& wish) {
  const auto base = base_of(wish);
  if (!base) return base;
  std::vector<std::string> texts;
  for (const auto& file : wish.files) {
    auto text = read_text(file);
    if (!text) return std::move(text).error();
    texts.push_back(*std::move(text));
  }
  const auto made = city::import_holidays(*base, texts);
  if (!made) return made;
  return city::read_calendar(city::write_calendar(*made));  // Checked as any other.
}

std::string file_text(const App& app, const city::v1::Calendar& calendar) {
  if (!app.json) return city::write_calendar(calendar);
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(calendar, &json).ok()) return {};
  return json + '\n';
}

}  // namespace

Exit import_calendar(const App& app, const ImportCalendar& wish) {
  const auto calendar = imported(wish);
  if (!calendar) return fail(Exit::bad_input, printable(calendar.error().message()));
  const auto text = file_text(app, *calendar);
  if (wish.output.empty()) {
    fmt::print("{}", text);
  } else {
    std::ofstream file(wish.output, std::ios::binary);
    file << text;
    if (!file.flush()) return fail(Exit::bad_input, fmt::format("{} cannot be written", wish.output.string()));
  }
  fmt::print(stderr, "{} version {}: {} to {}, {} entries of days\n", printable(calendar->id()), calendar->version(),
             calendar->valid_from(), calendar->valid_to(), calendar->days_size());
  return Exit::ok;
}

}  // namespace pavior::cli

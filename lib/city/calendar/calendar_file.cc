#include "pavior/city/calendar_file.h"

#include "city/calendar/calendar_rules.h"
#include "fmt/format.h"
#include "google/protobuf/text_format.h"

namespace pavior::city::inline v0 {

Result<v1::Calendar> read_calendar(std::string_view text) {
  v1::Calendar calendar;
  auto read = read_data(text, "a calendar", calendar, [&]() -> Mistake {
    const auto checked = check_calendar(calendar);
    const auto* mistake = std::get_if<DataMistake>(&checked);
    return mistake == nullptr ? std::nullopt : std::optional(*mistake);
  });
  if (!read) return std::move(read).error();
  return calendar;
}

std::string write_calendar(const v1::Calendar& calendar) {
  const auto print = [](const google::protobuf::Message& message, bool one_line) {
    google::protobuf::TextFormat::Printer printer;
    printer.SetSingleLineMode(one_line);
    printer.SetUseUtf8StringEscaping(true);
    std::string text;
    printer.PrintToString(message, &text);
    while (text.ends_with(' ')) text.pop_back();
    return text;
  };
  auto rest = calendar;
  rest.clear_office_hours();
  rest.clear_days();
  auto text = print(rest, false);
  for (const auto& hours : calendar.office_hours()) text += fmt::format("office_hours {{ {} }}\n", print(hours, true));
  for (const auto& day : calendar.days()) text += fmt::format("days {{ {} }}\n", print(day, true));
  return text;
}

}  // namespace pavior::city::inline v0

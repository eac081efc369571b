#include "pavior/city/calendar_file.h"

#include <optional>

#include "city/calendar_rules.h"
#include "fmt/format.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace pavior::city::inline v0 {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// No calendar comes near it; bounds what a wrong file costs.
constexpr std::size_t text_bytes_max = 16 << 20;

Error invalid(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

// Keeps the first mistake of a text; protobuf counts from 0 and says -1 for "nowhere".
class FirstMistake final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (!text_.empty()) return;
    text_ = line < 0 ? message : fmt::format("{}:{}: {}", line + 1, column + 1, message);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Where the field that `path` names stands, e.g. `days[3].date`, or the innermost one around it that stands anywhere.
std::optional<TextFormat::ParseLocation> location(const TextFormat::ParseInfoTree* tree, std::string_view path) {
  const auto* type = v1::Calendar::descriptor();
  std::optional<TextFormat::ParseLocation> found;
  while (tree != nullptr && type != nullptr && !path.empty()) {
    const auto part = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    const auto bracket = part.find('[');
    const auto* field = type->FindFieldByName(std::string(part.substr(0, bracket)));
    if (field == nullptr) break;
    int index = field->is_repeated() ? 0 : -1;  // As protobuf wants it.
    if (bracket != std::string_view::npos) index = std::stoi(std::string(part.substr(bracket + 1)));
    const auto here = tree->GetLocation(field, index);
    if (here.line < 0) break;
    found = here;
    type = field->message_type();
    tree = type == nullptr ? nullptr : tree->GetTreeForNested(field, index);
  }
  return found;
}

std::optional<Error> mistake_in(const v1::Calendar& calendar, const TextFormat::ParseInfoTree* tree) {
  const auto checked = check_calendar(calendar);
  const auto* mistake = std::get_if<CalendarMistake>(&checked);
  if (mistake == nullptr) return std::nullopt;
  const auto place = location(tree, mistake->path);
  return invalid(fmt::format("{}{}: {}", place ? fmt::format("{}:{}: ", place->line + 1, place->column + 1) : "",
                             mistake->path, mistake->what));
}

Result<v1::Calendar> read_text(std::string_view text) {
  v1::Calendar calendar;
  FirstMistake mistake;
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&mistake);
  parser.WriteLocationsTo(&tree);
  google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  if (!parser.Parse(&input, &calendar)) return invalid(mistake.text());
  if (auto error = mistake_in(calendar, &tree)) return *std::move(error);
  return calendar;
}

Result<v1::Calendar> read_json(std::string_view text) {
  v1::Calendar calendar;
  const auto status = google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &calendar);
  if (!status.ok()) return invalid("the JSON is no calendar: " + std::string(status.message()));
  if (auto error = mistake_in(calendar, nullptr)) return *std::move(error);
  return calendar;
}

}  // namespace

Result<v1::Calendar> read_calendar(std::string_view text) {
  if (text.size() > text_bytes_max) return invalid(fmt::format("more than {} bytes are no calendar", text_bytes_max));
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return invalid("the text is empty; a calendar is protobuf text or JSON");
  return text[first] == '{' ? read_json(text) : read_text(text);
}

std::string write_calendar(const v1::Calendar& calendar) {
  const auto print = [](const google::protobuf::Message& message, bool one_line) {
    TextFormat::Printer printer;
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

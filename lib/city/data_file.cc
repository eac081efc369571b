#include "city/data_file.h"

#include <algorithm>

#include "fmt/format.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace pavior::city::inline v0 {
namespace {

using google::protobuf::Message;
using google::protobuf::TextFormat;

// No data comes near it; bounds what a wrong file costs.
constexpr std::size_t file_bytes_max = 16 << 20;

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
std::optional<TextFormat::ParseLocation> location(const google::protobuf::Descriptor* type,
                                                  const TextFormat::ParseInfoTree* tree, std::string_view path) {
  std::optional<TextFormat::ParseLocation> found;
  while (tree != nullptr && type != nullptr && !path.empty()) {
    const auto part = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    const auto bracket = part.find('[');
    const auto* field = type->FindFieldByName(std::string(part.substr(0, bracket)));
    if (field == nullptr) break;
    int index = field->is_repeated() ? 0 : -1;  // As protobuf wants it.
    if (bracket != std::string_view::npos) index = std::stoi(std::string(part.substr(bracket + 1)));
    auto here = tree->GetLocation(field, index);
    // A list in brackets stands where it begins.
    for (int before = index - 1; here.line < 0 && before >= 0; --before) here = tree->GetLocation(field, before);
    if (here.line < 0) break;
    found = here;
    type = field->message_type();
    tree = type == nullptr ? nullptr : tree->GetTreeForNested(field, index);
  }
  return found;
}

Result<void> read_text(std::string_view text, Message& data, TextFormat::ParseInfoTree& tree) {
  FirstMistake mistake;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&mistake);
  parser.WriteLocationsTo(&tree);
  google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  if (!parser.Parse(&input, &data)) return invalid(mistake.text());
  return {};
}

Result<void> read_json(std::string_view text, std::string_view what, Message& data) {
  const auto status = google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &data);
  if (!status.ok()) return invalid(fmt::format("the JSON is not {}: {}", what, std::string(status.message())));
  return {};
}

}  // namespace

Result<void> read_data(std::string_view text, std::string_view what, Message& data,
                       const std::function<Mistake()>& check) {
  if (text.size() > file_bytes_max) return invalid(fmt::format("more than {} bytes are not {}", file_bytes_max, what));
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return invalid(fmt::format("the text is empty; {} is protobuf text or JSON", what));
  TextFormat::ParseInfoTree tree;
  const bool json = text[first] == '{';
  if (auto read = json ? read_json(text, what, data) : read_text(text, data, tree); !read) return read;
  const auto mistake = check();
  if (!mistake) return {};
  const auto place = json ? std::nullopt : location(data.GetDescriptor(), &tree, mistake->path);
  return invalid(fmt::format("{}{}: {}", place ? fmt::format("{}:{}: ", place->line + 1, place->column + 1) : "",
                             mistake->path, mistake->what));
}

}  // namespace pavior::city::inline v0

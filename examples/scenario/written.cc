#include "scenario/written.h"

#include <algorithm>

#include "fmt/format.h"
#include "google/protobuf/io/tokenizer.h"
#include "pavior/proto.h"

namespace pavior::scenario {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;
using Places = TextFormat::ParseInfoTree;

// Beyond every length a clock measures, and before every instant a city's story tells: 1973.
constexpr std::int64_t instant_min = 100'000'000'000'000;

class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber, const std::string& text) override {
    if (!mistake.text.empty()) return;
    mistake = {static_cast<std::size_t>(std::max(line, 0)), text};
    if (text.ends_with('.')) mistake.text.pop_back();
  }
  void AddWarning(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
  Mistake mistake;
};

// How much of the start has the shape; `0` stands for any digit.
std::size_t shape_length(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return 0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return 0;
  }
  return shape.size();
}

// `2024-03-08`, `2024-03-08 10:00` or `2024-03-08 10:00:30`; 0 if the text begins otherwise.
std::size_t instant_length(std::string_view text) {
  auto length = shape_length(text, "0000-00-00");
  if (length == 0) return 0;
  const auto minutes = shape_length(text.substr(length), " 00:00");
  length += minutes;
  return minutes == 0 ? length : length + shape_length(text.substr(length), ":00");
}

// Dates outside of quotation marks become microseconds. The word that is no instant, or nothing.
std::optional<std::string> replace_dates(std::string& text, const cli::CityClock& clock) {
  std::string replaced;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto length = quoted ? 0 : instant_length(std::string_view(text).substr(i));
    if (length > 0) {
      const auto word = text.substr(i, length);
      const auto time = cli::parse_instant(word, clock);
      if (!time) return word;
      replaced += fmt::format("{}", to_micros(*time));
      i += length - 1;
      continue;
    }
    const bool escaped = quoted && text[i] == '\\' && i + 1 < text.size();
    if (escaped) replaced += text[i++];
    if (!escaped && text[i] == '"') quoted = !quoted;
    replaced += text[i];
  }
  text = std::move(replaced);
  return std::nullopt;
}

std::string value_text(const Message& message, const FieldDescriptor& field, int index, const cli::CityClock& clock) {
  const auto& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 && !field.is_repeated()) {
    if (const auto value = reflection.GetInt64(message, &field); value > instant_min)
      return time_text(from_micros(value), clock);
  }
  TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintFieldValueToString(message, &field, index, &text);
  if (field.message_type() != nullptr) return fmt::format("{{ {} }}", trimmed(text));
  return std::string(trimmed(text));
}

std::string all_values_text(const Message& message, const FieldDescriptor& field, const cli::CityClock& clock) {
  std::string text;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i)
    text += (i == 0 ? "" : ", ") + value_text(message, field, i, clock);
  return '[' + text + ']';
}

class Comparison {
 public:
  Comparison(std::size_t line, const cli::CityClock& clock) : line_(line), clock_(clock) {}

  std::optional<Difference> find(const Message& wanted, const Places& places, const Message& was,
                                 const std::string& path) const {
    for (int i = 0; i < wanted.GetDescriptor()->field_count(); ++i) {
      const auto& field = *wanted.GetDescriptor()->field(i);
      const auto place = places.GetLocation(&field, field.is_repeated() ? 0 : -1);
      if (place.line < 0) continue;
      const auto name = path.empty() ? field.name() : path + '.' + field.name();
      const auto line = line_ + static_cast<std::size_t>(place.line);
      auto difference = field.is_repeated() ? in_list(field, wanted, places, was, name, line)
                                            : in_value(field, wanted, places, was, name, line);
      if (difference) return difference;
    }
    return std::nullopt;
  }

 private:
  std::optional<Difference> in_value(const FieldDescriptor& field, const Message& wanted, const Places& places,
                                     const Message& was, const std::string& name, std::size_t line) const {
    if (field.message_type() != nullptr)
      return find(wanted.GetReflection()->GetMessage(wanted, &field), *places.GetTreeForNested(&field, -1),
                  was.GetReflection()->GetMessage(was, &field), name);
    auto a = value_text(wanted, field, -1, clock_);
    auto b = value_text(was, field, -1, clock_);
    if (a == b) return std::nullopt;
    return Difference{line, name, std::move(a), std::move(b)};
  }

  std::optional<Difference> in_list(const FieldDescriptor& field, const Message& wanted, const Places& places,
                                    const Message& was, const std::string& name, std::size_t line) const {
    const auto& reflection = *wanted.GetReflection();
    const int size = reflection.FieldSize(wanted, &field);
    const bool same_size = was.GetReflection()->FieldSize(was, &field) == size;
    if (field.message_type() != nullptr && same_size) {
      for (int i = 0; i < size; ++i) {
        if (auto difference =
                find(reflection.GetRepeatedMessage(wanted, &field, i), *places.GetTreeForNested(&field, i),
                     was.GetReflection()->GetRepeatedMessage(was, &field, i), fmt::format("{}[{}]", name, i)))
          return difference;
      }
      return std::nullopt;
    }
    auto a = all_values_text(wanted, field, clock_);
    auto b = all_values_text(was, field, clock_);
    if (a == b) return std::nullopt;
    return Difference{line, name, std::move(a), std::move(b)};
  }

  std::size_t line_;
  const cli::CityClock& clock_;
};

}  // namespace

std::variant<Written, Mistake> read_message(const Message& prototype, std::string text, std::size_t line,
                                            const cli::CityClock& clock) {
  if (const auto word = replace_dates(text, clock))
    return Mistake{line, fmt::format("'{}' is no instant; write it as 2024-03-08 10:00", *word)};
  FirstError errors;
  const auto places = std::make_shared<Places>();
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(places.get());
  std::shared_ptr<Message> message(prototype.New());
  if (!parser.ParseFromString(text, message.get()))
    return Mistake{line + errors.mistake.line,
                   fmt::format("the text is no {}: {}", prototype.GetDescriptor()->name(), errors.mistake.text)};
  return Written{line, std::move(message), places};
}

std::optional<Difference> first_difference(const Written& written, const Message& message,
                                           const cli::CityClock& clock) {
  return Comparison(written.line, clock).find(*written.message, *written.places, message, "");
}

std::string time_text(Time time, const cli::CityClock& clock) {
  auto text = clock.text(time);
  if (text.ends_with(":00")) text.resize(text.size() - 3);
  return text;
}

}  // namespace pavior::scenario

#include "city/policy/flat_catalogue.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace pavior::city::inline v0 {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// How an element of a list is named.
struct ElementStyle {
  std::string_view type;   ///< Short message name.
  std::string_view label;  ///< What people call it.
  std::string_view key;    ///< The field that tells it from the others; empty: its place in the list does.
  std::string_view name;   ///< The field that says what it is called, if any.
};

constexpr std::array element_styles = {
    ElementStyle{"FilingCondition", "condition", "code", "text"},
    ElementStyle{"Milestone", "milestone", "name", ""},
    ElementStyle{"Channel", "channel", "name", "text"},
    ElementStyle{"Profile", "profile", "id", "name"},
    ElementStyle{"Node", "node", "name", ""},
    ElementStyle{"ReplyRule", "reply rule", "id", "text"},
    ElementStyle{"ClockSpec", "clock", "name", ""},
    ElementStyle{"ClockLimit", "limit", "", ""},
    ElementStyle{"Threshold", "rung", "name", ""},
    ElementStyle{"OfficeHours", "office hours", "", ""},
    ElementStyle{"Day", "day", "date", "name"},
    ElementStyle{"CategoryDuplicateRule", "category", "category", ""},
    ElementStyle{"RepeatRule", "rule", "id", "text"},
    ElementStyle{"RepeatLevel", "level", "", ""},
    ElementStyle{"AlertRule", "rule", "id", "text"},
    ElementStyle{"DecisionTable", "table", "id", "text"},
    ElementStyle{"DispatchRow", "row", "id", "text"},
};

const ElementStyle* style_of(const Message& element) {
  const auto found = std::ranges::find(element_styles, element.GetDescriptor()->name(), &ElementStyle::type);
  return found == element_styles.end() ? nullptr : &*found;
}

/// Without what would break the line.
std::string quoted(const std::string& text) { return fmt::format("\"{}\"", printable(text)); }

/// `GRADE_MAJOR_HAZARD` is `major hazard`.
std::string enum_text(const google::protobuf::EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return fmt::format("{}", number);
  std::string text = value->name();
  for (const std::string_view prefix : {"GRADE_", "STAGE_", "OUTCOME_", "UNIT_"})
    if (text.starts_with(prefix)) text.erase(0, prefix.size());
  for (auto& c : text) c = c == '_' ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

std::string limit_text(const v1::Limit& limit) {
  auto text = fmt::format("{} {}{}", limit.amount(), enum_text(*v1::Unit_descriptor(), limit.unit()),
                          limit.amount() == 1 ? "" : "s");
  if (limit.start() != v1::START_RULE_UNSPECIFIED) text += ", " + enum_text(*v1::StartRule_descriptor(), limit.start());
  if (limit.end() != v1::END_RULE_UNSPECIFIED) text += ", to the " + enum_text(*v1::EndRule_descriptor(), limit.end());
  return text;
}

class Flattening {
 public:
  std::map<FlatPath, std::string> run(const v1::Catalogue& data) {
    for (const auto& major : data.majors()) add_major(major);
    for (const auto& grant : data.grants()) add_grant(grant);
    for (const auto& reply : data.templates())
      add_element({fmt::format("template {} version {}", reply.id(), reply.version())}, reply, {"id", "version"});
    for (const auto& calendar : data.calendars())
      add_element({fmt::format("calendar {} version {}", calendar.id(), calendar.version())}, calendar,
                  {"id", "version"});
    if (!data.profiles().empty()) flat_[{"first profile"}] = data.profiles(0).id();
    add_fields({}, data, {"majors", "grants", "templates", "calendars", "mappings", "dropped_codes"});
    return std::move(flat_);
  }

 private:
  using Skipped = std::vector<std::string_view>;

  static FlatPath below(FlatPath path, std::string part) { return path.push_back(std::move(part)), path; }

  /// A minor category is the same under another major.
  void add_major(const v1::MajorCategory& major) {
    flat_[{"major " + major.code()}] = quoted(major.name());
    for (const auto& minor : major.minors()) {
      const FlatPath path{"category " + minor.code()};
      add_element(path, minor, {"code", "name"});
      flat_[path] = quoted(minor.name());
      flat_[below(path, "major")] = major.code();
    }
  }

  /// A role and where it holds: `grant Accept` to `acceptor`.
  void add_grant(const v1::Grant& grant) {
    const auto scope = grant.scope() == v1::Grant::SCOPE_UNSPECIFIED ? v1::Grant::ANY_ORDER : grant.scope();
    for (const auto& role : grant.roles())
      flat_[{"grant " + grant.command(),
             fmt::format("{} of {}", role, enum_text(*v1::Grant::Scope_descriptor(), scope))}];
  }

  void add_element(const FlatPath& path, const Message& element, const Skipped& skipped) {
    flat_[path];
    add_fields(path, element, skipped);
  }

  void add_fields(const FlatPath& path, const Message& message, const Skipped& skipped) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const auto* field : fields)
      if (std::ranges::find(skipped, field->name()) == skipped.end()) add_field(path, message, *field);
  }

  void add_field(const FlatPath& path, const Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      flat_[below(path, words(field))] = scalar_text(message, field);
    } else if (field.is_repeated()) {
      add_list(path, message, field);
    } else if (const auto& part = reflection.GetMessage(message, &field);
               part.GetDescriptor() == v1::Limit::descriptor()) {
      flat_[below(path, words(field))] = limit_text(static_cast<const v1::Limit&>(part));
    } else {
      // The plan of the clocks is a list and nothing besides.
      add_fields(part.GetDescriptor() == v1::ClockPlan::descriptor() ? path : below(path, words(field)), part, {});
    }
  }

  void add_list(const FlatPath& path, const Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    std::string order;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const auto& element = reflection.GetRepeatedMessage(message, &field, i);
      const auto* style = style_of(element);
      const auto key = style == nullptr || style->key.empty() ? fmt::format("{}", i + 1) : text_of(element, style->key);
      const auto element_path = below(path, fmt::format("{} {}", style == nullptr ? words(field) : style->label, key));
      add_element(element_path, element, style == nullptr ? Skipped() : Skipped{style->key, style->name});
      if (style != nullptr && !style->name.empty())
        if (const auto name = text_of(element, style->name); !name.empty()) flat_[element_path] = quoted(name);
      order += (i == 0 ? "" : ", ") + key;
    }
    if (field.message_type() == v1::Milestone::descriptor()) flat_[below(path, "milestones in order")] = order;
    if (field.message_type() == v1::DecisionTable::descriptor()) flat_[below(path, "tables in order")] = order;
    if (field.message_type() == v1::DispatchRow::descriptor()) flat_[below(path, "rows in order")] = order;
  }

  static std::string words(const FieldDescriptor& field) {
    std::string text = field.name();
    std::ranges::replace(text, '_', ' ');
    return text;
  }

  static std::string text_of(const Message& message, std::string_view name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
    return message.GetReflection()->GetString(message, field);
  }

  static std::string scalar_text(const Message& message, const FieldDescriptor& field) {
    if (!field.is_repeated()) return value_text(message, field, -1);
    std::string text;
    for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i)
      text += (i == 0 ? "" : ", ") + value_text(message, field, i);
    return text;
  }

  /// Of an element, or of a single field for -1.
  static std::string value_text(const Message& message, const FieldDescriptor& field, int index) {
    const auto& reflection = *message.GetReflection();
    const bool one = index < 0;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return quoted(one ? reflection.GetString(message, &field)
                          : reflection.GetRepeatedString(message, &field, index));
      case FieldDescriptor::CPPTYPE_ENUM:
        return enum_text(*field.enum_type(), one ? reflection.GetEnumValue(message, &field)
                                                 : reflection.GetRepeatedEnumValue(message, &field, index));
      case FieldDescriptor::CPPTYPE_BOOL: return reflection.GetBool(message, &field) ? "yes" : "no";
      case FieldDescriptor::CPPTYPE_UINT32: return fmt::format("{}", reflection.GetUInt32(message, &field));
      case FieldDescriptor::CPPTYPE_INT32: return fmt::format("{}", reflection.GetInt32(message, &field));
      case FieldDescriptor::CPPTYPE_INT64: return fmt::format("{}", reflection.GetInt64(message, &field));
      case FieldDescriptor::CPPTYPE_UINT64: return fmt::format("{}", reflection.GetUInt64(message, &field));
      case FieldDescriptor::CPPTYPE_DOUBLE: return fmt::format("{}", reflection.GetDouble(message, &field));
      default: return "set";  // Catalogues have no field of another type; a test sees to it.
    }
  }

  std::map<FlatPath, std::string> flat_;
};

}  // namespace

std::map<FlatPath, std::string> flat_catalogue(const v1::Catalogue& data) { return Flattening().run(data); }

}  // namespace pavior::city::inline v0

#include "orders/message_fields.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// What all enumerators begin with, up to an underscore: `GRADE_`.
std::string prefix_of(const EnumDescriptor& type) {
  std::string prefix = type.value(0)->name();
  for (int i = 1; i < type.value_count(); ++i) {
    const std::string& name = type.value(i)->name();
    const auto end = std::mismatch(prefix.begin(), prefix.end(), name.begin(), name.end()).first;
    prefix.erase(end, prefix.end());
  }
  return prefix.substr(0, prefix.rfind('_') + 1);
}

std::string short_enumerator(const EnumValueDescriptor& value) {
  return lower(value.name().substr(prefix_of(*value.type()).size()));
}

std::string form_of(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: return "TEXT";
    case FieldDescriptor::CPPTYPE_BOOL: return "true|false";
    case FieldDescriptor::CPPTYPE_DOUBLE: return "NUMBER";
    case FieldDescriptor::CPPTYPE_INT64: return "INSTANT";
    case FieldDescriptor::CPPTYPE_ENUM: {
      std::vector<std::string> names;
      for (int i = 1; i < field.enum_type()->value_count(); ++i)
        names.push_back(short_enumerator(*field.enum_type()->value(i)));
      return fmt::format("{}", fmt::join(names, "|"));
    }
    default: return "NUMBER";
  }
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

const EnumValueDescriptor* enumerator(const EnumDescriptor& type, std::string_view text) {
  for (int i = 0; i < type.value_count(); ++i)
    if (type.value(i)->name() == text || short_enumerator(*type.value(i)) == lower(std::string(text)))
      return type.value(i);
  return nullptr;
}

std::optional<std::int64_t> instant(std::string_view text, const CityClock& clock) {
  if (const auto micros = number<std::int64_t>(text)) return micros;
  if (const auto time = parse_instant(text, clock)) return to_micros(*time);
  return std::nullopt;
}

/// Whether the text was one for the field.
bool set_value(Message& message, const FieldDescriptor& field, std::string_view text, const CityClock& clock) {
  const auto& writer = *message.GetReflection();
  const bool list = field.is_repeated();
  const auto set = [&](auto value, auto setter, auto adder) {
    if (!value) return false;
    list ? (writer.*adder)(&message, &field, *value) : (writer.*setter)(&message, &field, *value);
    return true;
  };
  using R = google::protobuf::Reflection;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      list ? writer.AddString(&message, &field, std::string(text))
           : writer.SetString(&message, &field, std::string(text));
      return true;
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool yes = text == "true" || text == "yes";
      if (!yes && text != "false" && text != "no") return false;
      writer.SetBool(&message, &field, yes);
      return true;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: return set(number<double>(text), &R::SetDouble, &R::AddDouble);
    case FieldDescriptor::CPPTYPE_INT64: return set(instant(text, clock), &R::SetInt64, &R::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32: return set(number<std::uint32_t>(text), &R::SetUInt32, &R::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64: return set(number<std::uint64_t>(text), &R::SetUInt64, &R::AddUInt64);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = enumerator(*field.enum_type(), text);
      if (value != nullptr) list ? writer.AddEnum(&message, &field, value) : writer.SetEnum(&message, &field, value);
      return value != nullptr;
    }
    default: return false;
  }
}

void add_forms(const Descriptor& type, const std::string& before, int levels, std::vector<std::string>& forms) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      forms.push_back(before + field.name() + '=' + form_of(field));
    } else if (levels > 0) {
      add_forms(*field.message_type(), before + field.name() + '.', levels - 1, forms);
    }
  }
}

Error invalid(const Descriptor& type, std::string_view assignment, std::string_view why) {
  return {ErrorCode::invalid, fmt::format("'{}': {}; the fields of {} are {}", assignment, why, type.name(),
                                          fmt::join(field_forms(type), ", "))};
}

/// The last of a list: `parts.key=... parts.title=...` speak of one part until a field comes again.
Message& inner(Message& message, const FieldDescriptor& field, std::string_view next) {
  const auto& r = *message.GetReflection();
  if (!field.is_repeated()) return *r.MutableMessage(&message, &field);
  const int size = r.FieldSize(message, &field);
  if (size == 0) return *r.AddMessage(&message, &field);
  Message& last = *r.MutableRepeatedMessage(&message, &field, size - 1);
  const auto* named = last.GetDescriptor()->FindFieldByName(std::string(next));
  const bool again = named != nullptr && !named->is_repeated() && last.GetReflection()->HasField(last, named);
  return again ? *r.AddMessage(&message, &field) : last;
}

}  // namespace

Result<void> set_field(Message& message, std::string_view assignment, const CityClock& clock) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos)
    return invalid(*message.GetDescriptor(), assignment, "a field is written as NAME=VALUE");
  std::string_view path = assignment.substr(0, equals);
  Message* at = &message;
  for (;;) {
    const auto dot = path.find('.');
    const auto* field = at->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr) return invalid(*message.GetDescriptor(), assignment, "there is no such field");
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message != (dot != std::string_view::npos))
      return invalid(*message.GetDescriptor(), assignment, "a value stands in a field that has no fields of its own");
    if (!is_message) {
      if (set_value(*at, *field, assignment.substr(equals + 1), clock)) return {};
      return invalid(*message.GetDescriptor(), assignment, fmt::format("{} takes {}", field->name(), form_of(*field)));
    }
    path.remove_prefix(dot + 1);
    at = &inner(*at, *field, path.substr(0, path.find('.')));
  }
}

std::vector<std::string> field_forms(const Descriptor& type) {
  std::vector<std::string> forms;
  add_forms(type, "", 2, forms);
  return forms;
}

}  // namespace pavior::cli

#include <string>

#include "city/random/random_commands.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

/// Left out where it would mean something that seldom fits.
bool is_rare(std::string_view field) {
  return field == "suggested_category" || field == "handled" || field == "no_responsible_body" || field == "deadline" ||
         field == "template_id" || field == "ratings" || field == "clocks" || field == "explanation";
}

bool is_share(std::string_view field) { return field == "confidence" || field == "score"; }

}  // namespace

void RandomCommands::fill(pb::Message& message) {
  const auto* descriptor = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const Field& field = *descriptor->field(i);
    if (one_in(30) || (is_rare(field.name()) && !one_in(12))) continue;
    switch (field.cpp_type()) {
      case Field::CPPTYPE_STRING: fill_text(message, field); break;
      case Field::CPPTYPE_MESSAGE:
        fill(field.is_repeated() ? *reflection->AddMessage(&message, &field)
                                 : *reflection->MutableMessage(&message, &field));
        break;
      default:
        if (!field.is_repeated()) fill_number(message, field);
    }
  }
}

void RandomCommands::fill_text(pb::Message& message, const Field& field) {
  const auto* reflection = message.GetReflection();
  if (!field.is_repeated()) return reflection->SetString(&message, &field, word_for(field.name()));
  const auto count = 1 + below(3);
  for (std::uint64_t i = 0; i < count; ++i) reflection->AddString(&message, &field, word_for(field.name()));
}

void RandomCommands::fill_number(pb::Message& message, const Field& field) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case Field::CPPTYPE_ENUM:
      reflection->SetEnum(&message, &field,
                          field.enum_type()->value(
                              static_cast<int>(below(static_cast<std::uint64_t>(field.enum_type()->value_count())))));
      break;
    case Field::CPPTYPE_BOOL: reflection->SetBool(&message, &field, one_in(2)); break;
    case Field::CPPTYPE_UINT32:
      reflection->SetUInt32(&message, &field, static_cast<std::uint32_t>(1 + below(3)));
      break;
    case Field::CPPTYPE_INT64: reflection->SetInt64(&message, &field, 1); break;
    case Field::CPPTYPE_DOUBLE: reflection->SetDouble(&message, &field, is_share(field.name()) ? 0.5 : 30.5); break;
    default: break;
  }
}

std::string RandomCommands::word_for(const std::string& field) {
  static const std::string long_text(60, 'x');
  if (field == "lead" || field == "unit" || field == "units" || field == "targets") return any_of(city_.units);
  if (field == "category" || field == "suggested_category") return any_of(city_.categories);
  if (field == "profile") return one_in(2) ? "" : any_of(city_.profiles);
  if (field == "channel") return any_of(city_.channels);
  if (field == "target" || field == "source" || field == "parent" || field == "child") return any_of(keys_);
  if (field == "condition" || field == "template_id") return "";
  if (field == "handler" || field == "agent") return fmt::format("p{}", below(4));
  if (field == "roles") return "supervisor";
  if (field == "cause") return one_in(2) ? "quality" : "slow";
  if (field == "reply") return long_text;
  if (field == "dimension") return "satisfaction";
  if (field == "grid") return "3411/05";
  return field;
}

}  // namespace pavior::city::tests

#include "text/event_text.h"

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/reflection.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/proto.h"
#include "text/clock_text.h"
#include "text/printable.h"

namespace pavior::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The values people read; what is nested or repeated is left to the JSON form.
std::string value_text(const Message& message, const FieldDescriptor& field, const CityClock& clock) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: return printable(reflection.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL: return reflection.GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_UINT32: return fmt::format("{}", reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64: return clock.text(from_micros(reflection.GetInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_ENUM: return reflection.GetEnum(message, &field)->name();
    default: return {};
  }
}

}  // namespace

std::unique_ptr<Message> make_message(std::string_view type) {
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
  if (descriptor == nullptr) return nullptr;
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  return std::unique_ptr<Message>(prototype == nullptr ? nullptr : prototype->New());
}

std::string stage_text(const Engine& engine, std::string_view workflow, Stage stage) {
  const auto* rules = engine.workflow(workflow);
  const auto name = rules == nullptr ? std::string_view{} : rules->stage_name(stage);
  return name.empty() ? fmt::format("{}", number(stage)) : std::string(name);
}

JsonObject event_json(const Engine& engine, const Event& event, const CityClock& clock) {
  JsonObject json;
  json.add("position", number(event.position))
      .add("stream", event.stream().text())
      .add("version", number(event.version))
      .add("stage", stage_text(engine, event.workflow, event.stage))
      .add("time", clock.iso_text(event.time))
      .add("actor", event.actor)
      .add("principal", event.principal)
      .add("command_id", event.command_id);
  if (!event.trace.empty()) json.add("trace", event.trace);
  json.add("type", event.type);
  std::string fact;
  const auto message = make_message(event.type);
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (message != nullptr && message->ParseFromArray(event.payload.data(), static_cast<int>(event.payload.size())) &&
      google::protobuf::util::MessageToJsonString(*message, &fact, options).ok())
    json.add_json("fact", fact);
  return json;
}

std::string fact_text(const Event& event, const CityClock& clock) {
  std::string text(short_name(event.type));
  const auto message = make_message(event.type);
  if (message == nullptr || !message->ParseFromArray(event.payload.data(), static_cast<int>(event.payload.size())))
    return text + " (unknown content)";
  std::vector<const FieldDescriptor*> fields;
  message->GetReflection()->ListFields(*message, &fields);
  std::string details;
  const auto add = [&](const std::string& detail) { details += (details.empty() ? "" : ", ") + detail; };
  for (const auto* field : fields) {
    if (field->message_type() == city::v1::ClockChange::descriptor()) {
      for (const auto& change : message->GetReflection()->GetRepeatedFieldRef<city::v1::ClockChange>(*message, field))
        add(printable(change_text(change, clock)));
    } else if (!field->is_repeated()) {
      const auto value = value_text(*message, *field, clock);
      if (!value.empty()) add(fmt::format("{} {}", field->name(), value));
    }
  }
  return details.empty() ? text : fmt::format("{:<18} {}", text, details);
}

}  // namespace pavior::cli

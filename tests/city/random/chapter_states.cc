#include "city/random/chapter_states.h"

#include <cstdint>
#include <utility>

namespace pavior::city::tests {
namespace {

namespace pb = google::protobuf;

std::string request_state(const v1::Request& request) {
  switch (request.state()) {
    case v1::REQUEST_PENDING: return "requested";
    case v1::REQUEST_ENDORSED: return "endorsed";
    case v1::REQUEST_BARRED: return "barred";
    default: return "none";
  }
}

std::string assist_state(const v1::WorkOrder& order, const std::string& unit) {
  std::string state = "none";
  for (const auto& assist : order.assists())
    if (assist.unit() == unit)
      state = assist.state() == v1::Assist::WORKING ? "working"
              : assist.state() == v1::Assist::DONE  ? "done"
                                                    : "excused";
  return state;
}

/// One that is to be blown is the next.
std::string whistle_state(const v1::WorkOrder& order, const pb::Message& command) {
  const auto* field = command.GetDescriptor()->FindFieldByName("whistle");
  if (field == nullptr) return "none";
  const auto number = command.GetReflection()->GetUInt32(command, field);
  for (const auto& whistle : order.whistles())
    if (whistle.number() == number) return whistle.concluded_at() == 0 ? "blown" : "concluded";
  return "none";
}

std::string summons_state(const v1::WorkOrder& order, const pb::Message& command) {
  const auto* field = command.GetDescriptor()->FindFieldByName("whistle");
  const auto number = command.GetReflection()->GetUInt32(command, field);
  for (const auto& whistle : order.whistles())
    for (const auto& target : whistle.targets())
      if (whistle.number() == number && target.unit() == text_of(command, "unit"))
        return target.state() == v1::Whistle::Target::SUMMONED  ? "summoned"
               : target.state() == v1::Whistle::Target::ARRIVED ? "arrived"
                                                                : "excused";
  return "none";
}

std::string evaluation_state(const v1::WorkOrder& order) {
  if (order.has_evaluation()) return "evaluated";
  return order.unanswered_callbacks() == 0 ? "due" : "unreachable";
}

std::string appeal_state(const v1::WorkOrder& order) {
  constexpr const char* names[] = {"none", "filed", "reviewed", "decided"};
  return names[order.appeal().state()];
}

std::string supervision_state(const v1::WorkOrder& order, const std::string& cause) {
  for (const auto& supervision : order.supervisions())
    if (supervision.cause() == cause && supervision.answered_at() == 0) return "open";
  return "none";
}

}  // namespace

std::unique_ptr<pb::Message> message_of(const std::string& type, const std::string& payload) {
  const auto* descriptor = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr) return nullptr;
  std::unique_ptr<pb::Message> message(pb::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  return message->ParseFromString(payload) ? std::move(message) : nullptr;
}

std::string text_of(const pb::Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->cpp_type() != pb::FieldDescriptor::CPPTYPE_STRING || field->is_repeated()) return {};
  return message.GetReflection()->GetString(message, field);
}

std::string chapter_state(const std::string& chapter, const v1::WorkOrder& order, const pb::Message& command) {
  if (chapter == "return_request") return request_state(order.return_request());
  if (chapter == "extension_request") return request_state(order.extension_request());
  if (chapter == "suspension_request") return request_state(order.suspension_request());
  if (chapter == "joint_request") return request_state(order.joint_request());
  if (chapter == "assignment") return order.handler().empty() ? "nobody" : "assigned";
  if (chapter == "result") return order.result() == v1::RESULT_SUBMITTED ? "submitted" : "none";
  if (chapter == "evaluation") return evaluation_state(order);
  if (chapter == "appeal") return appeal_state(order);
  if (chapter == "assist") return assist_state(order, text_of(command, "unit"));
  if (chapter == "supervision") return supervision_state(order, text_of(command, "cause"));
  if (chapter == "whistle") return whistle_state(order, command);
  if (chapter == "summons") return summons_state(order, command);
  return {};
}

}  // namespace pavior::city::tests

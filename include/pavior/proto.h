/// \file
/// Protobuf messages as payloads. Opt-in: needs protobuf's headers.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "google/protobuf/message_lite.h"
#include "pavior/event.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::inline v0 {

template <class M>
concept Message = std::derived_from<M, google::protobuf::MessageLite> && std::default_initializable<M>;

/// The full name, e.g. `pavior.city.v1.Dispatched`.
template <Message M>
[[nodiscard]] const std::string& message_type() {
  static const std::string name = M::default_instance().GetTypeName();
  return name;
}

/// The last part of a full name.
[[nodiscard]] constexpr std::string_view short_name(std::string_view type) noexcept {
  return type.substr(type.rfind('.') + 1);  // npos + 1 is 0.
}

template <Message M>
[[nodiscard]] Command make_command(StreamId stream, const M& message) {
  return {std::move(stream), message_type<M>(), message.SerializeAsString()};
}

template <Message M>
[[nodiscard]] Fact make_fact(const M& message, Stage stage) {
  return {message_type<M>(), message.SerializeAsString(), stage};
}

template <Message M>
[[nodiscard]] Timer make_timer(std::string name, Time due, const M& command) {
  return {std::move(name), due, message_type<M>(), command.SerializeAsString()};
}

/// An effect without a give-up command.
template <Message M>
[[nodiscard]] Effect make_effect(std::string topic, const M& message) {
  return {std::move(topic), message_type<M>(), message.SerializeAsString(), {}, {}};
}

/// Reads a payload into `message`, replacing what it held; false if the bytes are not one.
template <Message M>
[[nodiscard]] bool parse(std::string_view payload, M& message) {
  return payload.size() <= std::numeric_limits<int>::max() &&
         message.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
}

/// The message of an event, a delivery or a command. Errors: invalid (another type, or bytes that are not one).
template <Message M>
[[nodiscard]] Result<M> unpack(std::string_view type, std::string_view payload) {
  if (type != message_type<M>())
    return Error(ErrorCode::invalid, "expected a " + message_type<M>() + ", got a " + std::string(type));
  M message;
  if (!parse(payload, message)) return Error(ErrorCode::invalid, "the payload is not a " + message_type<M>());
  return message;
}

/// A state whose data is one message, as the table kit folds it.
template <Message M>
class MessageState : public State {
 public:
  MessageState() = default;
  MessageState(const MessageState&) = default;
  [[nodiscard]] const M& data() const noexcept { return data_; }
  [[nodiscard]] M& data() noexcept { return data_; }
  void enter(Stage stage) noexcept { stage_ = stage; }

 private:
  M data_;
};

/// The message inside a state; null for another workflow's state.
template <Message M>
[[nodiscard]] const M* state_data(const State& state) noexcept {
  const auto* typed = dynamic_cast<const MessageState<M>*>(&state);
  return typed ? &typed->data() : nullptr;
}

/// Instants as messages carry them. Units: microseconds since 1970-01-01 UTC.
[[nodiscard]] constexpr std::int64_t to_micros(Time time) noexcept { return time.time_since_epoch().count(); }
[[nodiscard]] constexpr Time from_micros(std::int64_t micros) noexcept {
  return Time{std::chrono::microseconds{micros}};
}

}  // namespace pavior::inline v0

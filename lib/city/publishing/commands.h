/// \file
/// The commands that publish and withdraw, for a kind as in publishing_lifecycle.h.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "pavior/event.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::publishing {

template <class Kind>
[[nodiscard]] StreamId stream_of(std::string id) {
  return {std::string(Kind::workflow), std::move(id)};
}

template <class Kind>
[[nodiscard]] typename Kind::Publish publish(typename Kind::Data data) {
  typename Kind::Publish command;
  Kind::mutable_data(command) = std::move(data);
  return command;
}

template <class Kind>
[[nodiscard]] typename Kind::Withdraw withdraw(std::uint32_t version, std::string reason) {
  typename Kind::Withdraw command;
  command.set_version(version);
  command.set_reason(std::move(reason));
  return command;
}

template <class Kind>
[[nodiscard]] Command publish_command_of(typename Kind::Data data) {
  auto stream = stream_of<Kind>(data.id());
  return make_command(std::move(stream), publish<Kind>(std::move(data)));
}

template <class Kind>
[[nodiscard]] Command withdraw_command_of(std::string id, std::uint32_t version, std::string reason) {
  return make_command(stream_of<Kind>(std::move(id)), withdraw<Kind>(version, std::move(reason)));
}

}  // namespace pavior::city::inline v0::publishing

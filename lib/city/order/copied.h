/// \file
/// Facts that repeat what their command says.
#pragma once

#include "google/protobuf/message.h"

namespace pavior::city::inline v0::lifecycle {

/// Copies every field that both messages have, by name. Fields of one name must have one type.
void copy_common_fields(const google::protobuf::Message& from, google::protobuf::Message& to);

template <class Fact>
[[nodiscard]] Fact copied(const google::protobuf::Message& command) {
  Fact fact;
  copy_common_fields(command, fact);
  return fact;
}

}  // namespace pavior::city::inline v0::lifecycle

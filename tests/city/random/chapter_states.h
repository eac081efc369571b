/// \file
/// The states of the lifecycle's chapters, as read off an order by its fields alone.
#pragma once

#include <memory>
#include <string>

#include "google/protobuf/message.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::tests {

/// A command or a fact. Null: the bytes are not one.
[[nodiscard]] std::unique_ptr<google::protobuf::Message> message_of(const std::string& type,
                                                                    const std::string& payload);

/// A field that is a text; empty if there is none of that name.
[[nodiscard]] std::string text_of(const google::protobuf::Message& message, const char* field);

/// Of what the command names, before it and, but for a whistle that it blows, after it. Empty: the chapter has none.
[[nodiscard]] std::string chapter_state(const std::string& chapter, const v1::WorkOrder& order,
                                        const google::protobuf::Message& command);

}  // namespace pavior::city::tests

/// \file
/// Events for people and for programs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "pavior/engine.h"
#include "text/city_clock.h"
#include "text/json.h"

namespace pavior::cli {

/// A message of any type that is linked in; null if `type` is not.
[[nodiscard]] std::unique_ptr<google::protobuf::Message> make_message(std::string_view type);

/// A stage's name, or its number if the workflow has none for it.
[[nodiscard]] std::string stage_text(const Engine& engine, std::string_view workflow, Stage stage);

/// Everything the log knows of the event; the fact as protobuf JSON under `fact`.
[[nodiscard]] JsonObject event_json(const Engine& engine, const Event& event, const CityClock& clock);

/// E.g. `Dispatched  lead PWDx, hop 1`.
[[nodiscard]] std::string fact_text(const Event& event, const CityClock& clock);

}  // namespace pavior::cli

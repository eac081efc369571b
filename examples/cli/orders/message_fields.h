/// \file
/// Commands written field by field: `lead=water`, `reporter.id=r-7`, `until=2024-03-12T12:00`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"
#include "pavior/result.h"
#include "text/city_clock.h"

namespace pavior::cli {

/// Sets `PATH=VALUE`; a repeated field gets one more. Enumerators go without their prefix and in any case: `general`. An
/// int64 may be an instant of `clock`.
/// Errors: invalid; the message names the field and what it takes.
Result<void> set_field(google::protobuf::Message& message, std::string_view assignment, const CityClock& clock);

/// E.g. `reason=TEXT`, `grade=general|complex|major_hazard`, `evidence.id=TEXT`. Of messages inside messages, two levels.
[[nodiscard]] std::vector<std::string> field_forms(const google::protobuf::Descriptor& type);

}  // namespace pavior::cli

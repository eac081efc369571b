/// \file
/// The commands the engine gives itself, and the ids it gives them under: one for each timer and each effect, so that a
/// crash between cannot answer one twice, and so that the command table tells which are answered.
#pragma once

#include <string>
#include <string_view>

#include "core/commit.h"

namespace pavior::inline v0 {

/// Nobody else's ids begin so, or a timer could be answered before it fires.
inline constexpr std::string_view engine_id_prefix = "pavior:";

std::string timer_command_id(std::string_view stream_key, std::string_view name, Position armed_at);
std::string effect_command_id(EffectKey effect);

}  // namespace pavior::inline v0

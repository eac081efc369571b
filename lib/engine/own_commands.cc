#include "engine/own_commands.h"

#include "fmt/format.h"
#include "store/keys.h"

namespace pavior::inline v0 {

// The event that armed a timer fixes its stream, so the id is one timer's however names and keys are spelled.
std::string timer_command_id(std::string_view stream_key, std::string_view name, Position armed_at) {
  return fmt::format("{}timer:{}:{}:{}", engine_id_prefix, store::stream_of(stream_key).text(), name, number(armed_at));
}

std::string effect_command_id(EffectKey effect) {
  return fmt::format("{}effect:{}:{}", engine_id_prefix, number(effect.position), effect.index);
}

}  // namespace pavior::inline v0

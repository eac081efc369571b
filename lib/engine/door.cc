#include "engine/door.h"

#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "core/text.h"
#include "engine/own_commands.h"
#include "fmt/format.h"

namespace pavior::inline v0 {
namespace {

Result<void> check_size(std::string_view limit, std::size_t bound, std::size_t size) {
  if (size > bound) return over_limit(limit, bound, size);
  return {};
}

/// A text and what it is.
using Named = std::pair<std::string_view, std::string_view>;

Result<void> check_texts(const Limits& limits, std::initializer_list<Named> texts) {
  for (const auto& [what, text] : texts) {
    if (text.size() > limits.text_bytes_max)
      return Error(ErrorCode::limit,
                   fmt::format("text_bytes_max is {}, {} has {}", limits.text_bytes_max, what, text.size()));
    if (!is_printable_utf8(text)) return Error(ErrorCode::invalid, fmt::format("{} is not printable UTF-8", what));
  }
  return {};
}

template <class Handlers, class Name>
Result<void> check_names(const Handlers& handlers, std::string_view what, const Name& name_of) {
  std::set<std::string, std::less<>> seen;
  for (const auto& handler : handlers) {
    if (!handler) return Error(ErrorCode::invalid, fmt::format("Options hold a null {}", what));
    const std::string_view name = name_of(*handler);
    if (name.empty() || !is_printable_utf8(name))
      return Error(ErrorCode::invalid, fmt::format("the {} '{}' needs a printable name", what, printable(name)));
    if (!seen.emplace(name).second)
      return Error(ErrorCode::invalid, fmt::format("the {} '{}' is given twice", what, name));
  }
  return {};
}

}  // namespace

Error over_limit(std::string_view name, std::size_t bound, std::size_t value) {
  return {ErrorCode::limit, fmt::format("{} is {}, this would be {}", name, bound, value)};
}

Result<void> check_command(const Command& command, const Registry& registry, const Limits& limits) {
  const StreamId& stream = command.stream();
  const std::size_t bytes = command.payload().size();
  const std::size_t stream_bytes = stream.workflow().size() + stream.key().size();
  if (auto fit = check_size("command_bytes_max", limits.command_bytes_max, bytes); !fit) return fit;
  if (auto fit = check_size("command_id_bytes_max", limits.command_id_bytes_max, command.id().size()); !fit) return fit;
  if (auto fit = check_size("stream_id_bytes_max", limits.stream_id_bytes_max, stream_bytes); !fit) return fit;
  if (auto fit = check_texts(limits, {{"the command's id", command.id()},
                                      {"the stream's key", stream.key()},
                                      {"the command's type", command.type()},
                                      {"the actor's id", command.actor().id()},
                                      {"the actor's principal", command.actor().principal()},
                                      {"the trace", command.trace()}});
      !fit)
    return fit;
  if (stream.key().empty()) return Error(ErrorCode::invalid, "the stream's key is empty");
  if (command.id().starts_with(engine_id_prefix))
    return Error(ErrorCode::invalid,
                 fmt::format("command ids that begin with '{}' are the engine's own", engine_id_prefix));
  if (stream.workflow() == engine_workflow)
    return Error(ErrorCode::invalid, fmt::format("the workflow '{}' is the engine's own", engine_workflow));
  if (auto workflow = registry.require(stream.workflow()); !workflow) return std::move(workflow).error();
  return {};
}

Result<void> check_fact(const Fact& fact, const Limits& limits) {
  if (auto fit = check_size("event_bytes_max", limits.event_bytes_max, fact.payload.size()); !fit) return fit;
  return check_texts(limits, {{"a fact's type", fact.type}});
}

Result<void> check_timer(const Timer& timer, const Limits& limits) {
  if (auto fit = check_size("command_bytes_max", limits.command_bytes_max, timer.command_payload.size()); !fit)
    return fit;
  return check_texts(limits, {{"a timer's name", timer.name}, {"a timer's command type", timer.command_type}});
}

Result<void> check_effect(const Effect& effect, const Limits& limits) {
  if (auto fit = check_size("event_bytes_max", limits.event_bytes_max, effect.payload.size()); !fit) return fit;
  if (auto fit = check_size("command_bytes_max", limits.command_bytes_max, effect.give_up_payload.size()); !fit)
    return fit;
  return check_texts(limits, {{"an effect's topic", effect.topic},
                              {"an effect's type", effect.type},
                              {"an effect's give-up command type", effect.give_up_type}});
}

Result<void> check_options(const Options& options) {
  const Limits& limits = options.limits;
  for (const auto& [name, limit] :
       {std::pair("stream_id_bytes_max", limits.stream_id_bytes_max),
        std::pair("command_id_bytes_max", limits.command_id_bytes_max),
        std::pair("command_bytes_max", limits.command_bytes_max), std::pair("event_bytes_max", limits.event_bytes_max),
        std::pair("text_bytes_max", limits.text_bytes_max),
        std::pair("events_per_commit_max", limits.events_per_commit_max),
        std::pair("batch_commands_max", limits.batch_commands_max),
        std::pair("batch_bytes_max", limits.batch_bytes_max),
        std::pair("queue_commands_max", limits.queue_commands_max),
        std::pair("deliveries_in_flight_max", options.deliveries_in_flight_max)})
    if (limit == 0) return Error(ErrorCode::invalid, fmt::format("the limit {} must not be 0", name));
  if (auto fit = check_names(options.couriers, "courier", [](const Courier& courier) { return courier.topic(); }); !fit)
    return fit;
  return check_names(options.projections, "projection", [](const Projection& projection) { return projection.name(); });
}

}  // namespace pavior::inline v0

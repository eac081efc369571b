#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "city/place/grid_map_check.h"
#include "city/place/published.h"
#include "city/publishing/commands.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// What the fact has besides the command: the instant it takes effect, with its tag.
constexpr std::size_t fact_bytes_more = 11;

}  // namespace

StreamId grid_map_id(std::string map) { return publishing::stream_of<publishing::GridMaps>(std::move(map)); }

const v1::PublishedGridMaps* published_grid_maps(const State& state) noexcept {
  return state_data<v1::PublishedGridMaps>(state);
}

Result<Command> publish_grid_map_command(v1::GridMap map, const Limits& limits) {
  auto command = publishing::publish_command_of<publishing::GridMaps>(std::move(map));
  const std::size_t bytes = command.payload().size() + fact_bytes_more;
  if (const auto most = std::min({limits.command_bytes_max, limits.event_bytes_max, limits.batch_bytes_max});
      bytes > most)
    return Error(ErrorCode::limit,
                 fmt::format("the grid map {} has {} bytes, and the engine takes {}; raise Limits::command_bytes_max, "
                             "event_bytes_max and batch_bytes_max, or simplify the borders",
                             command.stream().key(), bytes, most));
  return command;
}

Command withdraw_grid_map_command(std::string map, std::uint32_t version, std::string reason) {
  return publishing::withdraw_command_of<publishing::GridMaps>(std::move(map), version, std::move(reason));
}

Mistake publishing::GridMaps::mistake(const Data& data, const Calendars*) {
  auto checked = check_grid_map(data);
  if (auto* mistake = std::get_if<DataMistake>(&checked)) return std::move(*mistake);
  return {};
}

}  // namespace pavior::city::inline v0

#include <algorithm>
#include <string>
#include <utility>

#include "city/place/grid_map_check.h"
#include "city/place/published.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// What the fact has besides the command: the instant it takes effect, with its tag.
constexpr std::size_t fact_bytes_more = 11;

}  // namespace

StreamId grid_map_id(std::string map) { return {std::string(grid_map_workflow), std::move(map)}; }

const v1::PublishedGridMaps* published_grid_maps(const State& state) noexcept {
  return state_data<v1::PublishedGridMaps>(state);
}

Result<Command> publish_grid_map_command(v1::GridMap map, const Limits& limits) {
  auto stream = grid_map_id(map.id());
  v1::PublishGridMap command;
  *command.mutable_grid_map() = std::move(map);
  const std::size_t bytes = command.ByteSizeLong() + fact_bytes_more;
  if (const auto most = std::min({limits.command_bytes_max, limits.event_bytes_max, limits.batch_bytes_max});
      bytes > most)
    return Error(ErrorCode::limit,
                 fmt::format("the grid map {} has {} bytes, and the engine takes {}; raise Limits::command_bytes_max, "
                             "event_bytes_max and batch_bytes_max, or simplify the borders",
                             stream.key(), bytes, most));
  return make_command(std::move(stream), command);
}

Command withdraw_grid_map_command(std::string map, std::uint32_t version, std::string reason) {
  v1::WithdrawGridMap command;
  command.set_version(version);
  command.set_reason(std::move(reason));
  return make_command(grid_map_id(std::move(map)), command);
}

Mistake publishing::GridMaps::mistake(const Data& data, const Calendars*) {
  auto checked = check_grid_map(data);
  if (auto* mistake = std::get_if<DataMistake>(&checked)) return std::move(*mistake);
  return {};
}

}  // namespace pavior::city::inline v0

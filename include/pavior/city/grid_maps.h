/// \file
/// Publishing which ground each grid covers: a workflow that keeps the versions of a grid map. docs/places.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/city/grid_map_book.h"
#include "pavior/city/publishing.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::city::v1 {
class PublishedGridMaps;
}

namespace pavior::city::inline v0 {

/// The name of the workflow, hence the first part of a map's stream id.
inline constexpr std::string_view grid_map_workflow = "grid_map";

/// `docs/grid_map_lifecycle.md` is its table.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Workflow> make_grid_map_workflow(PublishingPolicy policy = {});

[[nodiscard]] PAVIOR_EXPORT StreamId grid_map_id(std::string map);

/// To be sent by a publisher. `limits` are those of the engine it is sent to.
/// Errors: limit (the fact would be larger; the message names its size, the limit and the mend).
/// Errors of submitting it, in order of precedence: invalid (the map makes no sense; the message names the area and the
/// mend); refused, by `version_is_next`, `takes_effect_from_now_on` or `takes_effect_in_order`.
[[nodiscard]] PAVIOR_EXPORT Result<Command> publish_grid_map_command(v1::GridMap map, const Limits& limits = {});
/// Only the latest version can be withdrawn, until it takes effect.
[[nodiscard]] PAVIOR_EXPORT Command withdraw_grid_map_command(std::string map, std::uint32_t version,
                                                              std::string reason);

/// The versions inside a state of this workflow; null for another one's. Lifetime: that of the state.
[[nodiscard]] PAVIOR_EXPORT const v1::PublishedGridMaps* published_grid_maps(const State& state) noexcept;

/// A book of what is published and not withdrawn; an empty one if nothing is. `map` may be left out if the store has one
/// alone.
/// Blocks: on the disk. Errors: invalid (the engine has no grid_map workflow), conflict (several maps), not_found (no
/// such map), corrupt, unavailable.
[[nodiscard]] PAVIOR_EXPORT Result<GridMapBook> load_grid_maps(const Engine& engine, std::string_view map = {});

/// Brings a book up to what the store has.
/// Blocks and errors: as `load_grid_maps`. After an error the book may have some of it; calling again goes on.
[[nodiscard]] PAVIOR_EXPORT Result<void> refresh_grid_maps(GridMapBook& book, const Engine& engine,
                                                           std::string_view map = {});

}  // namespace pavior::city::inline v0

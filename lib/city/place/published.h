/// \file
/// Grid maps as a kind of what is published; city/publishing/publishing_lifecycle.h says what each word means.
#pragma once

#include <string_view>

#include "city/policy/check_words.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/v1/grid_maps.pb.h"

namespace pavior::city::inline v0::publishing {

struct GridMaps {
  static constexpr std::string_view workflow = grid_map_workflow;
  static constexpr std::string_view noun = "grid_map";
  static constexpr std::string_view past_is_kept = "what was located by then stays";
  static constexpr auto published = v1::GRID_MAP_STAGE_PUBLISHED;
  using Data = v1::GridMap;
  using All = v1::PublishedGridMaps;
  using Publish = v1::PublishGridMap;
  using Published = v1::GridMapPublished;
  using Withdraw = v1::WithdrawGridMap;
  using Withdrawn = v1::GridMapWithdrawn;
  using Item = GridMap;
  using Book = GridMapBook;

  static const Data& data(const auto& message) { return message.grid_map(); }
  static Data& mutable_data(auto& message) { return *message.mutable_grid_map(); }
  static Mistake mistake(const Data& data, const Calendars*);
  /// Borders may change as they like.
  static Result<void> follows(const Data&, const Data&) { return {}; }
};

}  // namespace pavior::city::inline v0::publishing

/// \file
/// Keeps projections up to date, and rebuilds them beside the live rows.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/tasks.h"
#include "pavior/projection.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// What a projection's row in `meta` says.
struct ViewState {
  std::uint32_t revision = 0;    ///< Of the live rows; 0 when there are none yet.
  std::uint32_t generation = 0;  ///< Of the live rows.
  Position position = Position::none;
  std::uint32_t building = 0;  ///< The generation being built; 0 when none is.
  Position building_position = Position::none;
  std::uint32_t building_revision = 0;

  static Result<ViewState> read(const store::Database& database, std::string_view projection,
                                const store::Database::MomentPtr& at = {});
  void put(store::Batch& batch, std::string_view projection) const;
};

/// One projection. A slice of events, its rows and the checkpoint are one write.
/// Threads: any; one works at a time.
class View {
 public:
  static constexpr std::size_t slice_events_max = 4096;

  View(store::Database& database, Tasks& tasks, std::shared_ptr<Projection> projection);

  /// Reads the checkpoint; starts a new generation if the projection's revision has changed. Owners only.
  Result<void> open();
  /// New events are durable: catch up in the background.
  void hint();
  Result<void> catch_up();
  Result<void> rebuild();
  [[nodiscard]] std::string_view name() const { return projection_->name(); }

 private:
  Result<bool> step(std::uint32_t generation, Position& position);  // the mutex is held
  Result<bool> work_once();                                         // the mutex is held; true while there may be more
  [[nodiscard]] bool builds_wanted() const;
  Result<void> start_building();
  void swap(store::Batch& batch);

  store::Database& database_;
  Tasks& tasks_;
  std::shared_ptr<Projection> projection_;
  std::mutex mutex_;
  ViewState state_;
  std::mutex hint_mutex_;
  bool scheduled_ = false;
};

}  // namespace pavior::inline v0

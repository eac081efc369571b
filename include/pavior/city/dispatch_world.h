/// \file
/// Dispatch rules over an organisation, and what each unit has to do as the log tells it. docs/dispatch.md.
#pragma once

#include <cstdint>
#include <memory>

#include "pavior/city/dispatch.h"
#include "pavior/city/organisation.h"
#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// The units, grids, joint groups and rosters of one version of an organisation.
/// On a day of which a roster's calendar does not speak, nobody is on duty.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const DispatchWorld> make_dispatch_world(Organisation organisation);

/// Counts the orders that each unit of a world has at work, from their events: of the whole log, then of the feed.
/// Threads: one observes, while any ask. Cost: about 200 bytes for each order at work.
class PAVIOR_EXPORT OrderWorkload final : public Workload {
 public:
  explicit OrderWorkload(const DispatchWorld& world);
  ~OrderWorkload() override;

  /// In the order of their positions. Other workflows' events change nothing, nor do units that the world has not.
  void observe(const Event& event);
  [[nodiscard]] UnitLoad of(std::size_t unit) const override;

 private:
  struct Counts;
  std::unique_ptr<Counts> counts_;
};

}  // namespace pavior::city::inline v0

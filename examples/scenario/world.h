/// \file
/// A city in simulated time, with a store of its own on disk that is gone afterwards.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pavior/city/dispatch_world.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/organisations.h"
#include "pavior/city/policies.h"
#include "pavior/city/recount.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/engine.h"
#include "pavior/testing.h"
#include "scenario/live_states.h"
#include "scenario/post.h"
#include "scenario/script.h"

namespace pavior::scenario {

/// How the workflow of work orders is made; tests put a faulty one in its place.
using WorkflowMaker = std::function<std::shared_ptr<const Workflow>(city::WorkOrderPolicy)>;

/// People and their roles, as the story says, or else as the organisation does.
class Offices final : public city::Directory {
 public:
  void hold(Holds holds);
  void organise(std::shared_ptr<const city::Directory> organisation) { organisation_ = std::move(organisation); }
  [[nodiscard]] std::vector<std::string> holders(std::string_view role,
                                                 const city::v1::WorkOrder& order) const override;

 private:
  std::vector<Holds> offices_;
  std::shared_ptr<const city::Directory> organisation_;
};

class World {
 public:
  World(Time start, std::uint64_t seed, WorkflowMaker make);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // What the city is like: takes effect with the next step, which finds the store opened anew.
  void use(UseClocks clocks);
  void use(UseCalendar calendar);
  /// Takes effect at once: people change their offices.
  void use(Holds holds) { offices_->hold(std::move(holds)); }

  /// Opens the store, if it is not open as the city is now.
  [[nodiscard]] Result<void> ready();
  [[nodiscard]] Result<void> restart();
  [[nodiscard]] bool closed() const noexcept { return engine_ == nullptr; }

  // REQUIRES, from here on: `ready()`.
  [[nodiscard]] const Engine& engine() const { return *engine_; }
  void advance_to(Time time);
  [[nodiscard]] Result<Receipt> submit(Command command) { return engine_->submit_and_wait(std::move(command)); }
  /// What follows from what was submitted: timers that are due, notices.
  void settle();
  [[nodiscard]] Result<city::Recount> recount();
  /// Orders that are reported once it takes effect are decided by it.
  /// Errors: those of `city::publish_command`.
  [[nodiscard]] Result<void> publish(const city::v1::Catalogue& catalogue);
  /// Orders are dispatched by it from the next step on, which finds the store opened anew.
  /// Errors: those of `city::publish_organisation_command`.
  [[nodiscard]] Result<void> publish(const city::v1::Organisation& organisation);
  /// Orders are located by it once it takes effect. Errors: those of `city::publish_grid_map_command`.
  [[nodiscard]] Result<void> publish(const city::v1::GridMap& map);
  /// Null: there is no such order.
  [[nodiscard]] Result<std::shared_ptr<const city::v1::WorkOrder>> order(const std::string& key) const;

  [[nodiscard]] Time now() const { return runtime_.now(); }
  [[nodiscard]] const std::vector<Notice>& notices() const { return box_->notices(); }
  [[nodiscard]] const LiveStates& live() const { return *live_; }

 private:
  [[nodiscard]] Result<void> read_policy();
  [[nodiscard]] Result<void> read_organisation(city::WorkOrderPolicy& policy);
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> publish(Command command);
  /// What units have to do, as the events say that came since.
  void count_work();

  WorkflowMaker make_;
  std::filesystem::path folder_;
  SimulatedRuntime runtime_;
  std::shared_ptr<LiveStates> live_ = std::make_shared<LiveStates>();
  std::shared_ptr<Postbox> box_ = std::make_shared<Postbox>();
  std::shared_ptr<Offices> offices_ = std::make_shared<Offices>();
  std::string plan_;
  std::vector<std::string> calendars_;
  city::Calendars host_;
  city::PolicyBook book_;
  city::GridMapBook maps_;
  std::optional<city::Organisation> organisation_;
  std::shared_ptr<city::OrderWorkload> workload_;
  Position counted_ = Position::none;
  bool changed_ = true;
  std::unique_ptr<Engine> engine_;
};

}  // namespace pavior::scenario

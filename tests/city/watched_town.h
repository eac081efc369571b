/// \file
/// A small town with an engine, whose reports are watched, in simulated time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "city/duplicates.h"
#include "city/orders.h"
#include "pavior/city/report_watch.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/engine.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {

using Facts = std::vector<std::string>;

inline constexpr const char* pothole = "01.01";
inline const std::string suggests = "duplicates { standard { action: SUGGEST } }";

class WatchedTown {
 public:
  explicit WatchedTown(const std::string& rules, std::uint64_t seed = 1) : runtime(noon, seed) {
    policy.policies = PolicyBook::of(town_and(rules));
    open();
  }
  ~WatchedTown() { close(); }
  WatchedTown(const WatchedTown&) = delete;
  WatchedTown& operator=(const WatchedTown&) = delete;

  void close() {
    watch.reset();
    engine.reset();
  }
  /// Again, after whatever was there is gone; without a watch until `attach`.
  void open_unwatched() {
    close();
    Options options;
    options.workflows = {make_work_order_workflow(policy)};
    options.durability = Durability::process_crash;
    options.limits = limits;
    auto opened = Engine::open(folder.path(), options, runtime);
    if (!opened) FAIL(opened.error());
    engine = *std::move(opened);
  }
  void attach() {
    watch = std::make_unique<ReportWatch>(policy.policies, watching);
    REQUIRE(watch->attach(*engine));
  }
  void open() { open_unwatched(), attach(); }

  template <class M>
  Result<Receipt> submit(const std::string& key, const M& message) {
    return engine->submit_and_wait(make_command(work_order_id(key), message).by(machine_actor()));
  }
  template <class M>
  void act(const std::string& key, const M& message) {
    const auto receipt = submit(key, message);
    if (!receipt) FAIL(receipt.error());
  }
  /// Durable, and not yet looked at.
  void report(const std::string& key, const v1::Position& at, const std::string& reporter = "",
              const std::string& category = pothole) {
    v1::Report report;
    report.set_title("a deep hole");
    report.set_channel("12345");
    report.set_description("in the right lane");
    report.set_suggested_category(category);
    report.mutable_reporter()->set_id(reporter.empty() ? "of " + key : reporter);
    report.mutable_location()->set_latitude(at.latitude());
    report.mutable_location()->set_longitude(at.longitude());
    act(key, report);
  }
  /// What waits is done.
  void settle() { runtime.run_ready(); }

  [[nodiscard]] v1::WorkOrder order(const std::string& key) const {
    return *work_order(*engine->load(work_order_id(key)).value().state);
  }
  /// The orders suggested for this one, best first: "A, B".
  [[nodiscard]] std::string suggested(const std::string& key) const { return keys(order(key).duplicates()); }
  [[nodiscard]] Facts facts(const std::string& key) const {
    Facts facts;
    const auto history = engine->history(work_order_id(key)).value();
    for (const Event& event : history) facts.emplace_back(short_name(event.type));
    return facts;
  }

  WorkOrderPolicy policy;
  ReportWatchOptions watching;
  Limits limits;
  SimulatedRuntime runtime;
  test::StoreFolder folder;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<ReportWatch> watch;
};

}  // namespace pavior::city::tests

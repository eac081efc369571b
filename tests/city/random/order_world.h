/// \file
/// A few orders without a store: commands, what follows from them in the same commit, and timers, in memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/workflow.h"

namespace pavior::city::tests {

/// One fact of a commit, and the order around it. `before` is null for a new order.
struct Written {
  std::string key;
  Command command;
  Fact fact;
  Stage stage_before{};
  StatePtr before;
  StatePtr after;
  [[nodiscard]] const v1::WorkOrder& order_before() const;  ///< An empty one for null.
  [[nodiscard]] const v1::WorkOrder& order_after() const;
};

using Commit = std::vector<Written>;

class OrderWorld {
 public:
  struct Stored {
    Fact fact;
    Version version{};
    Time time{};
    std::string actor;
  };
  struct Order {
    StatePtr state;
    Version version{};
    std::deque<Stored> log;
    std::map<std::string, Timer> timers;
  };
  /// A command of the world's own: a timer's.
  using Fired = std::function<void(const Command&, const Result<Commit>&)>;

  OrderWorld(std::shared_ptr<const Workflow> workflow, Time start) : workflow_(std::move(workflow)), now_(start) {}

  /// All or nothing: a follow-up that is refused refuses the command.
  Result<Commit> submit(const Command& command);

  /// Fires what comes due on the way, in its order, and tells what became of it.
  void advance_by(std::chrono::microseconds duration, const Fired& fired);

  /// From the log alone. Errors: the workflow's.
  [[nodiscard]] Result<StatePtr> replayed(const std::string& key) const;

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const Workflow& workflow() const { return *workflow_; }
  [[nodiscard]] const std::map<std::string, Order>& orders() const { return orders_; }
  /// Null: there is none.
  [[nodiscard]] const v1::WorkOrder* order(const std::string& key) const;
  [[nodiscard]] const State* state(const std::string& key) const;

 private:
  struct Draft {
    StatePtr state;
    Version version{};
  };
  class Attempt;
  struct Due {
    std::string key;
    std::string name;
    Time at{};
  };
  [[nodiscard]] const Due* next_due(Time until, Due& due) const;
  void store(const Commit& commit);
  void react(const Commit& commit);

  std::shared_ptr<const Workflow> workflow_;
  Time now_;
  std::map<std::string, Order> orders_;
};

}  // namespace pavior::city::tests

/// \file
/// A month in the life of a made-up district: people who report, accept, dispatch, repair, check and call back, each a
/// few lines that submit a command and plan the next. Everything they do goes through the engine.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/engine.h"
#include "pavior/testing.h"

namespace pavior::demo {

struct Plan {
  std::uint64_t seed = 2026;
  int days = 30;
  double reports_a_day = 400;
};

/// A kind of trouble: who repairs it, within what time, and how long that usually takes.
struct Category {
  std::string_view name;
  std::string_view title;
  std::size_t unit;
  std::chrono::hours limit;
  double hours_of_work;
  double share;  ///< Of all reports.
};

struct Unit {
  std::string_view name;
  int crews;
};

[[nodiscard]] std::span<const Category> categories();
[[nodiscard]] std::span<const Unit> units();

/// Threads: one, that of the runtime.
class SimulatedCity {
 public:
  SimulatedCity(Engine& engine, SimulatedRuntime& runtime, Plan plan);

  /// Plans the reports of the coming day; the runtime then plays it.
  void plan_day();

  [[nodiscard]] std::uint64_t reports() const { return reports_; }
  /// Commands the engine turned down, by rule: people try what they may not.
  [[nodiscard]] const std::unordered_map<std::string, int>& refusals() const { return refusals_; }

 private:
  using Then = std::function<void()>;
  struct Job {
    std::string order;
    const Category* category;
    double hours;
    bool started = false;  ///< Work was begun before: this is rework.
  };
  struct Yard {
    int free_crews;
    std::deque<Job> waiting;
  };

  void report(const Category& category);
  void accept(const std::string& order, const Category& category);
  void dispatch(const std::string& order, const Category& category);
  void acknowledge(const std::string& order, const Category& category);
  void enqueue(Job job);
  void begin(Job job);
  void finish(const Job& job);
  void verify(const Job& job);
  void close(const Job& job);
  void answer_supervisions(const Job& job);
  void call_back(const Job& job);
  void reopen(const Job& job);

  /// Submits and, if it was accepted, goes on.
  template <class Message>
  void act(const std::string& order, std::string_view who, std::string_view role, const Message& message,
           Then then = {});
  void later(double hours, Then then);
  double around(double mean);  ///< Exponentially distributed.
  bool chance(double probability);

  Engine& engine_;
  SimulatedRuntime& runtime_;
  Plan plan_;
  std::mt19937_64 dice_;
  std::vector<Yard> yards_;
  std::vector<std::string> last_of_category_;
  std::unordered_map<std::string, int> refusals_;
  std::uint64_t reports_ = 0;
  int day_ = 0;
};

}  // namespace pavior::demo

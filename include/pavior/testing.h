/// \file
/// For tests: a simulated runtime, and sentences about pure workflows.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/export.h"
#include "pavior/runtime.h"
#include "pavior/workflow.h"

namespace pavior::inline v0 {

/// A world in one thread: time moves only when told, and a seed decides which ready task runs next. One seed, one run.
/// Open an engine on it, submit, `run_ready()`; `advance_by(std::chrono::years{1})` fires a year of timers in order.
/// Threads: one.
class PAVIOR_EXPORT SimulatedRuntime final : public Runtime {
 public:
  explicit SimulatedRuntime(Time start = Time{}, std::uint64_t seed = 1);
  ~SimulatedRuntime() override;

  [[nodiscard]] Time now() const override { return now_; }
  void post(Task task) override;
  void post_at(Time when, Task task) override;
  void post_after(std::chrono::microseconds delay, Task task) override;
  [[nodiscard]] std::uint64_t random() override { return numbers_(); }

  /// Runs what is ready and what that makes ready, until nothing is. Returns how many tasks ran.
  std::size_t run_ready();

  /// Moves both clocks to `time`, stopping at every wait that ends before it. A time in the past only runs what is
  /// ready. Returns how many tasks ran.
  std::size_t advance_to(Time time);
  std::size_t advance_by(std::chrono::microseconds duration) { return advance_to(now_ + duration); }

  /// When the next wait of `post_at` or `post_after` ends, by the wall clock as it stands.
  [[nodiscard]] std::optional<Time> next_wake() const;

  /// Sets the wall clock forward or back, as an administrator does: no waiting time passes. Runs nothing.
  void jump_clock(std::chrono::microseconds by) { now_ += by; }

 private:
  template <class Instant>
  class Waits;
  void wake_due();
  [[nodiscard]] std::optional<std::chrono::microseconds> until_next() const;

  Time now_;
  std::chrono::microseconds steady_{};
  std::vector<Task> ready_;
  std::unique_ptr<Waits<Time>> by_wall_clock_;
  std::unique_ptr<Waits<std::chrono::microseconds>> by_steady_clock_;
  std::mt19937_64 choices_;  // Apart from `numbers_`: drawing an id does not change who runs next.
  std::mt19937_64 numbers_;
};

/// A fact for `given` and `then`. `message` is any protobuf message.
template <class Message>
[[nodiscard]] Fact fact(const Message& message, Stage leads_to) {
  return {message.GetDescriptor()->full_name(), message.SerializeAsString(), leads_to};
}

/// Whether what happened is what was to happen; prints the difference.
class PAVIOR_EXPORT Verdict {
 public:
  Verdict() = default;
  explicit Verdict(std::string difference) : difference_(std::move(difference)) {}

  explicit operator bool() const noexcept { return difference_.empty(); }
  friend std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
    return out << (verdict ? "as expected" : verdict.difference_);
  }

 private:
  std::string difference_;
};

/// What a workflow answered.
class PAVIOR_EXPORT Outcome {
 public:
  explicit Outcome(Result<Decision> decision) : decision_(std::move(decision)) {}

  /// Exactly these facts, in this order, leading to these stages.
  [[nodiscard]] Verdict then(const std::vector<Fact>& facts) const;
  /// A refusal by `rule`.
  [[nodiscard]] Verdict refused_by(std::string_view rule) const;
  [[nodiscard]] const Result<Decision>& decision() const noexcept { return decision_; }

 private:
  Result<Decision> decision_;
};

/// A stream of one workflow in which some facts have happened.
class PAVIOR_EXPORT Given {
 public:
  Given(const Workflow& workflow, std::vector<Fact> facts, Time now)
      : workflow_(workflow), facts_(std::move(facts)), now_(now) {}

  /// The facts happened at, and the command comes at, `now`.
  [[nodiscard]] Given at(Time now) const { return {workflow_, facts_, now}; }
  [[nodiscard]] Outcome when(const Command& command) const;

 private:
  const Workflow& workflow_;
  std::vector<Fact> facts_;
  Time now_;
};

/// `CHECK(given(workflow, {fact(reported, 1)}).when(accept).then({fact(accepted, 3)}));` needs no store and no engine.
/// Lifetime: `workflow` outlives the sentence.
[[nodiscard]] inline Given given(const Workflow& workflow, std::vector<Fact> facts = {}) {
  return {workflow, std::move(facts), Time{}};
}

}  // namespace pavior::inline v0

#include <algorithm>

#include "core/check.h"
#include "pavior/testing.h"

namespace pavior::inline v0 {
namespace {

// Longer than any simulation, and far from where microseconds overflow.
constexpr std::chrono::microseconds simulated_delay_max = std::chrono::years{10'000};

}  // namespace

// A heap of what waits for one clock.
template <class Instant>
class SimulatedRuntime::Waits {
 public:
  void add(Instant end, Task task) {
    heap_.push_back({end, std::move(task)});
    std::ranges::push_heap(heap_, later);
  }

  [[nodiscard]] std::optional<Instant> next() const {
    return heap_.empty() ? std::nullopt : std::optional(heap_.front().end);
  }

  void move_due(Instant now, std::vector<Task>& to) {
    while (!heap_.empty() && heap_.front().end <= now) {
      std::ranges::pop_heap(heap_, later);
      to.push_back(std::move(heap_.back().task));
      heap_.pop_back();
    }
  }

 private:
  struct Wait {
    Instant end{};
    Task task;
  };
  static bool later(const Wait& a, const Wait& b) { return a.end > b.end; }

  std::vector<Wait> heap_;
};

SimulatedRuntime::SimulatedRuntime(Time start, std::uint64_t seed)
    : now_(start),
      by_wall_clock_(std::make_unique<Waits<Time>>()),
      by_steady_clock_(std::make_unique<Waits<std::chrono::microseconds>>()),
      choices_(seed),
      numbers_(~seed) {}

SimulatedRuntime::~SimulatedRuntime() = default;

void SimulatedRuntime::post(Task task) {
  PAVIOR_CHECK(task != nullptr, "an empty task was posted");
  ready_.push_back(std::move(task));
}

void SimulatedRuntime::post_at(Time when, Task task) {
  PAVIOR_CHECK(task != nullptr, "an empty task was posted");
  if (when <= now_) return post(std::move(task));
  by_wall_clock_->add(std::min(when, Time{simulated_delay_max}), std::move(task));
}

void SimulatedRuntime::post_after(std::chrono::microseconds delay, Task task) {
  PAVIOR_CHECK(task != nullptr, "an empty task was posted");
  by_steady_clock_->add(steady_ + std::clamp(delay, std::chrono::microseconds::zero(), simulated_delay_max),
                        std::move(task));
}

std::size_t SimulatedRuntime::run_ready() {
  std::size_t count = 0;
  for (wake_due(); !ready_.empty(); wake_due(), ++count) {
    std::swap(ready_[choices_() % ready_.size()], ready_.back());
    const Task task = std::move(ready_.back());
    ready_.pop_back();
    task();
  }
  return count;
}

std::size_t SimulatedRuntime::advance_to(Time time) {
  std::size_t count = run_ready();
  while (now_ < time) {
    const auto left = time - now_;
    const auto step = std::min(left, until_next().value_or(left));
    now_ += step;
    steady_ += step;
    count += run_ready();
  }
  return count;
}

std::optional<Time> SimulatedRuntime::next_wake() const {
  const auto wait = until_next();
  return wait ? std::optional(now_ + *wait) : std::nullopt;
}

std::optional<std::chrono::microseconds> SimulatedRuntime::until_next() const {
  const auto wall = by_wall_clock_->next();
  const auto steady = by_steady_clock_->next();
  if (wall && steady) return std::min(*wall - now_, *steady - steady_);
  if (wall) return *wall - now_;
  if (steady) return *steady - steady_;
  return std::nullopt;
}

void SimulatedRuntime::wake_due() {
  by_wall_clock_->move_due(now_, ready_);
  by_steady_clock_->move_due(steady_, ready_);
}

}  // namespace pavior::inline v0

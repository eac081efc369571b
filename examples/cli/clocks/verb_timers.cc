#include <array>
#include <limits>

#include "app.h"
#include "fmt/format.h"
#include "pavior/testing.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

struct TimersWish {
  std::size_t limit = 10;
  bool fire = false;
};

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

/// How far timers lie from now: behind it (overdue), or ahead.
class Histogram {
 public:
  void add(microseconds ahead) {
    const bool overdue = ahead <= microseconds(0);
    const auto distance = overdue ? -ahead : ahead;
    std::size_t bucket = 0;
    while (bucket < bounds.size() && distance >= bounds[bucket].first) ++bucket;
    ++counts_[overdue ? 0 : 1][bucket];
  }

  [[nodiscard]] static std::string label(std::size_t bucket) {
    return bucket < bounds.size() ? fmt::format("< {}", bounds[bucket].second)
                                  : fmt::format(">= {}", bounds.back().second);
  }
  [[nodiscard]] std::uint64_t count(bool overdue, std::size_t bucket) const { return counts_[overdue ? 0 : 1][bucket]; }
  [[nodiscard]] std::uint64_t all(bool overdue) const {
    std::uint64_t sum = 0;
    for (const auto count : counts_[overdue ? 0 : 1]) sum += count;
    return sum;
  }

  static constexpr std::array<std::pair<microseconds, std::string_view>, 6> bounds{{{minutes(1), "1 minute"},
                                                                                    {minutes(15), "15 minutes"},
                                                                                    {hours(1), "1 hour"},
                                                                                    {hours(24), "1 day"},
                                                                                    {hours(24 * 7), "1 week"},
                                                                                    {hours(24 * 30), "30 days"}}};

 private:
  std::array<std::array<std::uint64_t, bounds.size() + 1>, 2> counts_{};
};

JsonObject histogram_json(const Histogram& histogram, bool overdue) {
  JsonObject json;
  for (std::size_t bucket = 0; bucket <= Histogram::bounds.size(); ++bucket)
    json.add(Histogram::label(bucket), histogram.count(overdue, bucket));
  return json;
}

void print_text(const std::vector<PendingTimer>& timers, const Histogram& histogram, std::size_t limit, Time now,
                const CityClock& clock) {
  fmt::print("{} timers wait, {} of them overdue\n\n{:<14} {:>10} {:>10}\n", timers.size(), histogram.all(true), "",
             "overdue", "ahead");
  for (std::size_t bucket = 0; bucket <= Histogram::bounds.size(); ++bucket)
    fmt::print("{:<14} {:>10} {:>10}\n", Histogram::label(bucket), histogram.count(true, bucket),
               histogram.count(false, bucket));
  if (!timers.empty() && limit > 0) fmt::print("\n");
  for (std::size_t i = 0; i < std::min(limit, timers.size()); ++i)
    fmt::print("{}  {}  {}{}\n", clock.text(timers[i].due), printable(timers[i].stream.text()),
               printable(timers[i].name), timers[i].due <= now ? "  overdue" : "");
}

void print_json(const std::vector<PendingTimer>& timers, const Histogram& histogram, std::size_t limit,
                const CityClock& clock) {
  std::string next;
  for (std::size_t i = 0; i < std::min(limit, timers.size()); ++i) {
    JsonObject json;
    json.add("due", clock.iso_text(timers[i].due)).add("stream", timers[i].stream.text()).add("timer", timers[i].name);
    next += (next.empty() ? "" : ",") + json.text();
  }
  JsonObject json;
  json.add("pending", std::uint64_t{timers.size()})
      .add("overdue", histogram.all(true))
      .add("overdue_by", histogram_json(histogram, true))
      .add("ahead_by", histogram_json(histogram, false))
      .add_json("next", '[' + next + ']');
  fmt::print("{}\n", json.text());
}

/// Fires what is due, as the platform that owns the store would.
Exit fire(const App& app) {
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, true);
  if (!engine) return fail_store(engine.error());
  runtime.run_ready();
  fmt::print(stderr, "{} timers fired\n", (*engine)->metrics().timers_fired);
  return Exit::ok;
}

Exit timers(const App& app, const TimersWish& wish) {
  if (wish.fire)
    if (const auto fired = fire(app); fired != Exit::ok) return fired;
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    const auto now = present();
    const auto pending = engine.timers(std::numeric_limits<std::size_t>::max());
    if (!pending) return fail_store(pending.error());
    Histogram histogram;
    for (const auto& timer : *pending) histogram.add(timer.due - now);
    if (app.json) {
      print_json(*pending, histogram, wish.limit, clock);
    } else {
      print_text(*pending, histogram, wish.limit, now, clock);
    }
    return Exit::ok;
  });
}

}  // namespace

void add_timers(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("timers", "Counts the timers that wait, by how far they lie ahead or behind");
  const auto wish = std::make_shared<TimersWish>();
  verb->add_option("--limit", wish->limit, "How many of the next ones are listed")->capture_default_str();
  verb->add_flag("--fire", wish->fire, "First fires what is due, as the store's owner");
  verb->callback([&app, wish] { app.run = [&app, wish] { return timers(app, *wish); }; });
}

}  // namespace pavior::cli

// How fast history is read back, beside RocksDB reading the same rows.
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "fmt/core.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/thread_runtime.h"
#include "support/arguments.h"
#include "support/load.h"
#include "support/orders.h"
#include "support/raw.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Every event of the log folded into its stream's state, all states in memory. Events a second.
double replay_all(const Engine& engine, std::uint64_t events) {
  std::unordered_map<std::string, StatePtr> states;
  states.reserve(events / Orders::steps);
  std::string key;
  const Workflow* workflow = engine.workflow(Orders::stream(0).workflow());
  const auto start = Clock::now();
  (void)or_give_up(engine.read(Position::none, [&](const Event& event) {
    key = event.key;
    StatePtr& state = states[key];
    state = or_give_up(workflow->evolve(std::move(state), {&event, 1}));
    return true;
  }));
  return static_cast<double>(events) / seconds_since(start);
}

/// Orders a second, in no order.
double load_some(const Engine& engine, std::uint64_t orders, double seconds) {
  std::mt19937_64 numbers(1);
  const auto start = Clock::now();
  std::uint64_t loaded = 0;
  for (; seconds_since(start) < seconds; ++loaded) {
    const Snapshot order = or_give_up(engine.load(Orders::stream(numbers() % orders)));
    if (number(order.version) != Orders::steps) give_up(Error(ErrorCode::corrupt, "an order lacks events"));
  }
  return static_cast<double>(loaded) / seconds_since(start);
}

/// An order that was sent back until it has `events` events.
void live_long(Engine& engine, const Orders& orders, std::uint64_t order, std::size_t events) {
  constexpr std::size_t result = 5;  // a step that is followed by its failed verification
  for (std::size_t step = 0; step <= result; ++step)
    (void)or_give_up(engine.submit_and_wait(orders.command(order, step)));
  for (std::size_t event = result + 1; event < events; ++event) {
    const std::size_t step = event % 2 == 0 ? result + 1 : result;
    (void)or_give_up(engine.submit_and_wait(orders.command(order, step).with_id({})));
  }
}

template <class Work>
double microseconds_each(Work work, double seconds) {
  std::uint64_t count = 0;
  const auto start = Clock::now();
  for (; seconds_since(start) < seconds; ++count) work();
  return 1e6 * seconds_since(start) / static_cast<double>(count);
}

/// What a snapshot row could spare: reading and folding the events, beside parsing the folded state.
void compare_snapshot(const Arguments& arguments, const std::filesystem::path& path, std::size_t events) {
  Options options = Orders::options();
  options.durability = Durability::process_crash;
  ThreadRuntime runtime(1);
  const auto engine = or_give_up(Engine::open(path, options, runtime));
  live_long(*engine, Orders(), events, events);
  const StreamId id = Orders::stream(events);
  const Workflow& workflow = *engine->workflow(id.workflow());
  const History history = or_give_up(engine->history(id));
  const std::string state = city::work_order(*or_give_up(engine->load(id)).state)->SerializeAsString();
  city::v1::WorkOrder order;
  fmt::print(
      "replay what=snapshot events_per_order={} state_bytes={} load_us={:.1f} history_us={:.1f} fold_us={:.1f} "
      "parse_state_us={:.1f}\n",
      history.size(), state.size(), microseconds_each([&] { (void)or_give_up(engine->load(id)); }, arguments.seconds),
      microseconds_each([&] { (void)or_give_up(engine->history(id)); }, arguments.seconds),
      microseconds_each([&] { (void)or_give_up(workflow.evolve(nullptr, history.events())); }, arguments.seconds),
      microseconds_each([&] { (void)parse(state, order); }, arguments.seconds));
}

void run(const Arguments& arguments) {
  const Scratch scratch(arguments.dir);
  const auto path = scratch.fresh("store");
  const std::uint64_t orders = arguments.quick ? 2'000 : 100'000;
  const std::uint64_t events = orders * Orders::steps;
  Options options = Orders::options();
  options.durability = Durability::process_crash;
  {
    ThreadRuntime runtime(2);
    const auto engine = or_give_up(Engine::open(path, options, runtime));
    // Many orders live at once, as in a city: an order's events lie far apart.
    Load load{1000};
    load.orders = orders;
    (void)drive(*engine, Orders(), load);
  }
  (void)RawStore::open(path).compacted_bytes();

  std::vector<double> all, single, raw;
  std::size_t bytes = 0;
  for (std::size_t round = 0; round < arguments.rounds; ++round) {
    {
      ThreadRuntime runtime(1);
      const auto engine = or_give_up(Engine::open(path, options, runtime));
      bytes = event_bytes(*engine);
      all.push_back(replay_all(*engine, events));
      single.push_back(load_some(*engine, orders, arguments.seconds));
    }
    const RawStore store = RawStore::open(path);
    const auto start = Clock::now();
    raw.push_back(static_cast<double>(store.scan("log")) / seconds_since(start));
  }
  fmt::print(
      "replay what=all events={} event_bytes={} compression=lz4 threads=1 events_per_s={:.0f} "
      "raw_log_rows_per_s={:.0f} ratio={:.2f}\n",
      events, bytes, median(all), median(raw), median(all) / median(raw));
  fmt::print("replay what=one_order events_per_order={} event_bytes={} compression=lz4 threads=1 orders_per_s={:.0f}\n",
             Orders::steps, bytes, median(single));
  for (const std::size_t length : {12UL, 100UL}) compare_snapshot(arguments, scratch.fresh("long"), length);
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv, "bench_replay: events folded a second, beside RocksDB reading the same rows"));
}

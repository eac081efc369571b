// How long a large store takes to open, and the memory it holds.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "fmt/core.h"
#include "pavior/thread_runtime.h"
#include "support/arguments.h"
#include "support/load.h"
#include "support/memory.h"
#include "support/orders.h"
#include "support/raw.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Every order is reported, accepted, dispatched and acknowledged; its deadline is armed.
constexpr std::size_t steps_lived = 4;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Runs `work` in a process of its own, so that its memory does not count here.
template <class Work>
void apart(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    std::fflush(stdout);
    ::_exit(0);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
    give_up(Error(ErrorCode::unavailable, "a part of the measurement failed"));
}

void build(const std::filesystem::path& path, const Options& options, std::uint64_t count) {
  ThreadRuntime runtime(2);
  const auto engine = or_give_up(Engine::open(path, options, runtime));
  Load load{1024};
  load.orders = count;
  load.until_step = steps_lived;
  (void)drive(*engine, Orders(), load);
}

void measure_memory(const std::filesystem::path& path, const Options& options, std::uint64_t touched) {
  const Orders orders;
  const double before = resident_mib();
  ThreadRuntime runtime(2);
  const auto engine = or_give_up(Engine::open(path, options, runtime));
  const double opened = resident_mib();
  Load load{1024};
  load.orders = touched;
  load.from_step = steps_lived;
  load.until_step = steps_lived + 1;
  (void)drive(*engine, orders, load);
  fmt::print(
      "memory cache_streams_max={} block_cache_mib={} write_buffer_mib={} touched={} opening_mib={:.0f} "
      "touching_mib={:.0f} cached_streams={}\n",
      options.cache_streams_max, options.block_cache_bytes >> 20, options.write_buffer_bytes >> 20, touched,
      opened - before, resident_mib() - opened, engine->metrics().cached_streams);
}

void run(const Arguments& arguments) {
  const Scratch scratch(arguments.dir);
  const auto path = scratch.fresh("store");
  const std::uint64_t count = arguments.quick ? 10'000 : 1'000'000;
  Options options = Orders::options();
  options.durability = Durability::process_crash;
  const std::uint64_t touched = count / 10;
  // Before RocksDB has threads here: a child would not have them.
  apart([&] { build(path, options, count); });
  apart([&] { measure_memory(path, options, touched); });

  std::vector<double> engine, raw;
  for (std::size_t round = 0; round < arguments.rounds; ++round) {
    {
      ThreadRuntime runtime(1);
      const auto start = Clock::now();
      const auto opened = or_give_up(Engine::open(path, options, runtime));
      engine.push_back(milliseconds_since(start));
    }
    const auto start = Clock::now();
    const RawStore opened = RawStore::open(path);
    raw.push_back(milliseconds_since(start));
  }
  fmt::print("open orders={} events={} first_open_ms={:.0f} open_ms={:.0f} raw_open_ms={:.0f} ratio={:.2f}\n", count,
             count * steps_lived + touched, engine.front(), median(engine), median(raw), median(engine) / median(raw));
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv, "bench_open: opening a large store, and what memory it takes"));
}

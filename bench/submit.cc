// How many durable commands a second, beside RocksDB writing the same rows.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "fmt/core.h"
#include "pavior/thread_runtime.h"
#include "support/arguments.h"
#include "support/load.h"
#include "support/orders.h"
#include "support/raw.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t group_commit_threads = 64;

struct Setting {
  std::size_t in_flight;
  Form form;
  Durability durability;
};

/// The batches of one run, and how many commands they hold.
struct Recorded {
  std::vector<std::string> batches;
  std::uint64_t commands = 0;
};

class Bench {
 public:
  explicit Bench(const Arguments& arguments) : arguments_(arguments), scratch_(arguments.dir) {}

  void run() {
    singles_ = record({1, Form::blocking, Durability::process_crash}, arguments_.quick ? 5'000 : 200'000);
    for (const Durability durability : {Durability::power_loss, Durability::process_crash}) {
      measure({1, Form::blocking, durability});
      for (const std::size_t in_flight : {1UL, 8UL, 64UL, 1024UL}) measure({in_flight, Form::callback, durability});
    }
    for (const Compression compression : {Compression::lz4, Compression::zstd}) measure_disk(compression);
  }

 private:
  /// An engine in a fresh folder under the load.
  Measured engine_run(const Options& options, const Load& load) {
    ThreadRuntime runtime(2);
    const auto engine = or_give_up(Engine::open(scratch_.fresh("engine"), options, runtime));
    Measured measured = drive(*engine, orders_, load);
    event_bytes_ = event_bytes(*engine);
    return measured;
  }

  static Load load_of(const Setting& setting, std::uint64_t commands) {
    Load load{setting.in_flight, setting.form};
    load.commands = commands;
    return load;
  }

  Recorded record(const Setting& setting, std::uint64_t commands) {
    Options options = recording(Orders::options());
    options.durability = setting.durability;
    ThreadRuntime runtime(2);
    const auto path = scratch_.fresh("engine");
    const auto engine = or_give_up(Engine::open(path, options, runtime));
    (void)drive(*engine, orders_, load_of(setting, commands));
    return {recorded_batches(path), commands};  // closing would empty the write-ahead log
  }

  /// Commands a second when `threads` threads write the batches of `recorded`, each one at a time.
  double raw_run(const Recorded& recorded, std::size_t threads, bool sync) {
    RawStore store = RawStore::create(scratch_.fresh("raw"), Orders::options(), threads > 1);
    std::atomic<std::size_t> next = 0;
    const auto start = Clock::now();
    const auto end =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(arguments_.seconds));
    const auto write = [&] {
      while (Clock::now() < end) {
        const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
        if (mine >= recorded.batches.size()) return;
        store.write(recorded.batches[mine], sync);
      }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(write);
    write();
    for (std::thread& other : others) other.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const auto batches = static_cast<double>(std::min(next.load(), recorded.batches.size()));
    return batches * static_cast<double>(recorded.commands) / static_cast<double>(recorded.batches.size()) / seconds;
  }

  void measure(const Setting& setting) {
    const bool sync = setting.durability == Durability::power_loss;
    Options options = Orders::options();
    options.durability = setting.durability;
    Load load{setting.in_flight, setting.form};
    load.time = std::chrono::duration<double>(arguments_.seconds);
    std::vector<double> engine, p50, p99, same_batches, one_at_a_time, group_commit;
    Recorded recorded;
    for (std::size_t round = 0; round < arguments_.rounds; ++round) {
      const Measured measured = engine_run(options, load);
      engine.push_back(measured.per_second());
      p50.push_back(measured.percentile_us(0.5));
      p99.push_back(measured.percentile_us(0.99));
      if (round == 0) recorded = record(setting, measured.commands);
      same_batches.push_back(raw_run(recorded, 1, sync));
      one_at_a_time.push_back(raw_run(singles_, 1, sync));
      group_commit.push_back(raw_run(singles_, group_commit_threads, sync));
    }
    const double rate = median(engine);
    fmt::print(
        "submit in_flight={} form={} durability={} compression=lz4 event_bytes={} commands_per_batch={:.1f} "
        "commands_per_s={:.0f} p50_us={:.0f} p99_us={:.0f} raw_same_batches={:.0f} raw_one_at_a_time={:.0f} "
        "raw_64_threads={:.0f} ratio_same_batches={:.2f} ratio_one_at_a_time={:.2f} ratio_64_threads={:.2f}\n",
        setting.in_flight, setting.form == Form::callback ? "callback" : "blocking",
        sync ? "power_loss" : "process_crash", event_bytes_,
        static_cast<double>(recorded.commands) / static_cast<double>(recorded.batches.size()), rate, median(p50),
        median(p99), median(same_batches), median(one_at_a_time), median(group_commit), rate / median(same_batches),
        rate / median(one_at_a_time), rate / median(group_commit));
    std::fflush(stdout);
  }

  void measure_disk(Compression compression) {
    const std::uint64_t events = Orders::steps * (arguments_.quick ? 1'000 : 50'000);
    Options options = Orders::options();
    options.durability = Durability::process_crash;
    options.compression = compression;
    (void)engine_run(options, load_of({1024, Form::callback, Durability::process_crash}, events));
    const std::uint64_t bytes = RawStore::open(scratch_.path("engine")).compacted_bytes();
    fmt::print("disk compression={} event_bytes={} events={} bytes_per_event={:.0f}\n",
               compression == Compression::lz4 ? "lz4" : "zstd", event_bytes_, events,
               static_cast<double>(bytes) / static_cast<double>(events));
    std::fflush(stdout);
  }

  Arguments arguments_;
  Scratch scratch_;
  Orders orders_;
  Recorded singles_;  // a batch for each command
  std::size_t event_bytes_ = 0;
};

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  Bench(parse_arguments(argc, argv, "bench_submit: commands a second, beside RocksDB writing the same rows")).run();
}

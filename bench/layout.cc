// Two layouts of the log beside each other, on RocksDB alone: docs/adr/0005 says what came of it.
//   position: log    position -> event,           index  stream, version -> position
//   stream:   events stream, version -> event,    index  position -> stream, version
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/statistics.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "fmt/core.h"
#include "support/arguments.h"
#include "support/orders.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t batch_events = 256;
constexpr std::size_t living_orders = 1000;  // at once: an order's events lie so far apart
constexpr std::size_t slice_events = 512;    // of the feed

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void must(const rocksdb::Status& status) {
  if (!status.ok()) give_up(Error(ErrorCode::unavailable, status.ToString()));
}

std::string big_endian(std::uint64_t value) {
  std::string key(8, '\0');
  for (std::size_t i = 8; i-- > 0; value >>= 8) key[i] = static_cast<char>(value & 0xff);
  return key;
}

std::string stream_prefix(std::uint64_t order) { return Orders::stream(order).text() + '\0'; }
std::string event_key(std::uint64_t order, std::uint64_t version) { return stream_prefix(order) + big_endian(version); }

/// One of the two layouts in a database of its own: `events` holds the events, `index` finds them the other way.
class Layout {
 public:
  Layout(const std::filesystem::path& path, bool by_position) : path_(path), by_position_(by_position) { open(); }
  ~Layout() { close(); }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  void reopen() {
    close();
    open();
  }

  void write(rocksdb::WriteBatch& batch) { must(database_->Write(rocksdb::WriteOptions(), &batch)); }
  void put(rocksdb::WriteBatch& batch, std::uint64_t position, const std::string& key, const std::string& event) {
    const std::string place = big_endian(position);
    must(batch.Put(families_[1], by_position_ ? place : key, event));
    must(batch.Put(families_[2], by_position_ ? key : place, by_position_ ? place : key));
  }

  /// What is written in the background for every byte that stays.
  [[nodiscard]] double settle_and_amplification() {
    for (std::size_t i = 1; i < families_.size(); ++i) {
      must(database_->Flush(rocksdb::FlushOptions(), families_[i]));
      must(database_->CompactRange(rocksdb::CompactRangeOptions(), families_[i], nullptr, nullptr));
    }
    const auto written = statistics_->getTickerCount(rocksdb::FLUSH_WRITE_BYTES) +
                         statistics_->getTickerCount(rocksdb::COMPACT_WRITE_BYTES);
    return static_cast<double>(written) / static_cast<double>(bytes());
  }
  [[nodiscard]] std::uint64_t bytes() const {
    std::uint64_t total = 0;
    for (std::size_t i = 1; i < families_.size(); ++i) {
      std::uint64_t one = 0;
      (void)database_->GetIntProperty(families_[i], "rocksdb.live-sst-files-size", &one);
      total += one;
    }
    return total;
  }

  /// All events in the order of their positions.
  [[nodiscard]] std::uint64_t feed() const { return by_position_ ? scan(families_[1], "") : lookups(families_[2], ""); }
  /// All events in any order that keeps a stream's own.
  [[nodiscard]] std::uint64_t replay() const { return scan(families_[1], ""); }
  [[nodiscard]] std::uint64_t history(std::uint64_t order) const {
    const std::string prefix = stream_prefix(order);
    return by_position_ ? lookups(families_[2], prefix) : scan(families_[1], prefix);
  }

 private:
  void open() {
    rocksdb::BlockBasedTableOptions table;
    table.format_version = 5;
    table.block_size = 16 << 10;
    table.block_cache = rocksdb::NewLRUCache(64 << 20);
    rocksdb::Options options;
    options.create_if_missing = options.create_missing_column_families = true;
    options.max_background_jobs = 2;
    options.compression = rocksdb::kLZ4Compression;
    options.level_compaction_dynamic_level_bytes = true;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.statistics = statistics_;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const char* name : {"default", "events", "index"}) families.emplace_back(name, options);
    rocksdb::DB* opened = nullptr;
    must(rocksdb::DB::Open(options, path_.string(), families, &families_, &opened));
    database_.reset(opened);
  }
  void close() {
    for (rocksdb::ColumnFamilyHandle* family : families_) must(database_->DestroyColumnFamilyHandle(family));
    families_.clear();
    database_.reset();
  }

  [[nodiscard]] std::uint64_t scan(rocksdb::ColumnFamilyHandle* family, const std::string& prefix) const {
    std::uint64_t bytes = 0;
    const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(rocksdb::ReadOptions(), family));
    for (row->Seek(prefix); row->Valid() && row->key().starts_with(prefix); row->Next()) bytes += row->value().size();
    must(row->status());
    return bytes;
  }
  /// The events that index rows with `prefix` name.
  [[nodiscard]] std::uint64_t lookups(rocksdb::ColumnFamilyHandle* index, const std::string& prefix) const {
    std::uint64_t bytes = 0;
    std::vector<std::string> keys;
    const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(rocksdb::ReadOptions(), index));
    for (row->Seek(prefix); row->Valid() && row->key().starts_with(prefix); row->Next()) {
      keys.push_back(row->value().ToString());
      if (keys.size() < slice_events) continue;
      bytes += get(keys);
      keys.clear();
    }
    must(row->status());
    return bytes + get(keys);
  }
  [[nodiscard]] std::uint64_t get(const std::vector<std::string>& keys) const {
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_->MultiGet(rocksdb::ReadOptions(), families_[1], slices.size(), slices.data(), values.data(),
                        statuses.data());
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      must(statuses[i]);
      bytes += values[i].size();
    }
    return bytes;
  }

  std::filesystem::path path_;
  bool by_position_;
  std::shared_ptr<rocksdb::Statistics> statistics_ = rocksdb::CreateDBStatistics();
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

/// What an engine keeps of an event, in size and in how it compresses.
std::string event_of(const Orders& orders, std::uint64_t order, std::size_t step, std::mt19937_64& numbers) {
  std::string event;
  for (int i = 0; i < 4; ++i) event += big_endian(numbers());  // a hash
  const Command command = orders.command(order, step);
  return event + command.id() + command.type() + command.actor().id() + command.stream().text() + command.payload();
}

double fill(Layout& layout, std::uint64_t orders) {
  const Orders source;
  std::mt19937_64 numbers(1);
  rocksdb::WriteBatch batch;
  std::uint64_t position = 0;
  double seconds = 0;
  const auto flush = [&] {
    const auto start = Clock::now();
    layout.write(batch);
    seconds += seconds_since(start);
    batch.Clear();
  };
  for (std::uint64_t first = 0; first < orders; first += living_orders)
    for (std::size_t step = 0; step < Orders::steps; ++step)
      for (std::uint64_t order = first; order < std::min(orders, first + living_orders); ++order) {
        layout.put(batch, ++position, event_key(order, step + 1), event_of(source, order, step, numbers));
        if (batch.Count() == 2 * batch_events) flush();
      }
  flush();
  return static_cast<double>(position) / seconds;
}

template <class Work>
double timed(Work work) {
  const auto start = Clock::now();
  if (work() == 0) give_up(Error(ErrorCode::not_found, "a layout reads nothing"));
  return seconds_since(start);
}

/// Microseconds a history, of `count` orders drawn from the first `among`.
double histories(const Layout& layout, std::uint64_t among, std::uint64_t count) {
  std::mt19937_64 numbers(7);
  return 1e6 / static_cast<double>(count) * timed([&] {
           std::uint64_t bytes = 0;
           for (std::uint64_t i = 0; i < count; ++i) bytes += layout.history(numbers() % among);
           return bytes;
         });
}

void run(const Arguments& arguments) {
  const Scratch scratch(arguments.dir);
  const std::uint64_t orders = arguments.quick ? 2'000 : 200'000;
  const auto events = static_cast<double>(orders * Orders::steps);
  const std::uint64_t few = orders / 1000 + 1;  // their blocks fit the cache
  for (const bool by_position : {true, false}) {
    std::vector<double> written, amplification, feed, replay, cold, warm;
    std::uint64_t bytes = 0;
    for (std::size_t round = 0; round < arguments.rounds; ++round) {
      Layout layout(scratch.fresh("layout"), by_position);
      written.push_back(fill(layout, orders));
      amplification.push_back(layout.settle_and_amplification());
      bytes = layout.bytes();
      layout.reopen();
      feed.push_back(events / timed([&] { return layout.feed(); }));
      replay.push_back(events / timed([&] { return layout.replay(); }));
      layout.reopen();
      cold.push_back(histories(layout, orders, orders / 20));
      (void)histories(layout, few, 10 * few);
      warm.push_back(histories(layout, few, 10 * few));
    }
    fmt::print(
        "layout by={} orders={} events_per_order={} compression=lz4 written_per_s={:.0f} write_amplification={:.1f} "
        "bytes_per_event={:.0f} feed_per_s={:.0f} replay_per_s={:.0f} cold_history_us={:.0f} warm_history_us={:.0f}\n",
        by_position ? "position" : "stream", orders, Orders::steps, median(written), median(amplification),
        static_cast<double>(bytes) / events, median(feed), median(replay), median(cold), median(warm));
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv, "bench_layout: the log keyed by position, or by stream"));
}

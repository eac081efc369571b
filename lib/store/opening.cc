#include <rocksdb/filter_policy.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "fmt/format.h"
#include "store/damage.h"
#include "store/log.h"
#include "store/rocks.h"

namespace pavior::inline v0::store {
namespace {

constexpr std::string_view format_row = "format";

/// Keeps RocksDB from writing a diary beside the store: nobody asked for it, and when the disk is full, the diary's own
/// failure ends the program in builds with assertions, which Debian's is.
class NoLog final : public rocksdb::Logger {
 public:
  NoLog() : Logger(rocksdb::FATAL_LEVEL) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::CompressionType compression_of(Compression compression) {
  switch (compression) {
    case Compression::none: return rocksdb::kNoCompression;
    case Compression::lz4: return rocksdb::kLZ4Compression;
    case Compression::zstd: return rocksdb::kZSTD;
  }
  return rocksdb::kNoCompression;
}

rocksdb::DBOptions database_options(const Options& options) {
  rocksdb::DBOptions database;
  database.create_if_missing = options.create_if_missing && options.access == Access::owner;
  database.create_missing_column_families = database.create_if_missing;
  database.max_background_jobs = 2;
  database.max_open_files = -1;  // a follower needs it; an owner's reads never wait for a file to be opened
  database.max_total_wal_size = 4 * options.write_buffer_bytes;
  database.info_log = std::make_shared<NoLog>();
  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
  database.allow_concurrent_memtable_write = false;  // one writer: the plain path is cheaper
  database.enable_write_thread_adaptive_yield = false;
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  return database;
}

rocksdb::ColumnFamilyOptions family_options(Family family, const Options& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;  // the newest that Debian 12's RocksDB reads
  table.block_cache = cache;
  table.block_size = 16 << 10;
  const bool looked_up = family == Family::commands || family == Family::heads;
  if (looked_up) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));

  rocksdb::ColumnFamilyOptions rows;
  rows.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rows.compression = compression_of(options.compression);
  rows.write_buffer_size = options.write_buffer_bytes;
  rows.level_compaction_dynamic_level_bytes = true;
  rows.memtable_insert_with_hint_prefix_extractor = insert_hints(family);
  if (family == Family::heads) {
    rows.memtable_whole_key_filtering = true;
    rows.memtable_prefix_bloom_size_ratio = 0.02;
  }
  if (family == Family::commands) {
    // Ids come in no order, and a row is only ever looked up by the whole of its id: a hash finds its place at once,
    // where a sorted memtable would miss the processor's caches a dozen times.
    rows.prefix_extractor.reset(rocksdb::NewNoopTransform());
    rows.memtable_factory.reset(rocksdb::NewHashLinkListRepFactory(options.write_buffer_bytes / 256));
  }
  return rows;
}

/// Whether a folder without a database holds nothing but what creating one leaves behind when it is killed.
bool is_begun(const std::filesystem::path& path) {
  std::error_code failure;
  for (std::filesystem::directory_iterator file(path, failure), end; !failure && file != end; file.increment(failure)) {
    const std::string name = file->path().filename().string();
    const bool left_behind = name == "LOCK" || name == "IDENTITY" || name.starts_with("LOG") ||
                             name.starts_with("MANIFEST-") || name.ends_with(".dbtmp");
    if (!left_behind) return false;
  }
  return !failure;
}

/// What stands at `path`, before RocksDB is asked to touch it.
Result<void> inspect(const std::filesystem::path& path, const Options& options) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    if (options.create_if_missing && options.access == Access::owner) {
      std::filesystem::create_directories(path, failure);
      if (failure)
        return Error(ErrorCode::unavailable,
                     fmt::format("cannot create the folder {}: {}", path.string(), failure.message()));
      return {};
    }
    return Error(ErrorCode::not_found, fmt::format("there is no store at {}", path.string()));
  }
  if (!std::filesystem::is_directory(status))
    return Error(ErrorCode::invalid,
                 fmt::format("{} is not a folder; name a store's folder or a new one", path.string()));
  const bool is_empty = std::filesystem::is_empty(path, failure);
  if (failure)
    return Error(ErrorCode::unavailable,
                 fmt::format("cannot read the folder {}: {}", path.string(), failure.message()));
  if (is_empty && !(options.create_if_missing && options.access == Access::owner))
    return Error(ErrorCode::not_found, fmt::format("there is no store at {}: the folder is empty", path.string()));
  if (!is_empty && !std::filesystem::exists(path / "CURRENT", failure) && !is_begun(path))
    return Error(
        ErrorCode::invalid,
        fmt::format("the folder {} holds something else; name a store's folder, an empty or a new one", path.string()));
  return {};
}

Error open_error(const rocksdb::Status& status, const std::filesystem::path& path) {
  const std::string text = status.ToString();
  if (text.find("ermission denied") != std::string::npos || text.find("ead-only file") != std::string::npos)
    return {ErrorCode::unavailable, fmt::format("the store {} is not writable: {}", path.string(), text)};
  if (status.IsIOError() && text.find((path / "LOCK").string()) != std::string::npos)
    return {ErrorCode::unavailable,
            fmt::format("the store {} is open in another process or engine: {}", path.string(), text)};
  if (text.find("olumn families not opened") != std::string::npos || text.find("format_version") != std::string::npos)
    return {ErrorCode::corrupt,
            fmt::format("the store {} was written by a newer version of pavior: {}", path.string(), text)};
  if (status.IsCorruption())
    return {ErrorCode::corrupt,
            fmt::format("the store {} is damaged: {}; restore it from a backup", path.string(), text)};
  return error_of(status, fmt::format("cannot open the store {}", path.string()));
}

/// Whether a RocksDB database that stands at `path` is a store of ours. A creation that a crash cut short is: it has some
/// of our families and no row.
Result<void> recognise(const std::filesystem::path& path) {
  std::error_code absent;
  if (!std::filesystem::exists(path / "CURRENT", absent)) return {};
  std::vector<std::string> names;
  const rocksdb::DBOptions settings;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(settings, path.string(), &names);
  if (!listed.ok()) return open_error(listed, path);
  const bool known = std::ranges::all_of(
      names, [](const std::string& name) { return std::ranges::find(family_names, name) != family_names.end(); });
  if (!known)
    return Error(ErrorCode::corrupt,
                 fmt::format("{} has families this version of pavior does not know: a newer version wrote it, or it is "
                             "another program's",
                             path.string()));
  if (names.size() == family_count) return {};

  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(rocksdb::Options(), path.string(), &opened);
  const std::unique_ptr<rocksdb::DB> database(opened);
  if (!status.ok()) return open_error(status, path);
  const std::unique_ptr<rocksdb::Iterator> row(database->NewIterator(rocksdb::ReadOptions()));
  row->SeekToFirst();
  if (row->Valid())
    return Error(ErrorCode::invalid,
                 fmt::format("{} is another program's database, not a pavior store", path.string()));
  return {};
}

/// Whether the store may be opened without what its write-ahead log holds beyond the first unreadable record. Writes that
/// were never synced may be lost anywhere, so `process_crash` accepts it.
Result<void> accept_damage(const std::filesystem::path& path, const Options& options) {
  if (options.durability == Durability::process_crash) return {};
  auto beyond = acknowledged_beyond_damage(path);
  if (!beyond) return std::move(beyond).error();
  if (!beyond->has_value()) return {};
  return Error(
      ErrorCode::corrupt,
      fmt::format("the write-ahead log of the store {} is damaged, and acknowledged commits from position {} on "
                  "lie beyond the damage; restore the store from a backup, or open it once with durability "
                  "process_crash to go on without them",
                  path.string(), number(**beyond)));
}

/// A follower keeps small files of its own; they must not lie in the owner's folder.
Result<std::filesystem::path> make_scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "pavior-follower-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) return std::filesystem::path(name);
  return Error(ErrorCode::unavailable, fmt::format("cannot make the temporary folder {}", name));
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, const Options& options) {
  if (auto fit = inspect(path, options); !fit) return std::move(fit).error();
  if (auto ours = recognise(path); !ours) return std::move(ours).error();

  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t i = 0; i < family_count; ++i)
    descriptors.emplace_back(family_names[i], family_options(static_cast<Family>(i), options, cache));

  auto impl = std::make_unique<Impl>();
  impl->follows = options.access == Access::follower;
  rocksdb::DBOptions settings = database_options(options);
  rocksdb::DB* database = nullptr;
  rocksdb::Status status;
  if (impl->follows) {
    auto scratch = make_scratch();
    if (!scratch) return std::move(scratch).error();
    impl->scratch = std::move(*scratch);
    status = rocksdb::DB::OpenAsSecondary(settings, path.string(), impl->scratch.string(), descriptors, &impl->families,
                                          &database);
  } else {
    settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
    status = rocksdb::DB::Open(settings, path.string(), descriptors, &impl->families, &database);
    if (status.IsCorruption()) {  // a write that was cut short, or worse
      if (auto fit = accept_damage(path, options); !fit) return std::move(fit).error();
      settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
      status = rocksdb::DB::Open(settings, path.string(), descriptors, &impl->families, &database);
    }
  }
  if (!status.ok()) return open_error(status, path);
  impl->database.reset(database);
  std::unique_ptr<Database> opened(new Database(std::move(impl)));
  if (auto known = opened->settle_format(path); !known) return std::move(known).error();
  return opened;
}

/// Writes the format into a new store, and refuses one that this version does not read.
Result<void> Database::settle_format(const std::filesystem::path& path) {
  const std::string ours = fmt::format("{}", format_version);
  auto format = get(Family::meta, format_row);
  if (!format) return std::move(format).error();
  if (format->has_value() && **format == ours) return {};
  if (format->has_value())
    return Error(ErrorCode::corrupt,
                 fmt::format("the store {} has format '{}', this version of pavior reads format {}; open it with the "
                             "version that wrote it or a newer one",
                             path.string(), **format, ours));
  auto end = log_end(*this);
  if (!end) return std::move(end).error();
  if (end->last != Position::none)
    return Error(ErrorCode::corrupt,
                 fmt::format("the store {} has events and no row that tells its format; restore it from a backup",
                             path.string()));
  if (impl_->follows) return Error(ErrorCode::not_found, fmt::format("there is no store at {} yet", path.string()));
  Batch batch(*this);
  batch.put(Family::meta, format_row, ours);
  auto written = write(batch, true);
  return written ? Result<void>() : std::move(written).error();
}

}  // namespace pavior::inline v0::store

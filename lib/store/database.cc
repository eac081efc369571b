#include "store/database.h"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <system_error>

#include "core/check.h"
#include "fmt/format.h"

namespace pavior::inline v0::store {
namespace {

constexpr std::array<const char*, family_count> family_names = {"default",  "log",    "streams", "heads",
                                                                "commands", "timers", "outbox",  "views"};
constexpr std::string_view format_row = "format";

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& text) { return {text.data(), text.size()}; }
std::size_t index(Family family) { return static_cast<std::size_t>(family); }

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const ErrorCode code = status.IsCorruption() ? ErrorCode::corrupt : ErrorCode::unavailable;
  return {code, fmt::format("{}: {}", doing, status.ToString())};
}

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
  database.keep_log_file_num = 2;
  database.max_log_file_size = 1 << 20;
  database.info_log_level = rocksdb::WARN_LEVEL;
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
  if (looked_up) {
    rows.memtable_whole_key_filtering = true;
    rows.memtable_prefix_bloom_size_ratio = 0.02;
  }
  return rows;
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
  if (!is_empty && !std::filesystem::exists(path / "CURRENT", failure) &&
      !std::filesystem::exists(path / "LOCK", failure))
    return Error(
        ErrorCode::invalid,
        fmt::format("the folder {} holds something else; name a store's folder, an empty or a new one", path.string()));
  return {};
}

}  // namespace

struct Database::Impl {
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  rocksdb::ColumnFamilyHandle* family(Family which) const { return families[index(which)]; }
  ~Impl() {
    if (!database) return;
    for (rocksdb::ColumnFamilyHandle* handle : families) database->DestroyColumnFamilyHandle(handle);
    database->Close();
  }
};

namespace {

class RocksMoment final : public Moment {
 public:
  explicit RocksMoment(rocksdb::DB& database) : database_(database), snapshot_(database.GetSnapshot()) {}
  ~RocksMoment() override {
    if (snapshot_ != nullptr) database_.ReleaseSnapshot(snapshot_);
  }
  /// Null in a follower, whose rows only change at a refresh.
  const rocksdb::Snapshot* snapshot() const { return snapshot_; }

 private:
  rocksdb::DB& database_;
  const rocksdb::Snapshot* snapshot_;
};

rocksdb::ReadOptions read_options(const Database::MomentPtr& at) {
  rocksdb::ReadOptions options;
  if (at) options.snapshot = static_cast<const RocksMoment&>(*at).snapshot();
  return options;
}

Error open_error(const rocksdb::Status& status, const std::filesystem::path& path) {
  const std::string text = status.ToString();
  if (text.find("lock") != std::string::npos || text.find("LOCK") != std::string::npos) {
    if (text.find("ermission") != std::string::npos || text.find("ead-only") != std::string::npos)
      return {ErrorCode::unavailable, fmt::format("the store {} is not writable: {}", path.string(), text)};
    return {ErrorCode::unavailable,
            fmt::format("the store {} is open in another process or engine: {}", path.string(), text)};
  }
  if (text.find("olumn families not opened") != std::string::npos || text.find("format_version") != std::string::npos)
    return {ErrorCode::corrupt,
            fmt::format("the store {} was written by a newer version of pavior: {}", path.string(), text)};
  return error_of(status, fmt::format("cannot open the store {}", path.string()));
}

/// A follower keeps its own small log files; they must not lie in the owner's folder.
std::string follower_scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "pavior-follower-XXXXXX").string();
  return ::mkdtemp(name.data()) != nullptr ? name : std::string();
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, const Options& options) {
  if (auto fit = inspect(path, options); !fit) return std::move(fit).error();

  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t i = 0; i < family_count; ++i)
    descriptors.emplace_back(family_names[i], family_options(static_cast<Family>(i), options, cache));

  auto impl = std::make_unique<Impl>();
  rocksdb::DB* database = nullptr;
  const rocksdb::DBOptions settings = database_options(options);
  const rocksdb::Status status =
      options.access == Access::owner
          ? rocksdb::DB::Open(settings, path.string(), descriptors, &impl->families, &database)
          : rocksdb::DB::OpenAsSecondary(settings, path.string(), follower_scratch(), descriptors, &impl->families,
                                         &database);
  if (!status.ok()) return open_error(status, path.string());
  impl->database.reset(database);
  std::unique_ptr<Database> opened(new Database(std::move(impl)));

  auto format = opened->get(Family::meta, format_row);
  if (!format) return std::move(format).error();
  if (!format->has_value()) {
    auto any = opened->at_or_before(Family::log, std::string(8, '\xff'));
    if (!any) return std::move(any).error();
    if (any->has_value() || options.access == Access::follower)
      return Error(ErrorCode::corrupt, fmt::format("{} is not a pavior store: it has no format row", path.string()));
    Batch batch(*opened);
    batch.put(Family::meta, format_row, fmt::format("{}", format_version));
    if (auto written = opened->write(batch, true); !written) return std::move(written).error();
  } else if (**format != fmt::format("{}", format_version)) {
    return Error(
        ErrorCode::corrupt,
        fmt::format("the store {} has format {}, this version of pavior reads format {}; open it with a newer one",
                    path.string(), **format, format_version));
  }
  return opened;
}

Result<std::optional<std::string>> Database::get(Family family, std::string_view key, const MomentPtr& at) const {
  std::string value;
  const auto status = impl_->database->Get(read_options(at), impl_->family(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return error_of(status, "cannot read a row");
  return std::optional(std::move(value));
}

Result<std::vector<std::string>> Database::get_all(Family family, const std::vector<std::string>& keys,
                                                   const MomentPtr& at) const {
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  for (const std::string& key : keys) slices.push_back(slice(key));
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  impl_->database->MultiGet(read_options(at), impl_->family(family), slices.size(), slices.data(), found.data(),
                            statuses.data());
  std::vector<std::string> values;
  values.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound())
      return Error(ErrorCode::corrupt,
                   fmt::format("a row of {} that must exist is missing", family_names[index(family)]));
    if (!statuses[i].ok()) return error_of(statuses[i], "cannot read rows");
    values.emplace_back(found[i].data(), found[i].size());
  }
  return values;
}

Result<void> Database::scan(Family family, Range range, const Visitor& visit, const MomentPtr& at) const {
  rocksdb::ReadOptions options = read_options(at);
  const rocksdb::Slice until = slice(range.until);
  if (!range.until.empty()) options.iterate_upper_bound = &until;
  options.fill_cache = range.keep_cached;
  if (!range.keep_cached) options.readahead_size = 2 << 20;
  const std::unique_ptr<rocksdb::Iterator> row(impl_->database->NewIterator(options, impl_->family(family)));
  for (row->Seek(slice(range.from)); row->Valid(); row->Next())
    if (!visit(view(row->key()), view(row->value()))) return {};
  if (!row->status().ok()) return error_of(row->status(), "cannot scan rows");
  return {};
}

Result<std::optional<std::pair<std::string, std::string>>> Database::at_or_before(Family family, std::string_view key,
                                                                                  const MomentPtr& at) const {
  const std::unique_ptr<rocksdb::Iterator> row(impl_->database->NewIterator(read_options(at), impl_->family(family)));
  row->SeekForPrev(slice(key));
  if (row->Valid()) return std::optional(std::pair(row->key().ToString(), row->value().ToString()));
  if (!row->status().ok()) return error_of(row->status(), "cannot read the last row");
  return std::optional<std::pair<std::string, std::string>>();
}

Database::MomentPtr Database::moment() const { return std::make_shared<RocksMoment>(*impl_->database); }

Result<void> Database::write(Batch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  const rocksdb::Status status = impl_->database->Write(options, batch.rows_.get());
  if (!status.ok())
    return Error(ErrorCode::unavailable, fmt::format("the store cannot be written: {}", status.ToString()));
  return {};
}

Result<void> Database::sync() {
  const rocksdb::Status status = impl_->database->SyncWAL();
  if (!status.ok())
    return Error(ErrorCode::unavailable, fmt::format("the store cannot be synced: {}", status.ToString()));
  return {};
}

Result<void> Database::refresh() {
  const rocksdb::Status status = impl_->database->TryCatchUpWithPrimary();
  if (!status.ok()) return error_of(status, "cannot catch up with the owner");
  return {};
}

Batch::Batch(const Database& database) : database_(&database), rows_(std::make_unique<rocksdb::WriteBatch>()) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

// WriteBatch only fails when asked for a limit it was not given, hence the CHECKs.
void Batch::put(Family family, std::string_view key, std::string_view value) {
  const auto status = rows_->Put(database_->impl_->family(family), slice(key), slice(value));
  PAVIOR_CHECK(status.ok(), "{}", status.ToString());
}

void Batch::erase(Family family, std::string_view key) {
  const auto status = rows_->Delete(database_->impl_->family(family), slice(key));
  PAVIOR_CHECK(status.ok(), "{}", status.ToString());
}

void Batch::erase_range(Family family, std::string_view from, std::string_view until) {
  const auto status = rows_->DeleteRange(database_->impl_->family(family), slice(from), slice(until));
  PAVIOR_CHECK(status.ok(), "{}", status.ToString());
}

void Batch::clear() { rows_->Clear(); }
bool Batch::empty() const { return rows_->Count() == 0; }
std::size_t Batch::bytes() const { return rows_->GetDataSize(); }

}  // namespace pavior::inline v0::store

#include "store/database.h"

#include <rocksdb/perf_context.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/write_batch.h>

#include "core/check.h"
#include "fmt/format.h"
#include "store/keys.h"
#include "store/rocks.h"

namespace pavior::inline v0::store {
namespace {

class RocksMoment final : public Moment {
 public:
  explicit RocksMoment(rocksdb::DB& database) : database_(database), snapshot_(database.GetSnapshot()) {}
  ~RocksMoment() override { database_.ReleaseSnapshot(snapshot_); }
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

}  // namespace

std::string_view name_of(Family family) { return family_names[index(family)]; }

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const ErrorCode code = status.IsCorruption() ? ErrorCode::corrupt : ErrorCode::unavailable;
  return {code, fmt::format("{}: {}", doing, status.ToString())};
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

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
      return Error(ErrorCode::corrupt, fmt::format("the row {} of the family {} is missing", readable(keys[i]),
                                                   family_names[index(family)]));
    if (!statuses[i].ok()) return error_of(statuses[i], "cannot read rows");
    values.emplace_back(found[i].data(), found[i].size());
  }
  return values;
}

Result<void> Database::scan(Family family, Range range, const Visitor& visit, const MomentPtr& at) const {
  rocksdb::ReadOptions options = read_options(at);
  const rocksdb::Slice until = slice(range.until);
  if (!range.until.empty()) options.iterate_upper_bound = &until;
  options.total_order_seek = true;  // the memtables of `commands` are not sorted
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
  rocksdb::ReadOptions options = read_options(at);
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> row(impl_->database->NewIterator(options, impl_->family(family)));
  row->SeekForPrev(slice(key));
  if (row->Valid()) return std::optional(std::pair(row->key().ToString(), row->value().ToString()));
  if (!row->status().ok()) return error_of(row->status(), "cannot read the last row");
  return std::optional<std::pair<std::string, std::string>>();
}

Database::MomentPtr Database::moment() const {
  if (impl_->follows) return {};  // RocksDB's secondary has no snapshots, and its rows only change at a refresh
  return std::make_shared<RocksMoment>(*impl_->database);
}

Result<std::chrono::nanoseconds> Database::write(Batch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  const rocksdb::PerfLevel hosts = rocksdb::GetPerfLevel();
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableTimeExceptForMutex);
  const std::uint64_t before_ns = rocksdb::get_perf_context()->write_wal_time;
  const rocksdb::Status status = impl_->database->Write(options, batch.rows_.get());
  const std::uint64_t log_ns = rocksdb::get_perf_context()->write_wal_time - before_ns;
  rocksdb::SetPerfLevel(hosts);
  if (!status.ok())
    return Error(ErrorCode::unavailable, fmt::format("the store cannot be written: {}", status.ToString()));
  return std::chrono::nanoseconds(log_ns);
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

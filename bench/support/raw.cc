#include "support/raw.h"

#include <rocksdb/cache.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/transaction_log.h>
#include <rocksdb/utilities/options_util.h>
#include <rocksdb/write_batch.h>

#include "pavior/thread_runtime.h"
#include "store/rocks.h"
#include "support/arguments.h"

namespace pavior::bench {
namespace {

void must(const rocksdb::Status& status) {
  if (!status.ok()) give_up(Error(ErrorCode::unavailable, status.ToString()));
}

struct Settings {
  rocksdb::DBOptions database;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
};

/// Those the store was last opened with.
Settings settings_of(const std::filesystem::path& path) {
  Settings settings;
  auto cache = rocksdb::NewLRUCache(Options().block_cache_bytes);
  must(rocksdb::LoadLatestOptions(rocksdb::ConfigOptions(), path.string(), &settings.database, &settings.families,
                                  &cache));
  for (std::size_t i = 0; i < settings.families.size(); ++i)  // not in the file: RocksDB cannot write a host's own
    settings.families[i].options.memtable_insert_with_hint_prefix_extractor =
        store::insert_hints(static_cast<store::Family>(i));
  return settings;
}

}  // namespace

std::vector<std::string> recorded_batches(const std::filesystem::path& store) {
  const Settings settings = settings_of(store);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  must(rocksdb::DB::OpenForReadOnly(settings.database, store.string(), settings.families, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> database(opened);

  std::vector<std::string> batches;
  std::unique_ptr<rocksdb::TransactionLogIterator> log;
  must(database->GetUpdatesSince(1, &log));
  log->Next();  // the first batch is the store's format
  for (; log->Valid(); log->Next()) batches.push_back(log->GetBatch().writeBatchPtr->Data());
  must(log->status());
  for (rocksdb::ColumnFamilyHandle* handle : handles) must(database->DestroyColumnFamilyHandle(handle));
  return batches;
}

Options recording(Options options) {
  options.write_buffer_bytes = std::size_t{4} << 30;
  return options;
}

RawStore RawStore::create(const std::filesystem::path& path, const Options& options, bool many_writers) {
  {
    ThreadRuntime runtime(1);
    (void)or_give_up(Engine::open(path, options, runtime));
  }
  return open(path, many_writers);
}

RawStore RawStore::open(const std::filesystem::path& path, bool many_writers) {
  Settings settings = settings_of(path);
  if (many_writers) {
    settings.database.allow_concurrent_memtable_write = true;
    settings.database.enable_write_thread_adaptive_yield = true;
    for (rocksdb::ColumnFamilyDescriptor& family : settings.families)
      family.options.memtable_factory = std::make_shared<rocksdb::SkipListFactory>();
  }
  RawStore store;
  rocksdb::DB* opened = nullptr;
  must(rocksdb::DB::Open(settings.database, path.string(), settings.families, &store.families_, &opened));
  store.database_.reset(opened);
  return store;
}

RawStore::~RawStore() {
  if (!database_) return;
  for (rocksdb::ColumnFamilyHandle* family : families_) must(database_->DestroyColumnFamilyHandle(family));
}

void RawStore::write(const std::string& batch, bool sync) {
  rocksdb::WriteBatch rows(batch);
  rocksdb::WriteOptions options;
  options.sync = sync;
  must(database_->Write(options, &rows));
}

std::uint64_t RawStore::compacted_bytes() {
  std::uint64_t bytes = 0;
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    must(database_->Flush(rocksdb::FlushOptions(), family));
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    must(database_->CompactRange(all, family, nullptr, nullptr));
    std::uint64_t of_family = 0;
    (void)database_->GetIntProperty(family, "rocksdb.live-sst-files-size", &of_family);
    bytes += of_family;
  }
  return bytes;
}

std::uint64_t RawStore::scan(const std::string& name) const {
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    if (family->GetName() != name) continue;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    const std::unique_ptr<rocksdb::Iterator> row(database_->NewIterator(rocksdb::ReadOptions(), family));
    for (row->SeekToFirst(); row->Valid(); row->Next()) {
      ++rows;
      bytes += row->value().size();
    }
    must(row->status());
    if (bytes == 0) give_up(Error(ErrorCode::not_found, "the family " + name + " is empty"));
    return rows;
  }
  give_up(Error(ErrorCode::not_found, "there is no family " + name));
}

}  // namespace pavior::bench

#include "store/damage.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "store/keys.h"
#include "store/rocks.h"

namespace pavior::inline v0::store {
namespace {

// The format is LevelDB's: blocks of 32 KiB; in them records of checksum (4 bytes), length (2), type (1) and data. A
// write is one full record, or a first, any number of middle ones and a last.
constexpr std::size_t block_bytes = 32 << 10;
constexpr std::size_t header_bytes = 7;
enum class Part : std::uint8_t { full = 1, first = 2, middle = 3, last = 4 };

std::uint32_t crc32c(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0x82f63b78u : 0);
      entries[i] = value;
    }
    return entries;
  }();
  std::uint32_t crc = ~0u;
  for (const char c : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<std::uint8_t>(c)) & 0xff];
  return ~crc;
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | static_cast<std::uint8_t>(bytes[i - 1]);
  return value;
}

struct Record {
  Part part{};
  std::string_view data;
};

/// The record at the front of `block`, if it is one.
std::optional<Record> record_at(std::string_view block) {
  if (block.size() < header_bytes) return std::nullopt;
  const std::size_t size = little_endian(block.substr(4, 2));
  const auto type = static_cast<std::uint8_t>(block[6]);
  if (type < 1 || type > 4 || block.size() - header_bytes < size) return std::nullopt;
  const std::uint32_t crc = crc32c(block.substr(6, 1 + size));
  const std::uint32_t masked = (crc >> 15 | crc << 17) + 0xa282ead8u;
  if (masked != little_endian(block.substr(0, 4))) return std::nullopt;
  return Record{static_cast<Part>(type), block.substr(header_bytes, size)};
}

/// Finds the first row a write puts into the log.
class LogPut final : public rocksdb::WriteBatch::Handler {
 public:
  std::optional<Position> position;

  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key, const rocksdb::Slice&) override {
    if (family == index(Family::log) && !position) position = parse_position_key(view(key));
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice&) override { return rocksdb::Status::OK(); }
  rocksdb::Status DeleteRangeCF(std::uint32_t, const rocksdb::Slice&, const rocksdb::Slice&) override {
    return rocksdb::Status::OK();
  }
};

/// Reads a store's logs in their order, past what cannot be read.
class Survey {
 public:
  /// The batches of commits beyond the damage that was met first.
  std::vector<Position> beyond;

  void block(std::string_view bytes) {
    while (bytes.size() >= header_bytes) {
      const auto record = record_at(bytes);
      if (record) {
        take(*record);
        bytes.remove_prefix(header_bytes + record->data.size());
      } else {  // the next one may begin at any byte
        damaged_ = true;
        write_.reset();
        bytes.remove_prefix(1);
      }
    }
  }

 private:
  void take(const Record& record) {
    if (!damaged_) return;
    if (record.part == Part::full || record.part == Part::first) write_.emplace();
    if (!write_) return;  // what is left of a write whose beginning is lost
    write_->append(record.data);
    if (record.part != Part::full && record.part != Part::last) return;
    LogPut found;
    if (rocksdb::WriteBatch(*std::exchange(write_, std::nullopt)).Iterate(&found).ok() && found.position)
      beyond.push_back(*found.position);
  }

  bool damaged_ = false;
  std::optional<std::string> write_;  // as much of it as has been read
};

/// In the order they were written: their names are numbers of equal length.
Result<std::vector<std::filesystem::path>> logs_of(const std::filesystem::path& store) {
  std::vector<std::filesystem::path> logs;
  std::error_code failure;
  for (std::filesystem::directory_iterator file(store, failure), end; !failure && file != end; file.increment(failure))
    if (file->path().extension() == ".log") logs.push_back(file->path());
  if (failure)
    return Error(ErrorCode::unavailable,
                 fmt::format("cannot read the folder {}: {}", store.string(), failure.message()));
  std::ranges::sort(logs);
  return logs;
}

}  // namespace

Result<std::optional<Position>> acknowledged_beyond_damage(const std::filesystem::path& store) {
  auto logs = logs_of(store);
  if (!logs) return std::move(logs).error();
  Survey survey;
  std::string block(block_bytes, '\0');
  for (const std::filesystem::path& log : *logs) {
    std::ifstream in(log, std::ios::binary);
    while (in.read(block.data(), block_bytes) || in.gcount() > 0)
      survey.block(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
    if (!in.eof()) return Error(ErrorCode::unavailable, fmt::format("cannot read {}", log.string()));
  }
  if (survey.beyond.size() < 2) return std::optional<Position>();
  return std::optional(survey.beyond.front());
}

}  // namespace pavior::inline v0::store

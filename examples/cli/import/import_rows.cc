#include "import/import_rows.h"

#include <unordered_map>

#include "text/csv_reader.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

class Collector {
 public:
  explicit Collector(ImportRows& rows) : rows_(rows) {}

  void add(RowPlace place, std::variant<OrderReader::Row, RowError> read) {
    ++rows_.rows;
    if (auto* error = std::get_if<RowError>(&read)) return reject(place, std::move(*error));
    auto& row = std::get<OrderReader::Row>(read);
    const auto [seen, is_new] = by_id_.try_emplace(row.order.id, rows_.orders.size());
    if (!is_new) return compare(place, row.order, rows_.orders[seen->second]);
    for (auto& note : row.notes) ++rows_.notes[std::move(note)];
    rows_.orders.push_back({place, std::move(row.order)});
  }

 private:
  void compare(RowPlace place, const ImportedOrder& order, const PlacedOrder& first) {
    if (order == first.order) {
      ++rows_.repeated;
      return;
    }
    reject(place, {"duplicate_id_other_content", order.id + " is already in " +
                                                     rows_.files[first.place.file].filename().string() + " line " +
                                                     std::to_string(first.place.line)});
  }

  void reject(RowPlace place, RowError error) { rows_.rejected.push_back({place, std::move(error)}); }

  ImportRows& rows_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

Error at_file(const std::filesystem::path& file, const Error& error) {
  return {error.code(), file.string() + ": " + error.message()};
}

}  // namespace

Result<ImportRows> read_import_rows(const Format& format, std::vector<std::filesystem::path> files) {
  const auto clock = CityClock::of(std::string(format.zone));
  if (!clock) return clock.error();
  ImportRows rows;
  rows.files = std::move(files);
  Collector collector(rows);
  for (std::size_t file = 0; file < rows.files.size(); ++file) {
    const auto& path = rows.files[file];
    const auto text = read_text(path);
    if (!text) return text.error();
    CsvReader csv(*text);
    CsvRow row;
    if (!csv.next(row)) return Error(ErrorCode::invalid, path.string() + ": the file is empty; a header is expected");
    const auto reader = OrderReader::with_header(format, row.fields, *clock);
    if (!reader) return at_file(path, reader.error());
    csv.expect_fields(row.fields.size());
    while (csv.next(row)) {
      const RowPlace place{file, row.line};
      if (row.stray_quote) {
        collector.add(place, RowError{"stray_quote", "a quotation mark opens a field and does not close it"});
      } else {
        collector.add(place, reader->read(row.fields));
      }
    }
  }
  return rows;
}

}  // namespace pavior::cli

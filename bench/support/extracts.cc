#include "support/extracts.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "fmt/format.h"
#include "support/arguments.h"

namespace pavior::bench {
namespace {

struct CloseGzip {
  void operator()(gzFile file) const { gzclose_r(file); }
};

std::vector<std::string> fields_of(std::string_view row) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : row) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

std::string_view take_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

}  // namespace

std::string read_gzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, CloseGzip> file(gzopen(path.c_str(), "rb"));
  if (file == nullptr) give_up(Error(ErrorCode::not_found, path.string() + " cannot be opened"));
  std::string text;
  std::array<char, 1 << 16> block;
  for (int count = 0; (count = gzread(file.get(), block.data(), block.size())) != 0;) {
    if (count < 0) give_up(Error(ErrorCode::invalid, path.string() + " is damaged"));
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::vector<city::Coordinates> read_positions(std::string_view csv, std::string_view latitude,
                                              std::string_view longitude) {
  const auto names = fields_of(take_line(csv));
  const auto column = [&](std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) give_up(Error(ErrorCode::invalid, fmt::format("there is no column {}", name)));
    return static_cast<std::size_t>(found - names.begin());
  };
  const auto y = column(latitude), x = column(longitude);
  std::vector<city::Coordinates> positions;
  while (!csv.empty()) {
    const auto fields = fields_of(take_line(csv));
    if (fields.size() != names.size() || fields[y].empty() || fields[x].empty()) continue;
    positions.push_back({std::atof(fields[y].c_str()), std::atof(fields[x].c_str())});
  }
  return positions;
}

}  // namespace pavior::bench

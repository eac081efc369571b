#include "import/imported_order.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "fmt/format.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

constexpr std::array known{
    Format{.name = "boston311",
           .zone = "America/New_York",
           .parse_time = parse_iso_time,
           .id = "case_enquiry_id",
           .opened = "open_dt",
           .deadline = "target_dt",
           .closed = "closed_dt",
           .status = "case_status",
           .unit = "department",
           .category = "type",
           .title = "type",
           .address = "location_street_name",
           .channel = "source",
           .outcome = "closure_kind",
           .latitude = "latitude",
           .longitude = "longitude"},
    Format{.name = "nyc311",
           .zone = "America/New_York",
           .parse_time = parse_american_time,
           .id = "Unique Key",
           .opened = "Created Date",
           .deadline = "Due Date",
           .closed = "Closed Date",
           .status = "Status",
           .unit = "Agency",
           .category = "Complaint Type",
           .title = "Descriptor",
           .address = "Incident Address",
           .channel = "Open Data Channel Type",
           .outcome = "Resolution Description",
           .latitude = "Latitude",
           .longitude = "Longitude"},
};

constexpr std::size_t id_bytes_max = 64;

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= id_bytes_max &&
         std::ranges::all_of(id, [](char c) { return c > ' ' && c <= '~' && c != '/'; });
}

std::uint64_t content_of(std::span<const std::string> fields) {
  std::string all;
  for (const auto& field : fields) all.append(field).push_back('\x1F');
  return std::hash<std::string>{}(all);
}

/// A city's word as a catalogue's code: `Pothole Repair (Internal)` is `pothole_repair_internal`.
std::string code_of(std::string_view words) {
  std::string code;
  for (const char c : words) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool capital = c >= 'A' && c <= 'Z';
    if (letter || capital) {
      code += capital ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!code.empty() && code.back() != '_') {
      code += '_';
    }
  }
  while (!code.empty() && code.back() == '_') code.pop_back();
  return code;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

// The order of `Format::columns()`.
enum OrderReader::Column : std::size_t {
  id,
  opened,
  deadline,
  closed,
  status,
  unit,
  category,
  title,
  address,
  channel,
  outcome,
  latitude,
  longitude,
};

std::vector<std::string_view> Format::columns() const {
  return {id, opened, deadline, closed, status, unit, category, title, address, channel, outcome, latitude, longitude};
}

std::span<const Format> formats() { return known; }

const Format* find_format(std::string_view name) {
  const auto* found = std::ranges::find(known, name, &Format::name);
  return found == known.end() ? nullptr : found;
}

Result<OrderReader> OrderReader::with_header(const Format& format, std::span<const std::string> header,
                                             const CityClock& clock) {
  OrderReader reader(format, clock);
  reader.fields_ = header.size();
  for (const auto column : format.columns()) {
    const auto count = std::ranges::count(header, column);
    if (count != 1)
      return Error(ErrorCode::invalid, fmt::format("line 1: the column '{}' is {}; a {} file is expected", column,
                                                   count == 0 ? "missing" : "there more than once", format.name));
    reader.at_.push_back(static_cast<std::size_t>(std::ranges::find(header, column) - header.begin()));
  }
  return reader;
}

std::variant<OrderReader::Row, RowError> OrderReader::read(std::span<const std::string> fields) const {
  if (fields.size() != fields_)
    return RowError{"wrong_field_count", fmt::format("{} fields, the header has {}", fields.size(), fields_)};
  for (const auto& field : fields) {
    if (!is_utf8(field)) return RowError{"not_utf8", "the text is not UTF-8"};
  }
  const auto field = [&](Column column) -> const std::string& { return fields[at_[column]]; };
  if (field(id).empty()) return RowError{"missing_id", fmt::format("'{}' is empty", format_->id)};
  if (!is_plain_id(field(id))) return RowError{"unusable_id", fmt::format("'{}' is no id", field(id))};

  Row row;
  auto& order = row.order;
  if (auto error = read_times(fields, row)) return *std::move(error);
  order.id = field(id);
  order.unit = field(unit);
  order.category = code_of(field(category));
  order.title = field(title);
  order.address = field(address);
  order.channel = field(channel);
  order.outcome = field(outcome);
  order.content = content_of(fields);
  read_coordinates(fields, row);
  // A dispatch names a unit and filing names a category, even where the city's own system did not.
  if (order.unit.empty()) order.unit = "unknown", row.notes.emplace_back("unit_missing");
  if (order.category.empty()) order.category = "unknown", row.notes.emplace_back("category_missing");
  if (order.title.empty()) order.title = order.category;
  // A result needs a reply to the reporter; some rows were closed without a word.
  if (order.closed && order.outcome.empty()) order.outcome = "closed", row.notes.emplace_back("outcome_missing");
  return row;
}

std::optional<RowError> OrderReader::read_times(std::span<const std::string> fields, Row& row) const {
  const auto field = [&](Column column) -> const std::string& { return fields[at_[column]]; };
  const auto read = [&](Column column) -> std::optional<Time> {
    const auto time = format_->parse_time(field(column));
    return time ? std::optional(clock_->utc(*time)) : std::nullopt;
  };
  const auto unreadable = [&](std::string_view reason, Column column) {
    return RowError{std::string(reason), fmt::format("'{}' is no time of this format", field(column))};
  };
  auto& order = row.order;
  if (field(opened).empty()) return RowError{"missing_open_time", fmt::format("'{}' is empty", format_->opened)};
  const auto start = read(opened);
  if (!start) return unreadable("unreadable_open_time", opened);
  order.opened = *start;
  if (!field(deadline).empty() && !(order.deadline = read(deadline)))
    return unreadable("unreadable_deadline", deadline);
  if (!field(closed).empty() && !(order.closed = read(closed))) return unreadable("unreadable_close_time", closed);
  if (order.closed && *order.closed < order.opened)
    return RowError{"closed_before_opened", fmt::format("opened '{}', closed '{}'", field(opened), field(closed))};
  if (order.deadline && *order.deadline < order.opened) row.notes.emplace_back("deadline_before_opened");
  const bool says_closed = field(status) == "Closed";
  if (says_closed && !order.closed) row.notes.emplace_back("closed_without_time_kept_open");
  if (!says_closed && order.closed) row.notes.emplace_back("close_time_wins_over_status");
  return std::nullopt;
}

void OrderReader::read_coordinates(std::span<const std::string> fields, Row& row) const {
  const auto& north = fields[at_[latitude]];
  const auto& east = fields[at_[longitude]];
  if (north.empty() && east.empty()) return;
  const auto y = number(north);
  const auto x = number(east);
  if (y && x && *y >= -90 && *y <= 90 && *x >= -180 && *x <= 180) {
    row.order.coordinates = Coordinates{*y, *x};
  } else {
    row.notes.emplace_back("unreadable_coordinates");
  }
}

}  // namespace pavior::cli

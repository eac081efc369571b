#include "labelled_reports.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "text/csv_reader.h"
#include "text/text_file.h"

namespace pavior::trial {
namespace {

constexpr std::array columns = {"case_enquiry_id",      "open_dt",  "closed_dt", "closure_kind", "reason", "type",
                                "location_street_name", "latitude", "longitude"};

Result<std::array<std::size_t, columns.size()>> places_of(const std::vector<std::string>& heading) {
  std::array<std::size_t, columns.size()> places{};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto found = std::ranges::find(heading, columns[i]);
    if (found == heading.end())
      return Error(ErrorCode::invalid,
                   fmt::format("there is no column {}; is this the extract of Boston?", columns[i]));
    places[i] = static_cast<std::size_t>(found - heading.begin());
  }
  return places;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `2011-07-01 01:32:33`.
std::optional<Time> time_of(std::string_view text) {
  if (text.size() != 19) return std::nullopt;
  const auto year = number<int>(text.substr(0, 4));
  const auto month = number<unsigned>(text.substr(5, 2)), day = number<unsigned>(text.substr(8, 2));
  const auto hour = number<int>(text.substr(11, 2)), minute = number<int>(text.substr(14, 2)),
             second = number<int>(text.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

/// Gives reasons and types the codes of majors and minors as they come: "03", "03.12".
class Codes {
 public:
  explicit Codes(city::v1::Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string code(const std::string& reason, const std::string& type) {
    auto& code = codes_[{reason, type}];
    if (!code.empty()) return code;
    auto& major = major_of(reason);
    auto& minor = *major.add_minors();
    minor.set_code(fmt::format("{}.{:02}", major.code(), major.minors_size()));
    minor.set_name(type);
    return code = minor.code();
  }

 private:
  city::v1::MajorCategory& major_of(const std::string& reason) {
    auto& majors = *catalogue_.mutable_majors();
    const auto found = std::ranges::find(majors, reason, &city::v1::MajorCategory::name);
    if (found != majors.end()) return *found;
    auto& added = *majors.Add();
    added.set_code(fmt::format("{:02}", majors.size()));
    added.set_name(reason);
    return added;
  }

  city::v1::Catalogue& catalogue_;
  std::map<std::pair<std::string, std::string>, std::string> codes_;
};

}  // namespace

city::DuplicateReport LabelledReport::report() const {
  city::DuplicateReport report;
  report.key = key;
  report.category = category;
  report.address = address;
  report.position = position;
  report.reported_at = opened;
  return report;
}

Result<LabelledReports> read_boston(const std::filesystem::path& file) {
  const auto text = cli::read_text(file);
  if (!text) return text.error();
  cli::CsvReader csv(*text);
  cli::CsvRow row;
  if (!csv.next(row)) return Error(ErrorCode::invalid, "the file is empty");
  const auto places = places_of(row.fields);
  if (!places) return places.error();
  csv.expect_fields(row.fields.size());

  LabelledReports reports;
  reports.catalogue.set_id("boston");
  reports.catalogue.set_version(1);
  reports.catalogue.set_fallback_unit("311");
  Codes codes(reports.catalogue);
  while (csv.next(row)) {
    const auto field = [&](std::size_t column) -> const std::string& { return row.fields[(*places)[column]]; };
    const auto opened = time_of(field(1));
    const auto latitude = number<double>(field(7)), longitude = number<double>(field(8));
    if (row.stray_quote || !opened || !latitude || !longitude)
      return Error(ErrorCode::invalid, fmt::format("line {}: has no time or place that can be read", row.line));
    auto& added = reports.rows.emplace_back();
    added.key = field(0);
    added.category = codes.code(field(4), field(5));
    added.address = field(6);
    added.position.set_latitude(*latitude);
    added.position.set_longitude(*longitude);
    added.opened = *opened;
    added.closed = time_of(field(2));
    added.duplicate = field(3).starts_with("Duplicate");
  }
  std::ranges::sort(reports.rows, [](const LabelledReport& one, const LabelledReport& other) {
    return std::pair(one.opened, std::string_view(one.key)) < std::pair(other.opened, std::string_view(other.key));
  });
  return reports;
}

}  // namespace pavior::trial

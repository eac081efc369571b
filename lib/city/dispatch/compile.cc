#include <algorithm>
#include <set>

#include "city/calendar/calendar_rules.h"
#include "city/dispatch/compiled.h"
#include "city/dispatch/dispatch_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using Compiled = DispatchTables::Compiled;

/// REQUIRES: the rules were found sound with these calendars.
class Compiling {
 public:
  Compiling(Compiled& all, const v1::Catalogue& catalogue, const Calendars& calendars)
      : all_(all), catalogue_(catalogue), calendars_(calendars) {}

  CompiledTable table(const v1::DecisionTable& data) {
    CompiledTable table;
    table.data = &data;
    table.hit = data.hit() == v1::DecisionTable::HIT_UNSPECIFIED ? v1::DecisionTable::FIRST : data.hit();
    for (int i = 0; i < data.rows_size(); ++i) {
      table.rows.push_back(row(data.rows(i)));
      table.rows.back().index = i;
    }
    if (table.hit == v1::DecisionTable::PRIORITY)
      std::ranges::stable_sort(table.rows, std::ranges::greater(),
                               [](const auto& row) { return row.data->priority(); });
    fill_buckets(table);
    return table;
  }

 private:
  NameNumber number(const std::string& name) {
    return all_.names.emplace(name, static_cast<NameNumber>(all_.names.size() + 1)).first->second;
  }

  NameNumbers numbers(const Texts& names) {
    NameNumbers all;
    for (const auto& name : names) all.push_back(number(name));
    std::ranges::sort(all);
    return all;
  }

  CompiledRow row(const v1::DispatchRow& data) {
    CompiledRow row;
    const auto& when = data.when();
    row.data = &data;
    if (!data.effective_from().empty()) row.from = all_.zone->instant(*parse_date(data.effective_from()));
    if (!data.effective_to().empty())
      row.until = all_.zone->instant(*parse_date(data.effective_to()) + std::chrono::days(1));
    for (const int grade : when.grades()) row.grades = static_cast<std::uint8_t>(row.grades | (1U << unsigned(grade)));
    row.conditions = numbers(when.conditions());
    row.grids = numbers(when.grids());
    row.channels = numbers(when.channels());
    row.profiles = numbers(when.profiles());
    row.reporter_kinds = numbers(when.reporter_kinds());
    if (when.has_time()) add_time(row, when.time());
    for (const auto& text : when.texts()) row.texts.push_back(compiled(text));
    return row;
  }

  void add_time(CompiledRow& row, const v1::CalendarTime& time) {
    const auto calendar = *calendars_.newest(time.calendar());
    const auto same = [&](const CompiledCalendar& one) { return one.calendar.id() == calendar.id(); };
    const auto found = std::ranges::find_if(all_.calendars, same);
    row.calendar = static_cast<std::uint32_t>(found - all_.calendars.begin());
    if (found == all_.calendars.end()) all_.calendars.push_back({calendar, *Zone::of(calendar.zone())});
    if (!time.from().empty()) row.hours = LocalSpan{*parse_wall_minutes(time.from()), *parse_wall_minutes(time.to())};
  }

  static CompiledText compiled(const v1::TextCondition& data) {
    using Field = CompiledText::Field;
    CompiledText text;
    text.field = data.field() == "title"                ? Field::title
                 : data.field() == "description"        ? Field::description
                 : data.field() == "address"            ? Field::address
                 : data.field() == "external_reference" ? Field::external_reference
                                                        : Field::attribute;
    constexpr std::string_view prefix = "attributes.";
    if (text.field == Field::attribute) text.attribute = std::string_view(data.field()).substr(prefix.size());
    for (const auto& needle : data.contains()) text.needles.push_back(lower_case(needle));
    return text;
  }

  /// The minor categories that a row speaks of; of a catalogue without majors, what the row says.
  std::set<NameNumber> categories(const Texts& codes) {
    std::set<NameNumber> all;
    for (const auto& code : codes) all.insert(number(code));
    for (const auto& major : catalogue_.majors())
      if (std::ranges::find(codes, major.code()) != codes.end())
        for (const auto& minor : major.minors()) all.insert(number(minor.code()));
    return all;
  }

  void fill_buckets(CompiledTable& table) {
    std::vector<std::set<NameNumber>> by_row;
    for (const auto& row : table.rows) {
      by_row.push_back(categories(row.data->when().categories()));
      for (const auto category : by_row.back()) table.by_category[category];
    }
    for (std::uint32_t i = 0; i < by_row.size(); ++i) {
      for (const auto category : by_row[i]) table.by_category[category].push_back(i);
      if (!by_row[i].empty()) continue;
      table.of_any_category.push_back(i);
      for (auto& bucket : table.by_category) bucket.second.push_back(i);
    }
  }

  Compiled& all_;
  const v1::Catalogue& catalogue_;
  const Calendars& calendars_;
};

}  // namespace

DispatchTables::DispatchTables() : compiled_(std::make_shared<const Compiled>()) {}

Result<DispatchTables> DispatchTables::make(const v1::Catalogue& catalogue, const Calendars& calendars) {
  if (const auto mistake = dispatch_mistake(catalogue, &calendars))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  const auto all = std::make_shared<Compiled>();
  all->data = catalogue.dispatch();
  all->zone_name = catalogue.zone();
  all->zone = Zone::of(catalogue.zone());
  Compiling compiling(*all, catalogue, calendars);
  for (const auto& table : all->data.tables()) all->tables.push_back(compiling.table(table));
  return DispatchTables(all);
}

const v1::DispatchRules& DispatchTables::data() const noexcept { return compiled_->data; }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace pavior::city::inline v0

#include "city/dispatch/dispatch_check.h"

#include <charconv>
#include <set>

#include "city/calendar/calendar_rules.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// Many times what people can read; they bound what a decision costs.
constexpr int tables_max = 32;
constexpr int rows_max = 10'000;
constexpr std::size_t needle_bytes_max = 256;

/// What rows may name, collected from the catalogue they are part of.
struct Known {
  explicit Known(const v1::Catalogue& data, const Calendars* all) : catalogue(data), calendars(all) {
    for (const auto& major : data.majors()) {
      categories.insert(major.code());
      for (const auto& minor : major.minors()) categories.insert(minor.code());
    }
    for (const auto& channel : data.channels()) channels.insert(channel.name());
    for (const auto& profile : data.profiles()) profiles.insert(profile.id());
  }

  const v1::Catalogue& catalogue;
  const Calendars* calendars;
  std::set<std::string_view> categories, channels, profiles;
};

/// Of names that must be among those of the catalogue, where it has any.
Mistake known_mistake(std::string_view path, const Texts& names, std::string_view kind,
                      const std::set<std::string_view>& known, bool any_if_none) {
  if (auto mistake = list_mistake(path, names, kind)) return mistake;
  if (known.empty() && any_if_none) return {};
  for (int i = 0; i < names.size(); ++i)
    if (!known.contains(names[i]))
      return DataMistake{fmt::format("{}[{}]", path, i),
                         fmt::format("the catalogue has no {} \"{}\", so the row never fits; write one that it has",
                                     kind.substr(kind.find(' ') + 1), printable(names[i]))};
  return {};
}

/// Whether a row for these codes, all of them if there are none, is asked about a minor category.
bool speaks_of(const Texts& codes, const v1::MajorCategory& major, const v1::MinorCategory& minor) {
  return codes.empty() || std::ranges::find(codes, major.code()) != codes.end() ||
         std::ranges::find(codes, minor.code()) != codes.end();
}

Mistake conditions_mistake(const v1::DispatchConditions& when, const Known& known) {
  if (auto mistake = list_mistake("conditions", when.conditions(), "a filing condition")) return mistake;
  if (known.catalogue.majors().empty()) return {};
  std::set<std::string_view> there;
  for (const auto& major : known.catalogue.majors())
    for (const auto& minor : major.minors())
      if (speaks_of(when.categories(), major, minor))
        for (const auto& condition : minor.conditions()) there.insert(condition.code());
  for (int i = 0; i < when.conditions_size(); ++i)
    if (!there.contains(when.conditions(i)))
      return DataMistake{fmt::format("conditions[{}]", i),
                         fmt::format("no category of the row has the filing condition \"{}\"; write one that it has",
                                     printable(when.conditions(i)))};
  return {};
}

Mistake grids_mistake(const Texts& grids) {
  if (auto mistake = list_mistake("grids", grids, "a grid")) return mistake;
  for (int i = 0; i < grids.size(); ++i)
    if (grids[i].front() == '/' || grids[i].back() == '/' || grids[i].find("//") != std::string::npos)
      return DataMistake{fmt::format("grids[{}]", i),
                         fmt::format("\"{}\" is no path; write it as \"3411/05\"", printable(grids[i]))};
  return {};
}

Mistake time_mistake(const v1::CalendarTime& time, const Calendars* calendars) {
  if (auto mistake = name_mistake("calendar", time.calendar(), "a time")) return mistake;
  if (calendars != nullptr && !calendars->newest(time.calendar()))
    return DataMistake{"calendar", fmt::format("the calendar {} is not loaded", printable(time.calendar()))};
  if (!v1::CalendarTime::Part_IsValid(time.part()))
    return DataMistake{"part", "use WORKING or NOT_WORKING, or leave it out"};
  if (time.from().empty() && time.to().empty()) {
    if (time.part() != v1::CalendarTime::PART_UNSPECIFIED) return {};
    return DataMistake{"", "says nothing; give a part, or from and to"};
  }
  for (const auto& [field, text] : {std::pair("from", &time.from()), std::pair("to", &time.to())})
    if (!parse_wall_minutes(*text))
      return DataMistake{field, fmt::format("\"{}\" is no time of a day; write it as \"22:00\"", printable(*text))};
  if (time.from() == time.to()) return DataMistake{"to", "is the same as from, which is all day; leave both out"};
  return {};
}

Mistake text_condition_mistake(const v1::TextCondition& text) {
  constexpr std::string_view attributes = "attributes.";
  const auto& field = text.field();
  if (field != "title" && field != "description" && field != "address" && field != "external_reference" &&
      !(field.starts_with(attributes) && field.size() > attributes.size()))
    return DataMistake{"field", fmt::format("\"{}\" is no text of an order; use title, description, address, "
                                            "external_reference, or attributes. and a name",
                                            printable(field))};
  if (text.contains().empty()) return DataMistake{"contains", "is empty, so the row never fits; write some words"};
  for (int i = 0; i < text.contains_size(); ++i)
    if (text.contains(i).empty() || text.contains(i).size() > needle_bytes_max)
      return DataMistake{fmt::format("contains[{}]", i), fmt::format("write 1 to {} bytes", needle_bytes_max)};
  return {};
}

Mistake workload_mistake(const v1::WorkloadCondition& load) {
  if (auto mistake = name_mistake("unit", load.unit(), "a workload")) return mistake;
  if (load.at_least() == 0 && !load.has_at_most())
    return DataMistake{"", "says nothing; give at_least, at_most, or both"};
  if (load.has_at_most() && load.at_most() < load.at_least())
    return DataMistake{"at_most", fmt::format("is below at_least, {}, so the row never fits", load.at_least())};
  return {};
}

template <class List, class Check>
Mistake each_mistake(std::string_view path, const List& list, Check check) {
  for (int i = 0; i < list.size(); ++i)
    if (auto mistake = within(fmt::format("{}[{}]", path, i), check(list[i]))) return mistake;
  return {};
}

Mistake when_mistake(const v1::DispatchConditions& when, const Known& known) {
  if (auto mistake = known_mistake("categories", when.categories(), "a category", known.categories, true))
    return mistake;
  if (auto mistake = conditions_mistake(when, known)) return mistake;
  for (int i = 0; i < when.grades_size(); ++i)
    if (!v1::Grade_IsValid(when.grades(i)) || when.grades(i) == v1::GRADE_UNSPECIFIED)
      return DataMistake{fmt::format("grades[{}]", i), "use GRADE_GENERAL, GRADE_COMPLEX or GRADE_MAJOR_HAZARD"};
  if (auto mistake = grids_mistake(when.grids())) return mistake;
  if (auto mistake = known_mistake("channels", when.channels(), "a channel", known.channels, true)) return mistake;
  if (auto mistake = known_mistake("profiles", when.profiles(), "a profile", known.profiles, false)) return mistake;
  if (auto mistake = list_mistake("reporter_kinds", when.reporter_kinds(), "a kind of reporter")) return mistake;
  if (when.has_time())
    if (auto mistake = within("time", time_mistake(when.time(), known.calendars))) return mistake;
  if (auto mistake = each_mistake("texts", when.texts(), text_condition_mistake)) return mistake;
  if (auto mistake = each_mistake("workloads", when.workloads(), workload_mistake)) return mistake;
  return list_mistake("skills", when.skills(), "a skill");
}

Mistake days_mistake(const v1::DispatchRow& row, const v1::Catalogue& catalogue) {
  for (const auto& [field, text] :
       {std::pair("effective_from", &row.effective_from()), std::pair("effective_to", &row.effective_to())}) {
    if (text->empty()) continue;
    if (!parse_date(*text))
      return DataMistake{field, fmt::format("\"{}\" is no date from {} to {}; write it as \"2024-05-01\"",
                                            printable(*text), calendar_year_min, calendar_year_max)};
    if (catalogue.zone().empty())
      return DataMistake{field, "is a day of the catalogue's zone, which is missing; give it one"};
  }
  if (!row.effective_from().empty() && !row.effective_to().empty() &&
      *parse_date(row.effective_to()) < *parse_date(row.effective_from()))
    return DataMistake{"effective_to", "is before effective_from, so the row never fits"};
  return {};
}

Mistake row_mistake(const v1::DispatchRow& row, v1::DecisionTable::Hit hit, const Known& known) {
  if (auto mistake = text_mistake("text", row.text())) return mistake;
  if (row.priority() != 0 && hit != v1::DecisionTable::PRIORITY)
    return DataMistake{"priority", "counts in tables with hit: PRIORITY only; leave it out, or let the table have it"};
  if (auto mistake = days_mistake(row, known.catalogue)) return mistake;
  if (auto mistake = within("when", when_mistake(row.when(), known))) return mistake;
  if (!row.has_then()) return DataMistake{"then", "is missing; name a unit, a strategy or a joint_group"};
  return within("then", choice_mistake(row.then()));
}

Mistake table_mistake(const v1::DecisionTable& table, const Known& known) {
  if (auto mistake = text_mistake("text", table.text())) return mistake;
  if (!v1::DecisionTable::Hit_IsValid(table.hit()))
    return DataMistake{"hit", "use FIRST, UNIQUE, PRIORITY or COLLECT, or leave it out"};
  if (table.rows().empty()) return DataMistake{"rows", "is empty, so the table decides nothing; write one"};
  Names ids("a row");
  for (int i = 0; i < table.rows_size(); ++i) {
    const auto path = fmt::format("rows[{}]", i);
    if (auto mistake = ids.add(path + ".id", table.rows(i).id())) return mistake;
    if (auto mistake = within(path, row_mistake(table.rows(i), table.hit(), known))) return mistake;
  }
  return {};
}

}  // namespace

std::optional<std::chrono::minutes> parse_wall_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto digits = [&](std::size_t at) {
    int value = -1;
    const auto* end = text.data() + at + 2;
    const auto read = std::from_chars(text.data() + at, end, value);
    return read.ec == std::errc() && read.ptr == end ? value : -1;
  };
  const int hours = digits(0), minutes = digits(3);
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60) return std::nullopt;
  return std::chrono::minutes(hours * 60 + minutes);
}

Mistake dispatch_mistake(const v1::Catalogue& data, const Calendars* calendars) {
  const auto& rules = data.dispatch();
  const Known known(data, calendars);
  int rows = 0;
  for (const auto& table : rules.tables()) rows += table.rows_size();
  if (rules.tables_size() > tables_max || rows > rows_max)
    return DataMistake{"dispatch.tables", fmt::format("there are {} tables with {} rows; {} and {} are the most",
                                                      rules.tables_size(), rows, tables_max, rows_max)};
  Names ids("a table");
  for (int i = 0; i < rules.tables_size(); ++i) {
    const auto path = fmt::format("dispatch.tables[{}]", i);
    if (auto mistake = ids.add(path + ".id", rules.tables(i).id())) return mistake;
    if (auto mistake = within(path, table_mistake(rules.tables(i), known))) return mistake;
  }
  if (rules.fallback_unit().empty()) return {};
  return name_mistake("dispatch.fallback_unit", rules.fallback_unit(), "a unit");
}

}  // namespace pavior::city::inline v0

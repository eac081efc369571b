#include "city/policy/catalogue_check.h"

#include "city/calendar/calendar_rules.h"
#include "city/clock/clock_plan_check.h"
#include "city/dispatch/dispatch_check.h"
#include "city/policy/effective.h"
#include "city/publishing/own_calendars.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::uint32_t counts_max = 1000;
constexpr std::uint32_t suspension_days_limit = 3660;

/// Of a limit itself, which a plan is asked about only together with its calendars, and of the categories it fits.
Mistake clock_limit_mistake(const v1::ClockLimit& limit, const Names& minors) {
  if (auto mistake = limit_mistake(limit.limit())) return within("limit", std::move(mistake));
  if (minors.empty()) return {};
  for (int i = 0; i < limit.categories_size(); ++i)
    if (!minors.contains(limit.categories(i)))
      return DataMistake{
          fmt::format("categories[{}]", i),
          fmt::format("there is no minor category \"{}\", so the limit never fits; write the code of one",
                      limit.categories(i))};
  return {};
}

Mistake clocks_mistake(const v1::ClockPlan& plan, const CatalogueNames& names, const Calendars* calendars) {
  if (auto mistake = within("clocks", clock_plan_mistake(plan, calendars))) return mistake;
  for (int i = 0; i < plan.clocks_size(); ++i)
    for (int k = 0; k < plan.clocks(i).limits_size(); ++k)
      if (auto mistake = clock_limit_mistake(plan.clocks(i).limits(k), names.minors))
        return within(fmt::format("clocks.clocks[{}].limits[{}]", i, k), std::move(mistake));
  return {};
}

Mistake count_mistake(std::string path, bool given, std::uint32_t count, std::uint32_t min, std::uint32_t max) {
  if (!given || (min <= count && count <= max)) return {};
  return DataMistake{std::move(path), fmt::format("is a number from {} to {}, not {}", min, max, count)};
}

Mistake bounds_mistake(const v1::Bounds& bounds, const Calendars* calendars) {
  for (auto mistake :
       {count_mistake("reopens_max", bounds.has_reopens_max(), bounds.reopens_max(), 0, counts_max),
        count_mistake("returns_max", bounds.has_returns_max(), bounds.returns_max(), 0, counts_max),
        count_mistake("hops_max", bounds.has_hops_max(), bounds.hops_max(), 1, counts_max),
        count_mistake("extensions_max", bounds.has_extensions_max(), bounds.extensions_max(), 0, counts_max),
        count_mistake("suspensions_max", bounds.has_suspensions_max(), bounds.suspensions_max(), 0, counts_max),
        count_mistake("suspension_days_max", bounds.has_suspension_days_max(), bounds.suspension_days_max(), 1,
                      suspension_days_limit),
        count_mistake("reworks_max", bounds.has_reworks_max(), bounds.reworks_max(), 1, counts_max),
        count_mistake("children_max", bounds.has_children_max(), bounds.children_max(), 0, counts_max)})
    if (mistake) return mistake;
  if (auto mistake = given_limit_mistake("return_window", bounds.has_return_window(), bounds.return_window()))
    return mistake;
  if (bounds.has_return_window() && bounds.return_calendar().empty())
    return DataMistake{"return_window", "needs a calendar that counts it; name one as return_calendar"};
  if (!bounds.has_return_window() && !bounds.return_calendar().empty())
    return DataMistake{"return_calendar", "counts nothing without a return_window; give one, or leave it out"};
  if (calendars != nullptr && !bounds.return_calendar().empty() && !calendars->newest(bounds.return_calendar()))
    return DataMistake{"return_calendar", fmt::format("the calendar {} is not loaded", bounds.return_calendar())};
  return {};
}

Mistake fallback_mistake(const v1::Catalogue& data) {
  if (data.majors().empty() && data.fallback_unit().empty()) return {};
  if (data.fallback_unit().empty())
    return DataMistake{"fallback_unit", "is missing; name the unit that gets what nobody is responsible for"};
  return name_mistake("fallback_unit", data.fallback_unit(), "a unit");
}

}  // namespace

Mistake catalogue_mistake(const v1::Catalogue& data, const Calendars* host) {
  CatalogueNames names;
  Calendars calendars = host == nullptr ? Calendars() : *host;
  const auto* known = host == nullptr ? nullptr : &calendars;
  if (auto mistake = head_mistake(data, "a catalogue")) return mistake;
  if (auto mistake = majors_mistake(data, names)) return mistake;
  if (auto mistake = succession_mistake(data, names)) return mistake;
  if (auto mistake = profiles_mistake(data, names)) return mistake;
  if (auto mistake = channels_mistake(data, names)) return mistake;
  if (auto mistake = templates_mistake(data, names)) return mistake;
  if (auto mistake = reply_rules_mistake(data)) return mistake;
  if (auto mistake = grants_mistake(data)) return mistake;
  if (auto mistake = add_calendars(data.calendars(), calendars)) return mistake;
  if (auto mistake = clocks_mistake(data.clocks(), names, known)) return mistake;
  if (auto mistake = within("bounds", bounds_mistake(data.bounds(), known))) return mistake;
  if (auto mistake = fallback_mistake(data)) return mistake;
  if (auto mistake = within("duplicates", duplicates_mistake(data.duplicates(), names))) return mistake;
  if (auto mistake = within("repeats", repeats_mistake(data.repeats(), names))) return mistake;
  if (auto mistake = dispatch_mistake(data, known)) return mistake;
  if (!(data.classification_min() >= 0 && data.classification_min() <= 1))
    return DataMistake{"classification_min", "is no confidence: one is from 0 to 1, and 0 leaves it to people"};
  return list_mistake("major_hazard_roles", data.major_hazard_roles(), "a role");
}

}  // namespace pavior::city::inline v0

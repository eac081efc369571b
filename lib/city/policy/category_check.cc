#include "city/policy/catalogue_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// Many times what any city lists; a catalogue is to fit into an event.
constexpr int minors_max = 10'000;

Mistake milestones_mistake(const v1::FilingCondition& condition) {
  Names names("a milestone");
  for (int i = 0; i < condition.milestones_size(); ++i) {
    const auto& milestone = condition.milestones(i);
    const auto path = fmt::format("milestones[{}]", i);
    if (auto mistake = names.add(path + ".name", milestone.name())) return mistake;
    if (milestone.name().find('/') != std::string::npos)
      return DataMistake{path + ".name", "has a slash, which would end the name of its clock; use another sign"};
    if (auto mistake = needed_limit_mistake(path + ".limit", milestone.has_limit(), milestone.limit())) return mistake;
  }
  return {};
}

Mistake condition_mistake(const v1::FilingCondition& condition) {
  if (auto mistake = text_mistake("text", condition.text())) return mistake;
  if (!v1::Grade_IsValid(condition.grade()))
    return DataMistake{"grade", "use GRADE_GENERAL, GRADE_COMPLEX or GRADE_MAJOR_HAZARD, or leave it out"};
  if (auto mistake = given_limit_mistake("limit", condition.has_limit(), condition.limit())) return mistake;
  if (auto mistake = text_mistake("closing", condition.closing())) return mistake;
  return milestones_mistake(condition);
}

Mistake minor_mistake(const v1::MinorCategory& minor) {
  if (auto mistake = name_mistake("name", minor.name(), "a minor category")) return mistake;
  if (!v1::MinorCategory::Kind_IsValid(minor.kind()))
    return DataMistake{"kind", "use COMPONENT, EVENT_ITEM or SERVICE, or leave it out"};
  Names codes("a filing condition");
  for (int i = 0; i < minor.conditions_size(); ++i) {
    const auto path = fmt::format("conditions[{}]", i);
    if (auto mistake = codes.add(path + ".code", minor.conditions(i).code())) return mistake;
    if (auto mistake = within(path, condition_mistake(minor.conditions(i)))) return mistake;
  }
  return list_mistake("duty_units", minor.duty_units(), "a unit");
}

Mistake major_mistake(const v1::MajorCategory& major, const std::string& path, Names& minors) {
  if (auto mistake = within(path, name_mistake("name", major.name(), "a major category"))) return mistake;
  if (major.minors().empty())
    return DataMistake{path, "has no minors, and an order has the code of one; add some, or leave the major out"};
  for (int i = 0; i < major.minors_size(); ++i) {
    const auto minor = fmt::format("{}.minors[{}]", path, i);
    if (auto mistake = minors.add(minor + ".code", major.minors(i).code())) return mistake;
    if (auto mistake = within(minor, minor_mistake(major.minors(i)))) return mistake;
  }
  return {};
}

}  // namespace

Mistake majors_mistake(const v1::Catalogue& data, CatalogueNames& names) {
  int minors = 0;
  for (int i = 0; i < data.majors_size(); ++i) {
    const auto path = fmt::format("majors[{}]", i);
    if (auto mistake = names.majors.add(path + ".code", data.majors(i).code())) return mistake;
    if (minors += data.majors(i).minors_size(); minors > minors_max)
      return DataMistake{path + ".minors", fmt::format("there are more than {} minors in all", minors_max)};
    if (auto mistake = major_mistake(data.majors(i), path, names.minors)) return mistake;
  }
  return {};
}

Mistake succession_mistake(const v1::Catalogue& data, const CatalogueNames& names) {
  Names old("a code of the version before");
  for (int i = 0; i < data.mappings_size(); ++i) {
    const auto& mapping = data.mappings(i);
    const auto path = fmt::format("mappings[{}]", i);
    if (auto mistake = old.add(path + ".old_code", mapping.old_code())) return mistake;
    if (!names.minors.contains(mapping.new_code()))
      return DataMistake{path + ".new_code", fmt::format("there is no minor category \"{}\" here; map to one that is, "
                                                         "or list {} in dropped_codes",
                                                         mapping.new_code(), mapping.old_code())};
  }
  for (int i = 0; i < data.dropped_codes_size(); ++i) {
    const auto& code = data.dropped_codes(i);
    const auto path = fmt::format("dropped_codes[{}]", i);
    if (auto mistake = old.add(path, code)) return mistake;
    if (names.minors.contains(code))
      return DataMistake{path, fmt::format("{} is not dropped, {} has it", code, names.minors.place(code))};
  }
  return {};
}

}  // namespace pavior::city::inline v0

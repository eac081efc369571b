#include "city/dispatch/review_organisation.h"

#include <algorithm>

#include "city/dispatch/review_text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using Finding = DispatchFinding;
using Kind = Finding::Kind;
using Severity = Finding::Severity;

const v1::HandlingUnit* unit_of(const DispatchWorld& world, const std::string& id) {
  for (std::size_t i = 0; i < world.unit_count(); ++i)
    if (world.unit(i).id() == id) return &world.unit(i);
  return nullptr;
}

template <class List>
bool has(const List& list, const std::string& value) {
  return std::ranges::find(list, value) != list.end();
}

class OrganisationReview {
 public:
  OrganisationReview(const DispatchWorld& world, std::vector<Finding>& findings) : world_(world), findings_(findings) {}

  void look_for_unit(const std::string& path, const std::string& id) {
    const auto* unit = unit_of(world_, id);
    if (unit != nullptr && !unit->closed()) return;
    add(Kind::unknown, path,
        unit == nullptr ? fmt::format("the organisation has no unit {}; name one that it has", id)
                        : fmt::format("the unit {} is closed; name one that is open", id));
  }

  template <class List>
  void look_for_units(const std::string& path, const List& ids) {
    for (int i = 0; i < ids.size(); ++i) look_for_unit(fmt::format("{}[{}]", path, i), ids[i]);
  }

  void look_for_group(const std::string& path, const std::string& id, bool leads) {
    const auto* group = world_.joint_group(id);
    if (group == nullptr)
      return add(Kind::unknown, path, fmt::format("the organisation has no joint group {}; name one that it has", id));
    if (leads) look_for_unit(path, group->lead());
  }

  void look_for_grids(const v1::DispatchConditions& when, const std::string& path) {
    for (int i = 0; i < when.grids_size(); ++i)
      if (!world_.has_grid(when.grids(i)))
        add(Kind::unknown, fmt::format("{}.when.grids[{}]", path, i),
            fmt::format("the organisation has no grid {}; name one that it has", when.grids(i)));
  }

  /// That somebody is left when all fixed conditions are asked: of kinds, skills and listed units.
  void look_for_anybody(const v1::Strategy& strategy, const std::string& path) {
    const bool wishes = strategy.kind() == v1::Strategy::WEIGHTED && strategy.weights().skilled() > 0;
    for (std::size_t i = 0; i < world_.unit_count(); ++i) {
      const auto& unit = world_.unit(i);
      const bool skilled = wishes || std::ranges::all_of(strategy.skills(), [&](const std::string& skill) {
                             return has(unit.skills(), skill);
                           });
      if (!unit.closed() && skilled && (strategy.units().empty() || has(strategy.units(), unit.id())) &&
          (strategy.kinds().empty() || has(strategy.kinds(), unit.kind())))
        return;
    }
    add(Kind::nobody, path, "the organisation has nobody of these units, kinds and skills; ask for less");
  }

 private:
  void add(Kind kind, const std::string& path, std::string what) {
    findings_.push_back({Severity::error, kind, path, std::move(what), {}});
  }

  const DispatchWorld& world_;
  std::vector<Finding>& findings_;
};

/// Whether the catalogue or, by its own account, the unit says so. A category without a list is any unit's.
bool has_duty(const std::string& id, const v1::HandlingUnit* unit, const v1::MajorCategory& major,
              const v1::MinorCategory& minor) {
  if (minor.duty_units().empty() || has(minor.duty_units(), id)) return true;
  return unit != nullptr && (has(unit->duties(), minor.code()) || has(unit->duties(), major.code()));
}

}  // namespace

void review_duties(const Policy& policy, const v1::DispatchRow& row, const DispatchWorld* world,
                   const std::string& path, std::vector<DispatchFinding>& findings) {
  const auto& then = row.then();
  const auto& strategy = then.strategy();
  if (!then.reason().empty() || strategy.with_duty() || strategy.kind() == v1::Strategy::DUTY_LIST) return;
  std::vector<std::string> units(strategy.units().begin(), strategy.units().end());
  if (!then.unit().empty()) units = {then.unit()};
  const auto& wanted = row.when().categories();
  for (const auto& id : units) {
    const auto* unit = world == nullptr ? nullptr : unit_of(*world, id);
    std::vector<std::string_view> codes;
    for (const auto& major : policy.data().majors())
      for (const auto& minor : major.minors())
        if ((wanted.empty() || has(wanted, major.code()) || has(wanted, minor.code())) &&
            !has_duty(id, unit, major, minor))
          codes.push_back(minor.code());
    if (codes.empty()) continue;
    findings.push_back(
        {Severity::warning,
         Kind::duty_mismatch,
         path + ".then",
         fmt::format("{} gets orders of {}, which are not its duty; give the row a reason, or name a unit of the "
                     "duty list",
                     id, some_of(codes)),
         {}});
  }
}

void review_units(const v1::DispatchRow& row, const DispatchWorld& world, const std::string& path,
                  std::vector<DispatchFinding>& findings) {
  OrganisationReview organisation(world, findings);
  const auto& then = row.then();
  organisation.look_for_grids(row.when(), path);
  for (int i = 0; i < row.when().workloads_size(); ++i)
    organisation.look_for_unit(fmt::format("{}.when.workloads[{}].unit", path, i), row.when().workloads(i).unit());
  if (!then.unit().empty()) organisation.look_for_unit(path + ".then.unit", then.unit());
  if (!then.joint_group().empty())
    organisation.look_for_group(path + ".then.joint_group", then.joint_group(),
                                then.unit().empty() && !then.has_strategy());
  organisation.look_for_units(path + ".then.assists", then.assists());
  organisation.look_for_units(path + ".then.strategy.units", then.strategy().units());
  if (then.has_strategy()) organisation.look_for_anybody(then.strategy(), path + ".then.strategy");
}

void review_fallback(const v1::DispatchRules& rules, const DispatchWorld& world,
                     std::vector<DispatchFinding>& findings) {
  if (!rules.fallback_unit().empty())
    OrganisationReview(world, findings).look_for_unit("dispatch.fallback_unit", rules.fallback_unit());
}

}  // namespace pavior::city::inline v0

#include "pavior/city/organisation_directory.h"

#include <algorithm>
#include <utility>

#include "city/organisation/grid_paths.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::inline v0 {
namespace {

using People = std::vector<std::string>;

/// Who has one role on one day, place by place. A search ends with the first place that has anybody.
class Search {
 public:
  Search(const Organisation& organisation, std::string_view role, Date day)
      : organisation_(organisation), role_(role), day_(day) {}

  [[nodiscard]] People in_the_city() const { return people({.role = role_, .day = day_, .of_the_city = true}); }

  /// Of the unit, or of the nearest one above it.
  [[nodiscard]] People from_unit_up(std::string_view unit) const {
    for (const auto* above = organisation_.unit(unit); above != nullptr; above = organisation_.unit(above->parent()))
      if (auto found = in_unit(above->id()); !found.empty()) return found;
    return {};
  }

  /// Of the grid or the unit responsible for it, or of the nearest level above.
  [[nodiscard]] People from_grid_up(std::string_view grid) const {
    for (auto level = grid; !level.empty(); level = level_above(level)) {
      if (auto found = people({.role = role_, .grid = level, .day = day_}); !found.empty()) return found;
      const auto* here = organisation_.grid(level);
      if (here == nullptr || here->unit().empty()) continue;
      if (auto found = in_unit(here->unit()); !found.empty()) return found;
    }
    return {};
  }

 private:
  [[nodiscard]] People in_unit(std::string_view unit) const {
    return people({.role = role_, .unit = unit, .day = day_});
  }
  [[nodiscard]] People people(const AppointmentsOf& asked) const {
    People found;
    for (const auto* appointment : organisation_.appointments(asked))
      if (std::ranges::find(found, appointment->person()) == found.end()) found.push_back(appointment->person());
    return found;
  }

  const Organisation& organisation_;
  std::string_view role_;
  Date day_;
};

class OrganisationDirectory final : public Directory {
 public:
  OrganisationDirectory(OrganisationBook organisations, std::function<Time()> now)
      : organisations_(std::move(organisations)), now_(std::move(now)) {}

  [[nodiscard]] People holders(std::string_view role, const v1::WorkOrder& order) const override {
    const Time now = now_();
    const auto versions = organisations_.versions();
    const auto& organisation = versions->in_force(now);
    return city::holders(organisation, role, order, organisation.day_of(now));
  }

 private:
  OrganisationBook organisations_;
  std::function<Time()> now_;
};

}  // namespace

std::vector<std::string> holders(const Organisation& organisation, std::string_view role, const v1::WorkOrder& order,
                                 Date day) {
  const auto [name, place] = claim_of(role);
  const Search search(organisation, name, day);
  if (!place.empty())
    return organisation.unit(place) != nullptr ? search.from_unit_up(place) : search.from_grid_up(place);
  if (name == roles::handler && !order.handler().empty()) return {order.handler()};
  for (const auto& unit : {order.subordinate(), order.lead()})
    if (auto found = search.from_unit_up(unit); !found.empty()) return found;
  if (auto found = search.from_grid_up(order.grid()); !found.empty()) return found;
  return search.in_the_city();
}

std::shared_ptr<const Directory> make_directory(OrganisationBook organisations, std::function<Time()> now) {
  return std::make_shared<const OrganisationDirectory>(std::move(organisations), std::move(now));
}

}  // namespace pavior::city::inline v0

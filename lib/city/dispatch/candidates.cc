#include "city/dispatch/candidates.h"

#include <algorithm>

#include "city/dispatch/filters.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace pavior::city::inline v0 {
namespace {

using v1::Strategy;

/// Whether the skills are wished for, not needed.
bool weights_skills(const Strategy& strategy) {
  return strategy.kind() == Strategy::WEIGHTED && strategy.weights().skilled() > 0;
}

/// What is asked of one unit after the other; the lists of `filters` were enough for the rest.
class Tests {
 public:
  Tests(const Strategy& strategy, const Surroundings& around)
      : strategy_(strategy),
        around_(around),
        place_(place_of(around.question.order)),
        needs_duty_(strategy.on_duty() || strategy.kind() == Strategy::ON_DUTY),
        needs_distance_(strategy.metres_max() > 0 || strategy.kind() == Strategy::NEAREST),
        weights_distance_(strategy.kind() == Strategy::WEIGHTED && strategy.weights().near() > 0),
        too_far_(fmt::format("farther than {} m", strategy.metres_max())) {}

  /// Why it is none; empty if it is one.
  std::string_view miss(FoundUnit& found) const {
    const auto& entry = around_.units[found.unit];
    if (strategy_.below_capacity()) {
      found.look_at_load(around_);
      if (entry.unit->capacity() != 0 && found.load.at_work >= entry.unit->capacity()) return "without room for more";
    }
    if ((needs_distance_ || weights_distance_) && place_ && entry.placed)
      found.metres = metres_between(*place_, entry.at);
    if (needs_distance_ && !place_) return "at an unknown distance: the order has no location";
    if (needs_distance_ && !entry.placed) return "at a place that the organisation does not tell";
    if (strategy_.metres_max() > 0 && needs_distance_ && found.metres > strategy_.metres_max()) return too_far_;
    if (needs_duty_) {
      found.on_duty = around_.world.on_duty(entry.number, around_.question.at);
      if (!found.on_duty) return "not on duty";
    }
    return {};
  }

 private:
  const Strategy& strategy_;
  const Surroundings& around_;
  std::optional<Direction> place_;
  bool needs_duty_, needs_distance_, weights_distance_;
  std::string too_far_;
};

/// The conditions of a strategy that lists answer, in the order they are told.
class Lists {
 public:
  Lists(const Strategy& strategy, const Surroundings& around, const Duties& duties, PassedUnits& passed)
      : strategy_(strategy), around_(around) {
    filters_.reserve(static_cast<std::size_t>(strategy.skills_size()) + 5);
    if (!strategy.units().empty()) add_named(passed);
    if (!strategy.kinds().empty()) {
      auto& filter = filters_.emplace_back(fmt::format("of another kind than {}", fmt::join(strategy.kinds(), ", ")));
      for (const auto& kind : strategy.kinds()) filter.add(around.units.of_kind(kind));
    }
    if (strategy.kind() == Strategy::RESPONSIBILITY_GRID) {
      add_responsible();
    } else if (strategy.units().empty()) {
      add_working_here();
    }
    if (strategy.with_duty() || strategy.kind() == Strategy::DUTY_LIST) {
      auto& filter = filters_.emplace_back(fmt::format("without the duty of {}", around.question.order.category()));
      Ranks listed = duties.listed;
      std::ranges::sort(listed);
      filter.add(std::move(listed));
      filter.add(std::span<const Rank>(duties.others));
    }
    if (!weights_skills(strategy))
      for (const auto& skill : strategy.skills())
        filters_.emplace_back(fmt::format("not skilled in {}", skill)).add(around.units.with_skill(skill));
  }

  /// Calls for those who are in all lists; the others are passed.
  template <class Visit>
  void for_each(PassedUnits& passed, Visit visit) {
    const auto smallest = std::ranges::min_element(filters_, {}, &Filter::size);
    if (smallest == filters_.end()) {
      std::ranges::for_each(around_.units.open(), visit);
      return;
    }
    const auto some = smallest->united();
    // Units that were named and are none have been told; who was not named is no matter.
    if (strategy_.units().empty() && around_.units.open().size() > some.size())
      passed.add(smallest->miss(), around_.units.open().size() - some.size());
    std::vector<std::size_t> misses(filters_.size());
    for (const Rank rank : some) {
      const auto missing =
          std::ranges::find_if(filters_, [&](Filter& filter) { return &filter != &*smallest && !filter.has(rank); });
      if (missing == filters_.end()) {
        visit(rank);
      } else {
        ++misses[static_cast<std::size_t>(missing - filters_.begin())];
      }
    }
    for (std::size_t i = 0; i < misses.size(); ++i)
      if (misses[i] != 0 && filters_[i].miss() != not_named) passed.add(filters_[i].miss(), misses[i]);
  }

 private:
  static constexpr std::string_view not_named = "not among the units of the row";

  void add_named(PassedUnits& passed) {
    Ranks ranks;
    for (const auto& id : strategy_.units()) {
      const auto rank = around_.units.find(id);
      if (!rank) passed.add("not in the organisation");
      if (rank && around_.units[*rank].unit->closed()) passed.add("closed");
      if (rank && !around_.units[*rank].unit->closed()) ranks.push_back(*rank);
    }
    std::ranges::sort(ranks);
    filters_.emplace_back(std::string(not_named)).add(std::move(ranks));
  }

  void add_responsible() {
    const auto& grid = around_.question.order.grid();
    auto& filter = filters_.emplace_back(grid.empty() ? "of some grid, and the order has none"
                                                      : fmt::format("not responsible for {} or above", grid));
    Ranks ranks;
    for_each_grid_up(grid, [&](std::string_view path) {
      const auto rank = around_.units.find(around_.world.unit_of_grid(path));
      if (rank && !around_.units[*rank].unit->closed()) ranks.push_back(*rank);
    });
    std::ranges::sort(ranks);
    ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
    filter.add(std::move(ranks));
  }

  void add_working_here() {
    const auto& grid = around_.question.order.grid();
    auto& filter = filters_.emplace_back(grid.empty() ? "not of the whole city, and the order has no grid"
                                                      : fmt::format("working elsewhere than in {}", grid));
    filter.add(around_.units.of_whole_city());
    for_each_grid_up(grid, [&](std::string_view path) { filter.add(around_.units.of_grid(path)); });
  }

  const Strategy& strategy_;
  const Surroundings& around_;
  std::vector<Filter> filters_;
};

}  // namespace

std::uint32_t Duties::place(Rank rank) const {
  const auto place = std::ranges::find(listed, rank);
  if (place != listed.end() || std::ranges::binary_search(others, rank))
    return static_cast<std::uint32_t>(place - listed.begin());
  return none;
}

void PassedUnits::add(std::string_view why, std::size_t units) {
  constexpr std::size_t reasons_max = 12;
  auto found = std::ranges::find(all_, why, &v1::Passed::why);
  if (found == all_.end() && all_.size() >= reasons_max) {
    why = "for other reasons";
    found = std::ranges::find(all_, why, &v1::Passed::why);
  }
  if (found == all_.end()) {
    all_.emplace_back().set_why(std::string(why));
    found = std::prev(all_.end());
  }
  found->set_units(found->units() + static_cast<std::uint32_t>(units));
}

std::string PassedUnits::text() const {
  if (all_.empty()) return "nobody is there";
  std::string text;
  for (const auto& one : all_) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", one.units(), one.why());
  return text;
}

std::optional<Direction> place_of(const v1::WorkOrder& order) {
  const auto& location = order.location();
  if (location.latitude() == 0 && location.longitude() == 0) return std::nullopt;
  return direction(location.latitude(), location.longitude());
}

Candidates::Candidates(const Surroundings& around, bool allowed_again) : around_(around) {
  if (allowed_again) return;
  for (const auto& id : around.question.handed_back)
    if (const auto rank = around.units.find(id)) handed_back_.push_back(*rank);
}

bool Candidates::handed_back(Rank unit) const { return std::ranges::find(handed_back_, unit) != handed_back_.end(); }

const Duties& Candidates::duties() {
  if (duties_) return *duties_;
  auto& all = duties_.emplace();
  const auto& code = around_.question.order.category();
  if (const auto* minor = around_.question.policy.category(code))
    for (const auto& id : minor->duty_units())
      if (const auto rank = around_.units.find(id); rank && !around_.units[*rank].unit->closed())
        all.listed.push_back(*rank);
  Filter own{std::string()};
  own.add(around_.units.with_duty(code));
  if (const auto* major = around_.question.policy.major_of(code)) own.add(around_.units.with_duty(major->code()));
  all.others = own.united();
  return all;
}

void Candidates::find(const v1::DispatchChoice& choice, std::uint32_t row, std::vector<FoundUnit>& found,
                      PassedUnits& passed) {
  if (choice.has_strategy()) {
    find_by(choice.strategy(), row, found, passed);
  } else if (!choice.unit().empty()) {
    find_named(choice.unit(), row, found, passed);
  } else if (const auto* group = around_.world.joint_group(choice.joint_group()); group != nullptr) {
    find_named(group->lead(), row, found, passed);
  } else {
    passed.add(fmt::format("not in the organisation: the joint group {}", choice.joint_group()));
  }
}

void Candidates::find_named(const std::string& id, std::uint32_t row, std::vector<FoundUnit>& found,
                            PassedUnits& passed) {
  const auto rank = around_.units.find(id);
  if (!rank) return passed.add(fmt::format("not in the organisation: {}", id));
  if (around_.units[*rank].unit->closed()) return passed.add(fmt::format("closed: {}", id));
  if (handed_back(*rank)) return passed.add(fmt::format("handed it back: {}", id));
  FoundUnit one;
  one.unit = *rank;
  one.row = row;
  found.push_back(one);
}

void Candidates::find_by(const Strategy& strategy, std::uint32_t row, std::vector<FoundUnit>& found,
                         PassedUnits& passed) {
  static const Duties not_asked;
  const bool asks_duty = strategy.with_duty() || strategy.kind() == Strategy::DUTY_LIST ||
                         (strategy.kind() == Strategy::WEIGHTED && strategy.weights().duty() > 0);
  const auto& duties = asks_duty ? this->duties() : not_asked;
  Lists lists(strategy, around_, duties, passed);
  const Tests tests(strategy, around_);
  const auto before = found.size();
  lists.for_each(passed, [&](Rank rank) {
    if (!handed_back_.empty() && handed_back(rank))
      return passed.add(fmt::format("handed it back: {}", around_.units[rank].unit->id()));
    FoundUnit one;
    one.unit = rank;
    one.row = row;
    if (const auto miss = tests.miss(one); !miss.empty()) return passed.add(miss);
    one.place = duties.place(rank);
    one.has_duty = one.place != Duties::none;
    found.push_back(one);
  });
  score(strategy, around_, std::span(found).subspan(before));
}

}  // namespace pavior::city::inline v0

#include "city/dispatch/review_cases.h"

#include <algorithm>
#include <set>

#include "city/policy/effective.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::size_t grades = 4;
// What one question may cost: far more than tables of people ask, and still within a second.
constexpr std::size_t steps_max = 100'000;

using NameList = std::vector<std::string>;

Bits full(std::size_t size) { return Bits(size).set(); }

/// The places of `wanted` in `names`; all of them if it is empty.
Bits bits(const NameList& names, const Texts& wanted) {
  if (wanted.empty()) return full(names.size());
  Bits all(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) all[i] = std::ranges::find(wanted, names[i]) != wanted.end();
  return all;
}

bool is_in(std::string_view grid, std::string_view above) {
  return grid.starts_with(above) && (grid.size() == above.size() || grid[above.size()] == '/');
}

/// Calls for each row of a policy.
template <class Visit>
void for_each_row(const Policy& policy, Visit visit) {
  for (const auto& table : policy.dispatch().compiled().tables)
    for (const auto& row : table.rows) visit(row);
}

/// All that rows say by `field`, and one more for everything else.
template <class Field>
NameList said(const Policy& policy, Field field) {
  std::set<std::string> names{""};
  for_each_row(policy, [&](const CompiledRow& row) {
    const Texts& some = field(row.data->when());
    names.insert(some.begin(), some.end());
  });
  return {names.begin(), names.end()};
}

std::size_t index(Axis axis) { return static_cast<std::size_t>(axis); }

}  // namespace

CaseSpace::CaseSpace(const Policy& policy, Time at) : policy_(policy) {
  add_subjects(policy);
  add_names(policy);
  add_days(policy, at);
  all_ = {full(subjects_.size()), full(grades),           full(grids_.size()),
          full(channels_.size()), full(profiles_.size()), full(reporter_kinds_.size()),
          full(days_.size())};
}

void CaseSpace::add_subjects(const Policy& policy) {
  for (const auto& major : policy.data().majors())
    for (const auto& minor : major.minors()) {
      if (minor.conditions().empty()) subjects_.push_back({minor.code(), ""});
      for (const auto& condition : minor.conditions()) subjects_.push_back({minor.code(), condition.code()});
    }
  if (!subjects_.empty()) return;
  for (const auto& category : said(policy, [](const auto& when) { return when.categories(); }))
    for (const auto& condition : said(policy, [](const auto& when) { return when.conditions(); }))
      subjects_.push_back({category, condition});
}

void CaseSpace::add_names(const Policy& policy) {
  grids_ = said(policy, [](const auto& when) { return when.grids(); });
  reporter_kinds_ = said(policy, [](const auto& when) { return when.reporter_kinds(); });
  for (const auto& channel : policy.data().channels()) channels_.push_back(channel.name());
  if (channels_.empty()) channels_ = said(policy, [](const auto& when) { return when.channels(); });
  for (const auto& profile : policy.data().profiles()) profiles_.push_back(profile.id());
  if (profiles_.empty()) profiles_.emplace_back();
}

void CaseSpace::add_days(const Policy& policy, Time at) {
  std::set<Time> starts{at};
  for_each_row(policy, [&](const CompiledRow& row) {
    for (const Time time : {row.from, row.until})
      if (time > at && time != Time::max()) starts.insert(time);
  });
  days_.assign(starts.begin(), starts.end());
}

Bits CaseSpace::subject_bits(const CompiledRow& row) const {
  const auto& when = row.data->when();
  if (when.categories().empty() && when.conditions().empty()) return full(subjects_.size());
  Bits all(subjects_.size());
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    const auto& category = subjects_[i].category;
    const auto& condition = subjects_[i].condition;
    const auto* major = policy_.major_of(category);
    const auto names = [&](const std::string& code) {
      return code == category || (major != nullptr && code == major->code());
    };
    all[i] = (when.categories().empty() || std::ranges::any_of(when.categories(), names)) &&
             (when.conditions().empty() || std::ranges::find(when.conditions(), condition) != when.conditions().end());
  }
  return all;
}

Box CaseSpace::box(const CompiledRow& row) const {
  const auto& when = row.data->when();
  Box box = all_;
  box[index(Axis::subject)] = subject_bits(row);
  if (row.grades != 0) box[index(Axis::grade)] = Bits(grades, row.grades);
  if (!when.grids().empty())
    for (std::size_t i = 0; i < grids_.size(); ++i)
      box[index(Axis::grid)][i] =
          std::ranges::any_of(when.grids(), [&](const std::string& grid) { return is_in(grids_[i], grid); });
  box[index(Axis::channel)] = bits(channels_, when.channels());
  box[index(Axis::profile)] = bits(profiles_, when.profiles());
  box[index(Axis::reporter_kind)] = bits(reporter_kinds_, when.reporter_kinds());
  for (std::size_t i = 0; i < days_.size(); ++i)
    box[index(Axis::days)][i] = row.from <= days_[i] && days_[i] < row.until;
  return box;
}

Box CaseSpace::box_of(const std::string& category, std::size_t grade) const {
  Box box = all_;
  for (std::size_t i = 0; i < subjects_.size(); ++i) box[index(Axis::subject)][i] = subjects_[i].category == category;
  box[index(Axis::grade)] = Bits(grades).set(grade);
  return box;
}

std::string CaseSpace::text(const Case& one) const {
  const auto at = [&](Axis axis) { return one[index(axis)]; };
  std::string text;
  const auto add = [&](std::string_view what, const std::string& value, bool differs = true) {
    if (differs)
      text += fmt::format("{}{}", text.empty() ? "" : ", ",
                          value.empty() ? fmt::format("any other {}", what) : fmt::format("{} {}", what, value));
  };
  const auto& subject = subjects_[at(Axis::subject)];
  add("category", subject.category);
  add("filing condition", subject.condition, !subject.condition.empty());
  add("grade", grade_name(at(Axis::grade)));
  add("grid", grids_[at(Axis::grid)], grids_.size() > 1);
  add("channel", channels_[at(Axis::channel)], channels_.size() > 1);
  add("profile", profiles_[at(Axis::profile)], profiles_.size() > 1);
  add("kind of reporter", reporter_kinds_[at(Axis::reporter_kind)], reporter_kinds_.size() > 1);
  const auto& zone = policy_.data().zone();
  if (days_.size() > 1) add("day", wall_text(days_[at(Axis::days)], zone).substr(0, 10));
  return text;
}

std::string grade_name(std::size_t grade) {
  constexpr std::array<std::string_view, grades> names = {"not given", "general", "complex", "major hazard"};
  return std::string(names[grade]);
}

bool is_empty(const Box& box) {
  return std::ranges::any_of(box, [](const Bits& some) { return some.none(); });
}

bool meet(const Box& one, const Box& other) {
  for (std::size_t axis = 0; axis < axes; ++axis)
    if (!one[axis].intersects(other[axis])) return false;
  return true;
}

std::optional<Case> common_case(const Box& one, const Box& other) {
  if (!meet(one, other)) return std::nullopt;
  Case common{};
  for (std::size_t axis = 0; axis < axes; ++axis) common[axis] = (one[axis] & other[axis]).find_first();
  return common;
}

Cover::Answer Cover::ask(const Box& box, const std::vector<const Box*>& by) {
  steps_left_ = steps_max;
  return is_empty(box) ? Answer::covered : ask(box, by, 0);
}

Cover::Answer Cover::ask(const Box& box, const std::vector<const Box*>& by, std::size_t from) {
  while (from < by.size() && !meet(box, *by[from])) ++from;
  if (steps_left_ == 0) return Answer::unknown;
  --steps_left_;
  if (from == by.size()) {
    for (std::size_t axis = 0; axis < axes; ++axis) example_[axis] = box[axis].find_first();
    return Answer::open;
  }
  // What lies outside of the next one, axis by axis; what is left at the end lies in it.
  Box rest = box;
  for (std::size_t axis = 0; axis < axes; ++axis) {
    Box outside = rest;
    outside[axis] -= (*by[from])[axis];
    rest[axis] &= (*by[from])[axis];
    if (outside[axis].none()) continue;
    if (const auto answer = ask(outside, by, from + 1); answer != Answer::covered) return answer;
  }
  return Answer::covered;
}

}  // namespace pavior::city::inline v0

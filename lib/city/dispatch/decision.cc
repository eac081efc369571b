#include "city/dispatch/decision.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// What an explanation tells; the rest it counts.
constexpr int candidates_told_max = 5;
constexpr std::size_t fitting_told_max = 5;
constexpr std::size_t missing_told_max = 5;
// Units that assist: more than any matter has parties, and each gets a fact.
constexpr int assists_max = 16;

/// The rows of a table that are told, while they are asked.
class Telling {
 public:
  Telling(v1::AskedTable& asked, DispatchFacts& facts) : asked_(asked), facts_(facts) {}
  void add(const CompiledRow& row, Miss miss) {
    if (miss == Miss::none && fitting_.size() < fitting_told_max) {
      fitting_.push_back(&row);
    } else if (miss != Miss::none && missing_.size() < missing_told_max) {
      missing_.emplace_back(&row, miss);
    } else {
      ++left_off_;
    }
  }

  void write() {
    for (const auto* row : fitting_) asked(*row).set_fits(true);
    for (const auto& [row, miss] : missing_) asked(*row).set_why(facts_.text(miss, *row));
    asked_.set_rows_left_off(left_off_);
  }

 private:
  v1::AskedRule& asked(const CompiledRow& row) {
    auto& one = *asked_.add_rows();
    one.set_row(row.data->id());
    return one;
  }

  v1::AskedTable& asked_;
  DispatchFacts& facts_;
  std::vector<const CompiledRow*> fitting_;
  std::vector<std::pair<const CompiledRow*, Miss>> missing_;
  std::uint32_t left_off_ = 0;
};

/// Leaves of each unit what scores best, by the first row that says so.
void keep_best_of_each(std::vector<FoundUnit>& found) {
  std::ranges::sort(found, [](const FoundUnit& one, const FoundUnit& other) {
    if (one.unit != other.unit) return one.unit < other.unit;
    return one.score != other.score ? one.score > other.score : one.row < other.row;
  });
  const auto same = [](const FoundUnit& one, const FoundUnit& other) { return one.unit == other.unit; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

/// Brings the best ones to the front, in their order: by score, then by the oldest last dispatch, then by id.
void put_best_first(const Surroundings& around, std::vector<FoundUnit>& found, std::ptrdiff_t count) {
  const auto last = found.begin() + count - 1;
  std::ranges::nth_element(found, last, std::ranges::greater(), &FoundUnit::score);
  const double least = last->score;
  // Loads are looked at only where they can decide.
  const auto rest = std::partition(found.begin(), found.end(), [&](const auto& one) { return one.score >= least; });
  for (auto one = found.begin(); one != rest; ++one) one->look_at_load(around);
  std::partial_sort(found.begin(), found.begin() + count, rest, [](const FoundUnit& one, const FoundUnit& other) {
    if (one.score != other.score) return one.score > other.score;
    if (one.load.last_dispatch != other.load.last_dispatch) return one.load.last_dispatch < other.load.last_dispatch;
    return one.unit < other.unit;
  });
}

std::string row_words(const std::vector<const CompiledRow*>& rows) {
  std::vector<std::string_view> ids;
  for (const auto* row : rows)
    if (ids.size() < fitting_told_max) ids.push_back(row->data->id());
  return fmt::format("{} {}{}", rows.size() == 1 ? "row" : "rows", fmt::join(ids, ", "),
                     rows.size() == ids.size() ? std::string() : fmt::format(" and {} more", rows.size() - ids.size()));
}

}  // namespace

Decision::Decision(const RuleDispatcher::Parts& parts, const DispatchQuestion& question)
    : parts_(parts),
      tables_(question.policy.dispatch().compiled()),
      around_{question, parts.units, *parts.world, *parts.workload},
      facts_(question, tables_, parts.units, *parts.workload) {}

DispatchAnswer Decision::run() {
  auto& why = answer_.explanation;
  const auto& question = around_.question;
  if (question.order.has_policy()) {
    *why.mutable_policy() = question.order.policy();
  } else {
    why.mutable_policy()->set_id(question.policy.data().id());
    why.mutable_policy()->set_version(question.policy.data().version());
  }
  *why.mutable_organisation() = parts_.world->version();
  why.set_at(to_micros(question.at));
  if (!ask_tables(false) && !fall_back() && !host_failed_ && !question.handed_back.empty() && ask_tables(true))
    why.set_handed_back_again(std::ranges::find(question.handed_back, answer_.lead) != question.handed_back.end());
  facts_.describe(why);
  why.set_lead(answer_.lead);
  for (const auto& assist : why.assists()) answer_.assists.push_back(assist.unit());
  return std::move(answer_);
}

bool Decision::ask_tables(bool allowed_again) {
  answer_.explanation.clear_tables();
  Candidates candidates(around_, allowed_again);
  for (const auto& table : tables_.tables) {
    if (ask(table, candidates)) return true;
    if (host_failed_) return false;
  }
  return false;
}

Decision::Fitting Decision::fitting(const CompiledTable& table, v1::AskedTable& asked) {
  const auto& about = table.rows_about(facts_.category());
  const bool first_decides = table.hit == v1::DecisionTable::FIRST || table.hit == v1::DecisionTable::PRIORITY;
  asked.set_table(table.data->id());
  asked.set_hit(table.hit);
  asked.set_rows_of_other_categories(static_cast<std::uint32_t>(table.rows.size() - about.size()));
  Telling telling(asked, facts_);
  Fitting rows;
  for (const auto number : about) {
    const auto& row = table.rows[number];
    const auto miss = facts_.miss(row);
    telling.add(row, miss);
    if (miss == Miss::none) rows.push_back(&row);
    if (miss == Miss::none && first_decides) break;
  }
  telling.write();
  if (rows.empty()) asked.set_outcome("no row fits");
  if (table.hit == v1::DecisionTable::UNIQUE && rows.size() > 1) {
    asked.set_outcome(fmt::format("{} fit, and only one may, so none decides", row_words(rows)));
    rows.clear();
  }
  return rows;
}

bool Decision::ask(const CompiledTable& table, Candidates& candidates) {
  auto& asked = *answer_.explanation.add_tables();
  const auto rows = fitting(table, asked);
  if (rows.empty()) return false;
  std::vector<FoundUnit> found;
  PassedUnits passed;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    candidates.find(rows[i]->data->then(), i, found, passed);
    // Also in between: many rows that each find the whole city would fill the memory.
    if (i > 0 && (i + 1 == rows.size() || found.size() > 2 * around_.units.size())) keep_best_of_each(found);
  }
  const auto verdicts = ask_host(parts_.rules, around_, found, passed);
  if (verdicts.failed || !found.empty())
    answer_.explanation.mutable_rules()->Assign(verdicts.rules.begin(), verdicts.rules.end());
  if (verdicts.failed) {
    host_failed_ = true;
    asked.set_outcome(fmt::format("{} found somebody, but a rule of the host failed", row_words(rows)));
    return false;
  }
  if (found.empty()) {
    asked.set_outcome(fmt::format("{} {}, but nobody can have it: {}", row_words(rows),
                                  rows.size() == 1 ? "fits" : "fit", passed.text()));
    return false;
  }
  answer_.explanation.mutable_passed()->Assign(passed.all().begin(), passed.all().end());
  choose(table, rows, found, verdicts);
  asked.set_outcome(fmt::format("row {} decides", answer_.explanation.row()));
  add_assists(rows, candidates);
  return true;
}

void Decision::choose(const CompiledTable& table, const Fitting& rows, std::vector<FoundUnit>& found,
                      const HostVerdicts& verdicts) {
  auto& why = answer_.explanation;
  const int told = std::min(static_cast<int>(found.size()), candidates_told_max);
  put_best_first(around_, found, told);
  for (int i = 0; i < told; ++i) {
    const auto& one = found[static_cast<std::size_t>(i)];
    auto& candidate = *why.add_candidates();
    candidate.set_unit(around_.units[one.unit].unit->id());
    candidate.set_score(one.score);
    if (rows.size() > 1) candidate.set_row(rows[one.row]->data->id());
    tell(rows[one.row]->data->then(), around_, one, candidate);
    if (!verdicts.of.empty()) tell_host(parts_.rules, verdicts.of[one.verdicts], candidate);
  }
  why.set_candidates_left_off(static_cast<std::uint32_t>(found.size()) - static_cast<std::uint32_t>(told));
  const auto& row = *rows[found.front().row]->data;
  answer_.lead = why.candidates(0).unit();
  why.set_table(table.data->id());
  why.set_row(row.id());
  why.set_reason(!row.then().reason().empty() ? row.then().reason() : row.text());
}

void Decision::add_assists(const Fitting& rows, Candidates& candidates) {
  for (const auto* row : rows) {
    const auto& then = row->data->then();
    for (const auto& unit : then.assists()) add_assist(unit, fmt::format("named by row {}", row->data->id()));
    if (const auto* group = around_.world.joint_group(then.joint_group()); group != nullptr) {
      const auto text = fmt::format("of the joint group {}", group->id());
      if (!group->lead().empty()) add_assist(group->lead(), text);
      for (const auto& unit : group->members()) add_assist(unit, text);
    }
    if (then.others_with_duty_assist())
      for (const Rank rank : candidates.duties().listed)
        add_assist(around_.units[rank].unit->id(),
                   fmt::format("has the duty of {} too", around_.question.order.category()));
  }
}

void Decision::add_assist(const std::string& unit, std::string text) {
  auto& why = answer_.explanation;
  if (unit == answer_.lead || std::ranges::find(why.assists(), unit, &v1::Assisting::unit) != why.assists().end())
    return;
  const auto rank = around_.units.find(unit);
  const bool open = rank && !around_.units[*rank].unit->closed();
  if (open && why.assists_size() < assists_max) {
    auto& assist = *why.add_assists();
    assist.set_unit(unit);
    assist.set_why(std::move(text));
    return;
  }
  auto& passed = *why.add_passed();
  passed.set_units(1);
  passed.set_why(fmt::format("cannot assist: {} is {}", unit,
                             !rank   ? "not in the organisation"
                             : !open ? "closed"
                                     : fmt::format("one too many, {} do", assists_max)));
}

bool Decision::fall_back() {
  auto& why = answer_.explanation;
  const auto& unit = tables_.data.fallback_unit();
  const auto& back = around_.question.handed_back;
  const auto rank = around_.units.find(unit);
  const std::string so_far = host_failed_ ? "a rule of the host failed" : "no table decided";
  std::string but;
  if (unit.empty()) {
    but = "there is no fallback unit";
  } else if (!rank) {
    but = fmt::format("the fallback unit {} is not in the organisation", unit);
  } else if (around_.units[*rank].unit->closed()) {
    but = fmt::format("the fallback unit {} is closed", unit);
  } else if (std::ranges::find(back, unit) != back.end()) {
    but = fmt::format("the fallback unit {} handed it back", unit);
  }
  why.set_fallback(but.empty());
  why.set_reason(but.empty() ? so_far + ", so the fallback unit has it" : fmt::format("{}, and {}", so_far, but));
  if (but.empty()) answer_.lead = unit;
  return but.empty();
}

}  // namespace pavior::city::inline v0

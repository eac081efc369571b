#include "city/whatif/trial.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "pavior/proto.h"

namespace pavior::city::inline v0::whatif {
namespace {

HandlingTimes times_of(std::vector<Length>& lengths) {
  HandlingTimes times;
  times.orders = lengths.size();
  if (lengths.empty()) return times;
  times.mean = std::accumulate(lengths.begin(), lengths.end(), Length()) / static_cast<std::int64_t>(lengths.size());
  times.median = quantile(lengths, 0.5);
  times.p90 = quantile(lengths, 0.9);
  return times;
}

/// The most first.
template <class Ways>
std::vector<Moved> sorted(const Ways& ways) {
  std::vector<Moved> moved;
  for (const auto& [way, orders] : ways) moved.push_back({way.first, way.second, orders});
  std::ranges::stable_sort(moved, std::greater<>(), &Moved::orders);
  return moved;
}

}  // namespace

Result<Trial> Trial::make(const Proposal& proposal, const WhatIfOptions& options, const Rounds& rounds) {
  if (proposal.world == nullptr) return Error(ErrorCode::invalid, "nothing to try: the proposal has no world");
  auto clock = TriedClock::make(proposal, options.clock);
  if (!clock) return std::move(clock).error();
  auto workload = std::make_shared<MemoryWorkload>(proposal.world->unit_count());
  auto dispatcher = RuleDispatcher::make(proposal.world, workload, proposal.rules);
  if (!dispatcher) return std::move(dispatcher).error();
  return Trial(proposal, options, rounds, *std::move(clock), *std::move(dispatcher), std::move(workload));
}

Trial::Trial(const Proposal& proposal, const WhatIfOptions& options, const Rounds& rounds, TriedClock clock,
             RuleDispatcher dispatcher, std::shared_ptr<MemoryWorkload> workload)
    : proposal_(proposal),
      options_(options),
      rounds_(rounds),
      clock_(std::move(clock)),
      dispatcher_(std::move(dispatcher)),
      workload_(std::move(workload)) {
  for (std::size_t i = 0; i < proposal.world->unit_count(); ++i) numbers_.emplace(proposal.world->unit(i).id(), i);
}

Result<void> Trial::visit(const Passing& passing) {
  let_work_end(passing.time);
  Standing& standing = standings_[std::string(passing.order)];
  if (passing.begins_round()) {
    ++standing.rounds;
    standing.counts = options_.from <= passing.time && passing.time < options_.to;
  }
  record(passing, standing);
  try_rules(passing, standing);
  return measure(passing, standing);
}

void Trial::let_work_end(Time until) {
  for (; !ends_.empty() && ends_.top().at <= until; ends_.pop()) {
    Standing& standing = standings_[ends_.top().order];
    if (standing.turn == ends_.top().turn) take(standing, ends_.top().at);
  }
}

void Trial::record(const Passing& passing, Standing& standing) {
  const std::string& lead = passing.before.lead();
  if (passing.dispatches()) {
    if (!lead.empty() && passing.before.stage() != v1::STAGE_ACCEPTED) recorded_load_.ends(lead, passing.time);
    recorded_load_.begins(passing.after.lead(), passing.time);
    if (!standing.counts) return;
    ++answer_.recorded.dispatches;
    ++answer_.recorded.units[passing.after.lead()].orders;
  } else if (passing.hands_back() || passing.ends_work()) {
    recorded_load_.ends(lead, passing.time);
    if (passing.hands_back() && standing.counts) ++answer_.recorded.handed_back;
  } else if (passing.goes_on()) {
    recorded_load_.begins(passing.after.lead(), passing.time);
  }
}

void Trial::try_rules(const Passing& passing, Standing& standing) {
  if (passing.begins_round() && standing.has_unit) take(standing, passing.time);
  if (passing.dispatches() && (passing.begins_round() || !standing.has_unit)) return give(passing, standing);
  if (!standing.has_unit) return;
  if (passing.hands_back() && standing.unit == passing.before.lead()) {
    if (standing.counts) ++answer_.proposed.handed_back;
    take(standing, passing.time);
  } else if (passing.ends_work() && !passing.handles()) {
    take(standing, passing.time);
  }
}

void Trial::give(const Passing& passing, Standing& standing) {
  const Round& round = rounds_.round(passing.order, standing.rounds - 1);
  DispatchQuestion question{passing.before, proposal_.policy, passing.time};
  question.handed_back.assign(passing.before.handed_back().begin(), passing.before.handed_back().end());
  const DispatchAnswer answer = dispatcher_.choose(question);
  // Whoever waits for a dispatcher is given away as it was.
  standing.unit = answer.lead.empty() ? passing.after.lead() : answer.lead;
  standing.has_unit = true;
  ++standing.turn;
  standing.tried.dispatched = passing.time;
  tried_load_.begins(standing.unit, passing.time);
  const auto number = numbers_.find(standing.unit);
  if (number != numbers_.end()) workload_->dispatched(number->second, to_micros(passing.time));
  if (round.handled) {
    const Time end = passing.time + work(standing.unit, passing.before.category(), round);
    standing.tried.later = end - *round.handled;
    ends_.push({end, std::string(passing.order), standing.turn});
  }
  if (!standing.counts) return;
  ++answer_.proposed.dispatches;
  ++answer_.proposed.units[standing.unit].orders;
  if (answer.lead.empty()) ++answer_.proposed.waited;
  if (answer.explanation.fallback()) ++answer_.proposed.fallback;
  if (round.handled && passing.begins_round()) {
    recorded_lengths_.push_back(*round.handled - round.first_dispatch);
    tried_lengths_.push_back(*round.handled + standing.tried.later - round.first_dispatch);
  }
  if (passing.begins_round()) compare(passing, answer, round);
}

void Trial::compare(const Passing& passing, const DispatchAnswer& answer, const Round& round) {
  const std::string& recorded = passing.after.lead();
  ++answer_.rounds;
  if (standings_[std::string(passing.order)].rounds == 1) ++answer_.orders;
  if (round.handled) {
    ++answer_.handled;
    if (recorded == round.last_lead) ++answer_.right_recorded;
    if (answer.lead == round.last_lead) ++answer_.right_proposed;
  }
  CategoryFigures& category = answer_.categories[passing.before.category()];
  ++category.rounds;
  if (answer.lead == recorded) {
    ++answer_.same;
    ++category.same;
    return;
  }
  ++moved_[{recorded, answer.lead}];
  ++moved_of_category_[passing.before.category()][{recorded, answer.lead}];
  auto& examples = moved_examples_[{recorded, answer.lead}];
  if (examples.size() < options_.examples_max)
    examples.push_back({std::string(passing.order), recorded, answer.lead, answer.explanation});
}

void Trial::take(Standing& standing, Time at) {
  if (!standing.has_unit) return;
  standing.has_unit = false;
  ++standing.turn;
  tried_load_.ends(standing.unit, at);
  const auto number = numbers_.find(standing.unit);
  if (number != numbers_.end()) workload_->ended(number->second);
}

Length Trial::work(const std::string& unit, const std::string& category, const Round& round) const {
  const Length recorded = *round.handled - round.last_dispatch;
  return unit == round.last_lead ? recorded : rounds_.pace(unit, category).value_or(recorded);
}

Result<void> Trial::measure(const Passing& passing, const Standing& standing) {
  if (!standing.counts || !clock_.stops(passing)) return {};
  const auto on_time = clock_.measure(passing, standing.tried);
  if (!on_time) return on_time.error();
  if (!*on_time) return {};
  const auto count = [](WhatIfSide& side, const std::string& unit, bool met) {
    ++side.measured;
    ++side.units[unit].measured;
    if (!met) return;
    ++side.on_time;
    ++side.units[unit].on_time;
  };
  count(answer_.recorded, passing.after.lead(), (*on_time)->recorded);
  count(answer_.proposed, standing.unit, (*on_time)->tried);
  return {};
}

WhatIf Trial::finish() && {
  let_work_end(rounds_.end());
  recorded_load_.tell(rounds_.end(), answer_.recorded.units);
  tried_load_.tell(rounds_.end(), answer_.proposed.units);
  answer_.recorded.handling = times_of(recorded_lengths_);
  answer_.proposed.handling = times_of(tried_lengths_);
  answer_.moved = sorted(moved_);
  for (const auto& [category, ways] : moved_of_category_) answer_.categories[category].most = sorted(ways).front();
  for (const Moved& moved : answer_.moved)
    for (MovedOrder& example : moved_examples_[{moved.from, moved.to}])
      if (answer_.examples.size() < options_.examples_max) answer_.examples.push_back(std::move(example));
  return std::move(answer_);
}

}  // namespace pavior::city::inline v0::whatif

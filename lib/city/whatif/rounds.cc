#include "city/whatif/rounds.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"

namespace pavior::city::inline v0::whatif {

Result<Rounds> Rounds::read(const Engine& engine) {
  Rounds rounds;
  auto visited = visit_orders(engine, [&](const Passing& passing) { rounds.visit(passing); });
  if (!visited) return std::move(visited).error();
  rounds.reckon();
  return rounds;
}

void Rounds::visit(const Passing& passing) {
  end_ = std::max(end_, passing.time);
  if (!passing.dispatches() && !passing.handles()) return;
  auto& rounds = rounds_[std::string(passing.order)];
  if (passing.dispatches()) {
    if (passing.begins_round() || rounds.empty()) rounds.push_back({{}, passing.time, {}, {}});
    rounds.back().last_lead = passing.after.lead();
    rounds.back().last_dispatch = passing.time;
    return;
  }
  // An order may be worked on anew without a dispatch: the first time counts.
  if (rounds.empty() || rounds.back().handled) return;
  Round& round = rounds.back();
  round.handled = passing.time;
  const Length length = passing.time - round.last_dispatch;
  lengths_[{round.last_lead, passing.before.category()}].push_back(length);
  lengths_[{round.last_lead, {}}].push_back(length);
}

void Rounds::reckon() {
  for (auto& [whose, lengths] : lengths_) paces_[whose] = quantile(lengths, 0.5);
  lengths_.clear();
}

const Round& Rounds::round(std::string_view order, std::size_t n) const {
  const auto found = rounds_.find(std::string(order));
  PAVIOR_CHECK(found != rounds_.end() && n < found->second.size(), "the log has another round {} of {}", n, order);
  return found->second[n];
}

std::optional<Length> Rounds::pace(const std::string& unit, const std::string& category) const {
  auto found = paces_.find({unit, category});
  if (found == paces_.end()) found = paces_.find({unit, {}});
  return found == paces_.end() ? std::nullopt : std::optional(found->second);
}

Length quantile(std::vector<Length>& lengths, double share) {
  const auto rank = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(lengths.size()))) - 1;
  const auto place = lengths.begin() + std::max<std::ptrdiff_t>(rank, 0);
  std::ranges::nth_element(lengths, place);
  return *place;
}

}  // namespace pavior::city::inline v0::whatif

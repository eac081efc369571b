#include "city/order/likeness.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "city/duplicate/alert_samples.h"
#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/told.h"
#include "city/share.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

constexpr int candidates_max = 100;  // As of a catalogue.
constexpr int orders_max = 1000;     // As many as a catalogue's levels may count.
constexpr int repeats_max = 16;      // Of an order; beyond it the oldest warnings are in its history only.

}  // namespace

bool suggests_others::test(const SuggestDuplicates& command, const OrderView& view) {
  const auto& candidates = command.suggestion().candidates();
  if (candidates.empty() || candidates.size() > candidates_max) return false;
  std::set<std::string_view> seen;
  return std::ranges::all_of(candidates, [&](const DuplicateCandidate& candidate) {
    return !candidate.order().empty() && candidate.order() != view.stream.key() && is_share(candidate.score()) &&
           seen.insert(candidate.order()).second;
  });
}

bool says_what_repeats::test(const WarnOfRepeat& command, const OrderView&) {
  const RepeatWarning& warning = command.warning();
  return !warning.rule().empty() && !warning.reason().empty() && Colour_IsValid(warning.colour()) &&
         warning.colour() != COLOUR_NONE && !warning.orders().empty() && warning.orders_size() <= orders_max;
}

bool alert_is_sound::test(const Report& command, const OrderView&) {
  return !command.has_alert() || check_alert(command.alert()).has_value();
}

bool alert_is_sound::test(const AddAlertSample& command, const OrderView&) {
  return check_alert(command.alert()).has_value();
}

std::string alert_is_sound::mistake_in(const Alert& alert) {
  const auto checked = check_alert(alert);
  return fmt::format("{}, but {}", explanation, checked ? std::string() : checked.error().message());
}

RepeatWarned Likeness::make(const WarnOfRepeat& command, const OrderView& view, machine::tag<RepeatWarned>) {
  auto fact = copied<RepeatWarned>(command);
  set_told(fact, std::vector{std::string(roles::supervisor)}, view);
  return fact;
}

void Likeness::apply(WorkOrder& order, AlertSampled&& fact, const Event&) {
  add_sample(*order.mutable_alerts(), fact.alert());
}

void Likeness::apply(WorkOrder& order, DuplicatesSuggested&& fact, const Event&) {
  *order.mutable_duplicates() = std::move(*fact.mutable_suggestion());
}

void Likeness::apply(WorkOrder& order, RepeatWarned&& fact, const Event&) {
  auto& kept = *order.mutable_repeats();
  const auto same_rule = [&](const RepeatWarning& other) { return other.rule() == fact.warning().rule(); };
  kept.erase(std::remove_if(kept.begin(), kept.end(), same_rule), kept.end());
  if (kept.size() == repeats_max) kept.erase(kept.begin());
  kept.Add(std::move(*fact.mutable_warning()));
}

void Likeness::react(const WorkOrder& order, const RepeatWarned& fact, const Event& meta, Reaction& reaction) {
  auto notice = to_roles_of(fact);
  notice.set_level(static_cast<std::uint32_t>(fact.warning().colour()));
  notice.set_text(fact.warning().reason());
  tell_staff("repeat", order, std::move(notice), meta, reaction);
}

}  // namespace pavior::city::inline v0::lifecycle

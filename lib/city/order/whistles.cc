#include "city/order/whistles.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "city/order/copied.h"
#include "city/order/notices.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

Whistle::Target* mutable_target(WorkOrder& order, std::uint32_t number, std::string_view unit) {
  return const_cast<Whistle::Target*>(target_of(order, number, unit));  // The order is not const.
}

void answer(WorkOrder& order, std::uint32_t number, std::string_view unit, Whistle::Target::State state,
            const Event& meta) {
  Whistle::Target* target = mutable_target(order, number, unit);
  if (target == nullptr) return;
  target->set_state(state);
  target->set_at(to_micros(meta.time));
}

std::vector<std::string> missing(const ConcludeWhistle& command, const OrderView& view) {
  std::vector<std::string> units;
  if (const Whistle* whistle = whistle_of(view.data, command.whistle()))
    for (const auto& target : whistle->targets())
      if (target.state() == Whistle::Target::SUMMONED) units.push_back(target.unit());
  return units;
}

}  // namespace

const Whistle* whistle_of(const WorkOrder& order, std::uint32_t number) {
  const auto found = std::ranges::find(order.whistles(), number, &Whistle::number);
  return found == order.whistles().end() ? nullptr : &*found;
}

const Whistle::Target* target_of(const WorkOrder& order, std::uint32_t number, std::string_view unit) {
  const Whistle* whistle = whistle_of(order, number);
  if (whistle == nullptr) return nullptr;
  const auto found =
      std::ranges::find_if(whistle->targets(), [&](const auto& target) { return target.unit() == unit; });
  return found == whistle->targets().end() ? nullptr : &*found;
}

bool all_targets_came::test(const ConcludeWhistle& command, const OrderView& view) {
  return missing(command, view).empty();
}

std::string all_targets_came::explain(const ConcludeWhistle& command, const OrderView& view) {
  return fmt::format("every unit that was summoned has reported in or was excused; this waits for {}",
                     fmt::join(missing(command, view), ", "));
}

bool ratings_fit::test(const ConcludeWhistle& command, const OrderView& view) {
  return std::ranges::all_of(command.ratings(), [&](const Whistle::Rating& rating) {
    return rating.value() >= 1 && rating.value() <= 5 &&
           target_of(view.data, command.whistle(), rating.unit()) != nullptr;
  });
}

Whistles::State Whistles::state_of(const WorkOrder& order, std::uint32_t number) {
  const Whistle* whistle = whistle_of(order, number);
  if (whistle == nullptr) return nothing;
  return whistle->concluded_at() == 0 ? is_blown : is_concluded;
}

WhistleBlown Whistles::make(const BlowWhistle& command, const OrderView& view, machine::tag<WhistleBlown>) {
  auto fact = copied<WhistleBlown>(command);
  fact.set_number(static_cast<std::uint32_t>(view.data.whistles_size()) + 1);
  return fact;
}

void Whistles::apply(WorkOrder& order, WhistleBlown&& fact, const Event&) {
  Whistle& whistle = *order.add_whistles();
  whistle.set_number(fact.number());
  whistle.set_kind(std::move(*fact.mutable_kind()));
  for (auto& unit : *fact.mutable_targets()) {
    auto& target = *whistle.add_targets();
    target.set_unit(std::move(unit));
    target.set_state(Whistle::Target::SUMMONED);
  }
}

void Whistles::apply(WorkOrder& order, WhistleConcluded&& fact, const Event& meta) {
  for (const auto& rating : fact.ratings())
    if (auto* target = mutable_target(order, fact.whistle(), rating.unit())) target->set_rating(rating.value());
  for (Whistle& whistle : *order.mutable_whistles()) {
    if (whistle.number() != fact.whistle()) continue;
    whistle.set_concluded_at(to_micros(meta.time));
    whistle.set_result(std::move(*fact.mutable_result()));
  }
}

void Whistles::react(const WorkOrder& order, const WhistleBlown& fact, const Event& meta, Reaction& reaction) {
  StaffNotice notice;
  *notice.mutable_recipients() = fact.targets();
  notice.set_text(fact.kind() + ": " + fact.reason());
  tell_staff("whistle", order, std::move(notice), meta, reaction);
}

void Summonses::apply(WorkOrder& order, ReportedIn&& fact, const Event& meta) {
  answer(order, fact.whistle(), fact.unit(), Whistle::Target::ARRIVED, meta);
}

void Summonses::apply(WorkOrder& order, TargetExcused&& fact, const Event& meta) {
  answer(order, fact.whistle(), fact.unit(), Whistle::Target::EXCUSED, meta);
}

}  // namespace pavior::city::inline v0::lifecycle

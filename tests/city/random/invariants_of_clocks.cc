#include <algorithm>
#include <map>
#include <string>

#include "city/random/invariants.h"
#include "fmt/format.h"
#include "pavior/city/clock.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/proto.h"

namespace pavior::city::tests {
namespace {

std::string instance_of(const v1::Clock& clock) { return fmt::format("{}#{}", clock.name(), clock.instance()); }

bool has_ended(v1::Stage stage) {
  return stage == v1::STAGE_REJECTED || stage == v1::STAGE_VOIDED || stage == v1::STAGE_TRANSFERRED_OUT ||
         stage == v1::STAGE_ARCHIVED;
}

bool repeats(const v1::WorkOrder& order, const v1::ClockChange& change) {
  for (const auto& clock : order.clocks())
    if (clock.name() == change.clock() && clock.instance() == change.instance())
      for (const auto& each : clock.rule().thresholds())
        if (each.name() == change.reached().threshold()) return each.every() != 0;
  return false;
}

}  // namespace

void Invariants::check_reached(const Written& written) {
  v1::ClockRang fact;  // Every fact has its changes in the same field.
  if (!parse(written.fact.payload, fact)) return add("a fact can be read", written.key);
  for (const auto& change : fact.clocks()) {
    if (!change.has_reached() || repeats(written.order_after(), change)) continue;
    const auto threshold = fmt::format("{}#{} {}", change.clock(), change.instance(), change.reached().threshold());
    if (!memory_[written.key].reached.insert(threshold).second)
      add("a threshold is reached once", written.key + ' ' + threshold);
  }
}

void Invariants::check_clocks(const std::string& key, const v1::WorkOrder& order) {
  Memory& memory = memory_[key];
  std::map<std::string, int> open;
  std::size_t found = 0;
  for (const auto& clock : order.clocks()) {
    const auto instance = instance_of(clock);
    if (missed(clock)) {
      memory.missed.insert(instance);
    } else if (memory.missed.contains(instance)) {
      add("what was missed stays missed", key + ' ' + instance);
    }
    found += memory.missed.contains(instance) ? 1 : 0;
    if (is_open(clock) && ++open[clock.name()] > 1) add("one instance of a clock is open", key + ' ' + instance);
    if (order.stage() == v1::STAGE_MERGED && clock.phase() == v1::Clock::RUNNING)
      add("no clock of a merged order runs", key + ' ' + instance);
    if (clock.phase() != v1::Clock::STOPPED) continue;
    const auto result = fmt::format("{} {}", clock.met(), clock.margin());
    if (memory.results.emplace(instance, result).first->second != result)
      add("a clock's result never changes", key + ' ' + instance);
  }
  if (found != memory.missed.size()) add("what was missed stays missed", key + " has lost a clock");
  if (has_ended(order.stage()) && !open.empty())
    add("nothing is measured of an order that has ended", key + ' ' + open.begin()->first);
}

/// The timers of clocks are those that the order asks for, and no others.
void Invariants::check_timers(const std::string& key, const OrderWorld::Order& order) {
  std::map<std::string, Time> wanted, waiting;
  for (const auto& clock : work_order(*order.state)->clocks())
    if (const auto due = rings_at(clock)) wanted["clock " + clock.name()] = *due;
  for (const auto& [name, timer] : order.timers)
    if (name.starts_with("clock ")) waiting[name] = timer.due;
  if (waiting == wanted) return;
  for (const auto& [name, due] : wanted)
    if (!waiting.contains(name) || waiting.at(name) != due) add("every clock has its timer", key + ' ' + name);
  for (const auto& [name, due] : waiting)
    if (!wanted.contains(name)) add("no timer is left of a clock", key + ' ' + name);
}

}  // namespace pavior::city::tests

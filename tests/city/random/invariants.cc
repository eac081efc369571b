#include "city/random/invariants.h"

#include <algorithm>

#include "city/random/chapter_states.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::tests {
namespace {

const std::string& bytes_into(const v1::WorkOrder& order, std::string& bytes) {
  order.SerializeToString(&bytes);
  return bytes;
}

v1::Bounds with_defaults(v1::Bounds bounds) {
  if (!bounds.has_reopens_max()) bounds.set_reopens_max(2);
  if (!bounds.has_returns_max()) bounds.set_returns_max(2);
  if (!bounds.has_hops_max()) bounds.set_hops_max(3);
  if (!bounds.has_extensions_max()) bounds.set_extensions_max(2);
  if (!bounds.has_suspensions_max()) bounds.set_suspensions_max(1);
  if (!bounds.has_children_max()) bounds.set_children_max(10);
  return bounds;
}

bool starts_in(const Transition& row, const Written& written, const google::protobuf::Message& command) {
  if (row.from_stage != written.stage_before) return false;
  if (row.state_from.empty()) return true;
  return std::ranges::find(row.state_from, chapter_state(row.chapter, written.order_before(), command)) !=
         row.state_from.end();
}

}  // namespace

Invariants::Invariants(const Workflow& workflow, const v1::Bounds& bounds)
    : workflow_(workflow), bounds_(with_defaults(bounds)), rules_{"role", "scope", "stage"} {
  for (const Transition& row : workflow.transitions()) {
    by_facts_.emplace(row.command_type + ' ' + row.event_type, &row);
    rules_.insert(row.when.begin(), row.when.end());
    if (!row.chapter.empty()) rules_.insert(row.chapter);
  }
}

void Invariants::accepted(const OrderWorld& world, const Commit& commit) {
  for (const Written& written : commit) {
    check_row(written);
    check_unit(written);
    check_bounds(written);
    check_closing(written);
    check_reached(written);
    check_clocks(written.key, written.order_after());
  }
  for (const Written& written : commit) {
    const auto& order = world.orders().at(written.key);
    bytes_into(*world.order(written.key), memory_[written.key].bytes);
    check_timers(written.key, order);
  }
  check_merges(world);
  check_families(world);
}

void Invariants::refused(const OrderWorld& world, const Command& command, const Error& error) {
  if (error.code() != ErrorCode::refused) add("a refusal is one", std::string(error.message()));
  if (!rules_.contains(error.rule()))
    add("a refusal names a rule", fmt::format("{} is refused by '{}'", short_name(command.type()), error.rule()));
  std::string bytes;
  for (const auto& [key, order] : world.orders())
    if (bytes_into(*world.order(key), bytes) != memory_[key].bytes)
      add("a refusal changes nothing", fmt::format("{} changed {}", short_name(command.type()), key));
}

void Invariants::lapsed(const Command& command, const Error& error) {
  add("every alarm finds an order that hears it",
      fmt::format("{} {} is {}: {}", command.stream().key(), short_name(command.type()), error.rule(),
                  error.message()));
}

void Invariants::replay(const OrderWorld& world) {
  for (const auto& [key, order] : world.orders()) {
    const auto replayed = world.replayed(key);
    if (!replayed) {
      add("an order can be replayed", std::string(replayed.error().message()));
    } else if (work_order(**replayed)->SerializeAsString() != world.order(key)->SerializeAsString() ||
               (*replayed)->stage() != order.state->stage()) {
      add("replay gives the same bytes", key);
    }
  }
}

/// The fact is one of a row, which tells where it leads.
void Invariants::check_row(const Written& written) {
  const auto command = message_of(written.command.type(), written.command.payload());
  const auto [begin, end] = by_facts_.equal_range(written.command.type() + ' ' + written.fact.type);
  const auto row =
      std::find_if(begin, end, [&](const auto& each) { return starts_in(*each.second, written, *command); });
  const auto name = short_name(written.fact.type);
  if (row == end) return add("a fact is one of a row", fmt::format("{} {}", written.key, name));
  const Transition& taken = *row->second;
  rows_.insert(taken.id);
  // A row back to where the order came from stands in the table once for each.
  const bool leads_there = std::any_of(begin, end, [&](const auto& each) {
    return starts_in(*each.second, written, *command) && each.second->to_stage == written.fact.stage;
  });
  if (!leads_there || written.order_after().stage() != static_cast<v1::Stage>(written.fact.stage))
    add("a fact leads where its row says",
        fmt::format("{} {} leads to {}", written.key, name, workflow_.stage_name(written.fact.stage)));
  check_reason(written, taken);
  if (taken.state_from.empty() || taken.state_to == "same" || name == "WhistleBlown") return;
  const auto state = chapter_state(taken.chapter, written.order_after(), *command);
  if (state != taken.state_to)
    add("a chapter is in the state its row says",
        fmt::format("{} {}: {} is {}, not {}", written.key, name, taken.chapter, state, taken.state_to));
}

void Invariants::check_reason(const Written& written, const Transition& row) {
  if (std::ranges::find(row.when, "has_reason") == row.when.end()) return;
  const auto fact = message_of(written.fact.type, written.fact.payload);
  if (fact->GetDescriptor()->FindFieldByName("reason") != nullptr && text_of(*fact, "reason").empty())
    add("a fact has the reason its row asks for", fmt::format("{} {}", written.key, fact->GetTypeName()));
}

void Invariants::check_unit(const Written& written) {
  const auto& before = written.order_before();
  const auto& after = written.order_after();
  const auto stage = after.stage();
  const auto tell = [&](const char* name) {
    add(name, fmt::format("{} after {} in stage {}: lead '{}', first receiver '{}', before that '{}'", written.key,
                          short_name(written.fact.type), v1::Stage_Name(stage), after.lead(), after.first_receiver(),
                          before.first_receiver()));
  };
  const bool with_unit = stage >= v1::STAGE_DISPATCHED && stage <= v1::STAGE_HANDLED;
  if (with_unit && after.lead().empty()) tell("one lead from dispatched to handled");
  if (stage <= v1::STAGE_ACCEPTED && !after.lead().empty()) tell("no lead before the dispatch and after a return");
  if (with_unit && after.first_receiver().empty()) tell("a dispatched order has a first receiver");
  if (!before.first_receiver().empty() && after.first_receiver() != before.first_receiver())
    tell("the first receiver never changes");
  if (before.breached() && !after.breached()) tell("a missed deadline stays missed");
}

void Invariants::check_bounds(const Written& written) {
  const auto& order = written.order_after();
  const auto within = [&](const char* what, std::uint32_t count, std::uint32_t most) {
    if (count > most) add("bounds hold", fmt::format("{}: {} {}, {} at most", written.key, count, what, most));
  };
  // Designating is the way out when there are no dispatches left.
  if (short_name(written.fact.type) == "Dispatched") within("dispatches", order.hops(), bounds_.hops_max());
  within("returns", order.returns(), bounds_.returns_max());
  within("extensions", order.extensions(), bounds_.extensions_max());
  within("suspensions", order.suspensions(), bounds_.suspensions_max());
  within("reopenings", order.reopens(), bounds_.reopens_max());
  within("children", static_cast<std::uint32_t>(order.children_size()), bounds_.children_max());
}

void Invariants::check_closing(const Written& written) {
  if (short_name(written.fact.type) != "Closed") return;
  const auto& order = written.order_before();
  const auto pending = [](const v1::Request& request) {
    return request.state() == v1::REQUEST_PENDING || request.state() == v1::REQUEST_ENDORSED;
  };
  if (pending(order.return_request()) || pending(order.extension_request()) || pending(order.suspension_request()) ||
      pending(order.joint_request()))
    add("nothing is closed while something is asked", written.key);
  for (const auto& each : order.supervisions())
    if (each.answered_at() == 0) add("nothing is closed while it is supervised", written.key + ' ' + each.cause());
  for (const auto& each : order.children())
    if (each.ended() == v1::STAGE_ABSENT) add("nothing is closed before its children", written.key + ' ' + each.key());
  for (const auto& each : order.assists())
    if (each.state() == v1::Assist::WORKING) add("nothing is closed while a unit assists", written.key);
}

}  // namespace pavior::city::tests

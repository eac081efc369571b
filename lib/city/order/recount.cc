#include "pavior/city/recount.h"

#include "pavior/city/clock.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

const Actor recounter("recount", {std::string(roles::system)});

/// The command for a clock whose calendar has a newer version; nothing for others.
std::optional<Command> recount_of(const StreamId& order, const v1::Clock& clock, const Calendars& calendars) {
  if (!is_open(clock)) return std::nullopt;
  const auto newest = calendars.newest(clock.calendar().id());
  if (!newest || newest->version() <= clock.calendar().version()) return std::nullopt;
  v1::RecountClock command;
  command.set_clock(clock.name());
  command.set_instance(clock.instance());
  return make_command(order, command).by(recounter);
}

Result<void> recount_order(Engine& engine, const StreamId& order, const Calendars& calendars, Recount& counts) {
  const auto snapshot = engine.load(order);
  if (!snapshot) return snapshot.error();
  ++counts.orders;
  for (const v1::Clock& clock : work_order(*snapshot->state)->clocks()) {
    auto command = recount_of(order, clock, calendars);
    if (!command) continue;
    const auto receipt = engine.submit_and_wait(*std::move(command));
    if (!receipt && receipt.error().code() != ErrorCode::refused) return receipt.error();
    ++(receipt ? counts.clocks : counts.refused);
  }
  return {};
}

}  // namespace

Result<Recount> recount_clocks(Engine& engine, const Calendars& calendars) {
  Recount counts;
  Result<void> done;
  const auto visited = engine.streams(work_order_workflow, [&](const StreamId& order, Version, pavior::Stage) {
    done = recount_order(engine, order, calendars, counts);
    return done.has_value();
  });
  if (!visited) return visited.error();
  if (!done) return std::move(done).error();
  return counts;
}

}  // namespace pavior::city::inline v0

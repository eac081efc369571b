#include "policy/policy_migrate.h"

#include "fmt/format.h"
#include "pavior/city/migration.h"
#include "pavior/city/policies.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/testing.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

using city::v1::WorkOrder;

struct Counts {
  std::uint64_t moved = 0;
  std::uint64_t refused = 0;
};

bool is_running(Stage stage) {
  switch (static_cast<city::v1::Stage>(number(stage))) {
    case city::v1::STAGE_ABSENT:
    case city::v1::STAGE_ARCHIVED:
    case city::v1::STAGE_REJECTED:
    case city::v1::STAGE_MERGED:
    case city::v1::STAGE_VOIDED:
    case city::v1::STAGE_TRANSFERRED_OUT: return false;
    default: return true;
  }
}

/// The orders that are named, or all that run under another version of the same catalogue.
Result<std::vector<StreamId>> orders_to_move(const Engine& engine, const MigratePolicy& wish) {
  std::vector<StreamId> orders;
  for (const auto& key : wish.orders) orders.push_back(order_stream(key));
  if (!orders.empty()) return orders;
  const auto visited = engine.streams(city::work_order_workflow, [&](const StreamId& order, Version, Stage stage) {
    if (is_running(stage)) orders.push_back(order);
    return true;
  });
  if (!visited) return visited.error();
  return orders;
}

void print_effects(const App& app, const StreamId& order, const WorkOrder& data,
                   const city::MigrationEffects& effects) {
  const auto from = fmt::format("{} version {}", data.policy().id(), data.policy().version());
  if (app.json) {
    fmt::print("{}\n", JsonObject()
                           .add("order", order.key())
                           .add("from", from)
                           .add("category", effects.category)
                           .add("condition", effects.condition)
                           .add("profile", effects.profile)
                           .add("kept", fmt::format("{}", fmt::join(effects.kept, " ")))
                           .add("cancelled", fmt::format("{}", fmt::join(effects.cancelled, " ")))
                           .text());
    return;
  }
  const auto change = [](const std::string& was, const std::string& is) {
    return was == is ? (was.empty() ? "none" : was)
                     : fmt::format("{} -> {}", was.empty() ? "none" : was, is.empty() ? "none" : is);
  };
  fmt::print("{}: from {}; category {}, condition {}, profile {}; clocks that go on: {}; cancelled: {}\n", order.key(),
             from, change(data.category(), effects.category), change(data.condition(), effects.condition),
             change(data.profile(), effects.profile),
             effects.kept.empty() ? "none" : fmt::format("{}", fmt::join(effects.kept, ", ")),
             effects.cancelled.empty() ? "none" : fmt::format("{}", fmt::join(effects.cancelled, ", ")));
}

city::v1::Migrate command_to(const city::v1::Catalogue& catalogue, const std::string& reason) {
  city::v1::Migrate command;
  command.mutable_to()->set_id(catalogue.id());
  command.mutable_to()->set_version(catalogue.version());
  command.set_reason(reason);
  return command;
}

Result<void> move(const App& app, Engine& engine, const MigratePolicy& wish, const StreamId& order,
                  const city::Policy& to, Counts& counts) {
  const auto snapshot = engine.load(order);
  if (!snapshot) return snapshot.error();
  const WorkOrder& data = *city::work_order(*snapshot->state);
  const auto& catalogue = to.data();
  if (data.policy().id() == catalogue.id() && data.policy().version() == catalogue.version()) return {};
  const auto effects = city::migration_effects(data, to);
  print_effects(app, order, data, effects);
  if (wish.dry_run) {
    ++(effects.category.empty() && !data.category().empty() ? counts.refused : counts.moved);
    return {};
  }
  const auto receipt = engine.submit_and_wait(make_command(order, command_to(catalogue, wish.reason))
                                                  .by(wish.author.as_actor())
                                                  .expecting(Expected::exact(snapshot->version)));
  if (!receipt && receipt.error().code() != ErrorCode::refused) return receipt.error();
  if (!receipt) fail(receipt.error());
  ++(receipt ? counts.moved : counts.refused);
  return {};
}

}  // namespace

Exit migrate_orders(const App& app, const MigratePolicy& wish) {
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto calendars = city_calendars(**engine);
  if (!calendars) return fail_store(calendars.error());
  const auto book = city::load_policies(**engine, *calendars, wish.catalogue);
  if (!book) return fail(book.error());
  const auto versions = book->versions();
  const city::Policy* to = wish.version == 0 ? &versions->in_force(runtime.now())
                                             : versions->find(wish.catalogue.empty() && !versions->all().empty()
                                                                  ? versions->all().front().data().id()
                                                                  : wish.catalogue,
                                                              wish.version);
  if (to == nullptr || to->data().id().empty())
    return fail(Exit::no, "there is no such version; `pavior policy list` shows those that are published");
  const auto orders = orders_to_move(**engine, wish);
  if (!orders) return fail_store(orders.error());
  Counts counts;
  for (const StreamId& order : *orders)
    if (const auto moved = move(app, **engine, wish, order, *to, counts); !moved) return fail(moved.error());
  fmt::print(stderr, "{} of {} orders {} to {} version {}, {} {}\n", counts.moved, orders->size(),
             wish.dry_run ? "would go" : "went", to->data().id(), to->data().version(), counts.refused,
             wish.dry_run ? "would be refused" : "were refused");
  return counts.refused == 0 ? Exit::ok : Exit::no;
}

}  // namespace pavior::cli

#include "app.h"

#include "fmt/format.h"
#include "pavior/city/orders_view.h"
#include "pavior/city/policies.h"
#include "pavior/city/work_orders.h"
#include "pavior/testing.h"
#include "policy_source.h"
#include "settings.h"

namespace pavior::cli {
namespace {

Options options(city::ClockPlan clocks) {
  auto publishing = city::make_policy_workflow(with_shipped_calendars(clocks.calendars()));
  city::WorkOrderPolicy policy;
  const auto calendars = clocks.calendars();
  policy.policies = city::PolicyBook::of(city::Policy::of_clocks(std::move(clocks)), calendars);
  Options options;
  options.workflows = {city::make_work_order_workflow(std::move(policy)), make_settings_workflow(),
                       std::move(publishing)};
  options.projections = {city::make_orders_view()};
  return options;
}

}  // namespace

Exit fail(Exit code, std::string_view message) {
  fmt::print(stderr, "pavior: {}\n", message);
  return code;
}

Exit fail(const Error& error) {
  const auto rule = error.rule().empty() ? "" : fmt::format(" [{}]", error.rule());
  const auto message = fmt::format("{}{}: {}", to_string(error.code()), rule, printable(error.message()));
  switch (error.code()) {
    case ErrorCode::refused:
    case ErrorCode::conflict:
    case ErrorCode::not_found: return fail(Exit::no, message);
    case ErrorCode::invalid:
    case ErrorCode::limit: return fail(Exit::bad_input, message);
    case ErrorCode::corrupt: return fail(Exit::corrupt, message);
    case ErrorCode::unavailable:
    case ErrorCode::closed: break;
  }
  return fail(Exit::unavailable, message);
}

Exit fail_store(const Error& error) {
  return fail(error.code() == ErrorCode::corrupt ? Exit::corrupt : Exit::unavailable, printable(error.message()));
}

Result<std::unique_ptr<Engine>> open_owner(const App& app, Runtime& runtime, bool create, Durability durability,
                                           bool run_timers) {
  const auto open = [&](city::ClockPlan clocks, bool timers) {
    auto chosen = options(std::move(clocks));
    chosen.create_if_missing = create;
    chosen.durability = durability;
    chosen.run_timers = timers;
    return Engine::open(app.store, std::move(chosen), runtime);
  };
  // The store itself says which clocks its orders have, so it is read before it is opened with them.
  auto engine = open({}, false);
  if (!engine) return engine;
  auto settings = city_settings(**engine);
  if (!settings) return std::move(settings).error();
  if (settings->clocks.data().clocks().empty() && !run_timers) return engine;
  engine->reset();
  return open(std::move(settings->clocks), run_timers);
}

Exit with_store(const App& app, const std::function<Exit(Engine&)>& use) {
  // Nothing happens by itself while one only looks.
  SimulatedRuntime still(present());
  auto chosen = options({});
  chosen.access = Access::follower;
  chosen.create_if_missing = false;
  chosen.run_timers = false;
  const auto engine = Engine::open(app.store, std::move(chosen), still);
  if (!engine) return fail_store(engine.error());
  if (const auto fresh = (*engine)->refresh(); !fresh) return fail_store(fresh.error());
  return use(**engine);
}

Exit with_city(const App& app, const std::function<Exit(Engine&, const CityClock&)>& use) {
  return with_store(app, [&](Engine& engine) {
    const auto settings = city_settings(engine);
    if (!settings) return fail_store(settings.error());
    const auto clock = CityClock::of(settings->zone);
    if (!clock) return fail(Exit::bad_input, clock.error().message());
    return use(engine, *clock);
  });
}

StreamId order_stream(const std::string& text) {
  return text.find('/') == std::string::npos ? city::work_order_id(text) : StreamId::parse(text);
}

}  // namespace pavior::cli

#include "app.h"

#include "fmt/format.h"
#include "pavior/city/dispatch_world.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/orders_view.h"
#include "pavior/city/organisation_directory.h"
#include "pavior/city/organisations.h"
#include "pavior/city/policies.h"
#include "pavior/city/work_orders.h"
#include "pavior/testing.h"
#include "settings.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

/// What decides the orders of a store: the policies published in it, or else the clock plan it was made with.
struct Deciding {
  city::WorkOrderPolicy orders;
  bool says_nothing = true;  ///< A store opened without it decides alike.
  city::Calendars calendars = with_shipped_calendars({});
};

Options options(const Deciding& deciding) {
  Options options;
  options.workflows = {city::make_work_order_workflow(deciding.orders), make_settings_workflow(),
                       city::make_policy_workflow(deciding.calendars),
                       city::make_organisation_workflow(deciding.calendars), city::make_grid_map_workflow()};
  options.projections = {city::make_orders_view()};
  return options;
}

/// By the organisation that the store has published, if there is one: who dispatches to whom, and who is told what.
Result<void> add_organisation_of(const Engine& engine, Deciding& deciding) {
  auto book = city::load_organisations(engine, deciding.calendars);
  if (!book) return std::move(book).error();
  if (book->versions()->all().empty()) return {};
  deciding.says_nothing = false;
  const auto world = city::make_dispatch_world(book->versions()->in_force(present()));
  auto workload = std::make_shared<city::OrderWorkload>(*world);
  const auto read = engine.read(Position::none, [&](const Event& event) { return workload->observe(event), true; });
  if (!read) return read.error();
  auto dispatcher = city::RuleDispatcher::make(world, std::move(workload));
  if (!dispatcher) return std::move(dispatcher).error();
  deciding.orders.dispatcher = std::make_shared<city::RuleDispatcher>(*std::move(dispatcher));
  deciding.orders.directory = city::make_directory(*std::move(book), present);
  return {};
}

/// By the map that the store has published, if there is one: in which grid an order lies.
Result<void> add_map_of(const Engine& engine, Deciding& deciding) {
  auto book = city::load_grid_maps(engine);
  if (!book) return std::move(book).error();
  if (book->versions()->all().empty()) return {};
  deciding.says_nothing = false;
  deciding.orders.maps = *std::move(book);
  return {};
}

Result<Deciding> deciding_in(const Engine& engine) {
  const auto settings = city_settings(engine);
  if (!settings) return settings.error();
  Deciding deciding;
  deciding.calendars = with_shipped_calendars(settings->clocks.calendars());
  auto published = city::load_policies(engine, deciding.calendars);
  if (!published) return std::move(published).error();
  const bool has_policies = !published->versions()->all().empty();
  deciding.says_nothing = !has_policies && settings->clocks.data().clocks().empty();
  deciding.orders.policies = has_policies
                                 ? *std::move(published)
                                 : city::PolicyBook::of(city::Policy::of_clocks(settings->clocks), deciding.calendars);
  if (auto added = add_organisation_of(engine, deciding); !added) return std::move(added).error();
  if (auto added = add_map_of(engine, deciding); !added) return std::move(added).error();
  return deciding;
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

Exit fail_file(const Error& error) {
  fmt::print(stderr, "{}\n", printable(error.message()));
  return Exit::bad_input;
}

Exit fail_store(const Error& error) {
  return fail(error.code() == ErrorCode::corrupt ? Exit::corrupt : Exit::unavailable, printable(error.message()));
}

Result<std::unique_ptr<Engine>> open_owner(const App& app, Runtime& runtime, bool create, Durability durability,
                                           bool run_timers) {
  const auto open = [&](const Deciding& deciding, bool timers) {
    auto chosen = options(deciding);
    chosen.create_if_missing = create;
    chosen.durability = durability;
    chosen.run_timers = timers;
    return Engine::open(app.store, std::move(chosen), runtime);
  };
  // The store itself says how its orders are decided, so it is read before it is opened with that.
  auto engine = open({}, false);
  if (!engine) return engine;
  auto deciding = deciding_in(**engine);
  if (!deciding) return deciding.error();
  if (deciding->says_nothing && !run_timers) return engine;
  engine->reset();
  return open(*deciding, run_timers);
}

Exit with_store(const App& app, const std::function<Exit(Engine&)>& use) {
  // Nothing happens by itself while one only looks.
  SimulatedRuntime still(present());
  const auto open = [&](const Deciding& deciding) -> Result<std::unique_ptr<Engine>> {
    auto chosen = options(deciding);
    chosen.access = Access::follower;
    chosen.create_if_missing = false;
    chosen.run_timers = false;
    auto engine = Engine::open(app.store, std::move(chosen), still);
    if (!engine) return engine;
    if (auto fresh = (*engine)->refresh(); !fresh) return std::move(fresh).error();
    return engine;
  };
  auto engine = open({});
  if (!engine) return fail_store(engine.error());
  const auto deciding = deciding_in(**engine);
  if (!deciding) return fail_store(deciding.error());
  if (deciding->says_nothing) return use(**engine);
  engine->reset();
  engine = open(*deciding);
  return engine ? use(**engine) : fail_store(engine.error());
}

Result<CityClock> city_clock(const Engine& engine) {
  const auto settings = city_settings(engine);
  if (!settings) return settings.error();
  return CityClock::of(settings->zone);
}

Result<city::Calendars> city_calendars(const Engine& engine) {
  const auto settings = city_settings(engine);
  if (!settings) return settings.error();
  return with_shipped_calendars(settings->clocks.calendars());
}

Exit with_city(const App& app, const std::function<Exit(Engine&, const CityClock&)>& use) {
  return with_store(app, [&](Engine& engine) {
    const auto clock = city_clock(engine);
    return clock ? use(engine, *clock) : fail_store(clock.error());
  });
}

StreamId order_stream(const std::string& text) {
  return text.find('/') == std::string::npos ? city::work_order_id(text) : StreamId::parse(text);
}

}  // namespace pavior::cli

// What a decision costs that asks 1,000 rows about 10,000 units, for each strategy, beside a bare scan of all units.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "fmt/core.h"
#include "pavior/city/dispatch.h"
#include "support/arguments.h"

namespace pavior::bench {
namespace {

using namespace city;
using Clock = std::chrono::steady_clock;
using Random = std::mt19937_64;

constexpr int majors = 20, minors_each = 40, departments = 100, streets = 200, grids_each = 20;
constexpr std::array skills = {"digging", "paving", "pipes", "wiring", "trees", "rope", "diving", "gas"};
const Time noon = std::chrono::sys_days(std::chrono::year(2024) / 5 / 6) + std::chrono::hours(4);

/// Where units work: each crew in its own grid, or all of them in the whole city, so that no index spares a look at any.
enum class World : std::uint8_t { local, everywhere };

std::string category(std::uint64_t number) {
  return fmt::format("{:02}.{:02}", 1 + number / minors_each, 1 + number % minors_each);
}
std::string department(std::uint64_t number) { return fmt::format("department_{:03}", number % departments); }
std::string grid(std::uint64_t number) {
  return fmt::format("g/{:03}/{:02}", number / grids_each, number % grids_each);
}

std::vector<v1::HandlingUnit> make_units(std::size_t count, World world, Random& random) {
  std::vector<v1::HandlingUnit> units(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& unit = units[i];
    const bool leads = i < departments;
    unit.set_id(leads ? department(i) : fmt::format("crew_{:05}", i));
    unit.set_kind(leads ? "department" : "crew");
    if (world == World::local && !leads) unit.add_grids(grid(random() % (streets * grids_each)));
    for (const auto* skill : skills)
      if (random() % 4 == 0) unit.add_skills(skill);
    unit.mutable_position()->set_latitude(31.5 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    unit.mutable_position()->set_longitude(117 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    unit.set_capacity(10);
  }
  return units;
}

/// Rows that do not fit but have to be asked: nine of ten by category, the others about every order. Then one that fits.
Policy make_policy(int rows, const v1::Strategy& strategy) {
  v1::Catalogue data;
  data.set_id("bench");
  data.set_version(1);
  data.set_zone("Asia/Shanghai");
  data.set_fallback_unit(department(0));
  for (int i = 0; i < majors; ++i) {
    auto& major = *data.add_majors();
    major.set_code(fmt::format("{:02}", i + 1));
    major.set_name("major");
    for (int k = 0; k < minors_each; ++k) {
      auto& minor = *major.add_minors();
      const auto number = static_cast<std::uint64_t>(i * minors_each + k);
      minor.set_code(category(number));
      minor.set_name("minor");
      minor.add_duty_units(department(number));
      minor.add_duty_units(department(number * 7 + 1));
    }
  }
  auto& table = *data.mutable_dispatch()->add_tables();
  table.set_id("main");
  for (int i = 0; i + 1 < rows; ++i) {
    auto& row = *table.add_rows();
    row.set_id(fmt::format("row_{}", i));
    auto& when = *row.mutable_when();
    if (i % 10 != 0) when.add_categories(category(static_cast<std::uint64_t>(i) % (majors * minors_each)));
    if (i % 3 == 0) when.add_grades(v1::GRADE_MAJOR_HAZARD);
    if (i % 3 == 1) when.add_grids(fmt::format("h/{}", i));
    if (i % 3 == 2) when.add_reporter_kinds("sensor");
    row.mutable_then()->set_unit(department(static_cast<std::uint64_t>(i)));
    row.mutable_then()->set_reason("bench");
  }
  auto& last = *table.add_rows();
  last.set_id("last");
  *last.mutable_then()->mutable_strategy() = strategy;
  return or_give_up(Policy::make(std::move(data)));
}

std::vector<v1::WorkOrder> make_orders(std::size_t count, Random& random) {
  std::vector<v1::WorkOrder> orders(count);
  for (auto& order : orders) {
    order.set_category(category(random() % (majors * minors_each)));
    order.set_grade(v1::GRADE_GENERAL);
    order.set_grid(grid(random() % (streets * grids_each)));
    order.mutable_location()->set_latitude(31.5 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    order.mutable_location()->set_longitude(117 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    order.mutable_reporter()->set_kind("citizen");
  }
  return orders;
}

double at_share(const std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

template <class Work>
std::vector<double> times(std::size_t count, Work work) {
  std::vector<double> microseconds;
  microseconds.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = Clock::now();
    work(i);
    microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::ranges::sort(microseconds);
  return microseconds;
}

/// The least that any way of looking at all units costs: the nearest by flat coordinates, in an array, with no reasons.
void measure_scan(const std::vector<v1::HandlingUnit>& units, const std::vector<v1::WorkOrder>& orders) {
  struct Flat {
    double latitude, longitude;
  };
  std::vector<Flat> flat;
  for (const auto& unit : units) flat.push_back({unit.position().latitude(), unit.position().longitude()});
  std::size_t kept = 0;
  const auto all = times(orders.size(), [&](std::size_t i) {
    const auto& place = orders[i].location();
    double best = INFINITY;
    std::size_t nearest = 0;
    for (std::size_t k = 0; k < flat.size(); ++k) {
      const double north = flat[k].latitude - place.latitude(), east = flat[k].longitude - place.longitude();
      const double square = north * north + east * east;
      if (square < best) best = square, nearest = k;
    }
    kept += nearest;
  });
  fmt::print("dispatch bare_scan units={} checksum={} median_us={:.1f} p99_us={:.1f}\n", units.size(), kept,
             at_share(all, 0.5), at_share(all, 0.99));
}

struct Kind {
  const char* name;
  v1::Strategy::Kind kind;
};
constexpr std::array kinds = {Kind{"responsibility_grid", v1::Strategy::RESPONSIBILITY_GRID},
                              Kind{"duty_list", v1::Strategy::DUTY_LIST},
                              Kind{"nearest", v1::Strategy::NEAREST},
                              Kind{"least_loaded", v1::Strategy::LEAST_LOADED},
                              Kind{"round_robin", v1::Strategy::ROUND_ROBIN},
                              Kind{"skilled", v1::Strategy::SKILLED},
                              Kind{"on_duty", v1::Strategy::ON_DUTY},
                              Kind{"weighted", v1::Strategy::WEIGHTED}};

v1::Strategy strategy_of(v1::Strategy::Kind kind) {
  v1::Strategy strategy;
  strategy.set_kind(kind);
  if (kind == v1::Strategy::SKILLED) strategy.add_skills("pipes");
  if (kind == v1::Strategy::WEIGHTED) {
    strategy.mutable_weights()->set_near(2);
    strategy.mutable_weights()->set_free(1);
    strategy.mutable_weights()->set_waiting(1);
  }
  return strategy;
}

void measure(const char* world_name, const RuleDispatcher& dispatcher, const std::vector<v1::WorkOrder>& orders,
             int rows, std::size_t units) {
  for (const auto& [name, kind] : kinds) {
    const auto policy = make_policy(rows, strategy_of(kind));
    double candidates = 0;
    std::size_t manual = 0;
    const auto all = times(orders.size(), [&](std::size_t i) {
      const auto answer = dispatcher.choose({orders[i], policy, noon});
      candidates += static_cast<double>(answer.explanation.candidates_size());
      candidates += static_cast<double>(answer.explanation.candidates_left_off());
      manual += answer.in_manual_queue() ? 1 : 0;
    });
    double sum = 0;
    for (const double one : all) sum += one;
    const auto count = static_cast<double>(all.size());
    fmt::print(
        "dispatch strategy={} world={} units={} rows={} decisions={} candidates={:.0f} manual={} median_us={:.1f} "
        "p99_us={:.1f} per_second={:.0f}\n",
        name, world_name, units, rows, all.size(), candidates / count, manual, at_share(all, 0.5), at_share(all, 0.99),
        1e6 * count / sum);
    std::fflush(stdout);
  }
}

void run(const Arguments& arguments) {
  const std::size_t unit_count = arguments.quick ? 1'000 : 10'000;
  const int rows = arguments.quick ? 100 : 1'000;
  Random random(7);
  const auto orders = make_orders(arguments.quick ? 200 : 10'000, random);
  for (const auto& [world_name, world_kind] :
       {std::pair("local", World::local), std::pair("everywhere", World::everywhere)}) {
    const auto units = make_units(unit_count, world_kind, random);
    v1::PolicyVersion version;
    version.set_id("bench");
    version.set_version(1);
    const auto world = std::make_shared<MemoryWorld>(version, units);
    const auto workload = std::make_shared<MemoryWorkload>(unit_count);
    for (std::size_t i = 0; i < unit_count; ++i) {
      workload->set(i, {static_cast<std::uint32_t>(random() % 10), static_cast<std::int64_t>(random() % 1'000'000)});
      if (i % 3 == 0) world->add_duty(units[i].id(), noon - std::chrono::hours(4), noon + std::chrono::hours(4));
    }
    for (std::uint64_t i = 0; i < streets; ++i) world->add_grid(fmt::format("g/{:03}", i), department(i));
    const auto dispatcher = or_give_up(RuleDispatcher::make(world, workload));
    if (world_kind == World::local) measure_scan(units, orders);
    measure(world_name, dispatcher, orders, rows, unit_count);
  }
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv, "bench_dispatch: who gets an order, by 1,000 rows and among 10,000 units"));
}

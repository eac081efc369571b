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
#include "support/responsibilities.h"

namespace pavior::bench {
namespace {

using namespace city;
using Clock = std::chrono::steady_clock;
using Random = std::mt19937_64;

const Time noon = std::chrono::sys_days(std::chrono::year(2024) / 5 / 6) + std::chrono::hours(4);

std::vector<v1::WorkOrder> make_orders(std::size_t count, Random& random) {
  std::vector<v1::WorkOrder> orders(count);
  for (auto& order : orders) {
    order.set_category(category(random() % categories));
    order.set_grade(v1::GRADE_GENERAL);
    order.set_grid(grid(random() % grids));
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
    const auto policy = or_give_up(Policy::make(make_catalogue(rows, strategy_of(kind))));
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
    const auto world = make_world(units);
    const auto workload = std::make_shared<MemoryWorkload>(unit_count);
    for (std::size_t i = 0; i < unit_count; ++i) {
      workload->set(i, {static_cast<std::uint32_t>(random() % 10), static_cast<std::int64_t>(random() % 1'000'000)});
      if (i % 3 == 0) world->add_duty(units[i].id(), noon - std::chrono::hours(4), noon + std::chrono::hours(4));
    }
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

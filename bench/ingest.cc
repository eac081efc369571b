// A city's whole intake: each report is located, classified, accepted, looked up among the others for duplicates, and
// dispatched by the rules. Beside it what each part costs alone, and RocksDB writing the same batches.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fmt/core.h"
#include "google/protobuf/text_format.h"
#include "pavior/city/classifier.h"
#include "pavior/city/dispatch_world.h"
#include "pavior/city/duplicates.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/report_watch.h"
#include "pavior/city/text_classifier.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/thread_runtime.h"
#include "support/arguments.h"
#include "support/districts.h"
#include "support/raw.h"
#include "support/responsibilities.h"
#include "support/written_reports.h"

namespace pavior::bench {
namespace {

using namespace city;  // NOLINT
using Clock = std::chrono::steady_clock;

/// Reports that are not dispatched yet.
constexpr std::size_t under_way = 1024;
constexpr std::size_t spoken_categories = 30;
constexpr std::size_t letters = 25;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// All that a city decides by.
struct City {
  Policy policy;
  GridMap map;
  std::shared_ptr<const DispatchWorld> world;
  TextModel model;
};

Policy make_policy(int rows) {
  v1::Strategy strategy;
  strategy.set_kind(v1::Strategy::WEIGHTED);
  strategy.mutable_weights()->set_near(2);
  strategy.mutable_weights()->set_free(1);
  auto data = make_catalogue(rows, strategy);
  if (!google::protobuf::TextFormat::MergeFromString(
          R"(profiles { id: "by_itself" automatic: ["Accept", "Dispatch"] }
             classification_min: 0.01
             duplicates { standard { metres: 50 window { amount: 3 unit: UNIT_HOUR } } })",
          &data))
    give_up(Error(ErrorCode::invalid, "the catalogue's text"));
  return or_give_up(Policy::make(std::move(data)));
}

/// The districts that can be made anywhere, named like the grids that units work in.
GridMap make_map() {
  auto areas = make_districts();
  for (std::size_t i = 0; i < areas.size(); ++i) areas[i].id = grid(i * grids / areas.size());
  v1::GridMap head;
  head.set_id("bench");
  head.set_version(1);
  return or_give_up(GridMap::make(or_give_up(make_grid_map(areas, std::move(head)))));
}

City make_city(const Arguments& arguments) {
  std::mt19937_64 random(7);
  WrittenReports reports(spoken_categories, true);
  std::vector<LabelledText> rows;
  for (std::size_t i = 0; i < (arguments.quick ? 100 : 1000); ++i) rows.push_back(reports.next(40));
  TextTraining training;
  training.name = "bench";
  return {make_policy(arguments.quick ? 100 : 1'000), make_map(),
          make_world(make_units(arguments.quick ? 1'000 : 10'000, World::local, random)),
          or_give_up(TextModel::train(rows, training))};
}

std::vector<v1::Report> make_reports(std::size_t count) {
  WrittenReports written(spoken_categories, true);
  std::mt19937_64 random(11);
  std::vector<v1::Report> reports(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& report = reports[i];
    report.set_title(written.next(letters).text);
    report.mutable_reporter()->set_id(fmt::format("p{}", random() % 50'000));
    report.mutable_reporter()->set_kind("citizen");
    report.mutable_location()->set_latitude(31.61 + 0.38 * static_cast<double>(random() % 100'000) / 100'000);
    report.mutable_location()->set_longitude(117.01 + 0.38 * static_cast<double>(random() % 100'000) / 100'000);
  }
  return reports;
}

/// Counts facts of a kind as the log tells them, and wakes who waits for a count.
class Tally {
 public:
  void count(std::uint64_t more) {
    const std::lock_guard lock(mutex_);
    count_ += more;
    changed_.notify_all();
  }
  void wait_for(std::uint64_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= count; });
  }
  std::uint64_t now() {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t count_ = 0;
};

std::string key_of(std::size_t number) { return fmt::format("{:08}", number); }

void submit(Engine& engine, const v1::Report& report, std::size_t number) {
  auto command = make_command(work_order_id(key_of(number)), report)
                     .with_id(fmt::format("report-{}", number))
                     .by(Actor("intake", {std::string(roles::system)}));
  engine.submit(std::move(command), [](const Result<Receipt>& receipt) {
    or_give_up(receipt ? Result<void>() : Result<void>(receipt.error()));
  });
}

struct Intake {
  double seconds = 0;
  std::uint64_t events = 0;
  std::uint64_t suggested = 0;
  std::vector<std::string> batches;  ///< Where they were to be recorded.
};

/// From the first report until the last one is dispatched, and looked up.
Intake take_in(const City& city, const std::filesystem::path& path, const std::vector<v1::Report>& reports,
               bool recorded) {
  ThreadRuntime runtime(3);
  const auto workload = std::make_shared<OrderWorkload>(*city.world);
  WorkOrderPolicy policy;
  policy.policies = PolicyBook::of(city.policy);
  policy.maps = GridMapBook::of(city.map);
  policy.dispatcher = std::make_shared<RuleDispatcher>(or_give_up(RuleDispatcher::make(city.world, workload)));
  policy.classifies = true;
  ReportWatch watch(policy.policies);
  const auto courier = std::make_shared<ClassifyingCourier>(make_text_classifier(city.model), runtime);
  Options options;
  options.workflows.push_back(make_work_order_workflow(std::move(policy)));
  options.couriers.push_back(courier);
  options.deliveries_in_flight_max = under_way;
  options.durability = Durability::process_crash;
  if (recorded) options = recording(std::move(options));
  const auto engine = or_give_up(Engine::open(path, std::move(options), runtime));
  courier->connect(*engine);
  const auto last = key_of(reports.size());
  Tally dispatched, suggested, looked_at_last;
  or_give_up(engine->subscribe("workload", [&](std::span<const Event> events) -> Result<void> {
    for (const auto& event : events) workload->observe(event);
    const auto count = [&](std::string_view type) {
      return static_cast<std::uint64_t>(std::ranges::count(events, type, &Event::type));
    };
    dispatched.count(count("pavior.city.v1.Dispatched"));
    suggested.count(count("pavior.city.v1.DuplicatesSuggested"));
    looked_at_last.count(static_cast<std::uint64_t>(std::ranges::count_if(events, [&](const Event& event) {
      return event.key == last && event.type == "pavior.city.v1.DuplicatesSuggested";
    })));
    return {};
  }));
  or_give_up(watch.attach(*engine));

  Intake intake;
  const auto start = Clock::now();
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (i >= under_way) dispatched.wait_for(i + 1 - under_way);
    submit(*engine, reports[i], i);
  }
  dispatched.wait_for(reports.size());
  // One more, which is like the last one: the watch has looked at all once it has said so.
  submit(*engine, reports.back(), reports.size());
  looked_at_last.wait_for(1);
  intake.seconds = seconds_since(start);
  intake.events = engine->metrics().events;
  watch.detach();
  courier->disconnect();
  intake.suggested = suggested.now();
  if (recorded) intake.batches = recorded_batches(path);
  return intake;
}

double raw_seconds(const std::filesystem::path& path, const std::vector<std::string>& batches) {
  Options options;
  options.durability = Durability::process_crash;
  auto store = RawStore::create(path, options);
  const auto start = Clock::now();
  for (const auto& batch : batches) store.write(batch, false);
  return seconds_since(start);
}

/// Microseconds a report of each part by itself, on one thread.
void measure_parts(const City& city, const std::vector<v1::Report>& reports) {
  const auto each = [&](auto work) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < reports.size(); ++i) work(i);
    return seconds_since(start) * 1e6 / static_cast<double>(reports.size());
  };
  std::vector<v1::WorkOrder> orders(reports.size());
  const double classify = each([&](std::size_t i) {
    orders[i].set_category(city.model.guess(reports[i].title()).front().category);
    *orders[i].mutable_location() = reports[i].location();
    *orders[i].mutable_reporter() = reports[i].reporter();
    orders[i].set_title(reports[i].title());
    orders[i].set_reported_at(static_cast<std::int64_t>(i) * 100);
  });
  const double locate = each([&](std::size_t i) {
    const auto& at = orders[i].location();
    orders[i].set_grid(std::string(city.map.places().locate({at.latitude(), at.longitude()}).area));
  });
  DuplicateIndex index(city.policy);
  std::size_t found = 0;
  const double look_up = each([&](std::size_t i) {
    const auto key = key_of(i);
    const auto report = duplicate_report(key, orders[i]);
    found += static_cast<std::size_t>(index.find(report).candidates_size() != 0);
    index.put(report, v1::STAGE_REPORTED);
  });
  const auto dispatcher = or_give_up(RuleDispatcher::make(city.world, std::make_shared<OrderWorkload>(*city.world)));
  const double choose = each([&](std::size_t i) {
    (void)dispatcher.choose({orders[i], city.policy, Time(std::chrono::hours(1))});
  });
  fmt::print(
      "ingest part=alone reports={} classify_us={:.1f} locate_us={:.2f} look_up_us={:.1f} dispatch_us={:.1f} "
      "with_candidates={}\n",
      reports.size(), classify, locate, look_up, choose, found);
}

void run(const Arguments& arguments) {
  const Scratch scratch(arguments.dir);
  const auto city = make_city(arguments);
  const auto reports = make_reports(arguments.quick ? 2'000 : 100'000);
  measure_parts(city, reports);
  std::vector<double> seconds, raw;
  Intake intake;
  const auto recorded = take_in(city, scratch.fresh("recorded"), reports, true);
  for (std::size_t round = 0; round < arguments.rounds; ++round) {
    intake = take_in(city, scratch.fresh("engine"), reports, false);
    seconds.push_back(intake.seconds);
    raw.push_back(raw_seconds(scratch.fresh("raw"), recorded.batches));
  }
  std::size_t bytes = 0;
  for (const auto& batch : recorded.batches) bytes += batch.size();
  const auto count = static_cast<double>(reports.size());
  fmt::print(
      "ingest part=whole reports={} events={} suggested={} bytes_per_report={:.0f} reports_per_s={:.0f} "
      "raw_same_batches={:.0f} ratio_same_batches={:.2f}\n",
      reports.size(), intake.events, intake.suggested, static_cast<double>(bytes) / count, count / median(seconds),
      count / median(raw), median(raw) / median(seconds));
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv,
                      "bench_ingest: reports located, classified, looked up, accepted and dispatched, synced never"));
}

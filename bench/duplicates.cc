// Finding duplicates among the open orders of a large city, beside a look at every one of them.
#include <malloc.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "city/duplicate/comparison.h"
#include "fmt/core.h"
#include "pavior/city/duplicates.h"
#include "support/arguments.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// A made-up report whose texts live with it.
struct Written {
  std::string key, category, title, description, address, reporter;
  city::v1::Position position;
  Time at;

  city::DuplicateReport report() const {
    city::DuplicateReport report;
    report.key = key;
    report.category = category;
    report.title = title;
    report.description = description;
    report.address = address;
    report.reporter = reporter;
    report.position = position;
    report.reported_at = at;
    return report;
  }
};

/// Of a city of 20 by 20 km: 30 categories, a day of reports, texts of about 12 and 80 Han characters.
class City {
 public:
  Written next() {
    const auto number = ++count_;
    Written one;
    one.key = fmt::format("2024-{:07}", number);
    one.category = fmt::format("{:02}.{:02}", 1 + to(3), 1 + to(10));
    one.title = text(12);
    one.description = text(80);
    one.address = text(4) + std::to_string(1 + to(400));
    one.reporter = fmt::format("p{}", to(50'000));
    one.position.set_latitude(31.72 + static_cast<double>(to(180'000)) * 1e-6);
    one.position.set_longitude(117.18 + static_cast<double>(to(212'000)) * 1e-6);
    one.at = Time(std::chrono::hours(24 * 365 * 54)) + std::chrono::seconds(to(24 * 3600));
    return one;
  }

 private:
  std::uint64_t to(std::uint64_t end) { return numbers_() % end; }
  std::string text(int characters) {
    std::string text;
    for (int i = 0; i < characters; ++i) {
      const auto point = 0x4e00 + static_cast<int>(to(2000));
      text += {static_cast<char>(0xe0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3f)),
               static_cast<char>(0x80 | (point & 0x3f))};
    }
    return text;
  }

  std::mt19937_64 numbers_{1};
  std::uint64_t count_ = 0;
};

city::Policy policy() {
  return or_give_up(city::Policy::make(or_give_up(city::read_catalogue(
      R"(id: "bench" version: 1 duplicates { standard { metres: 50 window { amount: 24 unit: UNIT_HOUR } } })"))));
}

std::vector<Written> written(City& city, std::size_t count) {
  std::vector<Written> reports;
  for (std::size_t i = 0; i < count; ++i) reports.push_back(city.next());
  return reports;
}

template <class Work>
double seconds_of(Work work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void run(const Arguments& arguments) {
  const std::size_t orders = arguments.quick ? 2'000 : 100'000;
  const std::size_t questions = arguments.quick ? 200 : 20'000;
  const std::size_t scans = arguments.quick ? 5 : 50;
  City city;
  const auto known = written(city, orders), fresh = written(city, questions);
  const auto rules = policy();

  std::vector<double> puts, finds;
  std::size_t candidates = 0;
  double bytes = 0;
  for (std::size_t round = 0; round < arguments.rounds; ++round) {
    const auto before = ::mallinfo2().uordblks;
    city::DuplicateIndex index(rules);
    puts.push_back(seconds_of([&] {
      for (const auto& one : known) index.put(one.report(), city::v1::STAGE_ACCEPTED);
    }));
    bytes = static_cast<double>(::mallinfo2().uordblks - before) / static_cast<double>(orders);
    candidates = 0;
    finds.push_back(seconds_of([&] {
      for (const auto& one : fresh) candidates += static_cast<std::size_t>(index.find(one.report()).candidates_size());
    }));
  }

  const city::DuplicateRulebook book(rules);
  std::vector<city::ComparedReport> all;
  for (const auto& one : known) all.emplace_back(one.report(), book);
  std::vector<double> scanned;
  std::size_t scan_candidates = 0;
  for (std::size_t round = 0; round < arguments.rounds; ++round)
    scanned.push_back(seconds_of([&] {
      for (std::size_t i = 0; i < scans; ++i) {
        const city::ComparedReport one(fresh[i].report(), book);
        for (const auto& other : all) scan_candidates += compare(one, other, book.rule(one.category), book).has_value();
      }
    }));

  const auto each = [](double seconds, std::size_t count) { return seconds * 1e6 / static_cast<double>(count); };
  fmt::print(
      "duplicates orders={} put_us={:.2f} find_us={:.2f} scan_us={:.0f} bytes_per_order={:.0f} "
      "candidates_per_find={:.3f} "
      "candidates_per_scan={:.3f}\n",
      orders, each(median(puts), orders), each(median(finds), questions), each(median(scanned), scans), bytes,
      static_cast<double>(candidates) / static_cast<double>(questions),
      static_cast<double>(scan_candidates) / static_cast<double>(scans * arguments.rounds));
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  run(parse_arguments(argc, argv,
                      "bench_duplicates: finding duplicates among many open orders, and what an order takes"));
}

// The index answers as one would who looks at every order.
#include <algorithm>
#include <map>
#include <memory>

#include "city/duplicate/comparison.h"
#include "city/duplicates.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const std::string place_rules = R"(duplicates {
  standard { metres: 60 window { amount: 24 unit: UNIT_HOUR } same_reporter: STANDS_FOR_PLACE }
  categories { category: "01.01" rule { match: SAME_MAJOR metres: 300 score_min: 0.3 } }
  categories { category: "01.02" rule { match: ANY_CATEGORY address_min: 0.2 } }
  no_places { latitude: 31.82 longitude: 117.28 }
  candidates_max: 100
})";

/// A report whose texts live with it.
struct Written {
  std::string key, category, title, address, reporter;
  std::optional<v1::Position> position;
  Time at;
  v1::Stage stage{};

  DuplicateReport report() const {
    DuplicateReport report;
    report.key = key;
    report.category = category;
    report.title = title;
    report.address = address;
    report.reporter = reporter;
    report.position = position;
    report.reported_at = at;
    return report;
  }
};

class Town {
 public:
  explicit Town(std::uint32_t seed)
      : numbers_(seed), latitude_(one_of<double>({-60, 0, 31.82, 69})), longitude_(one_of<double>({117.28, 180, 0})) {}

  Written written() {
    Written one;
    one.key = "K" + std::to_string(to(150));
    one.category = one_of<std::string>({"01.01", "01.02", "elsewhere"});
    one.title = one_of<std::string>({"", "路灯不亮", "路灯坏了", "broken light", "light broken again"});
    one.address = one_of<std::string>({"", "", "Main Street 1", "main street 1", "Main Street 12", "人民路"});
    one.reporter = one_of<std::string>({"", "", "p1", "p2", "p3"});
    if (to(4) > 0) one.position = place();
    one.at = noon + minutes(to(3 * 24 * 60));
    one.stage = one_of<v1::Stage>(
        {v1::STAGE_REPORTED, v1::STAGE_IN_PROGRESS, v1::STAGE_VERIFIED, v1::STAGE_CLOSED, v1::STAGE_MERGED});
    return one;
  }
  int to(int most) { return static_cast<int>(numbers_() % static_cast<std::uint64_t>(most + 1)); }

 private:
  /// Within about 600 m, now and then exactly the same.
  v1::Position place() {
    if (to(9) == 0) return position(31.82, 117.28);
    if (to(9) == 0) return position(0, 0);
    const double east = longitude_ + (to(100) - 50) * 1e-4;
    return position(latitude_ + (to(100) - 50) * 1e-4, east > 180 ? east - 360 : east);
  }
  template <class T>
  T one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(to(static_cast<int>(choices.size()) - 1))];
  }

  std::mt19937_64 numbers_;
  double latitude_;
  double longitude_;
};

/// The candidates by looking at all: key and score, best first.
std::vector<std::pair<std::string, double>> scanned(const std::map<std::string, Written>& orders, const Written& fresh,
                                                    const DuplicateRulebook& book) {
  struct Seen {
    double score;
    Time at;
    std::string key;
  };
  std::vector<Seen> seen;
  const ComparedReport compared(fresh.report(), book);
  for (const auto& [key, known] : orders)
    if (key != fresh.key && book.is_open(known.stage))
      if (const auto of = compare(compared, ComparedReport(known.report(), book), book.rule(fresh.category), book))
        seen.push_back({of->score, known.at, key});
  std::ranges::sort(seen, [](const Seen& one, const Seen& other) {
    return std::tuple(-one.score, one.at, one.key) < std::tuple(-other.score, other.at, other.key);
  });
  std::vector<std::pair<std::string, double>> answer;
  for (const auto& one : seen) answer.emplace_back(one.key, one.score);
  return answer;
}

TEST_CASE("the index finds what a look at every order finds, whatever was put, moved, closed and forgotten") {
  const auto seed = test::random_seed();
  const auto policy = town_and(place_rules);
  const DuplicateRulebook book(policy);
  std::size_t candidates = 0;
  for (std::uint32_t trial = 0; trial < 40; ++trial) {
    INFO("seed " << seed << ", trial " << trial);
    Town town(seed + trial);
    DuplicateIndex index(policy);
    std::map<std::string, Written> orders;
    for (int step = 0; step < 200; ++step) {
      const auto one = town.written();
      if (town.to(9) == 0) {
        index.set_stage(one.key, one.stage);
        if (const auto known = orders.find(one.key); known != orders.end()) known->second.stage = one.stage;
      } else if (town.to(19) == 0) {
        index.erase(one.key);
        orders.erase(one.key);
      } else if (town.to(49) == 0) {
        index.forget(one.at);
        std::erase_if(orders, [&](const auto& order) { return order.second.at < one.at - hours(24); });
      } else {
        index.put(one.report(), one.stage);
        orders.insert_or_assign(one.key, one);
      }
      REQUIRE(index.size() == orders.size());
      const auto fresh = town.written();
      const auto answer = index.find(fresh.report());
      std::vector<std::pair<std::string, double>> found;
      for (const auto& candidate : answer.candidates()) found.emplace_back(candidate.order(), candidate.score());
      REQUIRE(found == scanned(orders, fresh, book));
      candidates += found.size();
    }
  }
  CHECK(candidates > 5000);
}

TEST_CASE("the answer does not depend on the order in which orders were put") {
  const auto seed = test::random_seed();
  INFO("seed " << seed);
  Town town(seed);
  std::map<std::string, Written> orders;
  for (int i = 0; i < 300; ++i) {
    auto one = town.written();
    one.key = "K" + std::to_string(i);
    orders.emplace(one.key, one);
  }
  const auto policy = town_and(place_rules);
  DuplicateIndex forwards(policy), backwards(policy);
  for (const auto& [key, one] : orders) forwards.put(one.report(), one.stage);
  for (auto one = orders.rbegin(); one != orders.rend(); ++one) backwards.put(one->second.report(), one->second.stage);
  for (int i = 0; i < 200; ++i) {
    const auto fresh = town.written();
    REQUIRE(forwards.find(fresh.report()).SerializeAsString() == backwards.find(fresh.report()).SerializeAsString());
  }
}

}  // namespace
}  // namespace pavior::city::tests

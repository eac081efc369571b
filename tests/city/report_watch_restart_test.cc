// Whatever happens to the process, a report is looked at once.
#include <functional>
#include <map>
#include <random>
#include <string>

#include "city/watched_town.h"
#include "fmt/format.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("the same findings have the same ids, so that an order has each of them once") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.report("B", crossing(30));
  town.settle();
  const auto history = town.engine->history(work_order_id("B")).value();
  const auto& fact = history[1];
  CHECK(fact.command_id == "report_watch:2:duplicates");
  v1::SuggestDuplicates again;
  *again.mutable_suggestion() = unpack<v1::DuplicatesSuggested>(fact.type, fact.payload).value().suggestion();
  const auto receipt = town.engine->submit_and_wait(make_command(work_order_id("B"), again)
                                                        .with_id(std::string(fact.command_id))
                                                        .by(Actor("report_watch", {std::string(roles::system)})));
  REQUIRE(receipt);
  CHECK(receipt->repeated);
}

/// What was found of every order.
std::map<std::string, Facts> found_in(const WatchedTown& town) {
  std::map<std::string, Facts> found;
  REQUIRE(town.engine->read(Position::none, [&](const Event& event) {
    const auto name = short_name(event.type);
    if (name == "DuplicatesSuggested" || name == "RepeatWarned")
      found[std::string(event.key)].push_back(std::string(event.payload));
    return true;
  }));
  return found;
}

/// A day of reports of few people at few places; some have no category at first, some orders end and come back. What is
/// done depends on the seed alone.
void live(WatchedTown& town, std::uint64_t seed, const std::function<void()>& meanwhile) {
  std::mt19937_64 numbers(seed);
  const auto below = [&](unsigned count) { return static_cast<int>(numbers() % count); };
  for (int i = 0; i < 120; ++i) {
    town.runtime.advance_by(minutes(1 + below(20)));
    const auto key = fmt::format("R{}", i);
    const bool is_open = below(3) == 0;
    town.report(key, crossing(25 * below(8)), fmt::format("r-{}", below(9)), is_open ? "" : pothole);
    meanwhile();
    if (i < 20) continue;
    // Orders are closed long after they were looked at: a watch that is behind would find them closed.
    const auto even = fmt::format("R{}", below(static_cast<unsigned>(i + 1)) / 4 * 2);
    const auto odd = fmt::format("R{}", below(static_cast<unsigned>(i + 1)) / 2 * 2 + 1);
    switch (below(4)) {
      case 0: (void)town.submit(odd, of<v1::Accept>("category: '01.01' condition: 'a'")); break;
      case 1: (void)town.submit(even, of<v1::ForceClose>("reason: 'a test'")); break;
      case 2: (void)town.submit(even, of<v1::Reopen>("reason: 'a test' dispatch_anew: true")); break;
      default: break;
    }
    meanwhile();
  }
  town.settle();
}

TEST_CASE("restarts at any moment neither lose nor repeat a suggestion or a warning") {
  // Much shorter than the day, so that the memory begins anew in the midst of it.
  const std::string rules =
      suggests + R"(repeats { rules { id: "often" by: REPORTER window { amount: 4 unit: UNIT_HOUR }
                                                            levels { colour: BLUE count: 3 } } })";
  const auto watch_in = [](WatchedTown& town) {
    town.watching.patience = hours(1);
    town.open();
  };
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    INFO("seed " << seed);
    WatchedTown undisturbed(rules);
    watch_in(undisturbed);
    live(undisturbed, seed, [&] { undisturbed.settle(); });
    const auto expected = found_in(undisturbed);
    REQUIRE(expected.size() > 40);

    WatchedTown town(rules, seed);
    watch_in(town);
    std::mt19937_64 numbers(seed);
    int restarts = 0;
    live(town, seed, [&] {
      if (numbers() % 2 == 0) town.settle();
      if (numbers() % 5 == 0) town.open(), ++restarts;
    });
    CHECK(restarts > 20);
    CHECK(found_in(town) == expected);
    CHECK(town.engine->verify().value().problems.empty());
  }
}

TEST_CASE("a watch that begins late leaves alone what is there, and compares with it") {
  WatchedTown town(suggests);
  town.open_unwatched();
  town.report("A", crossing());
  town.report("B", crossing(10));
  town.watching.start = town.engine->last();
  town.attach();
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported"});
  town.report("C", crossing(5));
  town.settle();
  CHECK(town.suggested("C") == "A, B");
}

TEST_CASE("a new version of the policy holds from when it is in force, for what was reported before it as well") {
  WatchedTown town(suggests);
  auto next = read_catalogue(town_text + "duplicates { standard { metres: 100 } }").value();
  next.set_version(2);
  next.set_effective_from("2024-05-06T13:00");  // An hour after noon.
  REQUIRE(town.policy.policies.add(policy_of(next)));
  town.report("A", crossing());
  town.report("B", crossing(80));
  town.settle();
  CHECK(town.suggested("B").empty());
  town.runtime.advance_by(hours(1));
  town.report("C", crossing(-80));
  town.settle();
  CHECK(town.suggested("C") == "A");
  CHECK(town.order("C").duplicates().policy().version() == 2);
}

}  // namespace
}  // namespace pavior::city::tests

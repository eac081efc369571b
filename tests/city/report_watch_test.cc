// Every new report is looked at beside the others, once, whatever happens to the process.
#include "pavior/city/report_watch.h"

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

const std::string suggests = "duplicates { standard { action: SUGGEST } }";
const std::string merges = "duplicates { standard { action: MERGE merge_score_min: 0.9 } }";
const std::string often = R"(repeats { rules { id: "often" by: REPORTER window { amount: 24 unit: UNIT_HOUR }
                                               levels { colour: BLUE count: 3 } } })";
const std::string crowd = R"(repeats { rules { id: "crowd" by: PLACE metres: 500 window { amount: 24 unit: UNIT_HOUR }
                                               levels { colour: RED count: 3 } } })";

TEST_CASE("of two reports close to each other the second one has a suggestion, and says why") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.settle();
  town.runtime.advance_by(minutes(10));
  town.report("B", crossing(30));
  town.settle();
  CHECK(town.facts("A") == Facts{"Reported"});
  CHECK(town.facts("B") == Facts{"Reported", "DuplicatesSuggested"});
  const auto found = town.order("B").duplicates();
  REQUIRE(keys(found) == "A");
  CHECK(reasons(found.candidates(0)) ==
        "30 m away, 10 minutes earlier, same category 01.01, title 100% alike, description 100% alike");
  CHECK(found.action() == v1::DuplicateRule::SUGGEST);
  CHECK(found.policy().id() == "town");
  CHECK(found.at() == to_micros(noon + minutes(10)));
}

TEST_CASE("what is far away, or long ago, is no candidate") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.report("B", crossing(200));
  town.settle();
  town.runtime.advance_by(hours(4));
  town.report("C", crossing(5));
  town.settle();
  for (const char* key : {"A", "B", "C"}) CHECK(town.facts(key) == Facts{"Reported"});
}

TEST_CASE("where the rule merges, the report goes into the best candidate if that is good enough") {
  WatchedTown town(merges);
  town.report("A", crossing());
  town.settle();
  town.report("B", crossing(30));
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported", "DuplicatesSuggested"});
  town.report("C", crossing(28));
  town.settle();
  CHECK(town.facts("C") == Facts{"Reported", "DuplicatesSuggested", "MergedInto"});
  CHECK(town.order("C").merged_into() == "B");
  CHECK(town.order("C").end_reason().find("2 m away") != std::string::npos);
  CHECK(town.order("B").followers(0).id() == "of C");
}

TEST_CASE("a merge that is refused leaves the suggestion") {
  WatchedTown town(merges);
  town.open_unwatched();
  town.report("A", crossing());
  town.report("B", crossing(1));
  town.act("A", of<v1::Void>("reason: 'a test'"));
  town.attach();
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported", "DuplicatesSuggested"});
  CHECK(town.suggested("B") == "A");
  town.report("C", crossing(500));
  town.report("D", crossing(501));
  town.settle();
  CHECK(town.order("D").merged_into() == "C");  // It goes on.
}

TEST_CASE("a closed order is no candidate, and is one again when it is reopened") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.act("A", of<v1::ForceClose>("reason: 'a test'"));
  town.report("B", crossing(30));
  town.settle();
  CHECK(town.suggested("B").empty());
  town.act("A", of<v1::Reopen>("reason: 'it is still there' dispatch_anew: true"));
  town.report("C", crossing(-10));
  town.settle();
  CHECK(town.suggested("C") == "A, B");
}

TEST_CASE("what was corrected is compared as it is now") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.act("A", build<v1::Correct>([](auto& m) {
             m.set_reason("wrong pin");
             m.mutable_location()->set_latitude(crossing(900).latitude());
             m.mutable_location()->set_longitude(crossing(900).longitude());
           }));
  town.report("B", crossing(10));
  town.report("C", crossing(910));
  town.settle();
  CHECK(town.suggested("B").empty());
  CHECK(town.suggested("C") == "A");
}

TEST_CASE("a report without a category is looked at when it gets one, and then no more") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.report("B", crossing(10), "", "");
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported"});
  town.act("B", of<v1::Accept>("category: '01.01' condition: 'b'"));
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported", "Accepted", "DuplicatesSuggested"});
  town.act("B", of<v1::Reclassify>("category: '01.02' reason: 'bicycles'"));
  town.act("B", of<v1::Reclassify>("category: '01.01' condition: 'b' reason: 'a hole after all'"));
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported", "Accepted", "DuplicatesSuggested", "Reclassified", "Reclassified"});
  town.report("C", crossing(20), "", "");
  town.act("C", of<v1::RecordClassification>("classification { category: '01.01' confidence: 0.9 model: 'm' }"));
  town.settle();
  CHECK(town.suggested("C") == "B, A");
}

TEST_CASE("a category that comes too late finds nothing any more") {
  WatchedTown town(suggests);
  town.report("A", crossing());
  town.report("B", crossing(10), "", "");
  town.report("C", crossing(20), "", "");
  town.settle();
  town.runtime.advance_by(hours(20));
  town.act("B", of<v1::Accept>("category: '01.01' condition: 'b'"));
  town.settle();
  CHECK(town.suggested("B") == "A");
  town.runtime.advance_by(hours(8));
  town.act("C", of<v1::Accept>("category: '01.01' condition: 'b'"));
  town.settle();
  CHECK(town.facts("C") == Facts{"Reported", "Accepted"});
}

TEST_CASE("one person who reports often is warned of once") {
  WatchedTown town(often);
  for (int i = 0; i < 5; ++i) town.report(fmt::format("R{}", i), crossing(1000 * i), "r-1");
  town.settle();
  for (const int i : {0, 1, 3, 4}) CHECK(town.facts(fmt::format("R{}", i)) == Facts{"Reported"});
  CHECK(town.facts("R2") == Facts{"Reported", "RepeatWarned"});
  const auto order = town.order("R2");
  REQUIRE(order.repeats_size() == 1);
  CHECK(order.repeats(0).reason() == "3 reports of one person within 24 hours");
  CHECK(order.repeats(0).orders(0) == "R0");
  town.runtime.advance_by(hours(25));
  for (int i = 5; i < 8; ++i) town.report(fmt::format("R{}", i), crossing(1000 * i), "r-1");
  town.settle();
  CHECK(town.facts("R7") == Facts{"Reported", "RepeatWarned"});
}

TEST_CASE("many people who report one place are warned of once") {
  WatchedTown town(crowd);
  for (int i = 0; i < 5; ++i) town.report(fmt::format("R{}", i), crossing(0, i % 2), fmt::format("r-{}", i));
  town.settle();
  for (const int i : {0, 1, 3, 4}) CHECK(town.facts(fmt::format("R{}", i)) == Facts{"Reported"});
  CHECK(town.order("R2").repeats(0).reason() == "3 people report from one place within 24 hours");
}

TEST_CASE("one report may be a duplicate and one too many; the warning and the suggestion come before the merge") {
  WatchedTown town(merges + often);
  for (const char* key : {"A", "B"}) town.report(key, crossing(key[0] * 100), "r-1");
  town.report("C", crossing('B' * 100 + 1), "r-1");
  town.settle();
  CHECK(town.facts("C") == Facts{"Reported", "RepeatWarned", "DuplicatesSuggested", "MergedInto"});
}

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

/// A day of reports of few people at few places; some have no category at first, some orders end and come back.
void live(WatchedTown& town, std::uint64_t seed, const std::function<void()>& meanwhile) {
  std::mt19937_64 numbers(seed);
  const auto below = [&](unsigned count) { return static_cast<int>(numbers() % count); };
  for (int i = 0; i < 120; ++i) {
    town.runtime.advance_by(minutes(1 + below(20)));
    const auto key = fmt::format("R{}", i);
    const bool is_open = below(3) == 0;
    town.report(key, crossing(25 * below(8)), fmt::format("r-{}", below(9)), is_open ? "" : pothole);
    meanwhile();
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
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    INFO("seed " << seed);
    WatchedTown undisturbed(suggests + often);
    live(undisturbed, seed, [&] { undisturbed.settle(); });
    const auto expected = found_in(undisturbed);
    REQUIRE(expected.size() > 40);

    WatchedTown town(suggests + often, seed);
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
  ReportWatchOptions options;
  options.start = town.engine->last();
  town.attach(options);
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

TEST_CASE("a city without rules is not watched, and finds no fault with it") {
  WatchedTown town("");
  town.report("A", crossing());
  town.report("B", crossing());
  town.settle();
  CHECK(town.facts("B") == Facts{"Reported"});
}

TEST_CASE("a watch is attached once, and under a name that a command's id has room for") {
  WatchedTown town(suggests);
  CHECK(town.watch->attach(*town.engine).error().code() == ErrorCode::invalid);
  ReportWatchOptions options;
  for (const std::string& name : {std::string(), std::string(65, 'x'), std::string("pavior:x")}) {
    options.name = name;
    CHECK(ReportWatch(town.policy.policies, options).attach(*town.engine).error().code() == ErrorCode::invalid);
  }
  town.watch->detach();
  REQUIRE(town.watch->attach(*town.engine));
  town.report("A", crossing());
  town.report("B", crossing());
  town.settle();
  CHECK(town.suggested("B") == "A");
}

}  // namespace
}  // namespace pavior::city::tests

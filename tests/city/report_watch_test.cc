// Every new report is looked at beside the others.
#include "pavior/city/report_watch.h"

#include <algorithm>
#include <string>

#include "city/watched_town.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const std::string merges = "duplicates { standard { action: MERGE merge_score_min: 0.9 } }";
const std::string often_in_a_day = R"(repeats { rules { id: "often" by: REPORTER window { amount: 24 unit: UNIT_HOUR }
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
  WatchedTown town(often_in_a_day);
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
  WatchedTown town(merges + often_in_a_day);
  for (const char* key : {"A", "B"}) town.report(key, crossing(key[0] * 100), "r-1");
  town.report("C", crossing('B' * 100 + 1), "r-1");
  town.settle();
  CHECK(town.facts("C") == Facts{"Reported", "RepeatWarned", "DuplicatesSuggested", "MergedInto"});
}

TEST_CASE("findings that the engine's queue has no room for are told later") {
  WatchedTown town(suggests);
  town.limits.queue_commands_max = 3;
  town.open();
  town.report("A", crossing());
  for (int i = 0; i < 100; ++i) town.report(fmt::format("B{}", i), crossing());
  town.settle();
  CHECK(town.suggested("B9").empty());  // The fourth to be told is turned away.
  town.runtime.advance_by(hours(3));
  for (int i = 0; i < 100; ++i) CHECK(town.facts(fmt::format("B{}", i)) == Facts{"Reported", "DuplicatesSuggested"});
}

TEST_CASE("many findings at once are each told once, in order") {
  WatchedTown town(merges);
  for (int i = 0; i < 100; ++i) town.report(fmt::format("{:03}", i), crossing());
  town.settle();
  CHECK(std::ranges::count(town.facts("000"), "Absorbed") == 99);
  CHECK(town.facts("099") == Facts{"Reported", "DuplicatesSuggested", "MergedInto"});
}

TEST_CASE("in a city without rules nothing is found") {
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

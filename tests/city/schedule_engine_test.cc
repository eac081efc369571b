// The life of schedules in a real store: restarts, suspended machines, clocks that jump.
#include <algorithm>
#include <random>

#include "city/town.h"

namespace pavior::city::tests {

using namespace std::chrono_literals;
using Definition = v1::ScheduleDefinition;

TEST_CASE("a bulletin every Monday at nine runs on the dot, week after week, and its command with it") {
  Town town;
  REQUIRE(town.say(define("0 9 * * MON")));
  town.runtime.advance_to(at("2024-02-12 09:00") - 1us);
  CHECK(town.runs().empty());
  town.runtime.advance_by(1us);
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
  CHECK(town.deposits() == 1);
  town.runtime.advance_by(21 * 24h);
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00", "2024-02-26 09:00", "2024-03-04 09:00"});
  CHECK(town.deposits() == 4);
  CHECK(town.schedule().unsubmitted().empty());
  CHECK(town.engine->timers(10)->size() == 1);
  const auto submitted = town.engine->history(bulletin);
  const auto& last = submitted->events().back();
  CHECK(short_name(last.type) == "RunSubmitted");
  CHECK(town.engine->history({"ledger", "a"})->events().back().position == last.position + 1);
  town.check_sound();
}

TEST_CASE("however often the process ends and the clock jumps, each occurrence runs once and none early") {
  const auto seed = test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  const auto up_to = [&](std::uint64_t most) { return static_cast<std::int64_t>(numbers() % most); };
  for (int round = 0; round < 4; ++round) {
    Town town(numbers());
    REQUIRE(town.say(define("20 */6 * * *", Definition::EACH)));
    const Time start = town.runtime.now();
    const Time end = start + 30 * 24h;
    Time latest = start;  // That the engine has seen.
    while (latest < end) {
      town.runtime.advance_by(std::chrono::seconds(up_to(36 * 3600)));
      latest = std::max(latest, town.runtime.now());
      if (up_to(2) == 0) continue;
      town.engine.reset();
      if (up_to(2) == 0) town.runtime.jump_clock(std::chrono::minutes(up_to(24 * 60) - 8 * 60));
      town.runtime.advance_by(std::chrono::seconds(up_to(12 * 3600)));
      town.open();
    }
    town.runtime.advance_to(std::max(latest, town.runtime.now()) + 5min);  // A backlog goes a second apart.
    Runs expected;
    const auto calendar = testing::plain("Asia/Shanghai", {"09:00-17:00"});
    const auto recurrence = town.schedule().definition().recurrence();
    for (auto next = next_occurrence(recurrence, calendar, start); next->at <= town.runtime.now();
         next = next_occurrence(recurrence, calendar, next->at))
      expected.push_back(wall(to_micros(next->at)));
    CHECK(town.runs() == expected);
    CHECK(town.deposits() == static_cast<std::int64_t>(expected.size()));
    town.check_sound();
  }
}

TEST_CASE("after a machine slept for weeks, what was missed runs once, or each, or not") {
  const auto slept = [](Definition::Missed missed) {
    auto town = std::make_unique<Town>();
    REQUIRE(town->say(define("0 9 * * MON", missed)));
    town->runtime.advance_to(at("2024-02-10 16:00"));
    town->runtime.jump_clock(at("2024-02-28 12:00") - town->runtime.now());
    town->runtime.advance_by(1min);
    town->check_sound();
    return town;
  };
  CHECK(slept(Definition::ONCE)->runs() == Runs{"2024-02-26 09:00 +2"});
  CHECK(slept(Definition::EACH)->runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00", "2024-02-26 09:00"});
  const auto none = slept(Definition::NONE);
  CHECK(none->runs().empty());
  CHECK(none->schedule().missed() == 3);
  none->runtime.advance_by(7 * 24h);
  CHECK(none->runs() == Runs{"2024-03-04 09:00"});
}

TEST_CASE("a clock that goes back runs nothing twice") {
  Town town;
  REQUIRE(town.say(define("0 9 * * MON")));
  town.runtime.advance_to(at("2024-02-12 09:30"));
  town.runtime.jump_clock(-1h);
  town.runtime.advance_by(2h);
  town.open();
  town.runtime.advance_by(2h);
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
  town.runtime.advance_to(at("2024-02-19 09:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00"});
  CHECK(town.deposits() == 2);
  town.check_sound();
}

TEST_CASE("a clock that goes back before an occurrence lets it wait for its time") {
  Town town;
  REQUIRE(town.say(define("0 9 * * MON")));
  town.runtime.advance_to(at("2024-02-12 08:59"));
  town.runtime.jump_clock(-2h);
  town.runtime.advance_to(at("2024-02-12 08:59"));
  CHECK(town.runs().empty());
  town.runtime.advance_by(1min);
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
}

TEST_CASE("a refused command leaves a lapse, stops nothing, and can be submitted again") {
  Town town;
  auto command = define("0 9 * * MON");
  command.mutable_definition()->mutable_command()->set_type("Withdraw");
  command.mutable_definition()->mutable_command()->set_payload("100");
  REQUIRE(town.say(command));
  town.runtime.advance_to(at("2024-02-19 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00"});
  CHECK(town.facts_of({"pavior", "timers"}) == Runs{"pavior.v1.TimerLapsed", "pavior.v1.TimerLapsed"});
  CHECK(town.schedule().unsubmitted_size() == 2);

  REQUIRE(town.send(test::to("a", "Deposit", "100")));
  v1::SubmitRun submit;
  submit.set_number(1);
  REQUIRE(town.say(submit));
  CHECK(town.balance_of("a") == 1);
  CHECK(town.schedule().unsubmitted_size() == 1);
  CHECK(town.say(submit).error().rule() == "run_awaits_submission");
  town.check_sound();
}

TEST_CASE("a target that does not exist stops nothing") {
  Town town;
  auto command = define("0 9 * * MON");
  command.mutable_definition()->mutable_command()->set_stream("nowhere/1");
  REQUIRE(town.say(command));
  town.runtime.advance_to(at("2024-02-19 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00"});
  town.check_sound();
}

TEST_CASE("a target that cannot be read is tried again, for the latest runs, and stops nothing") {
  Town town;
  auto command = define("* * * * *");
  command.mutable_definition()->mutable_command()->set_type("Unfit");
  REQUIRE(town.say(command));
  town.runtime.advance_by(20min);
  CHECK(town.runs().size() == 20);
  CHECK(town.schedule().unsubmitted_size() == static_cast<int>(unsubmitted_max));
  CHECK(town.engine->timers(100)->size() == unsubmitted_max + 1);
  town.check_sound();
  // Mended.
  command.mutable_definition()->mutable_command()->set_type("Deposit");
  REQUIRE(town.say(command));
  town.runtime.advance_by(2s);
  CHECK(town.deposits() == static_cast<std::int64_t>(unsubmitted_max));
  town.check_sound();
}

TEST_CASE("an effect leaves through its courier and says which run it is") {
  Town town;
  auto command = define("0 9 * * MON");
  command.mutable_definition()->clear_command();
  command.mutable_definition()->mutable_effect()->set_topic("post");
  command.mutable_definition()->mutable_effect()->set_payload("bulletin");
  REQUIRE(town.say(command));
  town.runtime.jump_clock(7 * 24h);
  town.runtime.advance_to(at("2024-02-19 12:00"));
  REQUIRE(town.postman->carried.size() == 2);
  const auto& first = town.postman->carried[0];
  CHECK(first.schedule() == "bulletin");
  CHECK(first.number() == 1);
  CHECK(wall(first.occurrence()) == "2024-02-12 09:00");
  CHECK(first.payload() == "bulletin");
  CHECK(town.schedule().unsubmitted().empty());
  town.check_sound();
}

TEST_CASE("paused, continued, defined again and removed") {
  Town town;
  REQUIRE(town.say(define("0 9 * * *")));
  town.runtime.advance_to(at("2024-02-10 12:00"));
  REQUIRE(town.say(v1::PauseSchedule()));
  town.runtime.advance_to(at("2024-02-13 12:00"));
  REQUIRE(town.say(v1::ContinueSchedule()));
  town.runtime.advance_to(at("2024-02-14 12:00"));
  REQUIRE(town.say(define("30 10 * * *")));
  town.runtime.advance_to(at("2024-02-15 12:00"));
  CHECK(town.runs() == Runs{"2024-02-10 09:00", "2024-02-14 09:00", "2024-02-15 10:30"});
  REQUIRE(town.say(v1::RemoveSchedule()));
  CHECK(town.engine->timers(10)->empty());
  town.runtime.advance_by(48h);
  CHECK(town.runs().size() == 3);
  town.check_sound();
}

}  // namespace pavior::city::tests

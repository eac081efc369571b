// The life of schedules in a real store: restarts, suspended machines, clocks that jump.
#include <algorithm>
#include <random>

#include "city/schedules.h"
#include "support/bank.h"

namespace pavior::city::tests {
namespace {

using namespace std::chrono_literals;
using Definition = v1::ScheduleDefinition;

const Actor anna("anna", {"leader"});
const StreamId bulletin = schedule_id("bulletin");

struct Postman final : Courier {
  std::vector<v1::ScheduledRun> carried;
  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery& delivery, Done done) override {
    carried.push_back(unpack<v1::ScheduledRun>(delivery.type, delivery.payload).value());
    done({});
  }
};

/// An account "a" to deposit to, on Friday 2024-02-09 at 16:00.
struct Town : test::Bank {
  std::shared_ptr<Postman> postman = std::make_shared<Postman>();

  explicit Town(std::uint64_t seed = 1) : Bank(seed) {
    runtime.jump_clock(at("2024-02-09 16:00") - runtime.now());
    options.couriers = {postman};
    open_with(calendars());
    REQUIRE(send(test::to("a", "Deposit", "1")));
  }

  void open_with(const Calendars& with) {
    engine.reset();
    options.workflows = {std::make_shared<test::Ledger>(), make_schedule_workflow(with)};
    open();
    runtime.run_ready();
  }
  template <class M>
  Result<Receipt> say(const M& message, const Actor& actor = anna) {
    auto receipt = send(make_command(bulletin, message).by(actor));
    runtime.run_ready();
    return receipt;
  }
  [[nodiscard]] v1::Schedule schedule() const { return *city::schedule(*engine->load(bulletin)->state); }
  [[nodiscard]] std::int64_t deposits() const { return balance_of("a") - 1; }

  /// `2024-02-12 09:00 +2` for each run, the second part if it stands for more than its occurrence.
  [[nodiscard]] std::vector<std::string> runs() const {
    std::vector<std::string> runs;
    const auto history = engine->history(bulletin);
    for (const Event& event : *history) {
      const auto ran = unpack<v1::ScheduleRan>(event.type, event.payload);
      if (!ran) continue;
      CHECK(ran->number() == runs.size() + 1);
      CHECK(event.time >= from_micros(ran->occurrence()));
      runs.push_back(wall(ran->occurrence()) + (ran->missed() > 0 ? " +" + std::to_string(ran->missed()) : ""));
    }
    return runs;
  }
};

using Runs = std::vector<std::string>;

}  // namespace

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

TEST_CASE("a newer calendar moves what an older one had only guessed") {
  Town town;
  auto data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_valid_to("2024-02-15");
  data.set_beyond(v1::Calendar::PROVISIONAL);
  Calendars known;
  REQUIRE(known.add(Calendar::make(data).value()));
  town.open_with(known);
  auto command = define("0 9 * * MON");
  command.mutable_definition()->mutable_recurrence()->set_rest_day(v1::Recurrence::NEXT);
  REQUIRE(town.say(command));
  town.runtime.advance_to(at("2024-02-14 12:00"));
  CHECK(town.schedule().upcoming().provisional());

  data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_version(2);
  auto& off = *data.add_days();
  off.set_date("2024-02-19");
  off.set_kind(v1::Calendar::Day::OFF);
  REQUIRE(known.add(Calendar::make(data).value()));
  town.open_with(known);
  SECTION("by itself, when the old time comes") {}
  SECTION("at once, when it is reckoned again") {
    REQUIRE(town.say(v1::ReckonSchedule()));
    CHECK(wall(town.schedule().upcoming().at()) == "2024-02-20 09:00");
  }
  town.runtime.advance_to(at("2024-02-19 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
  CHECK(town.schedule().upcoming().calendar().version() == 2);
  town.runtime.advance_to(at("2024-02-20 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-20 09:00"});
  town.check_sound();
}

TEST_CASE("where the calendar ends a schedule waits for a newer one, and loses nothing") {
  Town town;
  auto data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_valid_to("2024-02-18");
  Calendars known;
  REQUIRE(known.add(Calendar::make(data).value()));
  town.open_with(known);
  auto command = define("0 9 * * MON", Definition::EACH);
  command.mutable_definition()->mutable_recurrence()->set_rest_day(v1::Recurrence::SKIP);
  REQUIRE(town.say(command));
  town.runtime.advance_to(at("2024-02-27 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
  CHECK(town.schedule().upcoming().at() == 0);
  CHECK(town.schedule().upcoming().unknown().starts_with("the answer depends on days from 2024-02-19"));

  // The next version begins where this one ends.
  data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_version(2);
  data.set_valid_from("2024-02-11");
  REQUIRE(known.add(Calendar::make(data).value()));
  town.open_with(known);
  town.runtime.advance_by(24h + 10s);
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00", "2024-02-26 09:00"});
  town.check_sound();
}

TEST_CASE("a run that was reckoned takes place even if the calendar is gone or begins later") {
  Town town;
  auto command = define("0 9 * * MON");
  command.mutable_definition()->mutable_recurrence()->set_rest_day(v1::Recurrence::SKIP);
  REQUIRE(town.say(command));
  Calendars known;
  SECTION("gone") {}
  SECTION("begins later") {
    auto data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
    data.set_version(2);
    data.set_valid_from("2024-02-12");
    REQUIRE(known.add(Calendar::make(data).value()));
  }
  town.open_with(known);
  town.runtime.advance_to(at("2024-02-12 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00"});
  town.open_with(calendars());
  town.runtime.advance_to(at("2024-02-19 12:00"));
  CHECK(town.runs() == Runs{"2024-02-12 09:00", "2024-02-19 09:00"});
  town.check_sound();
}

}  // namespace pavior::city::tests

// Schedules whose calendar changes, ends or is gone.
#include "city/town.h"

namespace pavior::city::tests {

using namespace std::chrono_literals;
using Definition = v1::ScheduleDefinition;

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

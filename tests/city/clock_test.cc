// Clocks against cases worked out by hand: DOMAIN 2.2, 2.7, 3.5 and 4.2.
#include <string>
#include <vector>

#include "city/calendars.h"
#include "city/clocks.h"
#include "pavior/city/calendars.h"

using namespace pavior::testing;
using namespace pavior::city::v1;
using pavior::city::Counted;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

TEST_CASE("a pause takes out the office hours it covers, and no more") {
  // 4 working hours, Mon-Fri 9-17. A rule that adds the natural pause would say Thu 2024-03-21.
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(4, UNIT_WORK_HOUR)), "2024-03-08 10:00");
  CHECK(clock.due() == "2024-03-08 14:00");
  clock.pause("2024-03-08 12:00").resume("2024-03-11 12:00");
  CHECK(clock.due() == "2024-03-11 14:00");
}

TEST_CASE("a pause takes its natural length out of continuous clocks") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(24, UNIT_HOUR)), "2024-02-09 16:00");
  CHECK(clock.due() == "2024-02-10 16:00");
  clock.pause("2024-02-09 20:00").resume("2024-02-11 20:30");
  CHECK(clock.due() == "2024-02-12 16:30");
}

TEST_CASE("a paused limit in days ends by its end rule on the day its shifted end falls on") {
  const auto office = plain("Asia/Shanghai", {"09:00-17:00"});
  const auto due_after_pause = [&](const Limit& limit) {
    TestClock clock(office, rule(limit), "2024-03-04 10:00");    // Monday
    clock.pause("2024-03-05 10:00").resume("2024-03-06 10:00");  // eight office hours
    return clock.due();
  };
  CHECK(due_after_pause(limit(3, UNIT_WORK_DAY, CLOSE_OF_BUSINESS)) == "2024-03-08 17:00");
  CHECK(due_after_pause(limit(3, UNIT_WORK_DAY, END_OF_DAY)) == "2024-03-09 00:00");
  CHECK(due_after_pause(limit(3, UNIT_WORK_DAY, SAME_TIME)) == "2024-03-08 10:00");
  CHECK(due_after_pause(limit(3, UNIT_CALENDAR_DAY, END_OF_DAY)) == "2024-03-09 00:00");
  CHECK(due_after_pause(limit(3, UNIT_CALENDAR_DAY, SAME_TIME)) == "2024-03-08 10:00");
}

TEST_CASE("a pause outside office hours moves nothing") {
  for (const auto& limit : {limit(3, UNIT_WORK_DAY, END_OF_DAY), limit(9, UNIT_WORK_HOUR)}) {
    TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit), "2024-03-08 10:00");
    const auto before = clock.due();
    clock.pause("2024-03-08 20:00").resume("2024-03-11 08:00");
    CHECK(clock.due() == before);
  }
}

TEST_CASE("a stop says whether the limit was met and by what margin, and changes no more") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(4, UNIT_WORK_HOUR)), "2024-03-08 15:00");
  CHECK(clock.due() == "2024-03-11 11:00");
  SECTION("in time") {
    clock.stop("2024-03-08 16:00");
    CHECK(clock.data.met());
    CHECK(microseconds(clock.data.margin()) == hours(3));
  }
  SECTION("at the last instant") {
    clock.stop("2024-03-11 11:00");
    CHECK(clock.data.met());
    CHECK(clock.data.margin() == 0);
  }
  SECTION("late, over a night that does not count") {
    clock.stop("2024-03-12 09:30");
    CHECK_FALSE(clock.data.met());
    CHECK(microseconds(clock.data.margin()) == -hours(6) - minutes(30));
  }
  SECTION("while it is paused: as it stood then") {
    clock.pause("2024-03-08 16:30").stop("2024-03-20 12:00");
    CHECK(clock.data.met());
    CHECK(microseconds(clock.data.margin()) == hours(2) + minutes(30));
  }
  CHECK(refusal(clock.view().stop(clock.time("2024-03-21 12:00"))) == "clock_is_open");
  CHECK(refusal(clock.view().pause(clock.time("2024-03-21 12:00"), "")) == "clock_runs");
  CHECK(refusal(clock.view().recompute(clock.time("2024-03-21 12:00"), clock.data.rule(), "")) == "clock_is_open");
}

TEST_CASE("what was missed stays missed when a new rule gives it more time") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(2, UNIT_HOUR)), "2024-03-08 10:00");
  clock.ring("2024-03-08 12:01");
  clock.happens(clock.view().recompute(clock.time("2024-03-08 12:30"), rule(limit(8, UNIT_HOUR)), "complex"));
  CHECK(clock.due() == "2024-03-08 18:00");
  CHECK(pavior::city::missed(clock.data));
  clock.stop("2024-03-08 13:00");
  CHECK_FALSE(clock.data.met());
  CHECK(pavior::city::missed(clock.data));
}

TEST_CASE("a breach is a fact, once; an exemption stands beside it") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(2, UNIT_HOUR)), "2024-03-08 10:00");
  CHECK(refusal(clock.view().exempt(clock.time("2024-03-08 11:00"), "storm")) == "is_breached");
  CHECK(refusal(clock.view().ring(clock.time("2024-03-08 12:00"))) == "alarm_is_due");
  CHECK(clock.ring(clock.time("2024-03-08 12:00") + microseconds(1)) == std::vector<std::string>{"breached"});
  CHECK(refusal(clock.view().ring(clock.time("2024-03-08 13:00"))) == "alarm_is_due");
  CHECK(clock.alarms().empty());
  const auto breached_at = clock.data.breached_at();
  clock.stop("2024-03-08 13:00").happens(clock.view().exempt(clock.time("2024-03-09 10:00"), "storm"));
  CHECK(clock.data.breached_at() == breached_at);
  CHECK_FALSE(clock.data.met());
  CHECK(clock.data.exemption() == "storm");
}

TEST_CASE("what is cancelled while it is late was missed, also if no alarm said so before") {
  const auto cancelled = [](const char* wall, bool paused) {
    TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(2, UNIT_HOUR)), "2024-03-08 10:00");
    if (paused) clock.pause("2024-03-08 11:00");
    clock.happens(clock.view().cancel(clock.time(wall), "closed by force"));
    return clock.data;
  };
  CHECK(pavior::city::missed(cancelled("2024-03-08 12:01", false)));
  CHECK_FALSE(pavior::city::missed(cancelled("2024-03-08 12:00", false)));
  CHECK_FALSE(pavior::city::missed(cancelled("2024-03-08 12:01", true)));
}

TEST_CASE("what is paused after the limit was missed moves no limit") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(2, UNIT_WORK_HOUR)), "2024-03-08 10:00");
  clock.pause("2024-03-08 13:00").resume("2024-03-11 13:00");
  CHECK(clock.due() == "2024-03-08 12:00");
  clock.stop("2024-03-11 14:00");
  CHECK(microseconds(clock.data.margin()) == -hours(2));  // 12 to 13 on Friday, 13 to 14 on Monday
}

TEST_CASE("a new class counts from the same start, minus the same pauses") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(4, UNIT_WORK_HOUR)), "2024-03-08 10:00");
  clock.pause("2024-03-08 12:00").resume("2024-03-11 12:00");
  clock.happens(
      clock.view().recompute(clock.time("2024-03-11 13:00"), rule(limit(10, UNIT_WORK_HOUR)), "reclassified"));
  // Friday 10-12, Monday 12-17, then three of Tuesday.
  CHECK(clock.due() == "2024-03-12 12:00");
  CHECK(clock.data.started_at() == pavior::to_micros(clock.time("2024-03-08 10:00")));
}

TEST_CASE("a new holiday notice counts again by the new version") {
  auto notice = plain_data("Asia/Shanghai", {"09:00-17:00"});
  notice.set_version(2);
  auto& closed = *notice.add_days();
  closed.set_date("2024-03-11");
  closed.set_kind(pavior::city::v1::Calendar::Day::OFF);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(2, UNIT_WORK_DAY)), "2024-03-08 10:00");
  CHECK(clock.due() == "2024-03-12 17:00");
  CHECK(refusal(clock.view().recount(clock.time("2024-03-08 11:00"))) == "calendar_is_newer");
  REQUIRE(clock.calendars.add(pavior::city::Calendar::make(notice).value()));
  clock.happens(clock.view().recount(clock.time("2024-03-08 11:00")));
  CHECK(clock.due() == "2024-03-13 17:00");
  CHECK(clock.data.calendar().version() == 2);
  CHECK(clock.last.recomputed().reason() == "version 2 of the calendar plain");
}

TEST_CASE("reopening: the first resolution stays, the total one goes on without the time between") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), rule(limit(8, UNIT_WORK_HOUR)), "2024-03-04 09:00");
  clock.stop("2024-03-04 12:00");
  const Clock first = clock.data;
  clock.happens(clock.view().go_on(clock.time("2024-03-06 14:00"), "reopened"));
  CHECK(first.met());
  CHECK(clock.data.instance() == 2);
  CHECK(clock.data.started_at() == first.started_at());
  CHECK(clock.due() == "2024-03-07 11:00");  // 3 hours on Monday, 3 on Wednesday, 2 on Thursday
  CHECK(refusal(clock.view().go_on(clock.time("2024-03-06 15:00"), "")) == "clock_has_stopped");
}

TEST_CASE("a level before the end is counted in the clock's own time") {
  // GLPI 22678: 8-18, 4 h from Monday 17:00 are due on Tuesday 11:00; one hour before is 10:00, not midnight.
  auto with_level = rule(limit(4, UNIT_WORK_HOUR));
  add_before(with_level, "last_hour", 1);
  TestClock clock(plain("Europe/Paris", {"08:00-18:00"}), with_level, "2024-03-04 17:00");
  CHECK(clock.due() == "2024-03-05 11:00");
  CHECK(clock.alarms() == std::vector<std::string>{"last_hour 2024-03-05 10:00", "breach 2024-03-05 11:00"});
}

TEST_CASE("thresholds are shares and offsets, each reached once, and late if they had passed when armed") {
  auto with_levels = rule(limit(4, UNIT_HOUR));
  add_percent(with_levels, "half", 50);
  add_percent(with_levels, "triple", 300);
  add_before(with_levels, "long_ago", 9);
  add_after(with_levels, "escalate", 2);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), with_levels, "2024-03-08 10:00");
  CHECK(clock.alarms() == std::vector<std::string>{"long_ago 2024-03-08 10:00", "half 2024-03-08 12:00",
                                                   "breach 2024-03-08 14:00", "escalate 2024-03-08 16:00",
                                                   "triple 2024-03-08 22:00"});
  CHECK(clock.ring("2024-03-08 11:59") == std::vector<std::string>{"long_ago, late"});
  CHECK(refusal(clock.view().ring(clock.time("2024-03-08 11:59"))) == "alarm_is_due");
  CHECK(clock.ring("2024-03-08 12:00") == std::vector<std::string>{"half"});
  CHECK(refusal(clock.view().ring(clock.time("2024-03-08 12:00"))) == "alarm_is_due");

  auto shorter = with_levels;
  shorter.mutable_limit()->set_amount(1);
  clock.happens(clock.view().recompute(clock.time("2024-03-08 13:00"), shorter, "urgent"));
  // The end was at 11:00, so it is missed at once; what was told is not told again.
  CHECK(clock.alarms() ==
        std::vector<std::string>{"breach 2024-03-08 11:00", "escalate 2024-03-08 13:00", "triple 2024-03-08 13:00"});
  CHECK(clock.ring("2024-03-08 13:00") == std::vector<std::string>{"breached", "triple", "escalate"});
  CHECK(clock.alarms().empty());
}

TEST_CASE("a rung that comes again comes once for each time, and once for all that were slept through") {
  auto nagging = rule(limit(4, UNIT_WORK_HOUR));
  auto& nag = add_threshold(nagging, "overdue");
  nag.set_after(0);
  nag.set_every(8);
  nag.set_times(4);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), nagging, "2024-03-08 10:00");
  // Just past the limit, never at its last instant.
  CHECK(refusal(clock.view().ring(clock.time("2024-03-08 14:00"))) == "alarm_is_due");
  CHECK(clock.ring(clock.time("2024-03-08 14:00") + microseconds(1)) ==
        std::vector<std::string>{"breached", "overdue"});
  CHECK(clock.alarms() == std::vector<std::string>{"overdue 2024-03-11 14:00"});
  CHECK(clock.ring("2024-03-13 10:00") == std::vector<std::string>{"overdue for the 3th time"});
  CHECK(clock.alarms() == std::vector<std::string>{"overdue 2024-03-13 14:00"});
  CHECK(clock.ring("2024-04-13 10:00") == std::vector<std::string>{"overdue for the 4th time"});
  CHECK(clock.alarms().empty());
}

TEST_CASE("a rung that comes again comes no more where the calendar ends") {
  auto nagging = rule(limit(1, UNIT_WORK_HOUR));
  auto& nag = add_threshold(nagging, "overdue");
  nag.set_after(0);
  nag.set_every(8);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), nagging, "2030-12-31 14:00");
  CHECK(clock.ring("2030-12-31 15:01") == std::vector<std::string>{"breached", "overdue"});
  CHECK(clock.alarms().empty());
}

TEST_CASE("a rung that comes again goes on where it was when the clock was paused or counted again") {
  auto nagging = rule(limit(2, UNIT_HOUR));
  auto& nag = add_threshold(nagging, "hourly");
  nag.set_before(1);
  nag.set_every(1);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), nagging, "2024-03-08 10:00");
  CHECK(clock.ring("2024-03-08 11:00") == std::vector<std::string>{"hourly"});
  clock.pause("2024-03-08 11:30").resume("2024-03-08 12:30");
  CHECK(clock.alarms() == std::vector<std::string>{"hourly 2024-03-08 13:00", "breach 2024-03-08 13:00"});
  CHECK(clock.ring("2024-03-08 13:00") == std::vector<std::string>{"hourly for the 2th time"});
}

TEST_CASE("people are told within notification hours only, and the breach is recorded at any hour") {
  auto reminding = rule(limit(2, UNIT_HOUR));
  auto& last = add_threshold(reminding, "overdue");
  last.set_after(0);
  last.set_notify_in("plain");
  TestClock clock(plain("Asia/Shanghai", {"08:00-18:00"}), reminding, "2024-03-08 17:30");  // Friday
  CHECK(clock.ring("2024-03-08 19:31") == std::vector<std::string>{"breached", "overdue waits until 2024-03-11 08:00"});
  CHECK(refusal(clock.view().ring(clock.time("2024-03-09 12:00"))) == "alarm_is_due");
  SECTION("then") { CHECK(clock.ring("2024-03-11 08:00") == std::vector<std::string>{"overdue"}); }
  SECTION("not in the night after, if nothing ran then") {
    CHECK(clock.ring("2024-03-11 18:00") == std::vector<std::string>{"overdue waits until 2024-03-12 08:00"});
  }
  SECTION("pausing does not bring it back to its old time") {
    clock.pause("2024-03-10 10:00").resume("2024-03-10 11:00");
    CHECK(refusal(clock.view().ring(clock.time("2024-03-10 12:00"))) == "alarm_is_due");
  }
  SECTION("a calendar that does not know its hours any more keeps nobody from being told") {
    TestClock late(plain("Asia/Shanghai", {"08:00-18:00"}), reminding, "2030-12-31 17:30");
    CHECK(late.ring("2030-12-31 19:31") == std::vector<std::string>{"breached", "overdue"});
  }
  SECTION("a calendar that is not there is asked for") {
    clock.calendars = {};
    CHECK(clock.view().ring(clock.time("2024-03-11 18:00")).error().code() == pavior::ErrorCode::not_found);
  }
}

TEST_CASE("a paused clock has no alarms, and a resumed one has them later") {
  auto with_half = rule(limit(4, UNIT_WORK_HOUR));
  add_percent(with_half, "half", 50);
  TestClock clock(plain("Asia/Shanghai", {"09:00-17:00"}), with_half, "2024-03-08 14:00");
  clock.pause("2024-03-08 15:00");
  CHECK(clock.alarms().empty());
  CHECK(refusal(clock.view().ring(clock.time("2024-04-08 15:00"))) == "clock_runs");
  CHECK_FALSE(pavior::city::rings_at(clock.data));
  clock.resume("2024-03-11 15:00");
  CHECK(clock.alarms() == std::vector<std::string>{"half 2024-03-11 16:00", "breach 2024-03-12 10:00"});
}

TEST_CASE("an explanation lists every part and adds up") {
  TestClock clock(plain("Asia/Shanghai", {"09:00-12:00", "13:00-17:00"}), rule(limit(8, UNIT_WORK_HOUR)),
                  "2024-03-08 10:00");
  clock.pause("2024-03-08 16:00", "waits for the reporter").resume("2024-03-11 10:00");
  const auto explained = clock.view().explain(clock.time("2024-03-11 12:30")).value();
  CHECK(clock.text(explained) ==
        "03-08 10:00 - 03-08 12:00 office_hours\n"
        "03-08 12:00 - 03-08 13:00 outside_hours\n"
        "03-08 13:00 - 03-08 16:00 office_hours\n"
        "03-08 16:00 - 03-11 10:00 paused waits for the reporter\n"
        "03-11 10:00 - 03-11 12:00 office_hours\n"
        "03-11 12:00 - 03-11 12:30 outside_hours\n");
  CHECK(explained.used == hours(7));
  CHECK(explained.pauses == hours(2));  // Friday 16-17, Monday 9-10
  CHECK(clock.view().left(clock.time("2024-03-11 12:30")).value() == hours(1));
}

TEST_CASE("a rule that makes no sense names the place and the mend") {
  const auto office = plain("Asia/Shanghai", {"09:00-17:00"});
  const auto error = [&](const ClockRule& rule) {
    return pavior::city::ClockView::start("HND", 1, rule, "plain", calendars_of(office), at(office, "2024-03-08 10:00"))
        .error()
        .message();
  };
  auto twice = rule(limit(4, UNIT_HOUR));
  add_percent(twice, "half", 50);
  add_percent(twice, "half", 60);
  CHECK(error(twice) == "thresholds[1].name: 'half' is another threshold's; give it its own");
  auto nameless = rule(limit(4, UNIT_HOUR));
  add_percent(nameless, "", 50);
  CHECK(error(nameless) == "thresholds[0].name: a threshold needs one");
  auto zero = rule(limit(4, UNIT_HOUR));
  add_percent(zero, "never", 0);
  CHECK(error(zero) == "thresholds[0].percent: use 1 to 1000, not 0");
  auto pointless = rule(limit(4, UNIT_HOUR));
  pointless.add_thresholds()->set_name("when");
  CHECK(error(pointless) == "thresholds[0].point: set one of percent, before and after");
  auto huge = rule(limit(4, UNIT_HOUR));
  add_after(huge, "far", 1'000'001);
  CHECK(error(huge) == "thresholds[0].after: use 0 to 1000000 units of the limit, not 1000001");
  auto stepless = rule(limit(4, UNIT_HOUR));
  add_threshold(stepless, "half").set_percent(50);
  stepless.mutable_thresholds(0)->set_step(REMIND);
  CHECK(error(stepless) == "thresholds[0].roles: name at least one role that is told");
  stepless.mutable_thresholds(0)->add_roles("handler");
  stepless.mutable_thresholds(0)->set_level(1);
  CHECK(error(stepless) == "thresholds[0].level: an ESCALATE has a level from 1 on, and nothing else has one");
  stepless.mutable_thresholds(0)->clear_level();
  stepless.mutable_thresholds(0)->set_every(1);
  CHECK(error(stepless) == "thresholds[0].every: comes again with before and after only, not with percent");
  CHECK(error(rule(limit(0, UNIT_HOUR))).starts_with("amount:"));
  auto high = rule(limit(4, UNIT_HOUR));
  for (int i = 1; i <= 17; ++i) add_percent(high, std::to_string(i), static_cast<std::uint32_t>(i));
  CHECK(error(high) == "thresholds: has 17 thresholds, 16 at most");
}

TEST_CASE("versions of calendars never change") {
  pavior::city::Calendars calendars;
  auto data = plain_data("Asia/Shanghai", {"09:00-17:00"});
  REQUIRE(calendars.add(pavior::city::Calendar::make(data).value()));
  CHECK(calendars.add(pavior::city::Calendar::make(data).value()).error().code() == pavior::ErrorCode::conflict);
  data.set_version(2);
  REQUIRE(calendars.add(pavior::city::Calendar::make(data).value()));
  CHECK(calendars.newest("plain").value().version() == 2);
  CalendarVersion first;
  first.set_id("plain");
  first.set_version(1);
  CHECK(calendars.version(first).value().version() == 1);
  first.set_version(3);
  CHECK(calendars.version(first).error().code() == pavior::ErrorCode::not_found);
  CHECK(calendars.newest("plai").error().code() == pavior::ErrorCode::not_found);
  CHECK(calendars.newest("plainer").error().code() == pavior::ErrorCode::not_found);
}

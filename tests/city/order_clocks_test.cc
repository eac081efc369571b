// The clocks of orders, as the shipped plan of a district has them: started, stopped, paused and counted again by what
// happens to the order.
#include <string>
#include <vector>

#include "city/clocked_city.h"
#include "pavior/city/recount.h"

namespace pavior::city::tests {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("every step of an order starts and stops its clocks") {
  ClockedCity city("2024-03-08 10:00");  // Friday
  city.start_work().at("2024-03-08 11:00");
  city.act(build<v1::RecordContact>([](auto& m) { m.set_means("phone"); }));
  city.at("2024-03-08 15:00").finish_work().act(v1::PassVerification()).act(v1::Close());
  city.at("2024-03-11 09:00");
  city.act(build<v1::RecordCallback>([](auto& m) { m.mutable_evaluation()->set_reached(true); }));
  CHECK(city.news() == Lines{
                           "03-08 10:00 Reported: ACC starts, due 03-08 10:15; TOT starts, due 03-29 17:30",
                           "03-08 10:00 Accepted: ACC stops, met; DIS starts, due 03-08 11:00",
                           "03-08 10:00 Dispatched: DIS stops, met; ACK starts, due 03-11 17:30; RSP starts, due "
                           "03-11 17:30; HND starts, due 03-09 10:00",
                           "03-08 10:00 Acknowledged: ACK stops, met",
                           "03-08 10:00 WorkStarted",
                           "03-08 11:00 ReporterContacted: RSP stops, met",
                           "03-08 15:00 ResultSubmitted",
                           "03-08 15:00 ResultConfirmed: HND stops, met",
                           "03-08 15:00 ReplyPassed: VER starts, due 03-08 15:30",
                           "03-08 15:00 VerificationPassed: VER stops, met",
                           "03-08 15:00 Closed: CBK starts, due 03-11 17:30; TOT stops, met",
                           "03-11 09:00 Evaluated: CBK stops, met",
                       });
  CHECK(city.engine->timers(10)->empty());
  city.check_sound();
}

TEST_CASE("a suspended order's clock leaves out the office hours of the suspension, as in DOMAIN 2.2") {
  ClockedCity city("2024-03-08 10:00", R"(clocks {
    name: "HND" calendar: "cn" limits { limit { amount: 4 unit: UNIT_WORK_HOUR } }
    starts: "Dispatched" stops: "ResultSubmitted" pauses: "Suspended" resumes: "Resumed"
  })");
  city.start_work();
  CHECK(city.due("HND") == "2024-03-08 15:30");  // 10 to 12, 13:30 to 15:30
  city.at("2024-03-08 12:00").suspend_until("2024-03-11 13:30").quiet();
  city.at("2024-03-12 12:00");
  CHECK(city.news() ==
        Lines{"03-11 13:30 Resumed: HND resumes, due 03-11 15:30", "03-11 15:30 ClockRang: HND is breached"});
  city.check_sound();
}

TEST_CASE("an order may be resumed before, and is not resumed again") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().suspend_until("2024-03-20 09:00").quiet();
  city.at("2024-03-08 11:00").act(v1::Resume());
  CHECK(city.news() == Lines{"03-08 11:00 Resumed: HND resumes, due 03-09 11:00"});
  city.finish_work().quiet().at("2024-03-25 09:00");
  for (const auto& line : city.news()) CHECK(line.find("Resumed") == std::string::npos);
}

TEST_CASE("what is late already is not suspended") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().at("2024-03-09 10:01");
  const auto asked = build<v1::RequestSuspension>([&](auto& m) {
    m.set_reason("waits for parts");
    m.set_until(to_micros(testing::at(city.calendar, "2024-03-20 09:00")));
  });
  CHECK(city.try_it(asked).error().rule() == "is_not_late_to_pause");
}

TEST_CASE("work sent back is redone within what was left of the original limit") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().at("2024-03-08 20:00").finish_work().quiet();
  city.at("2024-03-09 02:00").act(build<v1::FailVerification>([](auto& m) { m.set_reason("still leaks"); }));
  // Ten of 24 hours were used, and the six of the verification do not count.
  const auto news = city.news();
  CHECK(news.back() == "03-09 02:00 ReworkOrdered: HND#2 starts, due 03-09 16:00; VER stops, late");
  CHECK(find_clock_of(city.order(), "HND", 1).met());
}

TEST_CASE("reopening: the first resolution stays, handling starts anew, and the total goes on") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().finish_work().act(v1::PassVerification()).act(v1::Close()).quiet();
  const auto total = city.due("TOT");
  city.at("2024-03-12 10:00").act(build<v1::Reopen>([](auto& m) { m.set_reason("leaks again"); }));
  CHECK(city.news().back() ==
        "03-12 10:00 Reopened: HND#2 starts, due 03-13 10:00; CBK is cancelled; TOT#2 starts, due 04-02 17:30");
  CHECK(total == "2024-03-29 17:30");  // Two working days of rest moved it.
  CHECK(find_clock_of(city.order(), "HND", 1).met());
  CHECK(find_clock_of(city.order(), "TOT", 1).met());
}

TEST_CASE("a new class counts again from the original start, minus the pauses, and says so") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().suspend_until("2024-03-09 10:00").at("2024-03-09 12:00").quiet();
  city.act(build<v1::Reclassify>([](auto& m) {
    m.set_grade(v1::GRADE_COMPLEX);
    m.set_reason("the main is broken");
  }));
  CHECK(city.news().back() == "03-09 12:00 Reclassified: HND is recomputed, due 03-14 17:30");
  CHECK(city.order().grade() == v1::GRADE_COMPLEX);
  CHECK(find_clock_of(city.order(), "HND", 1).started_at() ==
        to_micros(testing::at(city.calendar, "2024-03-08 10:00")));
  CHECK(city.try_it(build<v1::Reclassify>([](auto& m) {
              m.set_grade(v1::GRADE_COMPLEX);
              m.set_reason("again");
            }))
            .error()
            .rule() == "has_new_class");
}

TEST_CASE("milestones have clocks of their own inside the handling") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work(v1::GRADE_COMPLEX, "burst_pipe").quiet().at("2024-03-08 12:00");
  const auto done = [](const char* milestone) {
    return build<v1::CompleteMilestone>([&](auto& m) { m.set_milestone(milestone); });
  };
  city.act(done("fenced"));
  CHECK(city.news() == Lines{"03-08 12:00 MilestoneDone: MS/fenced stops, met"});
  CHECK(city.try_it(done("fenced")).error().rule() == "milestone_is_new");
  city.at("2024-03-08 19:00").act(done("repaired"));
  CHECK(city.news() == Lines{"03-08 18:00 ClockRang: MS/repaired is breached; MS/repaired reaches overdue",
                             "03-08 18:00 Reminded", "03-08 19:00 MilestoneDone: MS/repaired stops, late"});
  CHECK(city.due("MS/restored") == "2024-03-15 17:30");
}

TEST_CASE("an order that ends is measured no more") {
  const auto reason = [](auto& m) { m.set_reason("a test"); };
  SECTION("rejected") {
    ClockedCity city("2024-03-08 10:00");
    city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); })).quiet();
    city.act(build<v1::Reject>([](auto& m) {
      m.set_reason("no hole");
      m.set_reply("there is none");
    }));
    CHECK(city.news() == Lines{"03-08 10:00 Rejected: ACC stops, met; TOT is cancelled"});
    CHECK(city.engine->timers(10)->empty());
  }
  SECTION("voided") {
    ClockedCity city("2024-03-08 10:00");
    city.start_work().quiet().act(build<v1::Void>(reason));
    CHECK(city.news() == Lines{"03-08 10:00 Voided: TOT is cancelled; RSP is cancelled; HND is cancelled"});
    CHECK(city.engine->timers(10)->empty());
    city.check_sound();
  }
  SECTION("in a city that has no plan any more") {
    ClockedCity city("2024-03-08 10:00");
    city.start_work().quiet();
    city.set_plan(ClockPlan::make({}, testing::calendars_of(city.calendar)).value());
    city.open();
    city.act(build<v1::Void>(reason));
    CHECK(city.news() == Lines{"03-08 10:00 Voided: TOT is cancelled; RSP is cancelled; HND is cancelled"});
  }
}

TEST_CASE("an exemption stands beside a missed limit, which stays one") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().at("2024-03-10 10:00").finish_work();
  const auto exempt = build<v1::Exempt>([](auto& m) {
    m.set_clock("HND");
    m.set_instance(1);
    m.set_reason("the storm of 9 March");
  });
  city.act(exempt);
  const auto clock = find_clock_of(city.order(), "HND", 1);
  CHECK_FALSE(clock.met());
  CHECK(clock.breached_at() != 0);
  CHECK(clock.exemption() == "the storm of 9 March");
}

TEST_CASE("a new holiday notice counts every open clock again, once, also if it was interrupted") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work(v1::GRADE_COMPLEX).quiet();
  city.act(build<v1::Report>([](auto& m) { m.set_title("another"); }), "B2");
  CHECK(city.due("HND") == "2024-03-13 17:30");

  auto notice = testing::shipped_data("cn");
  notice.set_version(notice.version() + 1);
  auto& closed = *notice.add_days();
  closed.set_date("2024-03-12");
  closed.set_kind(v1::Calendar::Day::OFF);
  closed.set_name("a holiday of this city");
  auto calendars = testing::calendars_of(city.calendar);
  REQUIRE(calendars.add(Calendar::make(notice).value()));
  CHECK(recount_clocks(*city.engine, testing::calendars_of(city.calendar)).value().clocks == 0);

  city.set_plan(plan_of(shipped_plan(), calendars));
  city.open();
  // The first order is done, and then the power fails.
  city.act(build<v1::RecountClock>([](auto& m) {
    m.set_clock("HND");
    m.set_instance(1);
  }));
  CHECK(city.news() == Lines{"03-08 10:00 ClockRecounted: HND is recomputed, due 03-14 17:30"});
  city.open();
  const auto rest = recount_clocks(*city.engine, calendars).value();
  CHECK(rest.orders == 2);
  CHECK(rest.clocks == 4);  // TOT and RSP of A1; ACC and TOT of B2
  CHECK(recount_clocks(*city.engine, calendars).value().clocks == 0);
  const auto order = city.order();
  for (const auto& clock : order.clocks())
    if (is_open(clock)) CHECK(clock.calendar().version() == notice.version());
  city.runtime.run_ready();
  city.check_sound();
}

}  // namespace
}  // namespace pavior::city::tests

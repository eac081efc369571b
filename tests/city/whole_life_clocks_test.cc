// Clocks around the handling: acknowledging, whistles, the window after the close, merging, force, hazards, migration.
#include <algorithm>
#include <string>

#include "city/staged_city.h"

namespace pavior::city::tests {
namespace {

std::string plan_of_window(const std::string& callback) {
  return R"(clocks {
    name: "WIN" calendar: "cn" limits { limit { amount: 24 unit: UNIT_HOUR } } starts: ["Closed", "ForceClosed"]
    stops: "Archived" cancels: ["Reopened", "ReopenedForDispatch"]
    ladder { name: "over" after: 0 step: ARCHIVE }
  })" + callback;
}

const std::string callback_clock = R"(clocks {
  name: "CBK" calendar: "cn" limits { limit { amount: 48 unit: UNIT_HOUR } } starts: "Closed"
  stops: ["Evaluated", "ReporterUnreachable"]
})";

ClockedCity& close(ClockedCity& city) {
  return city.start_work().finish_work().act(v1::PassVerification()).act(v1::Close()).quiet();
}

v1::RecordCallback callback(bool reached) {
  return build<v1::RecordCallback>([&](auto& m) { m.mutable_evaluation()->set_reached(reached); });
}

TEST_CASE("an order is archived at the instant at which it cannot be reopened any more") {
  ClockedCity city("2024-03-08 10:00", plan_of_window(callback_clock));
  close(city).act(callback(true)).quiet().at("2024-03-10 10:00");
  CHECK(city.news() ==
        Lines{"03-09 10:00 ClockRang: WIN is breached; WIN reaches over", "03-09 10:00 Archived: WIN stops, late"});
  CHECK(city.engine->timers(10)->empty());
  city.check_sound();
}

TEST_CASE("an order whose callback is due when the window is over is archived after it") {
  for (const bool reached : {true, false}) {
    ClockedCity city("2024-03-08 10:00", plan_of_window(callback_clock));
    close(city).at("2024-03-09 20:00");
    CHECK(city.news() == Lines{"03-09 10:00 ClockRang: WIN is breached; WIN reaches over"});
    CHECK(city.order().stage() == v1::STAGE_CLOSED);
    city.act(callback(reached));
    const auto news = city.news();
    REQUIRE(news.size() == 2);
    CHECK(news[0].ends_with("CBK stops, met"));
    CHECK(news[1] == "03-09 20:00 Archived: WIN stops, late");
    city.check_sound();
  }
}

TEST_CASE("nobody is waited for whom nobody can call") {
  ClockedCity city("2024-03-08 10:00", plan_of_window(callback_clock));
  city.act(build<v1::Report>([](auto& m) { m.set_title("seen by a sensor"); }));
  city.act(build<v1::ForceClose>([](auto& m) { m.set_reason("a test"); }));
  city.act(build<v1::Reopen>([](auto& m) {
    m.set_reason("none after all");
    m.set_dispatch_anew(true);
  }));
  city.act(build<v1::Dispatch>([](auto& m) { m.set_lead("works"); })).act(v1::Acknowledge()).act(v1::StartWork());
  city.finish_work().act(v1::PassVerification()).act(v1::Close()).quiet().at("2024-03-10 09:00");
  CHECK(city.news() == Lines{"03-09 10:00 ClockRang: WIN#2 is breached; WIN#2 reaches over",
                             "03-09 10:00 Archived: WIN#2 stops, late"});
  city.check_sound();
}

TEST_CASE("what is not acknowledged in time counts as acknowledged, once, at that instant") {
  ClockedCity city("2024-03-08 10:00", R"(clocks {
    name: "ACK" calendar: "cn" limits { limit { amount: 2 unit: UNIT_HOUR } } starts: "Dispatched"
    stops: ["Acknowledged", "AcknowledgementDeemed"]
    ladder { name: "deemed" after: 0 step: ACKNOWLEDGE }
    ladder { name: "again" after: 1 step: ACKNOWLEDGE }
  })");
  city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }));
  city.act(build<v1::Accept>([](auto& m) { m.set_category("roads"); }));
  city.act(build<v1::Dispatch>([](auto& m) { m.set_lead("works"); })).quiet().at("2024-03-09 10:00");
  CHECK(city.news() == Lines{"03-08 12:00 ClockRang: ACK is breached; ACK reaches deemed",
                             "03-08 12:00 AcknowledgementDeemed: ACK stops, late"});
  CHECK(city.try_it(v1::Acknowledge()).error().rule() == "stage");
  city.check_sound();
}

TEST_CASE("each unit that a whistle summons has a clock, and answers for that whistle alone") {
  StagedCity city;
  const auto blow = [&](std::vector<std::string> targets) {
    city.act(build<v1::BlowWhistle>([&](auto& m) {
      m.set_kind("emergency");
      m.set_reason("the road sinks");
      for (const auto& target : targets) m.add_targets(target);
    }));
  };
  city.quiet();
  blow({"fire", "police"});
  blow({"fire"});
  CHECK(city.news() == Lines{"03-08 10:00 WhistleBlown: ARR/1 fire starts, due 03-08 10:30; ARR/1 police starts, due "
                             "03-08 10:30",
                             "03-08 10:00 WhistleBlown: ARR/2 fire starts, due 03-08 10:30"});
  city.at("2024-03-08 10:20").act(build<v1::ReportIn>([](auto& m) {
    m.set_whistle(1);
    m.set_unit("fire");
    m.set_place("bridge");
  }));
  city.act(build<v1::ExcuseTarget>([](auto& m) {
    m.set_whistle(1);
    m.set_unit("police");
    m.set_reason("an accident elsewhere");
  }));
  city.act(build<v1::ConcludeWhistle>([](auto& m) {
    m.set_whistle(1);
    m.set_result("closed off");
  }));
  city.at("2024-03-08 11:00");
  CHECK(city.news() == Lines{"03-08 10:20 ReportedIn: ARR/1 fire stops, met",
                             "03-08 10:20 TargetExcused: ARR/1 police stops, met", "03-08 10:20 WhistleConcluded",
                             "03-08 10:30 ClockRang: ARR/2 fire is breached; ARR/2 fire reaches overdue",
                             "03-08 10:30 Escalated"});
  city.check_sound();
}

TEST_CASE("while an order is merged its clocks rest, also those that rested before") {
  StagedCity city;
  city.act(build<v1::Report>([](auto& m) { m.set_title("the same water"); }), "B2").quiet();
  city.suspend_until("2024-03-08 11:00").at("2024-03-08 10:30").quiet();
  city.act(build<v1::Merge>([](auto& m) { m.set_target("B2"); }));
  CHECK(city.news() == Lines{"03-08 10:30 MergedInto: MS/fenced pauses; MS/repaired pauses"});
  city.at("2024-03-08 12:30");
  CHECK(city.news().empty());
  city.act(build<v1::Unmerge>([](auto& m) { m.set_reason("two pipes"); }));
  // The suspension was over meanwhile; the milestones, which it does not pause, lose nothing by the merge.
  CHECK(city.news() == Lines{"03-08 12:30 Unmerged: MS/fenced resumes, due 03-08 15:00; MS/repaired resumes, due "
                             "03-08 18:00",
                             "03-08 12:30 Resumed: HND resumes, due 03-08 20:30"});
  city.check_sound();
}

TEST_CASE("a deadline that was missed before a merge is not missed again after it") {
  ClockedCity city("2024-03-08 10:00");
  city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }), "B2");
  city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }));
  city.act(build<v1::Accept>([&](auto& m) {
    m.set_category("roads");
    m.set_deadline(to_micros(testing::at(city.calendar, "2024-03-08 11:00")));
  }));
  city.at("2024-03-08 12:00").act(build<v1::Merge>([](auto& m) { m.set_target("B2"); }));
  city.act(build<v1::Unmerge>([](auto& m) { m.set_reason("two holes"); })).quiet().at("2024-03-08 12:01");
  CHECK(city.order().breached());
  std::size_t lapses = 0;
  REQUIRE(city.engine->read(Position::none, [&](const Event& event) {
    lapses += short_name(event.type) == "TimerLapsed" ? 1 : 0;
    return true;
  }));
  CHECK(lapses == 0);
}

TEST_CASE("closing by force and transferring out end every clock, and reopening goes on with the total") {
  SECTION("by force") {
    ClockedCity city("2024-03-08 10:00");
    city.start_work().quiet().act(build<v1::ForceClose>([](auto& m) { m.set_reason("the street is gone"); }));
    CHECK(city.news() == Lines{"03-08 10:00 ForceClosed: TOT is cancelled; RSP is cancelled; HND is cancelled"});
    CHECK(city.engine->timers(10)->empty());
    city.at("2024-03-11 10:00").act(build<v1::Reopen>([](auto& m) { m.set_reason("it is not"); }));
    CHECK(city.news() == Lines{"03-11 10:00 Reopened: HND#2 starts, due 03-12 10:00; TOT#2 starts, due 04-01 17:30"});
  }
  SECTION("to another body") {
    ClockedCity city("2024-03-08 10:00");
    city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); })).quiet();
    city.act(build<v1::TransferOut>([](auto& m) {
      m.set_body("the county");
      m.set_receipt("77");
      m.set_reason("their road");
    }));
    CHECK(city.news() == Lines{"03-08 10:00 TransferredOut: ACC is cancelled; TOT is cancelled"});
    CHECK(city.engine->timers(10)->empty());
    city.check_sound();
  }
}

TEST_CASE("what an order closed by force was asked or submitted does not come back with it") {
  const auto by_hand = R"(id: "by_hand" version: 1 zone: "Asia/Shanghai" profiles { id: "by_hand" })";
  ClockedCity city("2024-03-08 10:00");
  city.set_catalogue(by_hand).start_work();
  city.act(build<v1::RequestJoint>([](auto& m) {
    m.set_reason("too deep");
    m.add_units("water");
  }));
  city.finish_work();
  REQUIRE(city.order().result() == v1::RESULT_SUBMITTED);
  city.act(build<v1::ForceClose>([](auto& m) { m.set_reason("no money"); }));
  city.act(build<v1::Reopen>([](auto& m) { m.set_reason("there is some"); }));
  CHECK(city.order().result() == v1::RESULT_NONE);
  CHECK(city.order().joint_request().state() == v1::REQUEST_NONE);
  CHECK(city.try_it(v1::ConfirmResult()).error().rule() == "result_is_submitted");
}

TEST_CASE("a result is not confirmed while a unit assists, and what was asked about joint handling lapses with it") {
  ClockedCity city("2024-03-08 10:00");
  city.set_catalogue(R"(id: "by_hand" version: 1 zone: "Asia/Shanghai" profiles { id: "by_hand" })").start_work();
  city.finish_work().act(build<v1::AddAssist>([](auto& m) {
    m.set_unit("water");
    m.set_duty("the pipe");
  }));
  CHECK(city.try_it(v1::ConfirmResult()).error().rule() == "assists_are_done");
  city.act(build<v1::ExcuseAssist>([](auto& m) {
    m.set_unit("water");
    m.set_reason("dry");
  }));
  city.act(build<v1::RequestJoint>([](auto& m) {
    m.set_reason("too deep");
    m.add_units("gas");
  }));
  city.act(v1::ConfirmResult()).act(v1::PassReply()).act(v1::PassVerification()).act(v1::Close());
  CHECK(city.order().stage() == v1::STAGE_CLOSED);
}

TEST_CASE("an order merged into one that was voided since can be taken out of it") {
  ClockedCity city("2024-03-08 10:00");
  city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }), "B2");
  city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }));
  city.act(build<v1::Merge>([](auto& m) { m.set_target("B2"); }));
  city.act(build<v1::Void>([](auto& m) { m.set_reason("a test"); }), "B2");
  city.act(build<v1::Unmerge>([](auto& m) { m.set_reason("this one is real"); }));
  CHECK(city.order().stage() == v1::STAGE_REPORTED);
  CHECK(city.order("B2").merged_from().empty());
}

TEST_CASE("an order that turns out a major hazard has the time of one, whatever its condition says") {
  StagedCity city;
  city.quiet().at("2024-03-08 11:00").act(build<v1::DeclareMajorHazard>([](auto& m) { m.set_reason("gas"); }));
  CHECK(city.news() == Lines{"03-08 11:00 MajorHazardDeclared: HND is recomputed, due 03-08 12:00"});
}

TEST_CASE("a migrated order keeps what is left of its clocks, and loses those that the new version does not know") {
  StagedCity city;
  auto next = read_catalogue(staged_with("version: 1", "version: 2"), testing::calendars_of(city.calendar)).value();
  auto& clocks = *next.mutable_clocks()->mutable_clocks();
  for (int i = clocks.size(); i-- > 0;) {
    if (clocks[i].name() == "MS") clocks.DeleteSubrange(i, 1);
    if (clocks[i].name() == "HND") clocks[i].mutable_limits(1)->mutable_limit()->set_amount(1);
  }
  next.set_effective_from("2024-06-01");
  REQUIRE(city.policy.policies.add(Policy::make(next, testing::calendars_of(city.calendar)).value()));
  city.at("2024-03-08 11:00").quiet();
  city.act(build<v1::Migrate>([](auto& m) {
    m.mutable_to()->set_id("staged");
    m.mutable_to()->set_version(2);
    m.set_reason("new rules");
  }));
  CHECK(city.news() == Lines{"03-08 11:00 Migrated: MS/fenced is cancelled; MS/repaired is cancelled"});
  CHECK(city.due("HND") == "2024-03-08 18:00");
  city.finish_work();
  CHECK(find_clock_of(city.order(), "HND", 1).met());
  city.check_sound();
}

}  // namespace
}  // namespace pavior::city::tests

// Reminders, escalations and supervisions: who is told, when, how often, and that it is once.
#include <string>
#include <vector>

#include "city/clocked_city.h"
#include "pavior/city/v1/notices.pb.h"

namespace pavior::city::tests {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("each rung of a ladder fires once, in its hours, and what it asks for is in the same commit") {
  ClockedCity city("2024-03-08 10:00");  // Friday
  city.start_work().quiet();
  city.at("2024-03-11 12:00");
  CHECK(city.news() == Lines{
                           "03-09 04:00 ClockRang: HND three_quarters waits until 03-11 09:00",
                           "03-09 10:00 ClockRang: HND is breached; HND reaches overdue",
                           "03-09 10:00 SupervisionOrdered: SUP/HND overdue starts, due 03-13 17:30",
                           "03-10 10:00 ClockRang: HND day_after waits until 03-11 09:00",
                           "03-11 09:00 ClockRang: HND reaches three_quarters; HND reaches day_after",
                           "03-11 09:00 Reminded",
                           "03-11 09:00 Escalated",
                           "03-11 10:00 ClockRang: HND reaches day_after",
                           "03-11 10:00 Escalated",
                       });
  city.check_sound();
}

TEST_CASE("an overdue order has one open supervision of each cause, and answering it ends its clock") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().at("2024-03-09 10:01").quiet();
  REQUIRE(city.order().supervisions_size() == 1);
  CHECK(city.try_it(build<v1::Supervise>([](auto& m) {
              m.set_cause("HND overdue");
              m.add_roles("supervisor");
            }))
            .error()
            .rule() == "supervision");
  city.act(build<v1::AnswerSupervision>([](auto& m) {
    m.set_cause("HND overdue");
    m.set_answer("two crews more");
  }));
  CHECK(city.news() == Lines{"03-09 10:01 SupervisionAnswered: SUP/HND overdue stops, met"});
  CHECK(city.order().supervisions(0).answered_at() != 0);
}

TEST_CASE("people are looked up when a rung is reached, each is told once, and replay asks nobody") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work(v1::GRADE_COMPLEX).at("2024-03-14 00:00");
  const int asked = city.offices->asked;
  CHECK(asked > 0);
  const auto history = city.engine->history(work_order_id("A1")).value();
  v1::SupervisionOrdered ordered;
  for (const Event& event : history)
    if (short_name(event.type) == "SupervisionOrdered") REQUIRE(parse(event.payload, ordered));
  CHECK(Lines(ordered.recipients().begin(), ordered.recipients().end()) ==
        Lines{"supervisor of works", "supervisor of the city"});
  city.open();
  city.check_sound();
  CHECK(city.offices->asked == asked);
}

TEST_CASE("a major hazard goes straight to the principal leaders, in the commit that finds it one") {
  ClockedCity city("2024-03-09 03:00");  // Saturday night
  city.act(build<v1::Report>([](auto& m) { m.set_title("the road has burst"); })).quiet();
  const auto receipt = city.try_it(build<v1::Accept>([](auto& m) {
    m.set_category("roads");
    m.set_grade(v1::GRADE_MAJOR_HAZARD);
  }));
  REQUIRE(receipt);
  CHECK(receipt->events == 2);
  CHECK(city.news() ==
        Lines{"03-09 03:00 Accepted: ACC stops, met; DIS starts, due 03-09 03:10", "03-09 03:00 MajorHazardDeclared"});
  CHECK(city.order().major_hazard_at() != 0);
}

TEST_CASE("declaring a running order a major hazard gives its clocks the time of one") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().at("2024-03-08 11:30").quiet();
  city.act(build<v1::DeclareMajorHazard>([](auto& m) { m.set_reason("gas"); }));
  CHECK(city.news() == Lines{"03-08 11:30 MajorHazardDeclared: HND is recomputed, due 03-08 12:00",
                             "03-08 11:30 ClockRang: HND reaches half", "03-08 11:30 Reminded"});
  CHECK(city.try_it(build<v1::DeclareMajorHazard>([](auto& m) { m.set_reason("gas"); })).error().rule() ==
        "is_no_major_hazard_yet");
}

TEST_CASE("a notice to staff names the order, the rung, the roles and the people") {
  auto given = in_progress();
  const auto reaction = given.happens(build<v1::Escalate>([](auto& m) {
    m.add_roles("leader_in_charge");
    m.set_level(2);
    m.set_clock("HND");
    m.set_threshold("day_after");
  }));
  REQUIRE(reaction.effects.size() == 1);
  CHECK(reaction.effects[0].topic == staff_notice_topic);
  CHECK(testing::message_text(reaction.effects[0].type, reaction.effects[0].payload) ==
        "StaffNotice{order: \"A1\" kind: \"escalation\" roles: \"leader_in_charge\" unit: \"works\" clock: \"HND\" "
        "threshold: \"day_after\" level: 2}");
}

TEST_CASE("a store opened without its calendars keeps the alarms waiting, and loses none") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().quiet();
  const WorkOrderPolicy policy = city.policy;
  city.policy.policies = {};
  city.open();
  city.at("2024-03-09 11:00");
  CHECK(city.news().empty());
  city.policy = policy;
  city.open();
  city.at("2024-03-09 11:01");
  CHECK(city.news() ==
        Lines{"03-09 11:00 ClockRang: HND three_quarters waits until 03-11 09:00; HND is breached; HND reaches overdue",
              "03-09 11:00 SupervisionOrdered: SUP/HND overdue starts, due 03-13 17:30"});
  city.check_sound();
}

}  // namespace
}  // namespace pavior::city::tests

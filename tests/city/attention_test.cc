// 督办, 催办, 升级, 重大隐患, 预警, 改类, 更正: what happens beside an order's way. One line, one command, one answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

const char* const no_roles = " requires that the roles to be told are named";

TEST_CASE("T07: an order gets another category, condition or grade for a reason") {
  auto given = in_progress().by(actor("shift_lead"));
  CHECK(given.when(of<v1::Reclassify>("category: 'water' reason: 'a pipe'")) ==
        "Reclassified{category: \"water\" reason: \"a pipe\"} -> in_progress");
  CHECK(given.when(of<v1::Reclassify>("category: 'water'")) ==
        "refused by has_reason: Reclassify requires that a reason is given");
  CHECK(given.when(of<v1::Reclassify>("category: 'roads' reason: 'x'")) ==
        "refused by has_new_class: Reclassify requires that another category, filing condition or grade is given");
  CHECK(
      given.when(of<v1::Reclassify>("grade: GRADE_MAJOR_HAZARD reason: 'gas'")) ==
      "Reclassified{category: \"roads\" grade: GRADE_MAJOR_HAZARD reason: \"gas\"} -> in_progress; then work_order/A1 "
      "DeclareMajorHazard{reason: \"gas\"}");
}

TEST_CASE("T11: the first contact with the reporter is kept") {
  auto given = dispatched().by(actor("handler"));
  CHECK(given.when(of<v1::RecordContact>("means: 'phone'")) == "ReporterContacted{means: \"phone\"} -> dispatched");
  CHECK(given.when(v1::RecordContact()) ==
        "refused by has_means: RecordContact requires that the means of the contact is given, e.g. phone or visit");
  given.happens(of<v1::RecordContact>("means: 'phone'"));
  given.at(from_micros(2000)).happens(of<v1::RecordContact>("means: 'visit'"));
  CHECK(order(given).contacted_at() == reported_at);
}

TEST_CASE("T44: one supervision is open for each cause, and is answered once") {
  auto given = in_progress().by(actor("supervisor"));
  const auto supervise = of<v1::Supervise>("cause: 'quality' roles: 'lead_department'");
  CHECK(given.when(supervise) == "SupervisionOrdered{cause: \"quality\" roles: \"lead_department\"} -> in_progress");
  CHECK(given.when(of<v1::Supervise>("roles: 'lead_department'")) ==
        "refused by has_cause: Supervise requires that a cause is given");
  CHECK(given.when(of<v1::Supervise>("cause: 'quality'")) ==
        std::string("refused by names_roles: Supervise") + no_roles);
  given.happens(supervise);
  CHECK(given.when(supervise) ==
        "refused by supervision: Supervise is not possible while the supervision is open, only while it is none");
  CHECK(given.when(of<v1::Supervise>("cause: 'speed' roles: 'x'")).starts_with("SupervisionOrdered{"));
  given.by(actor("lead_department"));
  CHECK(given.when(of<v1::AnswerSupervision>("cause: 'quality'")) ==
        "refused by has_answer: AnswerSupervision requires that an answer is given");
  CHECK(
      given.when(of<v1::AnswerSupervision>("cause: 'speed' answer: 'x'")) ==
      "refused by supervision: AnswerSupervision is not possible while the supervision is none, only while it is open");
  const auto answer = of<v1::AnswerSupervision>("cause: 'quality' answer: 'two crews more'");
  CHECK(given.when(answer) == "SupervisionAnswered{cause: \"quality\" answer: \"two crews more\"} -> in_progress");
  given.happens(answer);
  CHECK(given.when(answer).starts_with("refused by supervision: "));
  CHECK(given.by(machine_actor()).when(supervise).starts_with("SupervisionOrdered{"));
}

TEST_CASE("T45, T46: reminders are counted, and an order has climbed as high as it ever was told") {
  auto given = in_progress();
  CHECK(given.when(of<v1::Remind>("roles: 'handler' text: 'today'")) ==
        "Reminded{roles: \"handler\" text: \"today\"} -> in_progress");
  CHECK(given.when(v1::Remind()) == std::string("refused by names_roles: Remind") + no_roles);
  CHECK(given.when(of<v1::Remind>("roles: ''")) == std::string("refused by names_roles: Remind") + no_roles);
  CHECK(given.when(of<v1::Escalate>("roles: 'leader' level: 2")) ==
        "Escalated{roles: \"leader\" level: 2} -> in_progress");
  CHECK(given.when(of<v1::Escalate>("roles: 'leader'")) ==
        "refused by has_level: Escalate requires that a level from 1 on is given");
  given.happens(of<v1::Remind>("roles: 'handler'"));
  given.happens(of<v1::Escalate>("roles: 'leader' level: 2"));
  given.happens(of<v1::Escalate>("roles: 'leader' level: 1"));
  CHECK(order(given).reminders() == 1);
  CHECK(order(given).escalation() == 2);
}

TEST_CASE("T47: any staff declares a major hazard once, and those are told whom the city names") {
  auto given = reported().by(actor("grid_worker"));
  const auto declare = of<v1::DeclareMajorHazard>("reason: 'gas'");
  CHECK(given.when(declare) ==
        "MajorHazardDeclared{reason: \"gas\" grade: GRADE_MAJOR_HAZARD roles: \"principal_leader\"} -> reported");
  CHECK(given.when(v1::DeclareMajorHazard()) ==
        "refused by has_reason: DeclareMajorHazard requires that a reason is given");
  CHECK(reported(city_of("major_hazard_roles: ['mayor', 'fire']")).when(declare) ==
        "MajorHazardDeclared{reason: \"gas\" grade: GRADE_MAJOR_HAZARD roles: \"mayor\" roles: \"fire\"} -> reported");
  given.happens(declare);
  CHECK(given.when(declare) ==
        "refused by is_no_major_hazard_yet: DeclareMajorHazard requires that the order was not declared a major hazard "
        "before");
}

TEST_CASE("T48: a warning has a colour that is new, and says which it was before") {
  auto given = in_progress();
  CHECK(given.when(of<v1::SetWarning>("colour: ORANGE reason: 'rain'")) ==
        "WarningSet{colour: ORANGE reason: \"rain\"} -> in_progress");
  given.happens(of<v1::SetWarning>("colour: ORANGE reason: 'rain'"));
  CHECK(given.when(of<v1::SetWarning>("colour: RED reason: 'rain'")) ==
        "WarningSet{colour: RED before: ORANGE reason: \"rain\"} -> in_progress");
  const std::string same =
      "refused by colour_is_new: SetWarning requires that the colour is none, blue, yellow, orange or red, and not the "
      "present one";
  CHECK(given.when(of<v1::SetWarning>("colour: ORANGE reason: 'rain'")) == same);
  CHECK(given.when(of<v1::SetWarning>("colour: 9 reason: 'rain'")) == same);
  CHECK(given.when(of<v1::SetWarning>("colour: RED")) ==
        "refused by has_reason: SetWarning requires that a reason is given");
}

TEST_CASE("T55: notes and evidence are added wherever the order stands, and take nothing away") {
  auto given = archived().by(actor("observer"));
  CHECK(given.when(of<v1::AddNote>("text: 'the owner called'")) == "NoteAdded{text: \"the owner called\"} -> archived");
  CHECK(given.when(v1::AddNote()) == "refused by has_text: AddNote requires that a text is given");
  CHECK(given.when(of<v1::Attach>("evidence { id: 'p3' }")) == "Attached{evidence { id: \"p3\" }} -> archived");
  CHECK(given.when(v1::Attach()) == "refused by has_evidence: Attach requires that a piece of evidence is given");
  given.happens(of<v1::Attach>("evidence { id: 'p3' }"));
  given.happens(of<v1::Attach>("evidence { id: 'p4' }"));
  CHECK(order(given).evidence_size() == 2);
}

TEST_CASE("T55: a correction takes the place of what was reported, for a reason, and leaves the rest") {
  auto given = in_progress().by(actor("acceptor"));
  CHECK(given.when(of<v1::Correct>("title: 'a deep hole' reason: 'misheard'")) ==
        "Corrected{title: \"a deep hole\" reason: \"misheard\"} -> in_progress");
  CHECK(given.when(of<v1::Correct>("title: 'a deep hole'")) ==
        "refused by has_reason: Correct requires that a reason is given");
  CHECK(given.when(of<v1::Correct>("reason: 'misheard'")) ==
        "refused by corrects_something: Correct requires that a title, a description, a location or an external "
        "reference is given");
  given.happens(of<v1::Correct>("location { address: 'main street 2' } reason: 'misheard'"));
  CHECK(order(given).title() == "hole");
  CHECK(order(given).location().address() == "main street 2");
}

TEST_CASE("P1: an order moves to another version of the policy, if its category stands there") {
  const auto given = in_progress(careful_city()).by(actor("shift_lead"));
  CHECK(given.when(of<v1::Migrate>("to { id: 'city' version: 3 } reason: 'new year'")) ==
        "Migrated{from { } to { id: \"city\" version: 3 } category: \"roads\" reason: \"new year\"} -> in_progress");
  CHECK(
      given.when(of<v1::Migrate>("to { id: 'city' version: 2 } reason: 'x'")) ==
      "refused by category_has_a_successor: Migrate requires that the order's category roads stands in city version 2, "
      "by its code or by a mapping");
  CHECK(given.when(of<v1::Migrate>("to { id: 'city' version: 9 } reason: 'x'")) ==
        "refused by version_is_another: Migrate requires that the version was published, and is not the order's own");
}

}  // namespace
}  // namespace pavior::city::tests

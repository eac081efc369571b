// 会办, 联办: other units assist, the lead stays one. One line, one command, one exact answer.
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::RequestJoint request_joint() {
  return of<v1::RequestJoint>("units: ['parks', 'water'] reason: 'a tree on a pipe'");
}
v1::AddAssist add_assist() { return of<v1::AddAssist>("unit: 'parks' duty: 'cut the tree'"); }

TEST_CASE("T20: the lead asks for joint handling, once, and names the units") {
  auto given = acknowledged().by(actor("lead_department"));
  CHECK(given.when(request_joint()) ==
        "JointRequested{units: \"parks\" units: \"water\" reason: \"a tree on a pipe\"} -> acknowledged");
  const std::string units =
      "refused by names_different_units: RequestJoint requires that one unit or several are named, each of them once";
  CHECK(given.when(of<v1::RequestJoint>("reason: 'x'")) == units);
  CHECK(given.when(of<v1::RequestJoint>("units: '' reason: 'x'")) == units);
  CHECK(given.when(of<v1::RequestJoint>("units: ['parks', 'parks'] reason: 'x'")) == units);
  CHECK(given.when(of<v1::RequestJoint>("units: 'parks'")) ==
        "refused by has_reason: RequestJoint requires that a reason is given");
  given.happens(request_joint());
  CHECK(order(given).joint_request().units_size() == 2);
  CHECK(given.when(request_joint()) ==
        "refused by joint_request: RequestJoint is not possible while the joint request is requested, only while it is "
        "none");
}

TEST_CASE("T20: the dispatcher adds units with their duties, asked for or not") {
  auto given = acknowledged().by(actor("dispatcher"));
  CHECK(given.when(add_assist()) == "AssistAdded{unit: \"parks\" duty: \"cut the tree\"} -> acknowledged");
  CHECK(given.when(of<v1::AddAssist>("unit: 'parks'")) ==
        "refused by has_duty: AddAssist requires that the duty of the unit is given");
  CHECK(given.when(of<v1::AddAssist>("duty: 'x'")) == "refused by names_unit: AddAssist requires that a unit is named");
  const std::string not_free =
      "refused by unit_is_free_to_assist: AddAssist requires that the unit is neither the lead nor assisting already";
  CHECK(given.when(of<v1::AddAssist>("unit: 'works' duty: 'x'")) == not_free);
  given.happens(add_assist());
  CHECK(given.when(add_assist()) == not_free);
  CHECK(order(given).lead() == "works");
  CHECK(order(given).assists(0).state() == v1::Assist::WORKING);
}

TEST_CASE("T20: what the lead asked for is settled by the first unit that is added, or refused") {
  auto given = acknowledged();
  given.happens(request_joint());
  auto refused = given;
  given.happens(add_assist());
  CHECK(order(given).joint_request().state() == v1::REQUEST_NONE);

  refused.by(actor("dispatcher"));
  CHECK(refused.when(v1::RefuseJoint()) == "refused by has_reason: RefuseJoint requires that a reason is given");
  CHECK(refused.when(of<v1::RefuseJoint>("reason: 'alone'")) == "JointRefused{reason: \"alone\"} -> acknowledged");
  refused.happens(of<v1::RefuseJoint>("reason: 'alone'"));
  CHECK(order(refused).joint_request().state() == v1::REQUEST_NONE);
  CHECK(refused.when(of<v1::RefuseJoint>("reason: 'alone'")) ==
        "refused by joint_request: RefuseJoint is not possible while the joint request is none, only while it is "
        "requested");
}

TEST_CASE("T21: a unit says or shows what it did, or is excused, once") {
  auto given = acknowledged();
  given.happens(add_assist());
  given.by(actor("assist_department"));
  CHECK(given.when(of<v1::CompleteAssist>("unit: 'parks' remark: 'cut'")) ==
        "AssistDone{unit: \"parks\" remark: \"cut\"} -> acknowledged");
  CHECK(given.when(of<v1::CompleteAssist>("unit: 'parks'")) ==
        "refused by has_remark_or_evidence: CompleteAssist requires that it says or shows what was done");
  CHECK(given.when(of<v1::CompleteAssist>("unit: 'water' remark: 'x'")) ==
        "refused by assist: CompleteAssist is not possible while the assist is unknown, only while it is working");
  auto excused = given;
  given.happens(of<v1::CompleteAssist>("unit: 'parks' evidence { id: 'p' }"));
  CHECK(order(given).assists(0).state() == v1::Assist::DONE);
  CHECK(order(given).assists(0).ended_at() == reported_at);
  CHECK(given.when(of<v1::CompleteAssist>("unit: 'parks' remark: 'cut'")) ==
        "refused by assist: CompleteAssist is not possible while the assist is done, only while it is working");

  excused.by(actor("dispatcher"));
  CHECK(excused.when(of<v1::ExcuseAssist>("unit: 'parks'")) ==
        "refused by has_reason: ExcuseAssist requires that a reason is given");
  CHECK(excused.when(of<v1::ExcuseAssist>("unit: 'parks' reason: 'no tree'")) ==
        "AssistExcused{unit: \"parks\" reason: \"no tree\"} -> acknowledged");
  excused.happens(of<v1::ExcuseAssist>("unit: 'parks' reason: 'no tree'"));
  CHECK(order(excused).assists(0).state() == v1::Assist::EXCUSED);
}

TEST_CASE("T21: nobody ends the duty of another unit") {
  auto given = in_progress().by(machine_actor());
  given.happens(build<v1::AddAssist>([](auto& m) {
    m.set_unit("parks");
    m.set_duty("the trees");
  }));
  const auto done = build<v1::CompleteAssist>([](auto& m) {
    m.set_unit("parks");
    m.set_remark("cut");
  });
  CHECK(given.by(Actor("wei", {"assist_department@water"})).when(done) ==
        "refused by acts_for_that_unit: CompleteAssist requires that the actor belongs to the unit that is named");
  CHECK(given.by(Actor("pan", {"assist_department@parks"})).when(done).find("AssistDone{") == 0);
  CHECK(given.by(Actor("any", {"assist_department"})).when(done).find("AssistDone{") == 0);
}

TEST_CASE("T21: a unit that is done may be asked again, and each duty is kept") {
  auto given = acknowledged();
  given.happens(add_assist());
  given.happens(of<v1::CompleteAssist>("unit: 'parks' remark: 'cut'"));
  given.happens(of<v1::AddAssist>("unit: 'parks' duty: 'plant one'"));
  CHECK(order(given).assists_size() == 2);
  given.happens(of<v1::CompleteAssist>("unit: 'parks' remark: 'planted'"));
  CHECK(order(given).assists(1).state() == v1::Assist::DONE);
}

TEST_CASE("T31: a result waits for the units that assist, and names them") {
  auto given = in_progress();
  given.happens(add_assist());
  given.happens(of<v1::AddAssist>("unit: 'water' duty: 'mend the pipe'"));
  const auto result = of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'done'");
  CHECK(
      given.when(result) ==
      "refused by assists_are_done: SubmitResult requires that every assisting unit has done its duty or was excused; "
      "this waits for parks, water");
  given.happens(of<v1::CompleteAssist>("unit: 'parks' remark: 'cut'"));
  given.happens(of<v1::ExcuseAssist>("unit: 'water' reason: 'no pipe'"));
  CHECK(given.when(result).starts_with("ResultSubmitted{"));
}

TEST_CASE("T31: a request for joint handling lapses with the result, so that the order can be closed") {
  auto given = in_progress();
  given.happens(request_joint());
  CHECK(verified_from(given).by(actor("acceptor")).when(v1::Close()) ==
        "Closed{on_time: true deadline: 5000} -> closed");
}

}  // namespace
}  // namespace pavior::city::tests

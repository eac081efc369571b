/// \file
/// For every command one that the rules accept, and those that each of its rules refuses.
#pragma once

#include <vector>

#include "city/orders.h"

namespace pavior::city::tests {

struct Sample {
  Command command;
  bool sound;  ///< Every rule that only looks at the command holds.
};

inline std::vector<Sample> sample_commands() {
  std::vector<Sample> samples;
  const auto add = [&]<class M>(bool sound, const M& message) {
    samples.push_back({make_command(work_order_id("A1"), message), sound});
  };
  const auto reason = [](auto& m) { m.set_reason("because"); };

  add(true, build<v1::Report>([](auto& m) { m.set_title("hole"); }));
  add(false, v1::Report());

  auto reject = build<v1::Reject>(reason);
  add(false, reject);
  reject.set_reply("sorry");
  add(true, reject);
  add(false, v1::Reject());

  auto accept = build<v1::Accept>([](auto& m) { m.set_category("roads"); });
  add(true, accept);
  accept.set_deadline(-1);
  add(false, accept);
  add(false, v1::Accept());

  add(true, build<v1::Dispatch>([](auto& m) { m.set_lead("works"); }));
  add(false, v1::Dispatch());
  add(true, v1::Acknowledge());
  add(true, v1::StartWork());

  auto result = build<v1::SubmitResult>([](auto& m) { m.set_outcome(v1::OUTCOME_RESOLVED); });
  add(false, result);
  result.set_reply("filled");
  add(false, result);  // For a city that demands evidence.
  result.add_evidence()->set_id("after");
  add(true, result);
  add(false, v1::SubmitResult());

  add(true, v1::PassVerification());
  add(true, build<v1::FailVerification>(reason));
  add(false, v1::FailVerification());
  add(true, v1::Close());

  add(true, build<v1::RecordCallback>([](auto& m) { m.mutable_evaluation()->set_reached(true); }));
  add(true, v1::RecordCallback());

  auto reopen = build<v1::Reopen>(reason);
  add(true, reopen);
  reopen.set_dispatch_anew(true);
  add(true, reopen);
  reopen.set_deadline(-1);
  add(false, reopen);
  add(false, v1::Reopen());

  auto suspend = build<v1::RequestSuspension>(reason);
  add(false, suspend);
  suspend.set_until(deadline + 1000);
  add(true, suspend);
  add(false, v1::RequestSuspension());
  add(true, v1::ApproveSuspension());
  add(true, v1::Resume());

  add(true, build<v1::Merge>([](auto& m) { m.set_target("B2"); }));
  add(false, build<v1::Merge>([](auto& m) { m.set_target("A1"); }));
  add(true, build<v1::Absorb>([](auto& m) { m.set_source("B2"); }));
  add(false, v1::Absorb());
  add(true, build<v1::Void>(reason));
  add(false, v1::Void());
  add(true, build<v1::BreachDeadline>([](auto& m) { m.set_deadline(deadline); }));
  add(false, v1::BreachDeadline());

  auto reclassify = build<v1::Reclassify>(reason);
  add(false, reclassify);
  reclassify.set_category("water");
  add(true, reclassify);
  add(false, v1::Reclassify());
  add(true, build<v1::RecordContact>([](auto& m) { m.set_means("phone"); }));
  add(false, v1::RecordContact());
  add(true, build<v1::CompleteMilestone>([](auto& m) { m.set_milestone("fenced"); }));
  add(false, v1::CompleteMilestone());

  const auto roles = [](auto& m) { m.add_roles("handler"); };
  add(true, build<v1::Remind>(roles));
  add(false, v1::Remind());
  auto escalate = build<v1::Escalate>(roles);
  add(false, escalate);
  escalate.set_level(1);
  add(true, escalate);
  add(false, v1::Escalate());
  auto supervise = build<v1::Supervise>(roles);
  add(false, supervise);
  supervise.set_cause("quality");
  add(true, supervise);
  supervise.set_cause("ACC overdue");
  add(false, supervise);
  supervise.clear_roles();
  add(false, supervise);
  auto answer = build<v1::AnswerSupervision>([](auto& m) { m.set_cause("ACC overdue"); });
  add(false, answer);
  answer.set_answer("two crews more");
  add(true, answer);
  add(false, v1::AnswerSupervision());
  add(true, build<v1::DeclareMajorHazard>(reason));
  add(false, v1::DeclareMajorHazard());

  const auto clock = [](const char* name) {
    return [name](auto& m) {
      m.set_clock(name);
      m.set_instance(1);
    };
  };
  add(true, build<v1::RingClock>(clock("TOT")));
  add(false, build<v1::RingClock>(clock("HND")));
  add(true, build<v1::RecountClock>(clock("TOT")));
  add(false, build<v1::RecountClock>(clock("HND")));
  auto exempt = build<v1::Exempt>(clock("ACC"));
  add(false, exempt);
  exempt.set_reason("storm");
  add(true, exempt);
  exempt.set_clock("TOT");
  add(false, exempt);
  return samples;
}

}  // namespace pavior::city::tests

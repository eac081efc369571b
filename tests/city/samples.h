/// \file
/// For every command one that the rules accept, and one for each rule that looks at the command, which it refuses.
#pragma once

#include <string>
#include <vector>

#include "city/orders.h"

namespace pavior::city::tests {

struct Sample {
  Command command;
  bool sound;  ///< Every rule that only looks at the command holds, in a city that asks for nothing.
};

class Samples {
 public:
  template <class M>
  void sound(const std::string& text = "") {
    add<M>(text, true);
  }
  template <class M>
  void bad(const std::string& text = "") {
    add<M>(text, false);
  }
  [[nodiscard]] std::vector<Sample> all() && { return std::move(all_); }

 private:
  template <class M>
  void add(const std::string& text, bool sound) {
    all_.push_back({make_command(work_order_id("A1"), of<M>(text)), sound});
  }
  std::vector<Sample> all_;
};

inline void add_intake(Samples& samples) {
  samples.sound<v1::Report>("title: 'hole'");
  samples.sound<v1::Report>("title: 'hole' channel: 'hotline'");  // Where channels are named.
  samples.bad<v1::Report>("channel: 'hotline' evidence { id: 'before' }");
  samples.bad<v1::Report>("title: 'hole' channel: 'hotline' profile: 'nowhere'");
  samples.bad<v1::Report>("title: 'hole' channel: 'hotline' alert { sensor: 's1' }");
  samples.bad<v1::Report>();
  samples.sound<v1::RecordClassification>("classification { category: 'roads' confidence: 0.5 model: 'letters' }");
  samples.bad<v1::RecordClassification>("classification { category: 'roads' confidence: 1.5 model: 'letters' }");
  samples.bad<v1::RecordClassification>("classification { category: 'roads' confidence: 0.5 }");
  samples.bad<v1::RecordClassification>();
  samples.sound<v1::GiveUpClassification>();
  samples.sound<v1::SelfHandle>("category: 'roads' evidence { id: 'after' }");
  samples.bad<v1::SelfHandle>("category: 'nowhere' evidence { id: 'after' }");
  samples.bad<v1::SelfHandle>("category: 'roads'");
  samples.bad<v1::SelfHandle>();
  samples.sound<v1::OrderPrecheck>("missing: 'how deep it is'");
  samples.bad<v1::OrderPrecheck>();
  samples.sound<v1::SubmitPrecheck>("evidence { id: 'p2' }");
  samples.bad<v1::SubmitPrecheck>();
  samples.sound<v1::Reject>("reason: 'because' reply: 'sorry'");
  samples.bad<v1::Reject>("reason: 'because'");
  samples.bad<v1::Reject>();
  samples.sound<v1::Accept>("category: 'roads'");
  samples.bad<v1::Accept>("category: 'nowhere'");
  samples.bad<v1::Accept>("category: 'roads' condition: 'z'");
  samples.bad<v1::Accept>("category: 'roads' condition: 'a' grade: 99");
  samples.bad<v1::Accept>("category: 'roads' grade: 99");
  samples.bad<v1::Accept>("category: 'roads' profile: 'nowhere'");
  samples.bad<v1::Accept>("category: 'roads' deadline: -1");
  samples.bad<v1::Accept>();
  samples.sound<v1::TransferOut>("body: 'province' receipt: 'P-7' reason: 'a trunk road'");
  samples.bad<v1::TransferOut>("body: 'province' reason: 'a trunk road'");
  samples.bad<v1::TransferOut>();
}

inline void add_dispatching(Samples& samples) {
  samples.sound<v1::Dispatch>("lead: 'works'");
  samples.bad<v1::Dispatch>("no_responsible_body: true lead: 'works'");
  samples.bad<v1::Dispatch>();
  samples.bad<v1::Dispatch>("lead: 'works' assists { unit: 'works' duty: 'to help' }");
  samples.sound<v1::LeaveToDispatcher>();
  samples.sound<v1::Redispatch>("lead: 'works' reason: 'because'");
  samples.bad<v1::Redispatch>("lead: 'works' reason: 'because' assists { unit: 'parks' }");
  samples.bad<v1::Redispatch>("lead: 'works'");
  samples.bad<v1::Redispatch>();
  samples.sound<v1::Designate>("lead: 'works' reason: 'because'");
  samples.bad<v1::Designate>("lead: 'works'");
  samples.bad<v1::Designate>();
  samples.sound<v1::Acknowledge>();
  samples.sound<v1::DeemAcknowledged>("clock: 'ACC' instance: 1");
  samples.bad<v1::DeemAcknowledged>("clock: 'TOT' instance: 1");
  samples.sound<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'");
  samples.bad<v1::RequestReturn>("reason: 'not ours'");
  samples.bad<v1::RequestReturn>();
  samples.sound<v1::ApproveReturn>();
  samples.sound<v1::RefuseReturn>("reason: 'because'");
  samples.bad<v1::RefuseReturn>();
  samples.sound<v1::CannotSolve>("reason: 'too big' tier: 'street'");
  samples.bad<v1::CannotSolve>("reason: 'too big'");
  samples.bad<v1::CannotSolve>();
}

inline void add_unit_at_work(Samples& samples) {
  samples.sound<v1::AssignHandler>("handler: 'hand-2'");
  samples.bad<v1::AssignHandler>();
  samples.sound<v1::RevokeHandler>("reason: 'because'");
  samples.bad<v1::RevokeHandler>();
  samples.sound<v1::TransferDown>("unit: 'road crew' reason: 'because'");
  samples.bad<v1::TransferDown>("unit: 'works' reason: 'because'");
  samples.bad<v1::TransferDown>("unit: 'road crew'");
  samples.bad<v1::TransferDown>();
  samples.sound<v1::StartWork>();
  samples.sound<v1::RequestExtension>("reason: 'because'");
  samples.bad<v1::RequestExtension>();
  samples.sound<v1::EndorseExtension>();
  samples.sound<v1::ApproveExtension>();
  samples.sound<v1::RefuseExtension>("reason: 'because'");
  samples.bad<v1::RefuseExtension>();
  samples.sound<v1::RequestSuspension>("reason: 'because' until: 6000");
  samples.bad<v1::RequestSuspension>("reason: 'because'");
  samples.bad<v1::RequestSuspension>("until: 6000");
  samples.sound<v1::EndorseSuspension>();
  samples.sound<v1::ApproveSuspension>();
  samples.bad<v1::ApproveSuspension>("until: 1");
  samples.sound<v1::RefuseSuspension>("reason: 'because'");
  samples.bad<v1::RefuseSuspension>();
  samples.sound<v1::Resume>();
  samples.sound<v1::CompleteMilestone>("milestone: 'fenced'");
  samples.bad<v1::CompleteMilestone>();
  samples.sound<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled' evidence { id: 'after' }");
  samples.bad<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled'");  // Where evidence is demanded.
  samples.bad<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'not our business'");
  samples.bad<v1::SubmitResult>(
      "outcome: OUTCOME_RESOLVED basis { template_id: 'no_tar' bindings { name: 'when' value: 'May' } }");
  samples.bad<v1::SubmitResult>("outcome: OUTCOME_RESOLVED");
  samples.bad<v1::SubmitResult>("reply: 'filled'");
  samples.sound<v1::ConfirmResult>();
  samples.sound<v1::ReturnToHandler>("reason: 'because'");
  samples.bad<v1::ReturnToHandler>();
}

inline void add_several_units(Samples& samples) {
  samples.sound<v1::RequestJoint>("units: ['parks', 'water'] reason: 'a tree on a pipe'");
  samples.bad<v1::RequestJoint>("units: ['parks', 'parks'] reason: 'a tree on a pipe'");
  samples.bad<v1::RequestJoint>("units: ['parks']");
  samples.sound<v1::AddAssist>("unit: 'parks' duty: 'cut the tree'");
  samples.bad<v1::AddAssist>("unit: 'works' duty: 'cut the tree'");
  samples.bad<v1::AddAssist>("unit: 'parks'");
  samples.bad<v1::AddAssist>();
  samples.sound<v1::RefuseJoint>("reason: 'because'");
  samples.bad<v1::RefuseJoint>();
  samples.sound<v1::CompleteAssist>("unit: 'parks' remark: 'cut'");
  samples.bad<v1::CompleteAssist>("unit: 'parks'");
  samples.sound<v1::ExcuseAssist>("unit: 'parks' reason: 'because'");
  samples.bad<v1::ExcuseAssist>("unit: 'parks'");
  samples.sound<v1::BlowWhistle>("kind: 'emergency' targets: ['parks', 'water'] reason: 'a burst pipe'");
  samples.bad<v1::BlowWhistle>("kind: 'emergency' targets: 'parks'");
  samples.bad<v1::BlowWhistle>("kind: 'emergency' targets: ['parks', 'parks'] reason: 'a burst pipe'");
  samples.bad<v1::BlowWhistle>();
  samples.sound<v1::ReportIn>("whistle: 1 unit: 'parks' place: 'main street 1'");
  samples.bad<v1::ReportIn>("whistle: 1 unit: 'parks'");
  samples.sound<v1::ExcuseTarget>("whistle: 1 unit: 'parks' reason: 'because'");
  samples.bad<v1::ExcuseTarget>("whistle: 1 unit: 'parks'");
  samples.sound<v1::ConcludeWhistle>("whistle: 1 result: 'closed the valve' ratings { unit: 'parks' value: 5 }");
  samples.bad<v1::ConcludeWhistle>("whistle: 1 result: 'closed the valve' ratings { unit: 'parks' value: 6 }");
  samples.bad<v1::ConcludeWhistle>("whistle: 1");
}

inline void add_checking_and_closing(Samples& samples) {
  samples.sound<v1::PassReply>();
  samples.sound<v1::FailReply>("reason: 'because' rules: 'no_blame'");
  samples.bad<v1::FailReply>();
  samples.sound<v1::PassVerification>();
  samples.sound<v1::FailVerification>("reason: 'because'");
  samples.bad<v1::FailVerification>();
  samples.sound<v1::Close>();
  samples.sound<v1::ForceClose>("reason: 'because'");
  samples.bad<v1::ForceClose>();
  samples.sound<v1::RecordCallback>("evaluation { reached: true }");
  samples.sound<v1::RecordCallback>();
  samples.sound<v1::RequestReopening>("reason: 'because'");
  samples.bad<v1::RequestReopening>();
  samples.sound<v1::Reopen>("reason: 'because'");
  samples.sound<v1::Reopen>("reason: 'because' dispatch_anew: true");
  samples.bad<v1::Reopen>("reason: 'because' deadline: -1");
  samples.bad<v1::Reopen>();
  samples.sound<v1::Archive>();
  samples.sound<v1::Void>("reason: 'because'");
  samples.bad<v1::Void>();
  samples.sound<v1::Appeal>("clock: 'ACC' instance: 1 reason: 'a storm'");
  samples.bad<v1::Appeal>("clock: 'TOT' instance: 1 reason: 'a storm'");
  samples.bad<v1::Appeal>("clock: 'ACC' instance: 1");
  samples.sound<v1::ReviewAppeal>("opinion: 'there was one'");
  samples.bad<v1::ReviewAppeal>();
  samples.sound<v1::DecideAppeal>("granted: true reason: 'there was one'");
  samples.sound<v1::DecideAppeal>("reason: 'there was none'");
  samples.bad<v1::DecideAppeal>();
  samples.sound<v1::ExcludeFromAssessment>("rule: 'R-1' reason: 'because'");
  samples.bad<v1::ExcludeFromAssessment>("rule: 'R-1'");
  samples.bad<v1::ExcludeFromAssessment>();
  samples.sound<v1::Assess>("assessment { period: '2024-W10' formula: 'f-1' }");
  samples.bad<v1::Assess>();
  samples.sound<v1::EvaluateAsParty>("evaluation { party: 'public' scores { dimension: 'effect' value: 90 } }");
  samples.bad<v1::EvaluateAsParty>("evaluation { party: 'public' scores { dimension: 'effect' value: 101 } }");
}

inline void add_several_orders(Samples& samples) {
  samples.sound<v1::Merge>("target: 'B2'");
  samples.bad<v1::Merge>("target: 'A1'");
  samples.sound<v1::Absorb>("source: 'B2'");
  samples.bad<v1::Absorb>();
  samples.sound<v1::Unmerge>("reason: 'because'");
  samples.bad<v1::Unmerge>();
  samples.sound<v1::Release>("source: 'C3'");
  samples.bad<v1::Release>("source: 'Z9'");
  samples.sound<v1::Split>("parts { key: 'D4' title: 'the lamp' } reason: 'two things'");
  samples.bad<v1::Split>("parts { key: 'A1' title: 'the lamp' } reason: 'two things'");
  samples.bad<v1::Split>("parts { key: 'D4' title: 'the lamp' }");
  samples.sound<v1::FileChild>("parent: 'P0' part { key: 'A1' title: 'the lamp' category: 'roads' }");
  samples.sound<v1::RecordChild>("child: 'D4' ended: STAGE_CLOSED");
  samples.bad<v1::RecordChild>("child: 'D4'");  // Once the order has ended.
  samples.bad<v1::RecordChild>("child: 'Z9' ended: STAGE_CLOSED");
}

inline void add_records(Samples& samples) {
  samples.sound<v1::Reclassify>("category: 'lamps' reason: 'because'");
  samples.bad<v1::Reclassify>("category: 'lamps'");
  samples.bad<v1::Reclassify>("reason: 'because'");
  samples.bad<v1::Reclassify>("grade: 99 reason: 'because'");
  samples.bad<v1::Reclassify>("category: 'nowhere' reason: 'because'");
  samples.bad<v1::Reclassify>("condition: 'z' reason: 'because'");
  samples.sound<v1::RecordContact>("means: 'phone'");
  samples.bad<v1::RecordContact>();
  samples.sound<v1::AddNote>("text: 'the owner called'");
  samples.bad<v1::AddNote>();
  samples.sound<v1::Attach>("evidence { id: 'p3' }");
  samples.bad<v1::Attach>();
  samples.sound<v1::Correct>("title: 'a deep hole' reason: 'because'");
  samples.bad<v1::Correct>("title: 'a deep hole'");
  samples.bad<v1::Correct>("reason: 'because'");
  samples.sound<v1::Read>("purpose: 'complaint 17'");
  samples.bad<v1::Read>();
  samples.sound<v1::RecordRefusal>("command: 'Close' rule: 'role'");
  samples.bad<v1::RecordRefusal>("command: 'Close'");
  samples.sound<v1::Migrate>("to { id: 'city' version: 3 } reason: 'because'");
  samples.bad<v1::Migrate>("to { id: 'city' version: 2 } reason: 'because'");
  samples.bad<v1::Migrate>("to { id: 'nowhere' version: 1 } reason: 'because'");
  samples.bad<v1::Migrate>("to { id: 'city' version: 3 }");
}

inline void add_attention(Samples& samples) {
  samples.sound<v1::Remind>("roles: 'handler'");
  samples.bad<v1::Remind>();
  samples.sound<v1::Escalate>("roles: 'handler' level: 1");
  samples.bad<v1::Escalate>("roles: 'handler'");
  samples.bad<v1::Escalate>();
  samples.sound<v1::Supervise>("cause: 'quality' roles: 'handler'");
  samples.bad<v1::Supervise>("cause: 'quality'");
  samples.bad<v1::Supervise>("roles: 'handler'");
  samples.sound<v1::AnswerSupervision>("cause: 'quality' answer: 'two crews more'");
  samples.bad<v1::AnswerSupervision>("cause: 'quality'");
  samples.sound<v1::DeclareMajorHazard>("reason: 'because'");
  samples.bad<v1::DeclareMajorHazard>();
  samples.sound<v1::SetWarning>("colour: ORANGE reason: 'because'");
  samples.bad<v1::SetWarning>("colour: COLOUR_NONE reason: 'because'");
  samples.bad<v1::SetWarning>("colour: ORANGE");
  samples.sound<v1::BreachDeadline>("deadline: 5000");
  samples.bad<v1::BreachDeadline>();
  samples.sound<v1::RingClock>("clock: 'TOT' instance: 1");
  samples.bad<v1::RingClock>("clock: 'HND' instance: 1");
  samples.sound<v1::RecountClock>("clock: 'TOT' instance: 1");
  samples.bad<v1::RecountClock>("clock: 'HND' instance: 1");
  samples.sound<v1::Exempt>("clock: 'ACC' instance: 1 reason: 'a storm'");
  samples.bad<v1::Exempt>("clock: 'TOT' instance: 1 reason: 'a storm'");
  samples.bad<v1::Exempt>("clock: 'ACC' instance: 1");
}

inline void add_likeness(Samples& samples) {
  samples.sound<v1::SuggestDuplicates>("suggestion { candidates { order: 'B2' score: 0.5 } }");
  samples.bad<v1::SuggestDuplicates>("suggestion { candidates { order: 'A1' score: 0.5 } }");
  samples.bad<v1::SuggestDuplicates>();
  samples.sound<v1::WarnOfRepeat>("warning { rule: 'often' colour: BLUE orders: 'A1' reason: '3 of one person' }");
  samples.bad<v1::WarnOfRepeat>();
  samples.sound<v1::AddAlertSample>("alert { sensor: 's1' scenario: 'ice' at: 2000 }");
  samples.bad<v1::AddAlertSample>();
}

inline std::vector<Sample> sample_commands() {
  Samples samples;
  add_intake(samples);
  add_likeness(samples);
  add_dispatching(samples);
  add_unit_at_work(samples);
  add_several_units(samples);
  add_checking_and_closing(samples);
  add_several_orders(samples);
  add_records(samples);
  add_attention(samples);
  return std::move(samples).all();
}

}  // namespace pavior::city::tests

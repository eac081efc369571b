#include <initializer_list>
#include <string_view>

#include "pavior/city/policy.h"
#include "pavior/city/work_orders.h"

namespace pavior::city::inline v0 {
namespace {

using Roles = std::vector<std::string_view>;

Roles operator+(Roles one, const Roles& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

v1::Grant grant(std::string_view command, const Roles& roles) {
  v1::Grant grant;
  grant.set_command(std::string(command));
  for (const auto role : roles) grant.add_roles(std::string(role));
  grant.set_scope(v1::Grant::ANY_ORDER);
  return grant;
}

}  // namespace

std::vector<v1::Grant> default_grants() {
  using namespace roles;  // NOLINT
  const Roles field = {collector, observer, grid_worker};
  const Roles leaders = {leader, leader_in_charge, principal_leader};
  const Roles unit = {lead_department, handler};
  const Roles staff = field + Roles{community,         acceptor, dispatcher, shift_lead, lead_department,
                                    assist_department, handler,  reviewer,   verifier,   callback_agent,
                                    supervisor,        assessor, street} +
                      leaders;
  return {
      // From the report to the dispatch.
      grant("Report", Roles{reporter} + field + Roles{community}),
      grant("SelfHandle", field + Roles{community}),
      grant("OrderPrecheck", {acceptor}),
      grant("SubmitPrecheck", field),
      grant("Reject", {acceptor}),
      grant("Accept", {acceptor}),
      grant("Reclassify", {acceptor, dispatcher, shift_lead}),
      grant("TransferOut", {acceptor, dispatcher}),
      grant("Dispatch", {dispatcher, shift_lead}),
      grant("Redispatch", {dispatcher, shift_lead}),
      grant("Designate", Roles{shift_lead} + leaders),
      // The unit at work.
      grant("Acknowledge", {lead_department}),
      grant("RecordContact", unit),
      grant("RequestReturn", {lead_department}),
      grant("ApproveReturn", {dispatcher, shift_lead}),
      grant("RefuseReturn", {dispatcher, shift_lead}),
      grant("AssignHandler", {lead_department}),
      grant("RevokeHandler", {lead_department}),
      grant("StartWork", unit),
      grant("TransferDown", {lead_department}),
      grant("CompleteMilestone", {handler}),
      grant("CannotSolve", {community}),
      grant("SubmitResult", unit),
      grant("ConfirmResult", {lead_department}),
      grant("ReturnToHandler", {lead_department}),
      // Several units.
      grant("RequestJoint", {lead_department}),
      grant("AddAssist", {dispatcher}),
      grant("RefuseJoint", {dispatcher}),
      grant("CompleteAssist", {assist_department}),
      grant("ExcuseAssist", {dispatcher}),
      grant("BlowWhistle", {street}),
      grant("ReportIn", {assist_department}),
      grant("ExcuseTarget", {street}),
      grant("ConcludeWhistle", {street}),
      // More time.
      grant("RequestExtension", unit),
      grant("EndorseExtension", {lead_department}),
      grant("ApproveExtension", Roles{dispatcher} + leaders),
      grant("RefuseExtension", Roles{dispatcher} + leaders),
      grant("RequestSuspension", {lead_department}),
      grant("EndorseSuspension", {dispatcher}),
      grant("ApproveSuspension", leaders),
      grant("RefuseSuspension", Roles{dispatcher} + leaders),
      grant("Resume", {dispatcher}),
      // From the result to the evaluated close.
      grant("PassReply", {reviewer}),
      grant("FailReply", {reviewer}),
      grant("PassVerification", {verifier}),
      grant("FailVerification", {verifier, acceptor, dispatcher}),
      grant("Close", {acceptor}),
      grant("ForceClose", leaders),
      grant("RecordCallback", {callback_agent}),
      grant("RequestReopening", {reporter}),
      grant("Reopen", {callback_agent, acceptor}),
      grant("EvaluateAsParty", {reporter, community, street, assessor}),
      // Several orders.
      grant("Merge", {acceptor, dispatcher}),
      grant("Unmerge", {acceptor}),
      grant("Split", {acceptor, dispatcher}),
      // Beside the main line. Escalate, SetWarning and Archive are left to `system`.
      grant("Remind", {acceptor}),
      grant("Supervise", {supervisor}),
      grant("AnswerSupervision", {lead_department}),
      grant("DeclareMajorHazard", staff),
      grant("Void", {shift_lead}),
      grant("Exempt", {dispatcher, acceptor}),
      grant("Appeal", {lead_department}),
      grant("ReviewAppeal", {dispatcher}),
      grant("DecideAppeal", {acceptor}),
      grant("ExcludeFromAssessment", {assessor}),
      grant("Assess", {assessor}),
      grant("Migrate", {shift_lead}),
      grant("AddNote", staff),
      grant("Attach", staff),
      grant("Correct", staff),
  };
}

}  // namespace pavior::city::inline v0

#include <algorithm>
#include <string>

#include "city/order/lifecycle.h"
#include "fmt/format.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

Permission allow(std::string command, std::initializer_list<std::string_view> roles) {
  return {std::move(command), std::vector<std::string>(roles.begin(), roles.end())};
}

}  // namespace

std::vector<Permission> default_permissions() {
  using namespace roles;  // NOLINT
  return {
      allow("Report", {reporter, collector, observer, grid_worker, community}),
      allow("Reject", {acceptor}),
      allow("Accept", {acceptor}),
      allow("Dispatch", {dispatcher, shift_lead}),
      allow("Acknowledge", {lead_department}),
      allow("StartWork", {handler, lead_department}),
      allow("Suspend", {dispatcher, leader}),
      allow("Resume", {dispatcher}),
      allow("SubmitResult", {handler, lead_department}),
      allow("PassVerification", {verifier}),
      allow("FailVerification", {verifier, acceptor, dispatcher}),
      allow("Close", {acceptor}),
      allow("RecordCallback", {callback_agent}),
      allow("Reopen", {callback_agent, acceptor}),
      allow("Merge", {acceptor, dispatcher}),
      allow("Void", {shift_lead}),
      allow("Reclassify", {acceptor, dispatcher, shift_lead}),
      allow("RecordContact", {lead_department, handler}),
      allow("CompleteMilestone", {handler}),
      allow("Remind", {acceptor}),
      allow("Supervise", {supervisor}),
      allow("AnswerSupervision", {lead_department}),
      allow("DeclareMajorHazard", {collector, observer, grid_worker, community, acceptor, dispatcher, shift_lead,
                                   lead_department, handler, verifier, supervisor, leader}),
      allow("Exempt", {dispatcher, acceptor}),
  };
}

StreamId work_order_id(std::string key) { return {std::string(work_order_workflow), std::move(key)}; }

const v1::WorkOrder* work_order(const State& state) noexcept { return state_data<v1::WorkOrder>(state); }

Result<void> lifecycle::WorkOrderLifecycle::may(const Actor& actor, std::string_view command) const {
  if (actor.has_role(roles::system)) return {};
  const auto allowed = std::ranges::find(policy_.permissions, command, &Permission::command);
  if (allowed == policy_.permissions.end())
    return Error::refused("role", fmt::format("{} may be submitted by {} only", command, roles::system));
  if (std::ranges::any_of(allowed->roles, [&](const std::string& role) { return actor.has_role(role); })) return {};
  return Error::refused(
      "role",
      fmt::format("{} may be submitted by {} only, not by {} ({})", command, fmt::join(allowed->roles, ", "),
                  actor.id(), actor.roles().empty() ? "no role" : fmt::format("{}", fmt::join(actor.roles(), ", "))));
}

}  // namespace pavior::city::inline v0

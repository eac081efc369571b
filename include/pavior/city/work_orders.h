/// \file
/// City work orders: a workflow that carries an order from the report to the evaluated close.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/grid_map_book.h"
#include "pavior/city/policy_book.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/workflow.h"

namespace pavior::city::v1 {
class WorkOrder;
}

namespace pavior::city::inline v0 {

/// The name of the workflow, hence the first part of an order's stream id.
inline constexpr std::string_view work_order_workflow = "work_order";

/// The name of the timer that records a missed deadline.
inline constexpr std::string_view deadline_timer = "deadline";

/// The topic of notices to reporters; the payload is a `pavior.city.v1.ReporterNotice`.
inline constexpr std::string_view reporter_notice_topic = "reporter_notice";

/// The name of the timer that resumes a suspended order.
inline constexpr std::string_view suspension_timer = "suspension";

/// The topic of reminders, escalations, supervisions, major hazards, assists and whistles; the payload is a `pavior.city.v1.StaffNotice`.
inline constexpr std::string_view staff_notice_topic = "staff_notice";

/// What an actor may be. Hosts may use other names in their own grants.
namespace roles {
inline constexpr std::string_view reporter = "reporter";                    // 上报人
inline constexpr std::string_view collector = "collector";                  // 采集员
inline constexpr std::string_view observer = "observer";                    // 观察员
inline constexpr std::string_view grid_worker = "grid_worker";              // 网格员
inline constexpr std::string_view community = "community";                  // 社区
inline constexpr std::string_view street = "street";                        // 街乡
inline constexpr std::string_view acceptor = "acceptor";                    // 受理员
inline constexpr std::string_view dispatcher = "dispatcher";                // 派遣员
inline constexpr std::string_view shift_lead = "shift_lead";                // 值班长
inline constexpr std::string_view lead_department = "lead_department";      // 主办单位
inline constexpr std::string_view assist_department = "assist_department";  // 协办单位
inline constexpr std::string_view handler = "handler";                      // 处置人员
inline constexpr std::string_view reviewer = "reviewer";                    // 审核员
inline constexpr std::string_view verifier = "verifier";                    // 核查员
inline constexpr std::string_view callback_agent = "callback_agent";        // 回访员
inline constexpr std::string_view supervisor = "supervisor";                // 督办员
inline constexpr std::string_view assessor = "assessor";                    // 考核员
inline constexpr std::string_view leader = "leader";                        // 领导
inline constexpr std::string_view leader_in_charge = "leader_in_charge";    // 分管领导
inline constexpr std::string_view principal_leader = "principal_leader";    // 主要领导
/// Timers, couriers and imports. May submit every command, and is no person when duties are separated.
inline constexpr std::string_view system = "system";
}  // namespace roles

/// A role of an actor: `lead_department@water` is one that the actor has in a unit, `grid_worker@3411/05` one of a grid
/// and all below it. Grants with a scope look at the place; a role without one fits no scope but the actor's own orders.
/// Lifetime: that of the text.
struct Claim {
  std::string_view role;
  std::string_view at;
};
[[nodiscard]] PAVIOR_EXPORT Claim claim_of(std::string_view role);

/// Whether the actor has a role, at whatever place.
[[nodiscard]] PAVIOR_EXPORT bool has_role(const Actor& actor, std::string_view role);

/// Who has which role now: asked while a command is decided, and never on replay, since the answer is recorded.
/// Threads: any, several at once. Must not block.
class PAVIOR_EXPORT Directory {
 public:
  virtual ~Directory() = default;
  /// The host's pseudonyms of the people who have `role` for this order; nobody is an answer.
  [[nodiscard]] virtual std::vector<std::string> holders(std::string_view role, const v1::WorkOrder& order) const = 0;
  /// Whether `agent` may act with `role` (as `lead_department@water`) in the place of `principal` now, e.g. while that
  /// one is absent. By default nobody may.
  [[nodiscard]] virtual bool stands_in(std::string_view agent, std::string_view principal, std::string_view role,
                                       Time now) const;
};

class Dispatcher;

/// What cities may want different. What is asked here is asked while a command is decided, and its answer recorded.
struct WorkOrderPolicy {
  PolicyBook policies;                         ///< An order keeps the version that was in force when it was reported.
  std::shared_ptr<const Directory> directory;  ///< Null: notices name roles and nobody.
  /// Of the version in force then, an order's position makes its grid. None: its grid is what people say.
  GridMapBook maps;
  /// Asked where a profile dispatches by itself. Null: the order goes to the unit with the duty, if it is one.
  std::shared_ptr<const Dispatcher> dispatcher;
  /// A classifier is asked about reports that suggest no category: the host has a courier for `classification_topic`.
  bool classifies = false;
};

/// `docs/lifecycle.md` is its table.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Workflow> make_work_order_workflow(WorkOrderPolicy policy = {});

[[nodiscard]] PAVIOR_EXPORT StreamId work_order_id(std::string key);

/// The order inside a state of this workflow; null for another one's. Lifetime: that of the state.
[[nodiscard]] PAVIOR_EXPORT const v1::WorkOrder* work_order(const State& state) noexcept;

}  // namespace pavior::city::inline v0

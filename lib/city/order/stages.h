// The stages of a work order, and the groups of them that rows name.
#pragma once

#include "pavior/city/v1/work_order.pb.h"
#include "pavior/table.h"

namespace pavior::city::inline v0::lifecycle {

using machine::any_of;
using machine::stage;

using reported = stage<v1::STAGE_REPORTED, "reported">;                       // 已上报
using precheck = stage<v1::STAGE_PRECHECK, "precheck">;                       // 受理核实
using accepted = stage<v1::STAGE_ACCEPTED, "accepted">;                       // 已立案(待派遣)
using dispatched = stage<v1::STAGE_DISPATCHED, "dispatched">;                 // 已派遣(待签收)
using acknowledged = stage<v1::STAGE_ACKNOWLEDGED, "acknowledged">;           // 已签收
using in_progress = stage<v1::STAGE_IN_PROGRESS, "in_progress">;              // 处置中
using suspended = stage<v1::STAGE_SUSPENDED, "suspended">;                    // 挂起, 挂账
using handled = stage<v1::STAGE_HANDLED, "handled">;                          // 已反馈(待审核)
using verifying = stage<v1::STAGE_VERIFYING, "verifying">;                    // 核查中
using verified = stage<v1::STAGE_VERIFIED, "verified">;                       // 核查通过
using closed = stage<v1::STAGE_CLOSED, "closed">;                             // 已结案
using archived = stage<v1::STAGE_ARCHIVED, "archived">;                       // 已归档
using rejected = stage<v1::STAGE_REJECTED, "rejected">;                       // 不予受理
using merged = stage<v1::STAGE_MERGED, "merged">;                             // 已并案
using voided = stage<v1::STAGE_VOIDED, "voided">;                             // 作废
using transferred_out = stage<v1::STAGE_TRANSFERRED_OUT, "transferred_out">;  // 转出

/// A unit has the order, and may still hand it back.
using any_at_unit = any_of<dispatched, acknowledged, in_progress>;
using any_at_work = any_of<acknowledged, in_progress>;
using any_with_unit = any_of<dispatched, acknowledged, in_progress, suspended>;
using any_before_handled = any_of<reported, precheck, accepted, dispatched, acknowledged, in_progress, suspended>;
using any_filed = any_of<accepted, dispatched, acknowledged, in_progress, suspended, handled, verifying, verified>;
using any_open = any_of<reported, precheck, accepted, dispatched, acknowledged, in_progress, suspended, handled,
                        verifying, verified>;
using any_open_or_closed = any_of<reported, precheck, accepted, dispatched, acknowledged, in_progress, suspended,
                                  handled, verifying, verified, closed>;
/// An order that others may have been merged into, whatever became of it since.
using any_not_archived = any_of<reported, precheck, accepted, dispatched, acknowledged, in_progress, suspended, handled,
                                verifying, verified, closed, rejected, voided, transferred_out>;
using any_done = any_of<closed, archived>;
using any_stage = any_of<reported, precheck, accepted, dispatched, acknowledged, in_progress, suspended, handled,
                         verifying, verified, closed, archived, rejected, merged, voided, transferred_out>;

}  // namespace pavior::city::inline v0::lifecycle

// What people are told.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "pavior/city/v1/notices.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/workflow.h"

namespace pavior::city::inline v0::lifecycle {

[[nodiscard]] v1::ReporterNotice notice_of(std::string_view outcome, const std::string& text);

/// Only to reporters known by an id.
void tell(const v1::Reporter& reporter, v1::ReporterNotice notice, const Event& meta, Reaction& reaction);
/// And to those whose reports were merged into this one.
void tell_all(const v1::WorkOrder& order, const v1::ReporterNotice& notice, const Event& meta, Reaction& reaction);

void tell_staff(std::string_view kind, const v1::WorkOrder& order, v1::StaffNotice notice, const Event& meta,
                Reaction& reaction);

/// To whoever has the fact's roles.
template <class Fact>
[[nodiscard]] v1::StaffNotice to_roles_of(const Fact& fact) {
  v1::StaffNotice notice;
  *notice.mutable_roles() = fact.roles();
  *notice.mutable_recipients() = fact.recipients();
  return notice;
}

}  // namespace pavior::city::inline v0::lifecycle

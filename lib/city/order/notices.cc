#include "city/order/notices.h"

namespace pavior::city::inline v0::lifecycle {

v1::ReporterNotice notice_of(std::string_view outcome, const std::string& text) {
  v1::ReporterNotice notice;
  notice.set_outcome(std::string(outcome));
  notice.set_text(text);
  return notice;
}

void tell(const v1::Reporter& reporter, v1::ReporterNotice notice, const Event& meta, Reaction& reaction) {
  if (reporter.id().empty()) return;
  notice.set_reporter(reporter.id());
  notice.set_order(std::string(meta.key));
  reaction.effects.push_back(make_effect(std::string(reporter_notice_topic), notice));
}

void tell_all(const v1::WorkOrder& order, const v1::ReporterNotice& notice, const Event& meta, Reaction& reaction) {
  tell(order.reporter(), notice, meta, reaction);
  for (const auto& follower : order.followers()) tell(follower, notice, meta, reaction);
}

void tell_staff(std::string_view kind, const v1::WorkOrder& order, v1::StaffNotice notice, const Event& meta,
                Reaction& reaction) {
  notice.set_kind(std::string(kind));
  notice.set_order(std::string(meta.key));
  notice.set_unit(order.lead());
  reaction.effects.push_back(make_effect(std::string(staff_notice_topic), notice));
}

}  // namespace pavior::city::inline v0::lifecycle

#include "city/order/order_timers.h"

#include <chrono>
#include <string>

#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::lifecycle {

void arm_deadline(std::int64_t deadline, Reaction& reaction) {
  if (deadline == 0) return;
  v1::BreachDeadline breach;
  breach.set_deadline(deadline);
  reaction.arm.push_back(
      make_timer(std::string(deadline_timer), from_micros(deadline) + std::chrono::microseconds(1), breach));
}

void arm_suspension(std::int64_t until, Reaction& reaction) {
  v1::Resume resume;
  resume.set_remark("the suspension was until now");
  reaction.arm.push_back(make_timer(std::string(suspension_timer), from_micros(until), resume));
}

}  // namespace pavior::city::inline v0::lifecycle

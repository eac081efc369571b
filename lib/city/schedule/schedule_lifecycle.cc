#include "city/schedule/schedule_lifecycle.h"

#include <utility>

#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_schedule_workflow(Calendars calendars, SchedulePolicy policy) {
  return machine::make_workflow(scheduling::ScheduleLifecycle({std::move(calendars), std::move(policy)}));
}

}  // namespace pavior::city::inline v0

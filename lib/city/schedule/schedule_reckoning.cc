#include "city/schedule/schedule_reckoning.h"

#include <utility>

#include "city/schedule/recurrence.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

struct Reckoning {
  Recurrence recurrence;
  Calendar calendar;
};

Result<Reckoning> reckoning_of(const v1::Recurrence& data, const Calendars& calendars) {
  auto recurrence = Recurrence::make(data);
  if (!recurrence) return std::move(recurrence).error();
  auto calendar = calendars.newest(data.calendar());
  if (!calendar) return std::move(calendar).error();
  return Reckoning{*std::move(recurrence), *std::move(calendar)};
}

}  // namespace

DueRuns due_runs(const v1::Schedule& schedule, const Calendars& calendars, Time now) {
  const Time through = from_micros(schedule.through());
  const Time reckoned = from_micros(schedule.upcoming().at());
  const bool reckoned_is_due = schedule.upcoming().at() != 0 && through < reckoned && reckoned <= now;
  const DueRuns as_reckoned{1, reckoned, reckoned};
  const auto reckoning = reckoning_of(schedule.definition().recurrence(), calendars);
  if (!reckoning) return reckoned_is_due ? as_reckoned : DueRuns();
  const auto counted = reckoning->recurrence.between(through, now, reckoning->calendar);
  if (counted.count == 0 && counted.unknown && reckoned_is_due) return as_reckoned;
  return {counted.count, counted.first, counted.last};
}

Result<v1::UpcomingRun> reckon(const v1::Recurrence& recurrence, const Calendars& calendars, Time after) {
  const auto reckoning = reckoning_of(recurrence, calendars);
  if (!reckoning) return reckoning.error();
  const auto next = reckoning->recurrence.next(after, reckoning->calendar);
  if (!next) return next.error();
  v1::UpcomingRun upcoming;
  upcoming.set_at(to_micros(next->at));
  upcoming.set_provisional(next->provisional);
  upcoming.mutable_calendar()->set_id(reckoning->calendar.id());
  upcoming.mutable_calendar()->set_version(reckoning->calendar.version());
  return upcoming;
}

v1::UpcomingRun upcoming_run(const v1::Recurrence& recurrence, const Calendars& calendars, Time after) {
  auto upcoming = reckon(recurrence, calendars, after);
  if (upcoming) return *std::move(upcoming);
  v1::UpcomingRun unknown;
  unknown.set_unknown(upcoming.error().message());
  return unknown;
}

}  // namespace pavior::city::inline v0

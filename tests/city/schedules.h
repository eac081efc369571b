/// \file
/// Definitions of schedules, and the calendars they name.
#pragma once

#include <string>

#include "city/calendars.h"
#include "pavior/city/schedules.h"
#include "pavior/city/v1/schedule.pb.h"
#include "pavior/proto.h"

namespace pavior::city::tests {

/// `cn`, and `plain`: Mon-Fri in China without a holiday, 2020 to 2030.
inline Calendars calendars() {
  Calendars calendars;
  REQUIRE(calendars.add(testing::shipped("cn")));
  REQUIRE(calendars.add(testing::plain("Asia/Shanghai", {"09:00-17:00"})));
  return calendars;
}

inline Time at(const std::string& text) { return testing::at(testing::plain("Asia/Shanghai", {"09:00-17:00"}), text); }
inline std::string wall(std::int64_t micros) {
  return testing::wall(testing::plain("Asia/Shanghai", {"09:00-17:00"}), from_micros(micros));
}

/// Deposits 1 to the account "a" at each occurrence in the calendar `plain`.
inline v1::DefineSchedule define(const std::string& cron,
                                 v1::ScheduleDefinition::Missed missed = v1::ScheduleDefinition::ONCE) {
  v1::DefineSchedule command;
  auto& definition = *command.mutable_definition();
  definition.mutable_recurrence()->set_calendar("plain");
  definition.mutable_recurrence()->set_cron(cron);
  definition.mutable_command()->set_stream("ledger/a");
  definition.mutable_command()->set_type("Deposit");
  definition.mutable_command()->set_payload("1");
  definition.set_missed(missed);
  return command;
}

}  // namespace pavior::city::tests

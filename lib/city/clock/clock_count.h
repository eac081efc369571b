/// \file
/// How a clock counts: instants on its way, and lengths in its own time.
#pragma once

#include <chrono>
#include <cstdint>

#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/calendar.h"
#include "pavior/city/v1/clock.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

/// A rule from one start on, minus some pauses.
/// Lifetime: the messages outlive it.
class ClockCount {
 public:
  using Pauses = google::protobuf::RepeatedPtrField<v1::Pause>;
  ClockCount(const v1::ClockRule& rule, const Calendar& calendar, Time start, const Pauses& pauses)
      : rule_(rule), calendar_(calendar), start_(start), pauses_(pauses) {}
  ClockCount(const v1::Clock& clock, const Calendar& calendar)
      : ClockCount(clock.rule(), calendar, from_micros(clock.started_at()), clock.pauses()) {}

  /// Errors: the calendar's.
  [[nodiscard]] Result<Due> end() const;
  /// Of a threshold that comes again, the first time is 0.
  [[nodiscard]] Result<Due> point(const v1::Threshold& threshold, std::uint32_t nth) const;
  /// What is to come, as seen at `now`: all of it for a first `course`; what `before` still waits for, otherwise.
  [[nodiscard]] Result<v1::Course> course(const v1::Clock* before, Time now) const;

  /// The clock's own time between two instants, pauses included: working time, or simply time.
  [[nodiscard]] Result<std::chrono::microseconds> length(Time from, Time to) const;
  /// The clock's own time that pauses took between two instants. An open pause lasts until `to`.
  [[nodiscard]] Result<std::chrono::microseconds> paused(Time from, Time to) const;

  [[nodiscard]] bool counts_office_hours() const;

 private:
  [[nodiscard]] Result<Due> after_units(std::int64_t units) const;
  [[nodiscard]] Result<Due> after_share(std::uint32_t percent) const;
  [[nodiscard]] Result<Due> advance(Time from, std::chrono::microseconds own) const;
  [[nodiscard]] Result<Due> put_off(Due end) const;

  const v1::ClockRule& rule_;
  const Calendar& calendar_;
  Time start_;
  const Pauses& pauses_;
};

}  // namespace pavior::city::inline v0

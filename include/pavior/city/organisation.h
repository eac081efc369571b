/// \file
/// One version of who works where: a city's grids, units, people and rosters, checked. docs/organisation.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/calendar.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/organisation.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The organisation in a text: JSON if it begins with `{`, otherwise protobuf text. Calendars are not looked for.
/// Errors: invalid; the message begins with line and column where the text has them, and names the field and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Organisation> read_organisation(std::string_view text);
/// The same, with the calendars that the host has besides its own: what is read can be made an `Organisation`.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Organisation> read_organisation(std::string_view text,
                                                                       const Calendars& calendars);

/// Which appointments are asked for. What is left out is not asked.
struct AppointmentsOf {
  std::string_view person = {};
  std::string_view role = {};
  std::string_view unit = {};
  std::string_view team = {};
  std::string_view grid = {};    ///< This one, not those above or below.
  std::optional<Date> day = {};  ///< On which they hold.
  bool of_the_city = false;      ///< Only those of neither a unit nor a grid.
};

/// Whether a unit is on duty, and who may be rung up.
struct Duty {
  bool on = false;
  const v1::Roster* roster = nullptr;    ///< Null: neither the unit nor one above it has one, so it never is.
  std::vector<std::string_view> people;  ///< While it is, each once.
};

/// How a point lies to the roads of somebody's territory.
struct Territory {
  bool inside = true;                    ///< Also if no territory is given.
  const v1::Stretch* nearest = nullptr;  ///< The one that holds the point most, or lacks least to hold it.
  double metres = 0;                     ///< From its line.
};

/// Threads: immutable; copy and share freely.
/// Lifetime: what is handed out by pointer, reference or view lives as long as any copy.
/// Cost: what is asked for by its name is found by hashing.
class PAVIOR_EXPORT Organisation {
 public:
  /// That says nothing.
  Organisation();
  /// `calendars` are those the host has besides the organisation's own. Rosters count by the newest version of theirs.
  /// That a team is not complete is no error: see `role_count_findings`.
  /// Errors: invalid (the message names the field, as `appointments[2].unit`, and the mend).
  [[nodiscard]] static Result<Organisation> make(v1::Organisation data, const Calendars& calendars = {});

  [[nodiscard]] const v1::Organisation& data() const noexcept;
  /// When it takes effect; the beginning of time if the organisation does not say.
  [[nodiscard]] Time effective_from() const noexcept { return effective_from_; }
  /// The same, in effect from another instant: what its publishing settled.
  [[nodiscard]] Organisation taking_effect(Time from) const;
  /// The date by the wall clock of its zone; UTC if it names none.
  [[nodiscard]] Date day_of(Time instant) const;

  // Null: there is none.
  [[nodiscard]] const v1::GridType* grid_type(std::string_view name) const;
  [[nodiscard]] const v1::Grid* grid(std::string_view path) const;
  [[nodiscard]] const v1::HandlingUnit* unit(std::string_view id) const;
  [[nodiscard]] const v1::Person* person(std::string_view id) const;
  [[nodiscard]] const v1::JointGroup* joint_group(std::string_view id) const;

  /// Whose responsibility a grid is: that of its own unit or of the nearest level above that has one. The path may be
  /// one that is not listed. Null: nobody's.
  [[nodiscard]] const v1::HandlingUnit* responsible_unit(std::string_view grid) const;
  /// The grids listed in `area`, it included, in the order of their paths. Empty: all.
  [[nodiscard]] std::vector<const v1::Grid*> grids_in(std::string_view area) const;
  /// In the order of the data, closed ones too.
  [[nodiscard]] const std::vector<const v1::HandlingUnit*>& units_of_kind(std::string_view kind) const;
  /// Those that convene or belong.
  [[nodiscard]] const std::vector<const v1::JointGroup*>& joint_groups_of(std::string_view unit) const;

  /// In the order of the data. Cost: that of the appointments of the person, the grid, the unit or the role, whichever
  /// is given first.
  [[nodiscard]] std::vector<const v1::Appointment*> appointments(const AppointmentsOf& asked) const;

  /// Whether somebody of the unit is on duty. A closed unit never is.
  /// Errors: not_found (no such unit); refused, by `calendar_horizon` (its calendar does not speak of that day).
  [[nodiscard]] Result<Duty> duty(std::string_view unit, Time at) const;
  /// Whether a person may be rung up for any unit. Errors: not_found (no such person); refused, as above.
  [[nodiscard]] Result<bool> on_duty(std::string_view person, Time at) const;

  /// Whether a point lies along the roads of a unit; everywhere does for one without any, or for an unknown one.
  [[nodiscard]] Territory territory_of_unit(std::string_view unit, const v1::Position& point) const;
  /// The same, of all that a person is on a day.
  [[nodiscard]] Territory territory_of_person(std::string_view person, Date day, const v1::Position& point) const;

 private:
  struct Index;
  Organisation(std::shared_ptr<const Index> index, Time effective_from)
      : index_(std::move(index)), effective_from_(effective_from) {}
  std::shared_ptr<const Index> index_;
  Time effective_from_;
};

/// How far a point lies from the line through a stretch's points. Units: metres, on a sphere of 6,371,008.8 m radius:
/// to a great circle between two points the arc at a right angle, `asin(sin(d) * sin(a)) * radius`, where `d` is the
/// angle from its first point and `a` that between the two directions; beyond the ends of it the arc to the nearer one.
/// REQUIRES: it has a point.
[[nodiscard]] PAVIOR_EXPORT double metres_from(const v1::Stretch& stretch, const v1::Position& point);

}  // namespace pavior::city::inline v0

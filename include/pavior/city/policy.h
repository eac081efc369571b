/// \file
/// One version of a city's policy: a catalogue that was checked, and what it says. docs/catalogue.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/calendars.h"
#include "pavior/city/clock_plan.h"
#include "pavior/city/dispatch_rules.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The catalogue in a text: JSON if it begins with `{`, otherwise protobuf text. Calendars are not looked for.
/// Errors: invalid; the message begins with line and column where the text has them, and names the field and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Catalogue> read_catalogue(std::string_view text);
/// The same, with the calendars that the host has besides the catalogue's own: what is read can be made a `Policy`.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Catalogue> read_catalogue(std::string_view text, const Calendars& calendars);

/// Threads: immutable; copy and share freely.
/// Lifetime: what is handed out by pointer or reference lives as long as any copy.
class PAVIOR_EXPORT Policy {
 public:
  /// Of the catalogue that says nothing: every order goes the whole way, and the library's defaults hold.
  Policy();
  /// `calendars` are those the host has besides the catalogue's own.
  /// Errors: invalid (the message names the field, as `majors[2].minors[0].code`, and the mend).
  [[nodiscard]] static Result<Policy> make(v1::Catalogue data, const Calendars& calendars = {});

  /// Of a catalogue that gives orders clocks, and leaves all else to the library.
  [[nodiscard]] static Policy of_clocks(ClockPlan clocks);

  [[nodiscard]] const v1::Catalogue& data() const noexcept;
  [[nodiscard]] const ClockPlan& clocks() const noexcept;
  [[nodiscard]] const DispatchTables& dispatch() const noexcept;
  /// When it takes effect; the beginning of time if the catalogue does not say.
  [[nodiscard]] Time effective_from() const noexcept { return effective_from_; }
  /// The same policy, in effect from another instant: what its publishing settled.
  [[nodiscard]] Policy taking_effect(Time from) const;

  /// Null: there is none. Of a catalogue without majors there never is one.
  [[nodiscard]] const v1::MinorCategory* category(std::string_view code) const;
  /// The major of a minor category.
  [[nodiscard]] const v1::MajorCategory* major_of(std::string_view category) const;
  [[nodiscard]] const v1::FilingCondition* condition(std::string_view category, std::string_view code) const;
  [[nodiscard]] const v1::Channel* channel(std::string_view name) const;
  [[nodiscard]] const v1::Profile* profile(std::string_view id) const;
  /// The first one of the catalogue, or that of one without any.
  [[nodiscard]] const v1::Profile& default_profile() const noexcept;
  /// The newest version for 0.
  [[nodiscard]] const v1::ReplyTemplate* reply_template(std::string_view id, std::uint32_t version = 0) const;
  /// Who may submit a command; nobody but `system` if this is empty.
  [[nodiscard]] const std::vector<v1::Grant>& grants(std::string_view command) const;

 private:
  struct Index;
  Policy(std::shared_ptr<const Index> index, Time effective_from)
      : index_(std::move(index)), effective_from_(effective_from) {}
  std::shared_ptr<const Index> index_;
  Time effective_from_;
};

/// Those of a catalogue without any. A command that is not among them is left to `system`.
[[nodiscard]] PAVIOR_EXPORT std::vector<v1::Grant> default_grants();

}  // namespace pavior::city::inline v0

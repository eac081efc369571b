/// \file
/// The versions of a city's organisation that are known, and the calendars that their rosters count by.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pavior/city/calendars.h"
#include "pavior/city/organisation.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The versions known at one moment. Threads: immutable.
class PAVIOR_EXPORT OrganisationVersions {
 public:
  /// The newest of those in effect at `now`, by the time they took effect; one that says nothing if there is none.
  [[nodiscard]] const Organisation& in_force(Time now) const;
  /// Null: it is not known.
  [[nodiscard]] const Organisation* find(std::string_view id, std::uint32_t version) const;
  /// The host's and every version's.
  [[nodiscard]] const Calendars& calendars() const noexcept { return calendars_; }
  /// In the order they were added.
  [[nodiscard]] const std::vector<Organisation>& all() const noexcept { return organisations_; }

 private:
  friend class OrganisationBook;
  std::vector<Organisation> organisations_;
  Calendars calendars_;
};

/// A handle: copies share one book.
/// Threads: any, several at once.
class PAVIOR_EXPORT OrganisationBook {
 public:
  OrganisationBook() : OrganisationBook(Calendars()) {}
  explicit OrganisationBook(Calendars host);
  /// A book of one organisation.
  [[nodiscard]] static OrganisationBook of(Organisation organisation, Calendars host = {});

  /// Adding what is there already changes nothing.
  /// Errors: conflict (this version is there with other content, or another organisation's id, or a calendar's version
  /// has other content).
  Result<void> add(Organisation organisation);
  /// A calendar that none of them brought. Errors: conflict (this version is there with other content).
  Result<void> add(Calendar calendar);
  /// Takes out a version that never took effect. Its calendars stay. Errors: not_found.
  Result<void> withdraw(std::string_view id, std::uint32_t version);

  [[nodiscard]] std::shared_ptr<const OrganisationVersions> versions() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace pavior::city::inline v0

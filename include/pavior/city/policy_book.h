/// \file
/// The versions of a city's policy that are known, and the calendars that all of them count by.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pavior/city/policy.h"

namespace pavior::city::inline v0 {

/// The versions known at one moment. Threads: immutable.
class PAVIOR_EXPORT PolicyVersions {
 public:
  /// The newest of those in effect at `now`, by the time they took effect; one that says nothing if there is none.
  [[nodiscard]] const Policy& in_force(Time now) const;
  /// Null: it is not known.
  [[nodiscard]] const Policy* find(std::string_view id, std::uint32_t version) const;
  /// The host's and every version's.
  [[nodiscard]] const Calendars& calendars() const noexcept { return calendars_; }
  /// In the order they were added.
  [[nodiscard]] const std::vector<Policy>& all() const noexcept { return policies_; }

 private:
  friend class PolicyBook;
  std::vector<Policy> policies_;
  Calendars calendars_;
};

/// A handle: copies share one book. Orders take the version in force when they are reported and keep it, so a version is
/// added before it takes effect, and never changes.
/// Threads: any, several at once.
class PAVIOR_EXPORT PolicyBook {
 public:
  PolicyBook() : PolicyBook(Calendars()) {}
  explicit PolicyBook(Calendars host);
  /// A book of one policy.
  [[nodiscard]] static PolicyBook of(Policy policy, Calendars host = {});

  /// Adding what is there already changes nothing.
  /// Errors: conflict (this version is there with other content, or another catalogue's id, or a calendar's version has
  /// other content).
  Result<void> add(Policy policy);
  /// A calendar that none of the policies brought, e.g. a new version.
  /// Errors: conflict (this version is there with other content).
  Result<void> add(Calendar calendar);
  /// Takes out a version that never took effect, hence that no order has. Its calendars stay.
  /// Errors: not_found.
  Result<void> withdraw(std::string_view id, std::uint32_t version);

  [[nodiscard]] std::shared_ptr<const PolicyVersions> versions() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace pavior::city::inline v0

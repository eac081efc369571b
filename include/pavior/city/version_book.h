/// \file
/// The versions that are known of what a city publishes: catalogues, organisations, grid maps.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pavior/city/calendars.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Of what brings calendars with it that others may count by.
template <class Item>
concept BringsCalendars = requires(const Item& item) {
  item.data().calendars();
};

template <class Item>
class VersionBook;

/// The versions known at one moment. `Item` is one version, checked: `Policy`, `Organisation`, `GridMap`.
/// Threads: immutable.
template <class Item>
class PAVIOR_EXPORT KnownVersions {
 public:
  /// The newest of those in effect at `now`, by the time they took effect; one that says nothing if there is none.
  [[nodiscard]] const Item& in_force(Time now) const;
  /// Null: it is not known.
  [[nodiscard]] const Item* find(std::string_view id, std::uint32_t version) const;
  /// The host's and every version's.
  [[nodiscard]] const Calendars& calendars() const noexcept requires BringsCalendars<Item> { return calendars_; }
  /// In the order they were added.
  [[nodiscard]] const std::vector<Item>& all() const noexcept { return items_; }

 private:
  friend class VersionBook<Item>;
  std::vector<Item> items_;
  Calendars calendars_;
};

/// A handle: copies share one book. A version is added before it takes effect, and never changes.
/// Threads: any, several at once.
template <class Item>
class PAVIOR_EXPORT VersionBook {
 public:
  /// Of no versions.
  VersionBook() : VersionBook(Calendars()) {}
  /// `host` are the calendars the host has, besides those that versions bring.
  explicit VersionBook(Calendars host);
  /// Of one version.
  [[nodiscard]] static VersionBook of(Item item, Calendars host = {});

  /// Adding what is there already changes nothing.
  /// Errors: conflict (this version is there with other content, or another id's, or a calendar's version has other
  /// content).
  Result<void> add(Item item);
  /// A calendar that none of them brought, e.g. a new version.
  /// Errors: conflict (this version is there with other content).
  Result<void> add(Calendar calendar) requires BringsCalendars<Item>;
  /// Takes out a version that never took effect, hence that nothing was decided by. Its calendars stay.
  /// Errors: not_found.
  Result<void> withdraw(std::string_view id, std::uint32_t version);

  [[nodiscard]] std::shared_ptr<const KnownVersions<Item>> versions() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace pavior::city::inline v0

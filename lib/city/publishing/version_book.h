/// \file
/// How a book of versions works. Every kind instantiates it once, beside its `book_noun`.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "city/publishing/own_calendars.h"
#include "city/publishing/snapshots.h"
#include "city/publishing/version_list.h"
#include "pavior/city/version_book.h"

namespace pavior::city::inline v0 {

/// What messages call an item.
template <class Item>
inline constexpr std::string_view book_noun{};

template <class Item>
[[nodiscard]] Result<std::vector<Calendar>> calendars_of(const Item& item) {
  if constexpr (BringsCalendars<Item>)
    return made_calendars(item.data().calendars());
  else
    return std::vector<Calendar>();
}

template <class Item>
const Item& KnownVersions<Item>::in_force(Time now) const {
  static const Item nothing;
  const auto* found = latest_in_effect(items_, now);
  return found == nullptr ? nothing : *found;
}

template <class Item>
const Item* KnownVersions<Item>::find(std::string_view id, std::uint32_t version) const {
  return find_version(items_, id, version);
}

template <class Item>
struct VersionBook<Item>::Shared : Snapshots<KnownVersions<Item>> {
  using Snapshots<KnownVersions<Item>>::Snapshots;
};

template <class Item>
VersionBook<Item>::VersionBook(Calendars host) {
  auto first = std::make_shared<KnownVersions<Item>>();
  first->calendars_ = std::move(host);
  shared_ = std::make_shared<Shared>(std::move(first));
}

template <class Item>
VersionBook<Item> VersionBook<Item>::of(Item item, Calendars host) {
  VersionBook book(std::move(host));
  book.add(std::move(item)).value();
  return book;
}

template <class Item>
Result<void> VersionBook<Item>::add(Item item) {
  auto calendars = calendars_of(item);  // Takes its time, so before the readers are locked out.
  if (!calendars) return std::move(calendars).error();
  return shared_->change([&](KnownVersions<Item>& next) -> Result<void> {
    const auto fresh = is_new(book_noun<Item>, next.items_, item);
    if (!fresh) return fresh.error();
    if (!*fresh) return {};
    for (const auto& calendar : *calendars)
      if (auto united = unite(next.calendars_, calendar); !united) return united;
    next.items_.push_back(std::move(item));
    return {};
  });
}

template <class Item>
Result<void> VersionBook<Item>::add(Calendar calendar) requires BringsCalendars<Item> {
  return shared_->change([&](KnownVersions<Item>& next) { return unite(next.calendars_, std::move(calendar)); });
}

template <class Item>
Result<void> VersionBook<Item>::withdraw(std::string_view id, std::uint32_t version) {
  return shared_->change(
      [&](KnownVersions<Item>& next) { return take_out(book_noun<Item>, next.items_, id, version); });
}

template <class Item>
std::shared_ptr<const KnownVersions<Item>> VersionBook<Item>::versions() const {
  return shared_->last();
}

}  // namespace pavior::city::inline v0

/// \file
/// The versions in a book, whatever is published: `Policy`, `Organisation`, `GridMap`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Of those in effect at `now` the last one to take effect, and of several at one instant the greatest version.
/// Null: there is none.
template <class Item>
[[nodiscard]] const Item* latest_in_effect(const std::vector<Item>& all, Time now) {
  const Item* found = nullptr;
  const auto rank = [](const Item& item) { return std::pair(item.effective_from(), item.data().version()); };
  for (const Item& item : all)
    if (item.effective_from() <= now && (found == nullptr || rank(*found) < rank(item))) found = &item;
  return found;
}

/// Null: it is not there.
template <class Item>
[[nodiscard]] const Item* find_version(const std::vector<Item>& all, std::string_view id, std::uint32_t version) {
  const auto found = std::ranges::find_if(
      all, [&](const Item& item) { return item.data().id() == id && item.data().version() == version; });
  return found == all.end() ? nullptr : &*found;
}

template <class Item>
[[nodiscard]] bool same_content(const Item& item, const decltype(std::declval<Item>().data())& data, Time from) {
  return item.effective_from() == from && item.data().SerializeAsString() == data.SerializeAsString();
}

/// Whether the item is still to be added: false if it is there already.
/// Errors: conflict (this version is there with other content, or another id's).
template <class Item>
[[nodiscard]] Result<bool> is_new(std::string_view noun, const std::vector<Item>& all, const Item& item) {
  const auto& data = item.data();
  if (const auto* there = find_version(all, data.id(), data.version())) {
    if (same_content(*there, data, item.effective_from())) return false;
    return Error(ErrorCode::conflict,
                 fmt::format("version {} of the {} {} is there already with other content or another time of effect; a "
                             "version never changes, so give the new one the next number",
                             data.version(), noun, data.id()));
  }
  if (all.empty() || all.front().data().id() == data.id()) return true;
  return Error(ErrorCode::conflict, fmt::format("version {} of the {} {} does not belong into the book of {}; a city "
                                                "has one {}, so make another book",
                                                data.version(), noun, data.id(), all.front().data().id(), noun));
}

/// Errors: not_found.
template <class Item>
[[nodiscard]] Result<void> take_out(std::string_view noun, std::vector<Item>& all, std::string_view id,
                                    std::uint32_t version) {
  const auto removed =
      std::erase_if(all, [&](const Item& item) { return item.data().id() == id && item.data().version() == version; });
  if (removed > 0) return {};
  return Error(ErrorCode::not_found, fmt::format("there is no version {} of the {} {}", version, noun, id));
}

}  // namespace pavior::city::inline v0

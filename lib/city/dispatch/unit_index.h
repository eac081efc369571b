/// \file
/// The units of one version of an organisation, to be found by what they do and where.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pavior/city/dispatch.h"
#include "pavior/city/v1/organisation.pb.h"

namespace pavior::city::inline v0 {

/// A unit by its rank among all ids: so the order in which an organisation lists them makes no difference.
using Rank = std::uint32_t;
using Ranks = std::vector<Rank>;  ///< Ascending.

/// On the unit sphere.
using Direction = std::array<double, 3>;
[[nodiscard]] Direction direction(double latitude, double longitude);
/// Along the sphere. Units: metres.
[[nodiscard]] double metres_between(const Direction& one, const Direction& other);

class UnitIndex {
 public:
  struct Entry {
    const v1::HandlingUnit* unit = nullptr;
    std::size_t number = 0;  ///< In its `DispatchWorld`.
    bool placed = false;
    Direction at{};
  };

  /// Errors: invalid (two units have an id, or one has none).
  [[nodiscard]] static Result<UnitIndex> make(const DispatchWorld& world);

  [[nodiscard]] const Entry& operator[](Rank rank) const { return entries_[rank]; }
  [[nodiscard]] std::optional<Rank> find(std::string_view id) const;
  [[nodiscard]] Rank size() const { return static_cast<Rank>(entries_.size()); }

  // Of those that are open.
  [[nodiscard]] const Ranks& open() const { return open_; }
  /// Listed with this very path.
  [[nodiscard]] std::span<const Rank> of_grid(std::string_view path) const { return in(by_grid_, path); }
  [[nodiscard]] std::span<const Rank> of_whole_city() const { return whole_city_; }
  /// With this code among their own duties.
  [[nodiscard]] std::span<const Rank> with_duty(std::string_view code) const { return in(by_duty_, code); }
  [[nodiscard]] std::span<const Rank> with_skill(std::string_view skill) const { return in(by_skill_, skill); }
  [[nodiscard]] std::span<const Rank> of_kind(std::string_view kind) const { return in(by_kind_, kind); }

 private:
  using Lists = std::unordered_map<std::string_view, Ranks>;
  static std::span<const Rank> in(const Lists& lists, std::string_view key) {
    const auto found = lists.find(key);
    return found == lists.end() ? std::span<const Rank>() : std::span<const Rank>(found->second);
  }

  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, Rank> ranks_;
  Ranks open_, whole_city_;
  Lists by_grid_, by_duty_, by_skill_, by_kind_;
};

/// Calls for the path and each one above it, the longest first: "3411/05/002", "3411/05", "3411".
template <class Visit>
void for_each_grid_up(std::string_view path, Visit visit) {
  while (!path.empty()) {
    visit(path);
    const auto slash = path.rfind('/');
    path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  }
}

}  // namespace pavior::city::inline v0

/// \file
/// Stations, units and whatever else stands somewhere, and which of them are nearest. docs/places.md.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/coordinates.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

struct Site {
  std::string id;
  Coordinates at;
};

struct NearSite {
  std::string_view id;  ///< Lifetime: that of any copy of the `Sites`.
  double metres = 0;    ///< `metres_between`.

  friend bool operator==(const NearSite&, const NearSite&) = default;
};

/// Which of the sites are asked for.
struct NearQuery {
  std::size_t count = 1;
  double metres_max = std::numeric_limits<double>::infinity();
  std::function<bool(std::string_view id)> accept = {};  ///< Null: all. Must not throw.
};

/// Threads: immutable; copy and share freely.
class PAVIOR_EXPORT Sites {
 public:
  /// Errors: invalid; the message names the site, as `sites[3] "engine 7"`, and the mend.
  [[nodiscard]] static Result<Sites> make(std::vector<Site> sites);

  /// The nearest first, equally near ones by the bytes of their ids. None if `at` is no position.
  /// Cost: about that of the sites that are nearer than the last one, accepted or not.
  [[nodiscard]] std::vector<NearSite> nearest(Coordinates at, const NearQuery& query = {}) const;

  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Index;
  explicit Sites(std::shared_ptr<const Index> index) : index_(std::move(index)) {}
  std::shared_ptr<const Index> index_;
};

}  // namespace pavior::city::inline v0

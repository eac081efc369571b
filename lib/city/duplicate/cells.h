/// \file
/// Places in cells of a net over the earth, so that what is near is found without looking at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "city/duplicate/distance.h"

namespace pavior::city::inline v0 {

/// A cell of a net whose rows are parts of the latitude, each cut into cells of about the rows' height.
struct NetCell {
  std::int32_t row = 0;
  std::int32_t column = 0;
  friend bool operator==(const NetCell&, const NetCell&) = default;
};

/// Of a rule's cells; 0 stands for the usual ones.
inline double rule_cell_metres(double given) { return given == 0 ? 200 : given; }

/// Cells do not overlap, have sides of at most `metres`, and depend on nothing else.
class CellNet {
 public:
  explicit CellNet(double metres);

  [[nodiscard]] NetCell cell(const Place& place) const;
  /// Visits every cell that has a place within `metres` of `centre`, each once, and few others.
  template <class Visit>
  void visit(const Place& centre, double metres, Visit visit) const;

 private:
  [[nodiscard]] std::int32_t row(double latitude) const;
  /// How many cells the row has around the earth.
  [[nodiscard]] std::int32_t columns(std::int32_t row) const;
  [[nodiscard]] static std::int32_t column(double longitude, std::int32_t columns);
  /// The difference of longitudes that `metres` make at most, anywhere within `metres` of the latitude.
  [[nodiscard]] static double reach_degrees(double latitude, double metres);

  /// More than distances are rounded by.
  static constexpr double rounding_metres = 0.01;

  double row_degrees_;
};

/// Numbers by cell. Threads: as a standard container.
class CellIndex {
 public:
  explicit CellIndex(double metres) : net_(metres) {}

  void add(const Place& place, std::uint32_t number);
  /// REQUIRES: it was added with this place.
  void remove(const Place& place, std::uint32_t number);
  /// All numbers within `metres` of a place, in no order, and some that are farther away.
  [[nodiscard]] std::vector<std::uint32_t> around(const Place& centre, double metres) const;

 private:
  CellNet net_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> numbers_;
};

template <class Visit>
void CellNet::visit(const Place& centre, double metres, Visit visit) const {
  const double reach = metres + rounding_metres;
  const double up = reach / metres_of_degree;
  const double along = reach_degrees(centre.latitude, reach);
  const auto last_row = row(centre.latitude + up);
  for (auto at = row(centre.latitude - up); at <= last_row; ++at) {
    const auto count = columns(at);
    const auto first = column(centre.longitude - along, count), last = column(centre.longitude + along, count);
    // Across the date line the last column is before the first one.
    const auto steps = (last - first + count) % count;
    for (std::int32_t step = 0; step <= steps; ++step) visit(NetCell{at, (first + step) % count});
  }
}

}  // namespace pavior::city::inline v0

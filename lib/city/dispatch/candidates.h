/// \file
/// Whom a row of a table names or finds, and what is known of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "city/dispatch/unit_index.h"
#include "pavior/city/dispatch.h"
#include "pavior/city/v1/dispatch.pb.h"

namespace pavior::city::inline v0 {

/// What a decision is made of.
struct Surroundings {
  const DispatchQuestion& question;
  const UnitIndex& units;
  const DispatchWorld& world;
  const Workload& workload;
};

struct FoundUnit {
  Rank unit = 0;
  std::uint32_t row = 0;       ///< Of those that fit.
  double score = 1;            ///< From 0 to 1.
  std::uint32_t place = 0;     ///< In a duty list, of grids upwards, or how many other skills there are.
  std::uint32_t skills = 0;    ///< Of those that are wanted.
  std::uint32_t verdicts = 0;  ///< Of the host's rules, by its number.
  bool load_known = false;
  bool on_duty = false;
  bool has_duty = false;
  UnitLoad load;
  double metres = -1;  ///< Below 0: not known.
  double waiting = 0;  ///< Beside the others.

  void look_at_load(const Surroundings& around) {
    if (!load_known) load = around.workload.of(around.units[unit].number);
    load_known = true;
  }
};

/// Why units were none, and how many: in the order of the first of each reason.
class PassedUnits {
 public:
  void add(std::string_view why, std::size_t units = 1);
  [[nodiscard]] const std::vector<v1::Passed>& all() const { return all_; }
  /// "3 are not on duty; 1 handed it back", or "nobody is there".
  [[nodiscard]] std::string text() const;

 private:
  std::vector<v1::Passed> all_;
};

/// Who has the duty of a category.
struct Duties {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<Rank> listed;  ///< By the catalogue, in its order.
  Ranks others;              ///< By their own account.

  /// In the catalogue's list; all the others share the place after it.
  [[nodiscard]] std::uint32_t place(Rank rank) const;
};

/// Looks for units by the choices of rows.
class Candidates {
 public:
  /// Those who handed the order back are passed, unless they are `allowed_again`.
  Candidates(const Surroundings& around, bool allowed_again);

  /// Adds whom the choice names or finds, and why others are none.
  void find(const v1::DispatchChoice& choice, std::uint32_t row, std::vector<FoundUnit>& found, PassedUnits& passed);

  /// Of the order's category.
  [[nodiscard]] const Duties& duties();

 private:
  void find_named(const std::string& id, std::uint32_t row, std::vector<FoundUnit>& found, PassedUnits& passed);
  void find_by(const v1::Strategy& strategy, std::uint32_t row, std::vector<FoundUnit>& found, PassedUnits& passed);
  [[nodiscard]] bool handed_back(Rank unit) const;

  const Surroundings& around_;
  Ranks handed_back_;
  std::optional<Duties> duties_;
};

/// Where the order is, if that is known.
[[nodiscard]] std::optional<Direction> place_of(const v1::WorkOrder& order);

/// Sets the score of each by a strategy. Those are all that it found.
void score(const v1::Strategy& strategy, const Surroundings& around, std::span<FoundUnit> found);

/// Says why it is as good as it is, "412 m away", and each number that a weighted score is made of.
void tell(const v1::DispatchChoice& choice, const Surroundings& around, const FoundUnit& found,
          v1::Candidate& candidate);

}  // namespace pavior::city::inline v0

/// \file
/// The finitely many cases that the plain conditions of decision tables tell apart, and which of them a row is about.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "boost/dynamic_bitset.hpp"
#include "city/dispatch/compiled.h"
#include "pavior/city/policy.h"

namespace pavior::city::inline v0 {

/// What cases differ in. `subject` is a minor category with a filing condition of its own.
enum class Axis : std::uint8_t { subject, grade, grid, channel, profile, reporter_kind, days };
inline constexpr std::size_t axes = 7;

using Bits = boost::dynamic_bitset<>;
/// All cases that have one of these values on each axis.
using Box = std::array<Bits, axes>;
using Case = std::array<std::size_t, axes>;

/// Times, texts, workloads and skills are no axes: nobody can list them.
class CaseSpace {
 public:
  /// Days before `at` are not told apart, and belong to no case.
  CaseSpace(const Policy& policy, Time at);

  [[nodiscard]] const Box& all() const { return all_; }
  [[nodiscard]] Box box(const CompiledRow& row) const;
  /// "category 01.01, filing condition a, grade general, grid 3411/05"; what all cases share is left out.
  [[nodiscard]] std::string text(const Case& one) const;

  struct Subject {
    std::string category;
    std::string condition;
  };
  [[nodiscard]] const std::vector<Subject>& subjects() const { return subjects_; }
  /// Those of one category, and the cases of all its conditions.
  [[nodiscard]] Box box_of(const std::string& category, std::size_t grade) const;

 private:
  void add_subjects(const Policy& policy);
  void add_names(const Policy& policy);
  void add_days(const Policy& policy, Time at);
  [[nodiscard]] Bits subject_bits(const CompiledRow& row) const;

  const Policy& policy_;
  std::vector<Subject> subjects_;
  // The empty name stands for all that no row says.
  std::vector<std::string> grids_, channels_, profiles_, reporter_kinds_;
  std::vector<Time> days_;  ///< The first instants of stretches in which the same rows are in effect.
  Box all_;
};

/// Whether boxes cover another one; gives up after some work.
class Cover {
 public:
  enum class Answer : std::uint8_t { covered, open, unknown };

  /// What is left open is in `example`.
  [[nodiscard]] Answer ask(const Box& box, const std::vector<const Box*>& by);
  [[nodiscard]] const Case& example() const { return example_; }

 private:
  Answer ask(const Box& box, const std::vector<const Box*>& by, std::size_t from);

  std::size_t steps_left_ = 0;
  Case example_{};
};

[[nodiscard]] bool is_empty(const Box& box);
[[nodiscard]] bool meet(const Box& one, const Box& other);
/// Nothing: they do not meet.
[[nodiscard]] std::optional<Case> common_case(const Box& one, const Box& other);

[[nodiscard]] std::string grade_name(std::size_t grade);

}  // namespace pavior::city::inline v0

/// \file
/// Two reports side by side: whether a rule finds them near, how alike they are, and why.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "city/duplicate/duplicate_rules.h"
#include "pavior/city/duplicates.h"

namespace pavior::city::inline v0 {

/// A report made ready to be compared.
struct ComparedReport {
  ComparedReport(const DuplicateReport& report, const DuplicateRulebook& rules);

  std::string key;
  std::string category;
  std::string reporter;
  std::optional<Place> place;
  Time reported_at;
  std::uint64_t address_digest = 0;

  static constexpr std::size_t title_pieces_max = 32;
  static constexpr std::size_t description_pieces_max = 64;
  static constexpr std::size_t address_pieces_max = 32;
  [[nodiscard]] std::span<const std::uint32_t> title() const { return std::span(pieces_).first(title_end_); }
  [[nodiscard]] std::span<const std::uint32_t> description() const {
    return std::span(pieces_).subspan(title_end_, description_end_ - title_end_);
  }
  [[nodiscard]] std::span<const std::uint32_t> address() const { return std::span(pieces_).subspan(description_end_); }

 private:
  std::vector<std::uint32_t> pieces_;  ///< Of the three texts, one after the other.
  std::uint16_t title_end_ = 0;
  std::uint16_t description_end_ = 0;
};

/// What is known of two reports. Shares are in thousandths, and are left out where they cannot be told.
struct Comparison {
  double score = 0;
  std::optional<double> metres;
  std::chrono::microseconds earlier{};  ///< The known one than the new one; negative if it is later.
  std::optional<double> near;
  double recent = 0;
  double category = 0;
  std::optional<double> title;
  std::optional<double> description;
  std::optional<double> address;
  bool same_address = false;
  bool same_reporter = false;
};

/// Nothing if `known` is no candidate of `fresh`, whatever its stage.
[[nodiscard]] std::optional<Comparison> compare(const ComparedReport& fresh, const ComparedReport& known,
                                                const DuplicateRule& rule, const DuplicateRulebook& rules);

/// The candidate with its reasons in words.
[[nodiscard]] v1::DuplicateCandidate told(const ComparedReport& known, const Comparison& comparison);

}  // namespace pavior::city::inline v0

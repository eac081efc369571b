/// \file
/// A town with rules about duplicates, and reports from it.
#pragma once

#include <chrono>
#include <cmath>
#include <numbers>
#include <random>
#include <string>

#include "city/catalogues.h"
#include "pavior/city/duplicates.h"

namespace pavior::city::tests {

/// The small town with `more` in its catalogue.
inline Policy town_and(const std::string& more) {
  auto read = read_catalogue(town_text + more);
  if (!read) FAIL(read.error());
  return policy_of(*std::move(read));
}

/// What is said of the town with `more` on its line 55.
inline std::string said_of_town_and(const std::string& more) {
  const auto read = read_catalogue(town_text + more);
  return read ? "sound" : read.error().message();
}

inline v1::Position position(double latitude, double longitude) {
  v1::Position at;
  at.set_latitude(latitude);
  at.set_longitude(longitude);
  return at;
}

/// A crossing in Hefei, and what lies `north` and `east` of it. Units: metres.
inline v1::Position crossing(double north = 0, double east = 0) {
  constexpr double metres_of_degree = 6'371'008.8 * std::numbers::pi / 180;
  return position(31.82 + north / metres_of_degree,
                  117.28 + east / metres_of_degree / std::cos(31.82 * std::numbers::pi / 180));
}

inline constexpr Time noon = std::chrono::sys_days(std::chrono::year(2024) / 5 / 6) + std::chrono::hours(4);

inline DuplicateReport report(std::string_view key, Time at = noon) {
  DuplicateReport report;
  report.key = key;
  report.category = "01.01";
  report.position = crossing();
  report.reported_at = at;
  return report;
}

/// The keys of the candidates, best first: "A, B".
inline std::string keys(const v1::DuplicateSuggestion& suggestion) {
  std::string text;
  for (const auto& candidate : suggestion.candidates()) text += (text.empty() ? "" : ", ") + candidate.order();
  return text;
}

/// Its reasons: "38 m away, 41 minutes earlier".
inline std::string reasons(const v1::DuplicateCandidate& candidate) {
  std::string text;
  for (const auto& reason : candidate.reasons()) text += (text.empty() ? "" : ", ") + reason.why();
  return text;
}

}  // namespace pavior::city::tests

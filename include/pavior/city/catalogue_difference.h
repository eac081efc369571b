/// \file
/// What changed from one version of a catalogue to the next, as people read it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

struct CatalogueChange {
  std::string path;                ///< `category 01.01, condition a, limit`
  std::optional<std::string> was;  ///< Nothing: it was not there.
  std::optional<std::string> is;   ///< Nothing: it is gone.
  std::string note;                ///< Of a code that is gone: what takes its place.

  friend bool operator==(const CatalogueChange&, const CatalogueChange&) = default;
};

/// Sorted by path. What is added or gone as a whole is one change; moving something within a list is none, save where
/// the order says something: clocks' limits, milestones, decision tables and their rows, and the first profile.
[[nodiscard]] PAVIOR_EXPORT std::vector<CatalogueChange> catalogue_difference(const v1::Catalogue& from,
                                                                              const v1::Catalogue& to);

/// A line: `  category 01.01, condition a, limit: 3 work days -> 5 work days`, with `+` before what is new and `-` before
/// what is gone.
[[nodiscard]] PAVIOR_EXPORT std::string change_text(const CatalogueChange& change);

/// Codes of minor categories that `to` neither has nor maps nor drops, sorted.
[[nodiscard]] PAVIOR_EXPORT std::vector<std::string> unmapped_codes(const v1::Catalogue& from, const v1::Catalogue& to);

}  // namespace pavior::city::inline v0

/// \file
/// Reports of a city that says which of them it closed as duplicates.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pavior/city/duplicates.h"
#include "pavior/result.h"

namespace pavior::trial {

struct LabelledReport {
  std::string key;
  std::string category;  ///< Code of a minor category of `LabelledReports::catalogue`.
  std::string address;
  city::v1::Position position;
  Time opened;  ///< By the wall clock: the extract has no offset, and no clock changed while its reports came in.
  std::optional<Time> closed;
  bool duplicate = false;  ///< Closed as "Duplicate of Existing Case"; of which one, the city does not say.

  /// Lifetime: that of the row.
  [[nodiscard]] city::DuplicateReport report() const;
};

struct LabelledReports {
  city::v1::Catalogue catalogue;     ///< Its majors are the city's reasons, its minors their types. No rules.
  std::vector<LabelledReport> rows;  ///< By the time of opening.
};

/// The extract of Boston's 311 reports. Errors: not_found, invalid (the file; a column is missing; a row's time or place).
[[nodiscard]] Result<LabelledReports> read_boston(const std::filesystem::path& file);

}  // namespace pavior::trial

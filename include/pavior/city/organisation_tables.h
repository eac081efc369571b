/// \file
/// An organisation from tables: grids, units, people and appointments as a spreadsheet has them. docs/organisation.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/calendars.h"
#include "pavior/city/v1/organisation.pb.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Rows of text, as a reader of CSV gives them. Columns have the names of the message's fields, in any order.
/// Lifetime: all of it is that of the caller.
struct OrganisationTable {
  std::string_view name = {};                           ///< As mistakes call it: "grids.csv".
  std::span<const std::vector<std::string>> rows = {};  ///< The first one is the header. No rows: no table.
  std::span<const std::size_t> lines = {};              ///< Where each row begins; none: they count from 1.
};

struct OrganisationTables {
  OrganisationTable grids = {};
  OrganisationTable units = {};
  OrganisationTable people = {};
  OrganisationTable appointments = {};
};

/// `base` with what the tables say, checked as `Organisation::make` does. `base` has what they have not: grid types,
/// rosters, joint groups, counts, calendars, territories.
/// Errors: invalid; the message names the table with line and column, or the field of `base`, and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::Organisation> read_organisation_tables(v1::Organisation base,
                                                                              const OrganisationTables& tables,
                                                                              const Calendars& calendars = {});

}  // namespace pavior::city::inline v0

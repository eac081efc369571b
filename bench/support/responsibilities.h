/// \file
/// A city's units, and the rules that say who gets what, as large as told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "pavior/city/dispatch.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/city/v1/dispatch.pb.h"
#include "pavior/city/v1/organisation.pb.h"

namespace pavior::bench {

/// Minor categories of the catalogue, and grids of the city.
inline constexpr std::size_t categories = 800, grids = 4'000;
[[nodiscard]] std::string category(std::uint64_t number);
[[nodiscard]] std::string grid(std::uint64_t number);

/// Where units work: each crew in its own grid, or all of them in the whole city, so that no index spares a look at any.
enum class World : std::uint8_t { local, everywhere };

/// A hundred departments, and crews.
[[nodiscard]] std::vector<city::v1::HandlingUnit> make_units(std::size_t count, World world, std::mt19937_64& random);

/// Each street is some department's.
[[nodiscard]] std::shared_ptr<city::MemoryWorld> make_world(std::vector<city::v1::HandlingUnit> units);

/// With a table of rows that do not fit but have to be asked, nine of ten of them by category, the others about every
/// order. Then one that fits.
[[nodiscard]] city::v1::Catalogue make_catalogue(int rows, const city::v1::Strategy& strategy);

}  // namespace pavior::bench

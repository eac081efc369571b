#include "pavior/city/grid_map_book.h"

#include "city/place/published.h"
#include "city/publishing/version_book.h"

namespace pavior::city::inline v0 {

template <>
inline constexpr std::string_view book_noun<GridMap> = publishing::GridMaps::noun;

template class KnownVersions<GridMap>;
template class VersionBook<GridMap>;

}  // namespace pavior::city::inline v0

#include "pavior/city/organisation_book.h"

#include "city/organisation/published.h"
#include "city/publishing/version_book.h"

namespace pavior::city::inline v0 {

template <>
inline constexpr std::string_view book_noun<Organisation> = publishing::Organisations::noun;

template class KnownVersions<Organisation>;
template class VersionBook<Organisation>;

}  // namespace pavior::city::inline v0

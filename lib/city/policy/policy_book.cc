#include "pavior/city/policy_book.h"

#include "city/policy/published.h"
#include "city/publishing/version_book.h"

namespace pavior::city::inline v0 {

template <>
inline constexpr std::string_view book_noun<Policy> = publishing::Catalogues::noun;

template class KnownVersions<Policy>;
template class VersionBook<Policy>;

}  // namespace pavior::city::inline v0

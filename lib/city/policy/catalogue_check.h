/// \file
/// Whether a catalogue makes sense: the whole of it, and its parts by topic.
#pragma once

#include "city/policy/check_words.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/catalogue.pb.h"

namespace pavior::city::inline v0 {

/// The first mistake. `host` has the calendars besides the catalogue's own; without it those that neither names are not
/// looked for.
[[nodiscard]] Mistake catalogue_mistake(const v1::Catalogue& data, const Calendars* host);

/// Names in a catalogue that others refer to.
struct CatalogueNames {
  Names majors{"a major category"};
  Names minors{"a minor category"};
  Names profiles{"a profile"};
};

// category_check.cc
[[nodiscard]] Mistake majors_mistake(const v1::Catalogue& data, CatalogueNames& names);
/// Of mappings and dropped codes.
[[nodiscard]] Mistake succession_mistake(const v1::Catalogue& data, const CatalogueNames& names);

// working_check.cc
[[nodiscard]] Mistake profiles_mistake(const v1::Catalogue& data, CatalogueNames& names);
/// That the profiles which categories and channels name are there.
[[nodiscard]] Mistake channels_mistake(const v1::Catalogue& data, const CatalogueNames& names);
[[nodiscard]] Mistake grants_mistake(const v1::Catalogue& data);

// reply_check.cc
[[nodiscard]] Mistake templates_mistake(const v1::Catalogue& data, const CatalogueNames& names);
[[nodiscard]] Mistake reply_rules_mistake(const v1::Catalogue& data);

// duplicate_check.cc
[[nodiscard]] Mistake duplicates_mistake(const v1::DuplicateRules& rules, const CatalogueNames& names);

// repeat_check.cc
[[nodiscard]] Mistake repeats_mistake(const v1::RepeatRules& rules, const CatalogueNames& names);
[[nodiscard]] Mistake alerts_mistake(const v1::AlertRules& rules);

}  // namespace pavior::city::inline v0

#include <string>
#include <utility>

#include "city/policy/catalogue_check.h"
#include "city/policy/published.h"
#include "city/publishing/commands.h"
#include "city/publishing/publishing_checks.h"
#include "fmt/format.h"
#include "pavior/city/catalogue_difference.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

StreamId policy_id(std::string catalogue) {
  return publishing::stream_of<publishing::Catalogues>(std::move(catalogue));
}

const v1::PublishedCatalogues* published_catalogues(const State& state) noexcept {
  return state_data<v1::PublishedCatalogues>(state);
}

Command publish_command(v1::Catalogue catalogue) {
  return publishing::publish_command_of<publishing::Catalogues>(std::move(catalogue));
}

Command withdraw_command(std::string catalogue, std::uint32_t version, std::string reason) {
  return publishing::withdraw_command_of<publishing::Catalogues>(std::move(catalogue), version, std::move(reason));
}

namespace publishing {

Mistake Catalogues::mistake(const Data& data, const Calendars* known) { return catalogue_mistake(data, known); }

Result<void> Catalogues::follows(const Data& next, const Data& before) {
  auto codes = unmapped_codes(before, next);
  if (codes.empty()) return {};
  const auto which = codes.size() == 1 ? fmt::format("a code of version {} is", before.version())
                                       : fmt::format("{} codes of version {} are", codes.size(), before.version());
  return Error::refused("codes_are_accounted_for",
                        fmt::format("{} gone without a word: {}; map each to a new one in mappings, or list it in "
                                    "dropped_codes",
                                    which, named(std::move(codes))));
}

}  // namespace publishing
}  // namespace pavior::city::inline v0

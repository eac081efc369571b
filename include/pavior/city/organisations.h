/// \file
/// Publishing who works where: a workflow that keeps the versions of an organisation. docs/organisation.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/city/calendars.h"
#include "pavior/city/organisation_book.h"
#include "pavior/city/publishing.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::city::v1 {
class PublishedOrganisations;
}

namespace pavior::city::inline v0 {

/// The name of the workflow, hence the first part of an organisation's stream id.
inline constexpr std::string_view organisation_workflow = "organisation";

/// Rosters may name the calendars that the organisation brings, those that earlier versions brought, and these.
/// `docs/organisation_lifecycle.md` is the workflow's table.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Workflow> make_organisation_workflow(Calendars host,
                                                                                       PublishingPolicy policy = {});

[[nodiscard]] PAVIOR_EXPORT StreamId organisation_id(std::string organisation);

/// To be sent by a publisher.
/// Errors of submitting it, in order of precedence: invalid (the organisation makes no sense; the message names the
/// field and the mend); refused, by `version_is_next`, `takes_effect_from_now_on`, `takes_effect_in_order` or
/// `units_are_accounted_for` (units that are gone, and were not closed, ten of them by name).
[[nodiscard]] PAVIOR_EXPORT Command publish_organisation_command(v1::Organisation organisation);
/// Only the latest version can be withdrawn, until it takes effect.
[[nodiscard]] PAVIOR_EXPORT Command withdraw_organisation_command(std::string organisation, std::uint32_t version,
                                                                  std::string reason);

/// The versions inside a state of this workflow; null for another one's. Lifetime: that of the state.
[[nodiscard]] PAVIOR_EXPORT const v1::PublishedOrganisations* published_organisations(const State& state) noexcept;

/// A book of what is published and not withdrawn, with `host`'s calendars; an empty one if nothing is.
/// `organisation` may be left out if the store has one alone.
/// Blocks: on the disk. Errors: invalid (the engine has no organisation workflow), conflict (several organisations, or
/// `host` has a calendar's version with other content), not_found (no such organisation), corrupt, unavailable.
[[nodiscard]] PAVIOR_EXPORT Result<OrganisationBook> load_organisations(const Engine& engine, Calendars host,
                                                                        std::string_view organisation = {});

/// Brings a book up to what the store has. Rosters of versions that are there keep the calendars they had: load the book
/// anew after a new holiday notice.
/// Blocks and errors: as `load_organisations`. After an error the book may have some of it; calling again goes on.
[[nodiscard]] PAVIOR_EXPORT Result<void> refresh_organisations(OrganisationBook& book, const Engine& engine,
                                                               std::string_view organisation = {});

}  // namespace pavior::city::inline v0

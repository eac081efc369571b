/// \file
/// Publishing a city's policy: a workflow that keeps the versions of its catalogue. docs/catalogue.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/city/calendars.h"
#include "pavior/city/policy_book.h"
#include "pavior/city/publishing.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::city::v1 {
class PublishedCatalogues;
}

namespace pavior::city::inline v0 {

/// The name of the workflow, hence the first part of a catalogue's stream id.
inline constexpr std::string_view policy_workflow = "policy";

/// A catalogue may name the calendars it brings, those that earlier versions brought, and these.
/// `docs/policy_lifecycle.md` is the workflow's table.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Workflow> make_policy_workflow(Calendars host,
                                                                                 PublishingPolicy policy = {});

[[nodiscard]] PAVIOR_EXPORT StreamId policy_id(std::string catalogue);

/// To be sent by a publisher.
/// Errors of submitting it, in order of precedence: invalid (the catalogue makes no sense; the message names the field
/// and the mend); refused, by `version_is_next`, `takes_effect_from_now_on`, `takes_effect_in_order` or
/// `codes_are_accounted_for` (codes that were dropped without a word, ten of them by name).
[[nodiscard]] PAVIOR_EXPORT Command publish_command(v1::Catalogue catalogue);
/// Only the latest version can be withdrawn, until it takes effect.
[[nodiscard]] PAVIOR_EXPORT Command withdraw_command(std::string catalogue, std::uint32_t version, std::string reason);

/// The versions inside a state of this workflow; null for another one's. Lifetime: that of the state.
[[nodiscard]] PAVIOR_EXPORT const v1::PublishedCatalogues* published_catalogues(const State& state) noexcept;

/// A book of what is published and not withdrawn, with `host`'s calendars; an empty one if nothing is. Work orders are
/// decided with a book, so a host reads it from a follower before it opens the store as its owner.
/// `catalogue` may be left out if the store has one alone.
/// Blocks: on the disk. Errors: invalid (the engine has no policy workflow), conflict (several catalogues, or `host` has
/// a calendar's version with other content), not_found (no such catalogue), corrupt, unavailable.
[[nodiscard]] PAVIOR_EXPORT Result<PolicyBook> load_policies(const Engine& engine, Calendars host,
                                                             std::string_view catalogue = {});

/// Brings a book up to what the store has: after a catalogue was published or withdrawn, or a follower's `refresh`.
/// Blocks and errors: as `load_policies`. After an error the book may have some of it; calling again goes on.
[[nodiscard]] PAVIOR_EXPORT Result<void> refresh_policies(PolicyBook& book, const Engine& engine,
                                                          std::string_view catalogue = {});

}  // namespace pavior::city::inline v0

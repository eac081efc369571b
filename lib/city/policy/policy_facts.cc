#include <algorithm>
#include <string>
#include <utility>

#include "city/policy/catalogue_check.h"
#include "city/policy/effective.h"
#include "city/policy/policy_lifecycle.h"
#include "fmt/format.h"
#include "pavior/city/catalogue_difference.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

StreamId policy_id(std::string catalogue) { return {std::string(policy_workflow), std::move(catalogue)}; }

const v1::PublishedCatalogues* published_catalogues(const State& state) noexcept {
  return state_data<v1::PublishedCatalogues>(state);
}

Command publish_command(v1::Catalogue catalogue) {
  auto stream = policy_id(catalogue.id());
  v1::PublishCatalogue command;
  *command.mutable_catalogue() = std::move(catalogue);
  return make_command(std::move(stream), command);
}

Command withdraw_command(std::string catalogue, std::uint32_t version, std::string reason) {
  v1::WithdrawCatalogue command;
  command.set_version(version);
  command.set_reason(std::move(reason));
  return make_command(policy_id(std::move(catalogue)), command);
}

namespace publishing {
namespace {

constexpr std::size_t codes_named_max = 10;

/// Null: there is none.
const PublishedCatalogue* latest(const PublishedCatalogues& all) {
  for (int i = all.versions_size() - 1; i >= 0; --i)
    if (!all.versions(i).withdrawn()) return &all.versions(i);
  return nullptr;
}

/// Those of the host and of all versions so far, withdrawn ones too: somebody may have counted by them.
Calendars known_calendars(const PolicyView& view) {
  Calendars all = view.policy.host;
  for (const auto& version : view.data.versions()) all = united_calendars(version.catalogue(), all);
  return all;
}

/// By the wall clock of the catalogue.
std::string instant_text(std::int64_t micros, const Catalogue& catalogue) {
  return wall_text(from_micros(micros), catalogue.zone());
}

Result<void> check_version(const Catalogue& catalogue, const PublishedCatalogues& all) {
  if (all.versions().empty()) return {};
  const auto last = all.versions().rbegin()->catalogue().version();
  if (catalogue.version() == last + 1) return {};
  return Error::refused("version_is_next",
                        fmt::format("version {} of {} was published last, so the next one is {}, not {}", last,
                                    catalogue.id(), last + 1, catalogue.version()));
}

/// Nobody has counted on the first version, so it may say that it has been in effect.
Result<void> check_time(const CataloguePublished& fact, const PolicyView& view) {
  const auto* before = latest(view.data);
  if (before == nullptr) return {};
  const auto& catalogue = fact.catalogue();
  if (fact.effective_from() < to_micros(view.now))
    return Error::refused("takes_effect_from_now_on",
                          fmt::format("effective_from {} is past, and orders of that time keep their version; name a "
                                      "time to come, or none for at once",
                                      catalogue.effective_from()));
  if (fact.effective_from() < before->effective_from())
    return Error::refused(
        "takes_effect_in_order",
        fmt::format("version {} takes effect at {}, so version {} cannot before; name that time or a later one, or "
                    "withdraw version {} first",
                    before->catalogue().version(), instant_text(before->effective_from(), before->catalogue()),
                    catalogue.version(), before->catalogue().version()));
  return {};
}

Result<void> check_codes(const Catalogue& catalogue, const PublishedCatalogues& all) {
  const auto* before = latest(all);
  if (before == nullptr) return {};
  auto codes = unmapped_codes(before->catalogue(), catalogue);
  if (codes.empty()) return {};
  const auto count = codes.size();
  codes.resize(std::min(count, codes_named_max));
  const auto which = count == 1 ? fmt::format("a code of version {} is", before->catalogue().version())
                                : fmt::format("{} codes of version {} are", count, before->catalogue().version());
  return Error::refused("codes_are_accounted_for",
                        fmt::format("{} gone without a word: {}{}; map each to a new one in mappings, or list it in "
                                    "dropped_codes",
                                    which, fmt::join(codes, ", "), count > codes_named_max ? " ..." : ""));
}

}  // namespace

bool is_latest_version::test(const WithdrawCatalogue& command, const PolicyView& view) {
  const auto* version = latest(view.data);
  return version != nullptr && version->catalogue().version() == command.version();
}

bool is_not_in_effect::test(const WithdrawCatalogue& command, const PolicyView& view) {
  return std::ranges::none_of(view.data.versions(), [&](const PublishedCatalogue& version) {
    return version.catalogue().version() == command.version() && version.effective_from() <= to_micros(view.now);
  });
}

Result<void> PolicyLifecycle::may(std::string_view command, const PolicyView& view) const {
  const Actor& actor = view.actor;
  const auto& publishers = setting_.city.publishers;
  if (actor.has_role(roles::system)) return {};
  if (std::ranges::any_of(publishers, [&](const std::string& role) { return actor.has_role(role); })) return {};
  return Error::refused("role", fmt::format("{} may be submitted by {} only, not by {}", command,
                                            fmt::join(publishers, ", "), actor.id()));
}

CataloguePublished PolicyLifecycle::make(const PublishCatalogue& command, const PolicyView& view,
                                         tag<CataloguePublished>) {
  CataloguePublished fact;
  *fact.mutable_catalogue() = command.catalogue();
  // A time that cannot be read is told by `complete`.
  fact.set_effective_from(to_micros(effective_time(command.catalogue()).value_or(view.now)));
  return fact;
}

Result<void> PolicyLifecycle::complete(CataloguePublished& fact, const PolicyView& view) {
  const auto& catalogue = fact.catalogue();
  if (const auto calendars = known_calendars(view); auto mistake = catalogue_mistake(catalogue, &calendars))
    return Error(ErrorCode::invalid, fmt::format("catalogue.{}: {}", mistake->path, mistake->what));
  if (catalogue.id() != view.stream.key())
    return Error(ErrorCode::invalid, fmt::format("catalogue.id: {} does not belong into the stream {}; send it to {}",
                                                 catalogue.id(), view.stream.text(), policy_id(catalogue.id()).text()));
  if (auto next = check_version(catalogue, view.data); !next) return next;
  if (auto in_time = check_time(fact, view); !in_time) return in_time;
  return check_codes(catalogue, view.data);
}

CatalogueWithdrawn PolicyLifecycle::make(const WithdrawCatalogue& command, const PolicyView&, tag<CatalogueWithdrawn>) {
  CatalogueWithdrawn fact;
  fact.set_version(command.version());
  fact.set_reason(command.reason());
  return fact;
}

void PolicyLifecycle::apply(PublishedCatalogues& all, CataloguePublished&& fact, const Event&) {
  auto& version = *all.add_versions();
  *version.mutable_catalogue() = std::move(*fact.mutable_catalogue());
  version.set_effective_from(fact.effective_from());
}

void PolicyLifecycle::apply(PublishedCatalogues& all, CatalogueWithdrawn&& fact, const Event&) {
  for (auto& version : *all.mutable_versions())
    if (version.catalogue().version() == fact.version()) version.set_withdrawn(true);
}

}  // namespace publishing
}  // namespace pavior::city::inline v0

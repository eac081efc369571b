#include "pavior/city/organisation_book.h"

#include <utility>

#include "city/publishing/own_calendars.h"
#include "city/publishing/snapshots.h"
#include "city/publishing/version_list.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::string_view noun = "organisation";

}  // namespace

const Organisation& OrganisationVersions::in_force(Time now) const {
  static const Organisation nothing;
  const auto* found = latest_in_effect(organisations_, now);
  return found == nullptr ? nothing : *found;
}

const Organisation* OrganisationVersions::find(std::string_view id, std::uint32_t version) const {
  return find_version(organisations_, id, version);
}

struct OrganisationBook::Shared : Snapshots<OrganisationVersions> {
  using Snapshots::Snapshots;
};

OrganisationBook::OrganisationBook(Calendars host) {
  auto first = std::make_shared<OrganisationVersions>();
  first->calendars_ = std::move(host);
  shared_ = std::make_shared<Shared>(std::move(first));
}

OrganisationBook OrganisationBook::of(Organisation organisation, Calendars host) {
  OrganisationBook book(std::move(host));
  book.add(std::move(organisation)).value();
  return book;
}

Result<void> OrganisationBook::add(Organisation organisation) {
  auto calendars = made_calendars(organisation.data().calendars());  // Takes its time, so before the lock.
  if (!calendars) return std::move(calendars).error();
  return shared_->change([&](OrganisationVersions& next) -> Result<void> {
    const auto fresh = is_new(noun, next.organisations_, organisation);
    if (!fresh) return fresh.error();
    if (!*fresh) return {};
    for (const auto& calendar : *calendars)
      if (auto united = unite(next.calendars_, calendar); !united) return united;
    next.organisations_.push_back(std::move(organisation));
    return {};
  });
}

Result<void> OrganisationBook::add(Calendar calendar) {
  return shared_->change([&](OrganisationVersions& next) { return unite(next.calendars_, std::move(calendar)); });
}

Result<void> OrganisationBook::withdraw(std::string_view id, std::uint32_t version) {
  return shared_->change([&](OrganisationVersions& next) { return take_out(noun, next.organisations_, id, version); });
}

std::shared_ptr<const OrganisationVersions> OrganisationBook::versions() const { return shared_->last(); }

}  // namespace pavior::city::inline v0

#include "pavior/city/policy_book.h"

#include <utility>

#include "city/publishing/own_calendars.h"
#include "city/publishing/snapshots.h"
#include "city/publishing/version_list.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::string_view noun = "catalogue";

}  // namespace

const Policy& PolicyVersions::in_force(Time now) const {
  static const Policy nothing;
  const auto* found = latest_in_effect(policies_, now);
  return found == nullptr ? nothing : *found;
}

const Policy* PolicyVersions::find(std::string_view id, std::uint32_t version) const {
  return find_version(policies_, id, version);
}

struct PolicyBook::Shared : Snapshots<PolicyVersions> {
  using Snapshots::Snapshots;
};

PolicyBook::PolicyBook(Calendars host) {
  auto first = std::make_shared<PolicyVersions>();
  first->calendars_ = std::move(host);
  shared_ = std::make_shared<Shared>(std::move(first));
}

PolicyBook PolicyBook::of(Policy policy, Calendars host) {
  PolicyBook book(std::move(host));
  book.add(std::move(policy)).value();
  return book;
}

Result<void> PolicyBook::add(Policy policy) {
  auto calendars = made_calendars(policy.data().calendars());  // Takes its time, so before the readers are locked out.
  if (!calendars) return std::move(calendars).error();
  return shared_->change([&](PolicyVersions& next) -> Result<void> {
    const auto fresh = is_new(noun, next.policies_, policy);
    if (!fresh) return fresh.error();
    if (!*fresh) return {};
    for (const auto& calendar : *calendars)
      if (auto united = unite(next.calendars_, calendar); !united) return united;
    next.policies_.push_back(std::move(policy));
    return {};
  });
}

Result<void> PolicyBook::add(Calendar calendar) {
  return shared_->change([&](PolicyVersions& next) { return unite(next.calendars_, std::move(calendar)); });
}

Result<void> PolicyBook::withdraw(std::string_view id, std::uint32_t version) {
  return shared_->change([&](PolicyVersions& next) { return take_out(noun, next.policies_, id, version); });
}

std::shared_ptr<const PolicyVersions> PolicyBook::versions() const { return shared_->last(); }

}  // namespace pavior::city::inline v0

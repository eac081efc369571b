#include "pavior/city/policy_book.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using Snapshot = std::shared_ptr<const PolicyVersions>;

std::string name_of(const Policy& policy) {
  return fmt::format("version {} of the catalogue {}", policy.data().version(), policy.data().id());
}

bool same_content(const Policy& one, const Policy& other) {
  return one.effective_from() == other.effective_from() &&
         one.data().SerializeAsString() == other.data().SerializeAsString();
}

Result<std::vector<Calendar>> calendars_of(const v1::Catalogue& data) {
  std::vector<Calendar> all;
  for (const auto& one : data.calendars()) {
    auto calendar = Calendar::make(one);
    if (!calendar) return std::move(calendar).error();
    all.push_back(*std::move(calendar));
  }
  return all;
}

Result<void> unite(Calendars& all, Calendar calendar) {
  v1::CalendarVersion version;
  version.set_id(calendar.id());
  version.set_version(calendar.version());
  const auto there = all.version(version);
  if (!there) return all.add(std::move(calendar));
  if (*there == calendar) return {};
  return Error(ErrorCode::conflict,
               fmt::format("version {} of the calendar {} is there already with other content; a version never "
                           "changes, so give the new one the next number",
                           calendar.version(), calendar.id()));
}

}  // namespace

const Policy& PolicyVersions::in_force(Time now) const {
  static const Policy nothing;
  const Policy* found = &nothing;
  const auto rank = [](const Policy& policy) { return std::pair(policy.effective_from(), policy.data().version()); };
  for (const auto& policy : policies_)
    if (policy.effective_from() <= now && (found == &nothing || rank(*found) < rank(policy))) found = &policy;
  return *found;
}

const Policy* PolicyVersions::find(std::string_view id, std::uint32_t version) const {
  const auto found = std::ranges::find_if(
      policies_, [&](const Policy& policy) { return policy.data().id() == id && policy.data().version() == version; });
  return found == policies_.end() ? nullptr : &*found;
}

// Readers take the snapshot and go; writers make the next one from it.
struct PolicyBook::Shared {
  explicit Shared(Snapshot first) : snapshot(std::move(first)) {}
  mutable std::mutex mutex;
  Snapshot snapshot;
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
  auto calendars = calendars_of(policy.data());  // Takes its time, so before the readers are locked out.
  if (!calendars) return std::move(calendars).error();
  const std::lock_guard lock(shared_->mutex);
  const auto& before = *shared_->snapshot;
  if (const auto* there = before.find(policy.data().id(), policy.data().version())) {
    if (same_content(*there, policy)) return {};
    return Error(ErrorCode::conflict,
                 fmt::format("{} is there already with other content or another time of effect; a version never "
                             "changes, so give the new one the next number",
                             name_of(policy)));
  }
  if (!before.all().empty() && before.all().front().data().id() != policy.data().id())
    return Error(ErrorCode::conflict,
                 fmt::format("{} does not belong into the book of {}; a city has one catalogue, so make another book",
                             name_of(policy), before.all().front().data().id()));
  auto next = std::make_shared<PolicyVersions>(before);
  for (auto& calendar : *calendars)
    if (auto united = unite(next->calendars_, std::move(calendar)); !united) return united;
  next->policies_.push_back(std::move(policy));
  shared_->snapshot = std::move(next);
  return {};
}

Result<void> PolicyBook::add(Calendar calendar) {
  const std::lock_guard lock(shared_->mutex);
  auto next = std::make_shared<PolicyVersions>(*shared_->snapshot);
  if (auto united = unite(next->calendars_, std::move(calendar)); !united) return united;
  shared_->snapshot = std::move(next);
  return {};
}

Result<void> PolicyBook::withdraw(std::string_view id, std::uint32_t version) {
  const std::lock_guard lock(shared_->mutex);
  auto next = std::make_shared<PolicyVersions>(*shared_->snapshot);
  const auto removed = std::erase_if(next->policies_, [&](const Policy& policy) {
    return policy.data().id() == id && policy.data().version() == version;
  });
  if (removed == 0)
    return Error(ErrorCode::not_found, fmt::format("there is no version {} of the catalogue {}", version, id));
  shared_->snapshot = std::move(next);
  return {};
}

std::shared_ptr<const PolicyVersions> PolicyBook::versions() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->snapshot;
}

}  // namespace pavior::city::inline v0

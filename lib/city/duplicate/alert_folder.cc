#include <map>
#include <utility>

#include "fmt/format.h"
#include "pavior/city/alerts.h"

namespace pavior::city::inline v0 {
namespace {

using Key = std::pair<std::string, std::string>;

Key key_of(const v1::AlertCase& storm) { return {storm.rule(), storm.key()}; }

}  // namespace

struct AlertFolder::Impl {
  AlertRulebook rules;
  std::map<Key, v1::AlertCase> storms;
  std::map<std::string, Key, std::less<>> by_order;

  void keep(const v1::AlertCase& storm) {
    auto& kept = storms[key_of(storm)];
    if (kept.order() != storm.order()) by_order.erase(kept.order());
    kept = storm;
    by_order.insert_or_assign(storm.order(), key_of(storm));
  }
};

AlertFolder::AlertFolder(const Policy& policy)
    : AlertFolder(std::make_unique<Impl>(Impl{AlertRulebook(policy), {}, {}})) {}
AlertFolder::AlertFolder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AlertFolder::~AlertFolder() = default;
AlertFolder::AlertFolder(AlertFolder&& other) noexcept = default;
AlertFolder& AlertFolder::operator=(AlertFolder&& other) noexcept = default;

Result<AlertFolder> AlertFolder::restored(const Policy& policy, const v1::AlertState& state) {
  AlertFolder folder(policy);
  for (int i = 0; i < state.cases_size(); ++i) {
    const auto& storm = state.cases(i);
    if (folder.impl_->storms.contains(key_of(storm)))
      return Error(ErrorCode::invalid, fmt::format("cases[{}]: {} of rule {} is there already; rebuild the state from "
                                                   "the alerts",
                                                   i, storm.key(), storm.rule()));
    folder.impl_->keep(storm);
  }
  return folder;
}

Result<FoldedAlert> AlertFolder::fold(const v1::Alert& alert) {
  auto row = impl_->rules.storm(alert);
  if (!row) return std::move(row).error();
  if (const auto known = impl_->storms.find(key_of(*row)); known != impl_->storms.end()) *row = known->second;
  auto folded = impl_->rules.fold(*std::move(row), alert);
  if (folded) impl_->keep(folded->storm);
  return folded;
}

void AlertFolder::end(std::string_view order) {
  const auto found = impl_->by_order.find(order);
  if (found == impl_->by_order.end()) return;
  impl_->storms.erase(found->second);
  impl_->by_order.erase(found);
}

v1::AlertState AlertFolder::state() const {
  v1::AlertState state;
  for (const auto& [key, storm] : impl_->storms) *state.add_cases() = storm;
  return state;
}

std::size_t AlertFolder::size() const noexcept { return impl_->storms.size(); }

}  // namespace pavior::city::inline v0

#include <algorithm>
#include <map>
#include <utility>

#include "fmt/format.h"
#include "pavior/city/repeats.h"

namespace pavior::city::inline v0 {
namespace {

using Key = std::pair<std::string, std::string>;

Key key_of(const v1::RepeatWindow& window) { return {window.rule(), window.key()}; }

}  // namespace

struct RepeatWatch::Impl {
  RepeatCounter counter;
  std::map<Key, v1::RepeatWindow> windows;
};

RepeatWatch::RepeatWatch(const Policy& policy) : RepeatWatch(std::make_unique<Impl>(Impl{RepeatCounter(policy), {}})) {}
RepeatWatch::RepeatWatch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RepeatWatch::~RepeatWatch() = default;
RepeatWatch::RepeatWatch(RepeatWatch&& other) noexcept = default;
RepeatWatch& RepeatWatch::operator=(RepeatWatch&& other) noexcept = default;

Result<RepeatWatch> RepeatWatch::restored(const Policy& policy, const v1::RepeatState& state) {
  RepeatWatch watch(policy);
  for (int i = 0; i < state.windows_size(); ++i) {
    const auto& window = state.windows(i);
    if (!std::ranges::is_sorted(window.counted(), {}, &v1::CountedReport::at))
      return Error(ErrorCode::invalid,
                   fmt::format("windows[{}].counted: is not in the order of time; rebuild the state "
                               "from the reports",
                               i));
    const bool is_known = std::ranges::any_of(policy.data().repeats().rules(),
                                              [&](const auto& rule) { return rule.id() == window.rule(); });
    if (is_known && !watch.impl_->windows.emplace(key_of(window), window).second)
      return Error(ErrorCode::invalid,
                   fmt::format("windows[{}]: {} of rule {} is there already; rebuild the state from "
                               "the reports",
                               i, window.key(), window.rule()));
  }
  return watch;
}

std::vector<v1::RepeatWarning> RepeatWatch::observe(const RepeatReport& report) {
  std::vector<v1::RepeatWarning> warnings;
  for (auto& fresh : impl_->counter.windows(report)) {
    auto& window = impl_->windows.try_emplace(key_of(fresh), fresh).first->second;
    auto more = impl_->counter.count(window, report);
    std::ranges::move(more, std::back_inserter(warnings));
  }
  return warnings;
}

void RepeatWatch::forget(Time now) {
  std::erase_if(impl_->windows, [&](const auto& entry) { return impl_->counter.is_spent(entry.second, now); });
}

v1::RepeatState RepeatWatch::state() const {
  v1::RepeatState state;
  for (const auto& [key, window] : impl_->windows) *state.add_windows() = window;
  return state;
}

std::size_t RepeatWatch::size() const noexcept { return impl_->windows.size(); }

}  // namespace pavior::city::inline v0

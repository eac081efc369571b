#include "pavior/city/policy.h"

#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "city/policy/catalogue_check.h"
#include "city/policy/effective.h"
#include "city/publishing/own_calendars.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// What holds without any profile.
v1::Profile plain_profile() {
  v1::Profile profile;
  profile.add_automatic("ConfirmResult");
  profile.add_automatic("PassReply");
  return profile;
}

Result<v1::Catalogue> read_and_check(std::string_view text, const Calendars* host) {
  v1::Catalogue catalogue;
  auto read = read_data(text, "a catalogue", catalogue, [&] { return catalogue_mistake(catalogue, host); });
  if (!read) return std::move(read).error();
  return catalogue;
}

template <class Map>
auto find_in(const Map& map, std::string_view key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

}  // namespace

// Points into its own data.
struct Policy::Index {
  Index(v1::Catalogue catalogue, ClockPlan plan, DispatchTables tables)
      : data(std::move(catalogue)), clocks(std::move(plan)), dispatch(std::move(tables)) {
    for (const auto& major : data.majors())
      for (const auto& minor : major.minors()) {
        categories.emplace(minor.code(), &minor);
        majors.emplace(minor.code(), &major);
      }
    for (const auto& channel : data.channels()) channels.emplace(channel.name(), &channel);
    for (const auto& profile : data.profiles()) profiles.emplace(profile.id(), &profile);
    for (const auto& reply : data.templates()) templates.emplace(std::pair(reply.id(), reply.version()), &reply);
    if (data.grants().empty()) {
      for (auto& grant : default_grants()) grants[grant.command()].push_back(std::move(grant));
    } else {
      for (const auto& grant : data.grants()) grants[grant.command()].push_back(grant);
    }
  }
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  v1::Catalogue data;
  ClockPlan clocks;
  DispatchTables dispatch;
  v1::Profile plain = plain_profile();
  std::unordered_map<std::string_view, const v1::MinorCategory*> categories;
  std::unordered_map<std::string_view, const v1::MajorCategory*> majors;
  std::unordered_map<std::string_view, const v1::Channel*> channels;
  std::unordered_map<std::string_view, const v1::Profile*> profiles;
  std::map<std::pair<std::string, std::uint32_t>, const v1::ReplyTemplate*> templates;
  std::map<std::string, std::vector<v1::Grant>, std::less<>> grants;
};

Result<v1::Catalogue> read_catalogue(std::string_view text) { return read_and_check(text, nullptr); }

Result<v1::Catalogue> read_catalogue(std::string_view text, const Calendars& calendars) {
  return read_and_check(text, &calendars);
}

Policy::Policy() : Policy(std::make_shared<const Index>(v1::Catalogue(), ClockPlan(), DispatchTables()), Time::min()) {}

Result<Policy> Policy::make(v1::Catalogue data, const Calendars& calendars) {
  if (const auto mistake = catalogue_mistake(data, &calendars))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  const auto all = united_calendars(data.calendars(), calendars);
  auto clocks = ClockPlan::make(data.clocks(), all);
  if (!clocks) return std::move(clocks).error();
  auto dispatch = DispatchTables::make(data, all);
  if (!dispatch) return std::move(dispatch).error();
  const Time from = effective_time({data.zone(), data.effective_from()}).value_or(Time::min());
  return Policy(std::make_shared<const Index>(std::move(data), *std::move(clocks), *std::move(dispatch)), from);
}

Policy Policy::of_clocks(ClockPlan clocks) {
  v1::Catalogue data;
  *data.mutable_clocks() = clocks.data();
  return Policy(std::make_shared<const Index>(std::move(data), std::move(clocks), DispatchTables()), Time::min());
}

Policy Policy::taking_effect(Time from) const { return {index_, from}; }

const v1::Catalogue& Policy::data() const noexcept { return index_->data; }
const ClockPlan& Policy::clocks() const noexcept { return index_->clocks; }
const DispatchTables& Policy::dispatch() const noexcept { return index_->dispatch; }

const v1::MinorCategory* Policy::category(std::string_view code) const { return find_in(index_->categories, code); }

const v1::MajorCategory* Policy::major_of(std::string_view category) const { return find_in(index_->majors, category); }

const v1::FilingCondition* Policy::condition(std::string_view category_code, std::string_view code) const {
  const auto* minor = category(category_code);
  if (minor == nullptr) return nullptr;
  for (const auto& condition : minor->conditions())
    if (condition.code() == code) return &condition;
  return nullptr;
}

const v1::Channel* Policy::channel(std::string_view name) const { return find_in(index_->channels, name); }

const v1::Profile* Policy::profile(std::string_view id) const { return find_in(index_->profiles, id); }

const v1::Profile& Policy::default_profile() const noexcept {
  return index_->data.profiles().empty() ? index_->plain : index_->data.profiles(0);
}

const v1::ReplyTemplate* Policy::reply_template(std::string_view id, std::uint32_t version) const {
  const auto newest = version == 0 ? std::numeric_limits<std::uint32_t>::max() : version;
  const auto after = index_->templates.upper_bound({std::string(id), newest});
  if (after == index_->templates.begin()) return nullptr;
  const auto& [key, found] = *std::prev(after);
  return key.first == id && (version == 0 || key.second == version) ? found : nullptr;
}

const std::vector<v1::Grant>& Policy::grants(std::string_view command) const {
  static const std::vector<v1::Grant> nobody;
  const auto found = index_->grants.find(command);
  return found == index_->grants.end() ? nobody : found->second;
}

}  // namespace pavior::city::inline v0

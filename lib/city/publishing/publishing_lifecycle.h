// The lifecycle of what is published in versions: this table is the document. docs/policy_lifecycle.md,
// docs/organisation_lifecycle.md and docs/grid_map_lifecycle.md are printed from it.
//
// A kind says what is published; every one has its own messages, in one shape:
//
//     struct Catalogues {
//       static constexpr std::string_view workflow = "policy";
//       static constexpr std::string_view noun = "catalogue";          // the field of the data in its messages
//       static constexpr std::string_view past_is_kept = "orders of that time keep their version";
//       static constexpr auto published = v1::POLICY_STAGE_PUBLISHED;
//       using Data = v1::Catalogue;
//       using All = v1::PublishedCatalogues;
//       using Publish = v1::PublishCatalogue;                          // and Published, Withdraw, Withdrawn
//       using Item = Policy;                                           // a version, checked
//       using Book = PolicyBook;
//       static const Data& data(const auto& message);
//       static Data& mutable_data(auto& message);
//       static Mistake mistake(const Data& data, const Calendars* known);
//       static Result<void> follows(const Data& next, const Data& before);  // what else the next version must do
//     };
#pragma once

#include <string_view>
#include <utility>

#include "city/publishing/publishing_checks.h"
#include "pavior/proto.h"
#include "pavior/table.h"

namespace pavior::city::inline v0::publishing {

// Rows are made of these words alone; a prefix in every cell would bury them.
using namespace machine;  // NOLINT

struct has_reason {
  static constexpr std::string_view name = "has_reason";
  static constexpr std::string_view explanation = "a reason is given";
  static bool test(const auto& command, const auto&) { return !command.reason().empty(); }
};

/// What came after it may build on it.
template <class Kind>
struct is_latest_version {
  static constexpr std::string_view name = "is_latest_version";
  static constexpr std::string_view explanation = "the version is the latest of those not withdrawn";
  static bool test(const auto& command, const auto& view) {
    const auto* version = latest<Kind>(view.data);
    return version != nullptr && Kind::data(*version).version() == command.version();
  }
};

/// Somebody has acted by it by then.
template <class Kind>
struct is_not_in_effect {
  static constexpr std::string_view name = "is_not_in_effect";
  static constexpr std::string_view explanation = "the version has not taken effect; publish another one instead";
  static bool test(const auto& command, const auto& view) {
    for (const auto& version : view.data.versions())
      if (Kind::data(version).version() == command.version() && version.effective_from() <= to_micros(view.now))
        return false;
    return true;
  }
};

template <class Kind>
struct PublishingLifecycle {
  static constexpr std::string_view name = Kind::workflow;
  using Data = typename Kind::All;
  using Policy = Setting;
  using PublishingView = View<Data, Setting>;
  using Publish = typename Kind::Publish;
  using Published = typename Kind::Published;
  using Withdraw = typename Kind::Withdraw;
  using Withdrawn = typename Kind::Withdrawn;

  using published = stage<Kind::published, "published">;
  using is_latest = is_latest_version<Kind>;
  using is_to_come = is_not_in_effect<Kind>;

  // clang-format off
  using Lifecycle = table<
  //  from                       command    when                                    event       to
  row<any_of<absent, published>, Publish,   always,                                 Published,  published>,
  row<published,                 Withdraw,  all<has_reason, is_latest, is_to_come>, Withdrawn,  same     >>;
  // clang-format on

  explicit PublishingLifecycle(Setting setting) : setting_(std::move(setting)) {}
  const Setting& policy() const { return setting_; }
  Result<void> may(std::string_view command, const PublishingView& view) const {
    return may_publish(command, view.actor, setting_.city);
  }

  static Published make(const Publish& command, const PublishingView& view, tag<Published>) {
    Published fact;
    Kind::mutable_data(fact) = Kind::data(command);
    const auto& data = Kind::data(command);
    // A time that cannot be read is told by `complete`.
    fact.set_effective_from(to_micros(effective_time({data.zone(), data.effective_from()}).value_or(view.now)));
    return fact;
  }
  static Withdrawn make(const Withdraw& command, const PublishingView&, tag<Withdrawn>) {
    Withdrawn fact;
    fact.set_version(command.version());
    fact.set_reason(command.reason());
    return fact;
  }

  /// Whether the data may be the next version: these refusals say what is, so they are no rules of the table.
  static Result<void> complete(Published& fact, const PublishingView& view) {
    const auto& data = Kind::data(fact);
    const auto known = known_calendars<Kind>(view.data, view.policy.host);
    if (auto mistake = Kind::mistake(data, &known)) return mistake_error(Kind::noun, *mistake);
    if (auto at_home = check_stream(Kind::noun, data.id(), view.stream); !at_home) return at_home;
    if (auto next = check_version<Kind>(data, view.data); !next) return next;
    const auto* before = latest<Kind>(view.data);
    // Nobody has counted on the first version, so it may say that it has been in effect.
    if (before == nullptr) return {};
    if (auto in_time = check_time<Kind>(fact, *before, view.now); !in_time) return in_time;
    return Kind::follows(data, Kind::data(*before));
  }

  static void apply(Data& all, Published&& fact, const Event&) {
    auto& version = *all.add_versions();
    Kind::mutable_data(version) = std::move(Kind::mutable_data(fact));
    version.set_effective_from(fact.effective_from());
  }
  static void apply(Data& all, Withdrawn&& fact, const Event&) {
    for (auto& version : *all.mutable_versions())
      if (Kind::data(version).version() == fact.version()) version.set_withdrawn(true);
  }

 private:
  Setting setting_;
};

}  // namespace pavior::city::inline v0::publishing

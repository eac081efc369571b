// The lifecycle of a catalogue: this table is the document. docs/policy_lifecycle.md is printed from it.
#pragma once

#include <string_view>
#include <utility>

#include "pavior/city/policies.h"
#include "pavior/city/v1/policy.pb.h"
#include "pavior/result.h"
#include "pavior/table.h"

namespace pavior::city::inline v0::publishing {

// Rows are made of these words alone; a prefix in every cell would bury them.
using namespace machine;  // NOLINT
using namespace v1;       // NOLINT

struct Setting {
  Calendars host;
  PublishingPolicy city;
};
using PolicyView = View<PublishedCatalogues, Setting>;

struct has_reason {
  static constexpr std::string_view name = "has_reason";
  static constexpr std::string_view explanation = "a reason is given";
  static bool test(const WithdrawCatalogue& command, const PolicyView&) { return !command.reason().empty(); }
};

/// What came after it may map its codes.
struct is_latest_version {
  static constexpr std::string_view name = "is_latest_version";
  static constexpr std::string_view explanation = "the version is the latest of those not withdrawn";
  static bool test(const WithdrawCatalogue& command, const PolicyView& view);
};

/// Orders have it by then.
struct is_not_in_effect {
  static constexpr std::string_view name = "is_not_in_effect";
  static constexpr std::string_view explanation = "the version has not taken effect; publish another one instead";
  static bool test(const WithdrawCatalogue& command, const PolicyView& view);
};

using published = stage<POLICY_STAGE_PUBLISHED, "published">;

struct PolicyLifecycle {
  static constexpr std::string_view name = policy_workflow;
  using Data = PublishedCatalogues;
  using Policy = Setting;

  // clang-format off
  using Lifecycle = table<
  //  from                       command            when                                                  event               to
  row<any_of<absent, published>, PublishCatalogue,  always,                                               CataloguePublished, published>,
  row<published,                 WithdrawCatalogue, all<has_reason, is_latest_version, is_not_in_effect>, CatalogueWithdrawn, same     >>;
  // clang-format on

  explicit PolicyLifecycle(Setting setting) : setting_(std::move(setting)) {}
  const Setting& policy() const { return setting_; }
  Result<void> may(std::string_view command, const PolicyView& view) const;

  // policy_facts.cc: what each command records, and what each fact means.
  static CataloguePublished make(const PublishCatalogue& command, const PolicyView& view, tag<CataloguePublished>);
  static CatalogueWithdrawn make(const WithdrawCatalogue& command, const PolicyView& view, tag<CatalogueWithdrawn>);
  /// Whether the catalogue may be the next version: these refusals say what is, so they are no rules of the table.
  static Result<void> complete(CataloguePublished& fact, const PolicyView& view);

  static void apply(PublishedCatalogues& all, CataloguePublished&& fact, const Event& meta);
  static void apply(PublishedCatalogues& all, CatalogueWithdrawn&& fact, const Event& meta);

 private:
  Setting setting_;
};

}  // namespace pavior::city::inline v0::publishing

/// \file
/// Catalogues as a kind of what is published; city/publishing/publishing_lifecycle.h says what each word means.
#pragma once

#include <string_view>

#include "city/policy/check_words.h"
#include "pavior/city/policies.h"
#include "pavior/city/v1/policy.pb.h"

namespace pavior::city::inline v0::publishing {

struct Catalogues {
  static constexpr std::string_view workflow = policy_workflow;
  static constexpr std::string_view noun = "catalogue";
  static constexpr std::string_view past_is_kept = "orders of that time keep their version";
  static constexpr auto published = v1::POLICY_STAGE_PUBLISHED;
  using Data = v1::Catalogue;
  using All = v1::PublishedCatalogues;
  using Publish = v1::PublishCatalogue;
  using Published = v1::CataloguePublished;
  using Withdraw = v1::WithdrawCatalogue;
  using Withdrawn = v1::CatalogueWithdrawn;
  using Item = Policy;
  using Book = PolicyBook;

  static const Data& data(const auto& message) { return message.catalogue(); }
  static Data& mutable_data(auto& message) { return *message.mutable_catalogue(); }
  static Mistake mistake(const Data& data, const Calendars* known);
  /// Codes must be accounted for.
  static Result<void> follows(const Data& next, const Data& before);
};

}  // namespace pavior::city::inline v0::publishing

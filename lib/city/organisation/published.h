/// \file
/// Organisations as a kind of what is published; city/publishing/publishing_lifecycle.h says what each word means.
#pragma once

#include <string_view>

#include "city/policy/check_words.h"
#include "pavior/city/organisations.h"
#include "pavior/city/v1/organisations.pb.h"

namespace pavior::city::inline v0::publishing {

struct Organisations {
  static constexpr std::string_view workflow = organisation_workflow;
  static constexpr std::string_view noun = "organisation";
  static constexpr std::string_view past_is_kept = "what was decided by then stays";
  static constexpr auto published = v1::ORGANISATION_STAGE_PUBLISHED;
  using Data = v1::Organisation;
  using All = v1::PublishedOrganisations;
  using Publish = v1::PublishOrganisation;
  using Published = v1::OrganisationPublished;
  using Withdraw = v1::WithdrawOrganisation;
  using Withdrawn = v1::OrganisationWithdrawn;
  using Item = Organisation;
  using Book = OrganisationBook;

  static const Data& data(const auto& message) { return message.organisation(); }
  static Data& mutable_data(auto& message) { return *message.mutable_organisation(); }
  static Mistake mistake(const Data& data, const Calendars* known);
  /// Units are closed, and do not vanish: orders name them.
  static Result<void> follows(const Data& next, const Data& before);
};

}  // namespace pavior::city::inline v0::publishing

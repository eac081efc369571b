// The lifecycle of an organisation. docs/organisation_lifecycle.md is printed from its table.
#pragma once

#include "city/organisation/published.h"
#include "city/publishing/publishing_lifecycle.h"

namespace pavior::city::inline v0::publishing {

using OrganisationLifecycle = PublishingLifecycle<Organisations>;

}  // namespace pavior::city::inline v0::publishing

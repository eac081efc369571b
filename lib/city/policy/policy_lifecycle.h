// The lifecycle of a catalogue. docs/policy_lifecycle.md is printed from its table.
#pragma once

#include "city/policy/published.h"
#include "city/publishing/publishing_lifecycle.h"

namespace pavior::city::inline v0::publishing {

using PolicyLifecycle = PublishingLifecycle<Catalogues>;

}  // namespace pavior::city::inline v0::publishing

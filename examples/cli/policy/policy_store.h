/// \file
/// A store's own policy: publishing its next version, and listing those it has.
#pragma once

#include <string>
#include <vector>

#include "app.h"
#include "author.h"
#include "pavior/city/work_orders.h"

namespace pavior::cli {

struct PublishPolicy {
  std::string file;
  Author author{"cli", {std::string(city::roles::system)}};
};

Exit publish_policy(const App& app, const PublishPolicy& wish);

Exit list_policies(const App& app);

}  // namespace pavior::cli

#include "pavior/city/policies.h"

#include <utility>

#include "city/policy/published.h"
#include "city/publishing/loading.h"

namespace pavior::city::inline v0 {

Result<PolicyBook> load_policies(const Engine& engine, Calendars host, std::string_view catalogue) {
  return publishing::load<publishing::Catalogues>(engine, std::move(host), catalogue);
}

Result<void> refresh_policies(PolicyBook& book, const Engine& engine, std::string_view catalogue) {
  return publishing::refresh<publishing::Catalogues>(book, engine, catalogue);
}

}  // namespace pavior::city::inline v0

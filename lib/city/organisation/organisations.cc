#include "pavior/city/organisations.h"

#include <utility>

#include "city/organisation/published.h"
#include "city/publishing/loading.h"

namespace pavior::city::inline v0 {

Result<OrganisationBook> load_organisations(const Engine& engine, Calendars host, std::string_view organisation) {
  return publishing::load<publishing::Organisations>(engine, std::move(host), organisation);
}

Result<void> refresh_organisations(OrganisationBook& book, const Engine& engine, std::string_view organisation) {
  return publishing::refresh<publishing::Organisations>(book, engine, organisation);
}

}  // namespace pavior::city::inline v0

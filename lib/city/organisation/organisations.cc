#include "pavior/city/organisations.h"

#include <utility>

#include "city/organisation/published.h"
#include "city/publishing/loading.h"

namespace pavior::city::inline v0 {

Result<OrganisationBook> load_organisations(const Engine& engine, Calendars host, std::string_view organisation) {
  OrganisationBook book(std::move(host));
  if (auto loaded = refresh_organisations(book, engine, organisation); !loaded) return std::move(loaded).error();
  return book;
}

Result<void> refresh_organisations(OrganisationBook& book, const Engine& engine, std::string_view organisation) {
  return publishing::refresh<publishing::Organisations>(book, engine, organisation);
}

}  // namespace pavior::city::inline v0

// A draft of rules from what dispatchers did with a few holes and roads.
#include "pavior/city/derive_dispatch.h"

#include <string>
#include <vector>

#include "city/clocked_city.h"

namespace pavior::city::tests {
namespace {

struct Dispatched {
  const char* order;
  const char* category;
  const char* grid;
  const char* lead;
};

std::vector<std::string> row_ids(const DerivedDispatch& derived) {
  std::vector<std::string> ids;
  for (const auto& row : derived.rules.tables(0).rows()) ids.push_back(row.id());
  return ids;
}

/// Roads are a major category and one of its minors, too.
Policy roads_and_holes() {
  auto catalogue = read_catalogue(
      "id: 'town' version: 1 zone: 'Asia/Shanghai' majors { code: 'roads' name: 'Roads' "
      "minors { code: 'roads' name: 'Roads' kind: EVENT_ITEM } minors { code: 'sinks' name: 'Sinks' kind: EVENT_ITEM } "
      "minors { code: 'holes' name: 'Holes' kind: EVENT_ITEM } } fallback_unit: 'east'",
      Calendars());
  if (!catalogue) FAIL(catalogue.error());
  return Policy::make(*std::move(catalogue)).value();
}

}  // namespace

TEST_CASE("a draft has a row for each category, after those for grids of it, and last what a whole major fits") {
  ClockedCity city("2024-03-08 10:00",
                   "clocks { name: 'HND' calendar: 'cn' limits { limit { amount: 24 unit: UNIT_HOUR } } "
                   "starts: 'Dispatched' stops: 'ResultConfirmed' }");
  for (const auto& done : {Dispatched{"A1", "holes", "north", "west"},
                           {"A2", "holes", "south", "east"},
                           {"A3", "holes", "south", "east"},
                           {"A4", "roads", "", "east"},
                           {"A5", "sinks", "", "west"},
                           {"A6", "moons", "", "mars"}}) {
    city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }), done.order);
    city.act(build<v1::Accept>([&](auto& m) {
               m.set_category(done.category);
               m.set_grid(done.grid);
             }),
             done.order);
    city.act(build<v1::Dispatch>([&](auto& m) { m.set_lead(done.lead); }), done.order);
  }
  DeriveOptions options;
  options.grid_orders_min = 1;
  const auto derived = derive_dispatch(*city.engine, roads_and_holes(), options);
  if (!derived) FAIL(derived.error());
  CHECK(row_ids(*derived) == std::vector<std::string>{"holes in north", "holes", "sinks", "roads"});
  CHECK(derived->rules.tables(0).rows(1).then().unit() == "east");
  CHECK(derived->rules.tables(0).rows(1).then().reason() == "2 of 3 such orders went there");
  CHECK(derived->unknown == std::vector<std::string>{"moons"});
  CHECK(derived->units == std::vector<std::string>{"east", "mars", "west"});
  CHECK(derived->dispatches == 6);
  CHECK(derived->named == 5);

  options.grid_orders_min = 2;
  CHECK(row_ids(derive_dispatch(*city.engine, roads_and_holes(), options).value()) ==
        std::vector<std::string>{"holes", "sinks", "roads"});
  options.to = testing::at(city.calendar, "2024-03-08 10:00");
  CHECK(derive_dispatch(*city.engine, roads_and_holes(), options)->dispatches == 0);
}

}  // namespace pavior::city::tests

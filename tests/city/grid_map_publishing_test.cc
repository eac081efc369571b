// Publishing a grid map: what is accepted when, what is refused and why, and what a host reads from the store.
#include <chrono>
#include <string>
#include <utility>

#include "city/maps.h"
#include "city/place/published.h"
#include "city/published.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using testing::area;
using testing::box;
using testing::Story;

/// 2024-04-30 08:00 in Shanghai.
constexpr Time eve = std::chrono::sys_days(std::chrono::year(2024) / 4 / 30);

const Actor mayor("mo", {"leader"});

/// Its one grid is as wide as its number says.
v1::GridMap version(std::uint32_t number, const std::string& effective_from) {
  return map_data({area("3411/05", {box(0, 0, number, 1)})}, map_head(number, effective_from));
}

const auto publish = publishing::publish<publishing::GridMaps>;
const auto said = said_of<publishing::GridMaps>;

Story first_published() {
  Story story(make_grid_map_workflow(), grid_map_id("quarter"));
  (void)story.at(eve).by(mayor).happens(publish(version(1, "2024-05-01")));
  return story;
}

TEST_CASE("docs/grid_map_lifecycle.md is the table") {
  check_lifecycle_page<publishing::GridMaps>(*make_grid_map_workflow(), "a grid map", "places.md");
}

TEST_CASE("a wrong ring is refused, with its place named") {
  const auto story = first_published();
  auto next = version(2, "2024-06-01");
  auto& ring = *next.mutable_areas(0)->mutable_polygons(0)->mutable_rings(0);
  ring.mutable_steps()->Truncate(4);
  CHECK(said(story, next) ==
        "invalid: grid_map.areas[0] \"3411/05\": polygons[0][0] has 3 points, and a ring has 4 or more, the last one "
        "being the first again; give it its missing points, or leave it out");
}

TEST_CASE("versions of a map follow each other in number and in time") {
  const auto story = first_published();
  CHECK(said(story, version(3, "2024-06-01")).starts_with("refused by version_is_next"));
  CHECK(said(story, version(2, "2024-04-29")) ==
        "refused by takes_effect_from_now_on: effective_from 2024-04-29 is past, and what was located by then stays; "
        "name a time to come, or none for at once");
  CHECK(said(story, version(2, "")).starts_with("refused by takes_effect_in_order"));
  CHECK(said(story, version(2, "2024-06-01")) == "published");
}

TEST_CASE("the bytes of every fact of a map are those of the first release") {
  check_fact_bytes<publishing::GridMaps>(Story(make_grid_map_workflow(), grid_map_id("quarter")).at(eve).by(mayor),
                                         version(1, "2024-05-01"));
}

TEST_CASE("the map in force is that of its time, and one that was withdrawn never is") {
  test::StoreFolder folder;
  SimulatedRuntime runtime(eve);
  Options options;
  options.workflows = {make_grid_map_workflow()};
  options.durability = Durability::process_crash;
  auto engine = Engine::open(folder.path(), options, runtime);
  if (!engine) FAIL(engine.error());
  const auto submit = [&](Command command) {
    const auto receipt = (*engine)->submit_and_wait(std::move(command).by(mayor));
    if (!receipt) FAIL(receipt.error());
  };
  auto book = load_grid_maps(**engine).value();
  CHECK(book.versions()->in_force(eve).places().size() == 0);

  submit(publish_grid_map_command(version(1, "2024-05-01")).value());
  submit(publish_grid_map_command(version(2, "2024-06-01")).value());
  submit(publish_grid_map_command(version(3, "2024-06-01T09:00")).value());
  REQUIRE(refresh_grid_maps(book, **engine));
  const auto at = [&](Time now) { return book.versions()->in_force(now).data().version(); };
  CHECK(at(eve) == 0);
  CHECK(at(eve + hours(16)) == 1);
  CHECK(at(eve + hours(24 * 32 + 1)) == 3);
  CHECK(book.versions()->find("quarter", 2)->data().SerializeAsString() ==
        version(2, "2024-06-01").SerializeAsString());

  submit(withdraw_grid_map_command("quarter", 3, "a typing mistake"));
  REQUIRE(refresh_grid_maps(book, **engine, "quarter"));
  CHECK(at(eve + hours(24 * 32 + 1)) == 2);
  CHECK(load_grid_maps(**engine).value().versions()->all().size() == 2);
  CHECK((*engine)->verify().value().problems.empty());
}

}  // namespace
}  // namespace pavior::city::tests

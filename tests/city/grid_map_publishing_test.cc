// Publishing a grid map: what is accepted when, what is refused and why, and what a host reads from the store.
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "city/maps.h"
#include "city/place/grid_map_lifecycle.h"
#include "fmt/format.h"
#include "pavior/diagram.h"
#include "pavior/testing.h"
#include "support/golden.h"
#include "support/rules_text.h"
#include "support/store_folder.h"
#include "support/story.h"

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

v1::PublishGridMap publish(v1::GridMap map) {
  v1::PublishGridMap command;
  *command.mutable_grid_map() = std::move(map);
  return command;
}

v1::WithdrawGridMap withdraw(std::uint32_t number) {
  v1::WithdrawGridMap command;
  command.set_version(number);
  command.set_reason("a typing mistake");
  return command;
}

Story first_published() {
  Story story(make_grid_map_workflow(), grid_map_id("quarter"));
  (void)story.at(eve).by(mayor).happens(publish(version(1, "2024-05-01")));
  return story;
}

/// What is said of publishing; only how it begins, if it is accepted.
std::string said(const Story& story, const v1::GridMap& map) {
  const auto text = story.when(publish(map));
  return text.starts_with("GridMapPublished") ? "published" : text;
}

TEST_CASE("docs/grid_map_lifecycle.md is the table") {
  const auto workflow = make_grid_map_workflow();
  testing::check_golden(
      "docs/grid_map_lifecycle.md",
      fmt::format("# The lifecycle of a grid map\n\n"
                  "Printed from the table in `lib/city/publishing/publishing_lifecycle.h` by a test; do not edit. What "
                  "publishing is refused\nfor besides is in [places.md](places.md).\n\n"
                  "{}\n```mermaid\n{}```\n\n## Rules\n\n{}",
                  to_markdown(workflow->transitions()), to_mermaid(workflow->transitions()),
                  testing::rules_text<publishing::GridMapLifecycle>()));
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
  std::string text;
  Story story(make_grid_map_workflow(), grid_map_id("quarter"));
  story.at(eve).by(mayor);
  const auto add = [&](const auto& command) {
    const auto decision = story.decide(command);
    REQUIRE(decision);
    const auto& payload = decision->facts.at(0).payload;
    text += fmt::format("{}: {:02x}.\n", short_name(decision->facts.at(0).type),
                        fmt::join(std::vector<unsigned char>(payload.begin(), payload.end()), ""));
    (void)story.happens(command);
  };
  add(publish(version(1, "2024-05-01")));
  add(withdraw(1));
  testing::check_golden("tests/golden/grid_map_facts.txt", text);
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
  CHECK(at(eve + hours(24 * 32)) == 3);
  CHECK(book.versions()->find("quarter", 2)->data().SerializeAsString() ==
        version(2, "2024-06-01").SerializeAsString());

  submit(withdraw_grid_map_command("quarter", 3, "a typing mistake"));
  REQUIRE(refresh_grid_maps(book, **engine, "quarter"));
  CHECK(at(eve + hours(24 * 32)) == 2);
  CHECK(load_grid_maps(**engine).value().versions()->all().size() == 2);
  CHECK((*engine)->verify().value().problems.empty());
}

}  // namespace
}  // namespace pavior::city::tests

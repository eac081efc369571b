// Publishing into a store, and what a host then reads from it.
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "city/catalogues.h"
#include "fmt/format.h"
#include "pavior/city/policies.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;

/// A store with nothing but catalogues.
struct PolicyStore {
  PolicyStore() : runtime(eve) { open(); }
  void open() {
    engine.reset();
    Options options;
    options.workflows = {make_policy_workflow(Calendars())};
    options.durability = Durability::process_crash;
    auto opened = Engine::open(folder.path(), options, runtime);
    if (!opened) FAIL(opened.error());
    engine = *std::move(opened);
  }
  Result<Receipt> submit(Command command) { return engine->submit_and_wait(std::move(command).by(mayor)); }

  test::StoreFolder folder;
  SimulatedRuntime runtime;
  std::unique_ptr<Engine> engine;
};

TEST_CASE("what a store has published is read into a book, and what changes brings the book up") {
  PolicyStore store;
  auto book = load_policies(*store.engine, Calendars()).value();
  CHECK(book.versions()->all().empty());
  REQUIRE(store.submit(publish_command(town())));
  store.open();
  REQUIRE(refresh_policies(book, *store.engine));
  REQUIRE(refresh_policies(book, *store.engine));
  CHECK(book.versions()->all().size() == 1);
  CHECK(book.versions()->in_force(eve + hours(25)).category("01.01")->name() == "Pothole");
  CHECK(book.versions()->in_force(eve + hours(24)).category("01.01") == nullptr);

  REQUIRE(store.submit(publish_command(version(2, "2024-06-01"))));
  REQUIRE(refresh_policies(book, *store.engine, "town"));
  CHECK(book.versions()->find("town", 2) != nullptr);
  REQUIRE(store.submit(withdraw_command("town", 2, "a typing mistake")));
  REQUIRE(refresh_policies(book, *store.engine));
  CHECK(book.versions()->find("town", 2) == nullptr);
  CHECK(store.engine->verify().value().problems.empty());
}

TEST_CASE("a version that took effect at once is in force over an earlier one with a date") {
  PolicyStore store;
  REQUIRE(store.submit(publish_command(version(1, "2024-04-29"))));
  REQUIRE(store.submit(publish_command(version(2, ""))));
  const auto book = load_policies(*store.engine, Calendars()).value();
  CHECK(book.versions()->in_force(eve).data().version() == 2);
  CHECK(book.versions()->in_force(eve - hours(1)).data().version() == 1);
}

TEST_CASE("a version counts by a calendar that one before it brought, even one that was withdrawn") {
  PolicyStore store;
  REQUIRE(store.submit(publish_command(town())));
  REQUIRE(store.submit(withdraw_command("town", 1, "a typing mistake")));
  auto next = version(2, "");
  next.clear_calendars();
  REQUIRE(store.submit(publish_command(next)));
  const auto book = load_policies(*store.engine, Calendars()).value();
  CHECK(book.versions()->all().size() == 1);
  CHECK(book.versions()->in_force(eve).clocks().calendars().newest("works").has_value());
}

TEST_CASE("a host whose calendar differs from what was published is told so") {
  PolicyStore store;
  REQUIRE(store.submit(publish_command(town())));
  Calendars host;
  REQUIRE(host.add(Calendar::make(town("09:00-17:00", "09:00-16:00").calendars(0)).value()));
  const auto loaded = load_policies(*store.engine, host);
  REQUIRE(!loaded);
  CHECK(loaded.error().code() == ErrorCode::conflict);
  CHECK(loaded.error().message().starts_with(
      "version 1 of the catalogue town is not sound with the calendars it is loaded with: calendars[0].version: "));
}

TEST_CASE("which catalogue is meant is said where a store has several") {
  PolicyStore store;
  REQUIRE(store.submit(publish_command(town())));
  REQUIRE(store.submit(publish_command(town("id: \"town\"", "id: \"village\""))));
  CHECK(load_policies(*store.engine, Calendars()).error() ==
        Error(ErrorCode::conflict, "the store has several catalogues, e.g. town and village; say which one"));
  CHECK(load_policies(*store.engine, Calendars(), "village").value().versions()->find("village", 1) != nullptr);
  CHECK(load_policies(*store.engine, Calendars(), "hamlet").error().code() == ErrorCode::not_found);
}

TEST_CASE("a catalogue of 20 majors and 828 minors with their conditions fits into an event") {
  v1::Catalogue large = town();
  large.clear_templates();
  large.clear_majors();
  for (int i = 0; i < 828; ++i) {
    if (i % 42 == 0) {
      auto& major = *large.add_majors();
      major.set_code(fmt::format("{:02}", i / 42 + 1));
      major.set_name("市容环境");
    }
    auto& minor = *large.mutable_majors()->rbegin()->add_minors();
    minor.set_code(fmt::format("{:02}.{:02}", i / 42 + 1, i % 42 + 1));
    minor.set_name("占道经营、乱堆物料");
    for (const auto* code : {"a", "b"}) {
      auto& condition = *minor.add_conditions();
      condition.set_code(code);
      condition.set_text("影响行人通行，或堆放面积超过一平方米，或持续两天以上");
      condition.set_closing("清理完毕，恢复原貌");
      condition.mutable_limit()->set_amount(3);
      condition.mutable_limit()->set_unit(v1::UNIT_WORK_DAY);
    }
  }
  CHECK(large.majors_size() == 20);
  CHECK(large.ByteSizeLong() > 200'000);
  PolicyStore store;
  const auto receipt = store.submit(publish_command(large));
  if (!receipt) FAIL(receipt.error());
  const auto book = load_policies(*store.engine, Calendars()).value();
  CHECK(book.versions()->all().at(0).condition("20.30", "b") != nullptr);
}

}  // namespace
}  // namespace pavior::city::tests

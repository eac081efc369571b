// Publishing an organisation: what is accepted when, what is refused and why, and what a host reads from the store.
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "city/organisation/published.h"
#include "city/organisations.h"
#include "city/published.h"
#include "pavior/city/organisations.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using testing::Story;

/// 2024-04-30 08:00 in Shanghai, a day and an hour before the first version takes effect.
constexpr Time eve = std::chrono::sys_days(std::chrono::year(2024) / 4 / 30);

const Actor mayor("mo", {"leader"});

const auto publish = publishing::publish<publishing::Organisations>;
const auto said = said_of<publishing::Organisations>;

publishing::Organisations::Withdraw withdraw(std::uint32_t version, const std::string& reason = typing_mistake) {
  return publishing::withdraw<publishing::Organisations>(version, reason);
}

v1::Organisation version(std::uint32_t number, const std::string& effective_from) {
  auto data = quarter();
  data.set_version(number);
  data.set_effective_from(effective_from);
  return data;
}

Story first_published() {
  Story story(make_organisation_workflow(chinese_calendars()), organisation_id("quarter"));
  (void)story.at(eve).by(mayor).happens(publish(quarter()));
  return story;
}

TEST_CASE("docs/organisation_lifecycle.md is the table") {
  check_lifecycle_page<publishing::Organisations>(*make_organisation_workflow(Calendars()), "an organisation",
                                                  "organisation.md");
}

TEST_CASE("an organisation is published with the instant from which it is in effect") {
  const auto story = first_published();
  const auto& published = published_organisations(*story.state())->versions(0);
  CHECK(from_micros(published.effective_from()) == eve + hours(25));
  CHECK(published.organisation().SerializeAsString() == quarter().SerializeAsString());
}

TEST_CASE("an organisation that makes no sense, or belongs elsewhere, is invalid") {
  Story story = first_published();
  auto data = version(2, "2024-06-01");
  data.mutable_rosters(0)->set_calendar("us");
  CHECK(said(story, data) ==
        "invalid: organisation.rosters[0].calendar: the calendar us is not loaded; bring it, or name another one");
  data = version(2, "2024-06-01");
  data.set_id("village");
  CHECK(said(story, data) ==
        "invalid: organisation.id: village does not belong into the stream organisation/quarter; send it to "
        "organisation/village");
}

TEST_CASE("versions follow each other in number and in time") {
  Story story = first_published();
  CHECK(said(story, version(3, "2024-06-01")) ==
        "refused by version_is_next: version 1 of quarter was published last, so the next one is 2, not 3");
  CHECK(said(story, version(2, "2024-04-29")) ==
        "refused by takes_effect_from_now_on: effective_from 2024-04-29 is past, and what was decided by then stays; "
        "name a time to come, or none for at once");
  CHECK(said(story, version(2, "")) ==
        "refused by takes_effect_in_order: version 1 takes effect at 2024-05-01T09:00:00 Asia/Shanghai, so version 2 "
        "cannot before; name that time or a later one, or withdraw version 1 first");
  CHECK(said(story, version(2, "2024-06-01")) == "published");
}

TEST_CASE("a unit does not vanish: it is closed") {
  Story story = first_published();
  auto next = version(2, "2024-06-01");
  next.mutable_units()->DeleteSubrange(4, 1);
  CHECK(said(story, next) ==
        "refused by units_are_accounted_for: a unit of version 1 is gone without a word: old_works; keep each, with "
        "closed: true if it takes nothing any more");
  next = version(2, "2024-06-01");
  next.mutable_units(3)->set_closed(true);
  CHECK(said(story, next) == "published");
}

TEST_CASE("the latest version is withdrawn until it takes effect, with a reason") {
  Story story = first_published();
  CHECK(story.when(withdraw(1, "")) == "refused by has_reason: WithdrawOrganisation requires that a reason is given");
  CHECK(story.when(withdraw(1)) == "OrganisationWithdrawn{version: 1 reason: \"a typing mistake\"} -> published");
  (void)story.happens(publish(version(2, "2024-06-01")));
  CHECK(story.when(withdraw(1)).starts_with("refused by is_latest_version"));
  story.at(eve + hours(24 * 40));
  CHECK(story.when(withdraw(2)).starts_with("refused by is_not_in_effect"));
}

TEST_CASE("who may not publish is told who may") {
  Story story = first_published();
  story.by(Actor("bo", {"handler"}));
  CHECK(said(story, version(2, "2024-06-01")) ==
        "refused by role: PublishOrganisation may be submitted by leader, principal_leader only, not by bo");
}

TEST_CASE("the bytes of every fact are those of the first release") {
  check_fact_bytes<publishing::Organisations>(
      Story(make_organisation_workflow(chinese_calendars()), organisation_id("quarter")).at(eve).by(mayor), quarter());
}

TEST_CASE("what a store has published is read into a book, and what changes brings the book up") {
  test::StoreFolder folder;
  SimulatedRuntime runtime(eve);
  Options options;
  options.workflows = {make_organisation_workflow(chinese_calendars())};
  options.durability = Durability::process_crash;
  auto engine = Engine::open(folder.path(), options, runtime);
  if (!engine) FAIL(engine.error());
  const auto submit = [&](Command command) {
    const auto receipt = (*engine)->submit_and_wait(std::move(command).by(mayor));
    if (!receipt) FAIL(receipt.error());
  };
  auto book = load_organisations(**engine, chinese_calendars()).value();
  CHECK(book.versions()->all().empty());
  CHECK(book.versions()->in_force(eve).unit("works") == nullptr);

  submit(publish_organisation_command(quarter()));
  submit(publish_organisation_command(version(2, "2024-06-01")));
  REQUIRE(refresh_organisations(book, **engine));
  REQUIRE(refresh_organisations(book, **engine, "quarter"));
  CHECK(book.versions()->all().size() == 2);
  CHECK(book.versions()->in_force(eve + hours(24)).data().version() == 0);
  CHECK(book.versions()->in_force(eve + hours(25)).data().version() == 1);
  CHECK(book.versions()->in_force(eve + hours(24 * 40)).data().version() == 2);

  submit(withdraw_organisation_command("quarter", 2, "a typing mistake"));
  REQUIRE(refresh_organisations(book, **engine));
  CHECK(book.versions()->find("quarter", 2) == nullptr);
  CHECK((*engine)->verify().value().problems.empty());

  CHECK(load_organisations(**engine, Calendars())
            .error()
            .message()
            .starts_with("version 1 of the organisation quarter is not sound with the calendars it is loaded with: "
                         "rosters[0].calendar: "));
  CHECK(load_organisations(**engine, chinese_calendars(), "hamlet").error().code() == ErrorCode::not_found);
}

TEST_CASE("a book holds the versions of one organisation, each as it was") {
  auto book = OrganisationBook::of(organisation_of(quarter()), chinese_calendars());
  REQUIRE(book.add(organisation_of(quarter())));
  CHECK(book.versions()->all().size() == 1);
  CHECK(book.add(organisation_of(quarter("Town hall", "Hall"))).error() ==
        Error(ErrorCode::conflict,
              "version 1 of the organisation quarter is there already with other content or another time of effect; a "
              "version never changes, so give the new one the next number"));
  CHECK(book.add(organisation_of(quarter("id: \"quarter\"", "id: \"village\""))).error() ==
        Error(ErrorCode::conflict,
              "version 1 of the organisation village does not belong into the book of quarter; a city has one "
              "organisation, so make another book"));
  CHECK(book.withdraw("quarter", 7).error() ==
        Error(ErrorCode::not_found, "there is no version 7 of the organisation quarter"));
}

}  // namespace
}  // namespace pavior::city::tests

// Publishing a catalogue: what is accepted when, what is refused and why, told without a store.
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "city/catalogues.h"
#include "city/policy/published.h"
#include "city/published.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using testing::Story;

const auto publish = publishing::publish<publishing::Catalogues>;
const auto said = said_of<publishing::Catalogues>;

publishing::Catalogues::Withdraw withdraw(std::uint32_t version, const std::string& reason = typing_mistake) {
  return publishing::withdraw<publishing::Catalogues>(version, reason);
}

Story nothing_published() { return Story(make_policy_workflow(Calendars()), policy_id("town")).at(eve).by(mayor); }

/// Version 1, in effect from 2024-05-01 09:00 in Shanghai.
Story first_published() {
  Story story = nothing_published();
  (void)story.happens(publish(town()));
  return story;
}

TEST_CASE("docs/policy_lifecycle.md is the table") {
  check_lifecycle_page<publishing::Catalogues>(*make_policy_workflow(Calendars()), "a catalogue", "catalogue.md");
}

TEST_CASE("a catalogue is published with the instant from which it is in effect") {
  const auto decision = nothing_published().decide(publish(town()));
  REQUIRE(decision);
  const auto fact = unpack<v1::CataloguePublished>(decision->facts.at(0).type, decision->facts.at(0).payload).value();
  CHECK(from_micros(fact.effective_from()) == eve + hours(25));
  CHECK(fact.catalogue().SerializeAsString() == town().SerializeAsString());
}

TEST_CASE("a catalogue that names no time is in effect at once, and the first may have been already") {
  const auto effect = [](const std::string& from) {
    Story story = nothing_published();
    (void)story.happens(publish(version(1, from)));
    return from_micros(published_catalogues(*story.state())->versions(0).effective_from());
  };
  CHECK(effect("") == eve);
  CHECK(effect("2024-04-30T07:59") == eve - std::chrono::minutes(1));
  CHECK(effect("2011-01-01") < eve - hours(100'000));
}

TEST_CASE("a catalogue that makes no sense, or belongs elsewhere, is invalid") {
  auto data = town();
  data.clear_fallback_unit();
  CHECK(said(nothing_published(), data) ==
        "invalid: catalogue.fallback_unit: is missing; name the unit that gets what nobody is responsible for");
  data = town();
  data.set_effective_from("soon");
  CHECK(said(nothing_published(), data).starts_with("invalid: catalogue.effective_from: \"soon\" is no time"));
  data = town();
  data.set_id("village");
  CHECK(said(nothing_published(), data) ==
        "invalid: catalogue.id: village does not belong into the stream policy/town; send it to policy/village");
}

TEST_CASE("versions are published in order, and each once") {
  CHECK(said(nothing_published(), version(7, "")) == "published");
  Story story = first_published();
  CHECK(said(story, version(1, "2024-06-01")) ==
        "refused by version_is_next: version 1 of town was published last, so the next one is 2, not 1");
  CHECK(said(story, version(3, "2024-06-01")) ==
        "refused by version_is_next: version 1 of town was published last, so the next one is 2, not 3");
  CHECK(said(story, version(2, "2024-06-01")) == "published");
}

TEST_CASE("a later version takes effect neither in the past nor before the one before it") {
  Story story = first_published();
  CHECK(said(story, version(2, "2024-04-30T07:59")) ==
        "refused by takes_effect_from_now_on: effective_from 2024-04-30T07:59 is past, and orders of that time keep "
        "their version; name a time to come, or none for at once");
  const std::string out_of_order =
      "refused by takes_effect_in_order: version 1 takes effect at 2024-05-01T09:00:00 Asia/Shanghai, so version 2 "
      "cannot before; name that time or a later one, or withdraw version 1 first";
  CHECK(said(story, version(2, "2024-05-01T08:59")) == out_of_order);
  CHECK(said(story, version(2, "")) == out_of_order);
  CHECK(said(story, version(2, "2024-05-01T09:00")) == "published");
  CHECK(said(story.at(eve + hours(25)), version(2, "")) == "published");
}

TEST_CASE("codes that are gone are mapped or dropped; the first ten that are not are named") {
  Story story = nothing_published();
  auto large = town();
  for (int i = 10; i < 22; ++i) {
    auto& minor = *large.mutable_majors(0)->add_minors();
    minor.set_code(fmt::format("01.{}", i));
    minor.set_name("Something");
  }
  (void)story.happens(publish(large));
  CHECK(
      said(story, version(2, "2024-06-01")) ==
      "refused by codes_are_accounted_for: 12 codes of version 1 are gone without a word: 01.10, 01.11, 01.12, 01.13, "
      "01.14, 01.15, 01.16, 01.17, 01.18, 01.19 ...; map each to a new one in mappings, or list it in dropped_codes");

  auto next = version(2, "2024-06-01");
  for (int i = 10; i < 21; ++i) next.add_dropped_codes(fmt::format("01.{}", i));
  CHECK(said(story, next) ==
        "refused by codes_are_accounted_for: a code of version 1 is gone without a word: 01.21; map each to a new one "
        "in mappings, or list it in dropped_codes");
  auto& mapping = *next.add_mappings();
  mapping.set_old_code("01.21");
  mapping.set_new_code("01.02");
  CHECK(said(story, next) == "published");
}

TEST_CASE("a calendar that a version brought is known from then on, and does not change") {
  Story story = first_published();
  auto next = version(2, "2024-06-01");
  next.clear_calendars();
  CHECK(said(story, next) == "published");
  next = version(2, "2024-06-01");
  next.mutable_calendars(0)->clear_work_week();
  CHECK(said(story, next) ==
        "invalid: catalogue.calendars[0].version: version 1 of works is there already with other content; a version "
        "never changes, so give this one the next number");
  next.mutable_calendars(0)->set_version(2);
  CHECK(said(story, next) == "published");
}

TEST_CASE("the latest version is withdrawn until it takes effect, with a reason, and its number is not given again") {
  Story story = first_published();
  (void)story.happens(publish(version(2, "2024-06-01")));
  CHECK(story.when(withdraw(2, "")) == "refused by has_reason: WithdrawCatalogue requires that a reason is given");
  CHECK(
      story.when(withdraw(1)) ==
      "refused by is_latest_version: WithdrawCatalogue requires that the version is the latest of those not withdrawn");
  CHECK(story.when(withdraw(2)) == "CatalogueWithdrawn{version: 2 reason: \"a typing mistake\"} -> published");
  Story late = story;
  CHECK(
      late.at(eve + hours(24 * 32)).when(withdraw(2)) ==
      "refused by is_not_in_effect: WithdrawCatalogue requires that the version has not taken effect; publish another "
      "one instead");
  (void)story.happens(withdraw(2));
  CHECK(story.when(withdraw(2)).starts_with("refused by is_latest_version"));
  CHECK(said(story, version(2, "2024-06-01")).starts_with("refused by version_is_next"));
  // What was withdrawn is no longer in the way.
  CHECK(said(story, version(3, "2024-05-02")) == "published");
  CHECK(nothing_published().when(withdraw(1)).starts_with("refused by stage"));
}

TEST_CASE("who may not publish is told who may") {
  Story story = nothing_published();
  story.by(Actor("bo", {"acceptor"}));
  CHECK(said(story, town()) ==
        "refused by role: PublishCatalogue may be submitted by leader, principal_leader only, not by bo");
  CHECK(said(story.by(Actor("import", {"system"})), town()) == "published");
  Story other(make_policy_workflow(Calendars(), {{"clerk"}}), policy_id("town"));
  CHECK(said(other.at(eve).by(Actor("bo", {"clerk"})), town()) == "published");
}

TEST_CASE("the bytes of every fact are those of the first release") {
  check_fact_bytes<publishing::Catalogues>(nothing_published(), town());
}

}  // namespace
}  // namespace pavior::city::tests

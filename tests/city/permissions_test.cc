#include <algorithm>
#include <string>

#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// What the stage allows, without what the roles do not.
std::string possible_text(const Story& given, const Actor& actor) {
  const std::string all = testing::possibilities_text(given, actor);
  std::string text;
  for (std::size_t begin = 0; begin < all.size();) {
    const auto end = std::min(all.find("; ", begin), all.size());
    const std::string one = all.substr(begin, end - begin);
    if (!one.ends_with(" blocked by role")) text += (text.empty() ? "" : "; ") + one;
    begin = end + 2;
  }
  return text;
}

TEST_CASE("who may not is told so before the stage and the rules are asked, and told who may") {
  CHECK(reported().by(Actor("bo", {"handler", "verifier"})).when(v1::Accept()) ==
        "refused by role: Accept may be submitted by acceptor only, not by bo (handler, verifier)");
  CHECK(closed().by(Actor("bo")).when(v1::Dispatch()) ==
        "refused by role: Dispatch may be submitted by dispatcher, shift_lead only, not by bo (no role)");
}

TEST_CASE("a command without a permission is left to the system") {
  auto given = in_progress().at(from_micros(deadline + 1));
  const auto breach = build<v1::BreachDeadline>([](auto& m) { m.set_deadline(deadline); });
  CHECK(given.by(actor("leader")).when(breach) == "refused by role: BreachDeadline may be submitted by system only");
  CHECK(given.by(Actor("timer", {"system"})).when(breach) == "DeadlineBreached{deadline: 5000} -> in_progress");
}

TEST_CASE("nobody absorbs an order that does not merge: the merge itself does") {
  CHECK(handled().by(actor("acceptor")).when(build<v1::Absorb>([](auto& m) { m.set_source("B2"); })) ==
        "refused by role: Absorb may be submitted by system only");
  const auto merging =
      reported().by(Actor("anna", {"acceptor"})).decide(build<v1::Merge>([](auto& m) { m.set_target("B2"); }));
  REQUIRE(merging);
  CHECK(merging->follow_ups.at(0).actor() == Actor("anna", {"system"}));
}

TEST_CASE("a host replaces the permissions") {
  const auto policy = city_with([](auto& catalogue) {
    auto& grant = *catalogue.add_grants();
    grant.set_command("Close");
    grant.add_roles("mayor");
  });
  auto given = verified(policy);
  CHECK(given.by(actor("mayor")).when(v1::Close()) == "Closed{on_time: true deadline: 5000} -> closed");
  CHECK(given.by(actor("acceptor")).when(v1::Close()) ==
        "refused by role: Close may be submitted by mayor only, not by someone (acceptor)");
}

TEST_CASE("what an actor can do now takes roles, stage and the order's own state into account") {
  CHECK(possible_text(no_order(), actor("reporter")) == "Report depends on has_title_or_evidence");
  CHECK(possible_text(handled(), Actor("vera", {"verifier"})) ==
        "PassVerification yes; FailVerification depends on has_reason; "
        "DeclareMajorHazard depends on has_reason");
  CHECK(possible_text(handled(), Actor(handler_id, {"verifier"})) ==
        "PassVerification blocked by verifier_is_not_handler; FailVerification blocked by verifier_is_not_handler; "
        "DeclareMajorHazard depends on has_reason");
  CHECK(possible_text(closed(), actor("callback_agent")) ==
        "Reopen depends on has_reason deadline_is_plausible asks_for_dispatch; "
        "RecordCallback depends on reporter_was_reached not_reporter_was_reached");
  const auto no_second_round = city_with([](auto& catalogue) { catalogue.mutable_bounds()->set_reopens_max(0); });
  CHECK(possible_text(closed(no_second_round), actor("callback_agent")) ==
        "Reopen blocked by reopens_left; RecordCallback depends on reporter_was_reached not_reporter_was_reached");
  CHECK(possible_text(voided(), machine_actor()).empty());
}

}  // namespace
}  // namespace pavior::city::tests

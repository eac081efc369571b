// What an actor can do now.
#include <algorithm>
#include <string>

#include "city/cities.h"
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
    if (!one.ends_with(" blocked by role") && !one.ends_with(" blocked by scope"))
      text += (text.empty() ? "" : "; ") + one;
    begin = end + 2;
  }
  return text;
}

/// Of the roles that may add to every order.
const std::string always_for_staff =
    "AddNote depends on has_text; Attach depends on has_evidence; Correct depends on has_reason corrects_something; "
    "DeclareMajorHazard depends on has_reason";

TEST_CASE("what an actor can do now takes roles and stage into account") {
  CHECK(possible_text(no_order(), actor("reporter")) ==
        "Report depends on has_words_or_evidence channel_is_known brings_what_the_channel_asks profile_is_known "
        "alert_is_sound");
  CHECK(possible_text(verifying(), Actor("vera", {"verifier"})) ==
        "PassVerification yes; FailVerification depends on has_reason; " + always_for_staff);
  CHECK(possible_text(verifying(), Actor(handler_id, {"verifier"})) ==
        "PassVerification blocked by verifier_is_not_handler; FailVerification blocked by verifier_is_not_handler; " +
            always_for_staff);
}

TEST_CASE("what an actor can do now takes the order's own past into account") {
  const std::string beside =
      "; AddNote depends on has_text; Attach depends on has_evidence; Correct depends on has_reason "
      "corrects_something; "
      "RecordCallback depends on reporter_was_reached not_reporter_was_reached";
  CHECK(possible_text(closed(), actor("callback_agent")) ==
        "Reopen depends on has_reason deadline_is_plausible asks_for_dispatch" + beside);
  CHECK(possible_text(closed(city_of("bounds { reopens_max: 0 }")), actor("callback_agent")) ==
        "Reopen blocked by reopens_left" + beside);
}

TEST_CASE("a chapter that is in no state for a command blocks it by its name") {
  const auto text = possible_text(dispatched(), actor("dispatcher"));
  CHECK(text.find("RefuseJoint blocked by joint_request") != std::string::npos);
  CHECK(text.find("ApproveReturn blocked by return_is_requested") != std::string::npos);
}

TEST_CASE("what is not this actor's order is blocked by the scope") {
  const auto given = in_progress(city_of("grants { command: 'AddNote' roles: 'staff' scope: LEAD_UNIT }"));
  const auto text = testing::possibilities_text(given, actor("staff@parks"));
  CHECK(text.find("AddNote blocked by scope") != std::string::npos);
  CHECK(possible_text(given, actor("staff@works")) == "AddNote depends on has_text");
}

}  // namespace
}  // namespace pavior::city::tests

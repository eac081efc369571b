#include "pavior/event.h"

#include "support/catch.h"

using pavior::Actor;
using pavior::Expected;
using pavior::StreamId;
using pavior::Version;

TEST_CASE("a stream id survives its text form, also with slashes in the key") {
  for (const StreamId& id : {StreamId("work_order", "2011-7"), StreamId("work_order", "a/b/c"), StreamId("w", "")}) {
    CHECK(StreamId::parse(id.text()) == id);
  }
  CHECK(StreamId::parse("no slash") == StreamId());
}

TEST_CASE("an expected version admits exactly what it says") {
  const Version seven{7};
  CHECK(Expected::any().admits(Version::none));
  CHECK(Expected::any().admits(seven));
  CHECK(Expected::none().admits(Version::none));
  CHECK_FALSE(Expected::none().admits(seven));
  CHECK_FALSE(Expected::exists().admits(Version::none));
  CHECK(Expected::exists().admits(seven));
  CHECK(Expected::exact(seven).admits(seven));
  CHECK_FALSE(Expected::exact(seven).admits(seven + 1));
}

TEST_CASE("an actor has the roles it was given and no other") {
  const Actor actor("u17", {"dispatcher", "shift_lead"});
  CHECK(actor.has_role("shift_lead"));
  CHECK_FALSE(actor.has_role("shift"));
  CHECK_FALSE(Actor("u18").has_role("dispatcher"));
}

// Timers and notices that follow from facts.
#include <string>
#include <vector>

#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

using testing::message_text;

std::string timers_text(const Reaction& reaction) {
  std::string text = reaction.disarm_all ? "disarm all;" : "";
  for (const auto& timer : reaction.arm)
    text += timer.name + " at " + std::to_string(to_micros(timer.due)) + " " +
            message_text(timer.command_type, timer.command_payload);
  return text;
}

std::string effects_text(const Reaction& reaction) {
  std::string text;
  for (const auto& effect : reaction.effects)
    text += effect.topic + " " + message_text(effect.type, effect.payload) + effect.give_up_type + "\n";
  return text;
}

v1::Accept accept(std::int64_t at) {
  return build<v1::Accept>([&](auto& m) {
    m.set_category("roads");
    m.set_deadline(at);
  });
}

TEST_CASE("accepting arms the deadline for the instant after it") {
  CHECK(timers_text(reported().happens(accept(deadline))) == "deadline at 5001 BreachDeadline{deadline: 5000}");
  CHECK(timers_text(reported().happens(accept(0))).empty());
}

TEST_CASE("a deadline already past is armed as it is, to fire at once") {
  CHECK(timers_text(reported().happens(accept(1))) == "deadline at 2 BreachDeadline{deadline: 1}");
}

TEST_CASE("reopening arms the deadline it brings, and only that") {
  for (const bool anew : {false, true}) {
    auto reopen = build<v1::Reopen>([&](auto& m) {
      m.set_reason("again");
      m.set_dispatch_anew(anew);
      m.set_deadline(9000);
    });
    CHECK(timers_text(closed().happens(reopen)) == "deadline at 9001 BreachDeadline{deadline: 9000}");
    reopen.clear_deadline();
    CHECK(timers_text(closed().happens(reopen)).empty());
  }
}

TEST_CASE("every end disarms what was armed and tells the reporter, but a void tells nobody") {
  const auto with_reason = [](auto& m) { m.set_reason("because"); };
  auto rejection = build<v1::Reject>(with_reason);
  rejection.set_reply("sorry");
  auto merge = build<v1::Merge>(with_reason);
  merge.set_target("B2");

  const auto rejecting = reported().happens(rejection);
  CHECK(timers_text(rejecting) == "disarm all;");
  CHECK(effects_text(rejecting) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"rejected\" text: \"sorry\"}\n");
  const auto merging = accepted().happens(merge);
  CHECK_FALSE(merging.disarm_all);  // It may be undone.
  CHECK(merging.disarm == std::vector<std::string>{"deadline", "suspension"});
  CHECK(effects_text(merging) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"merged\" text: \"because\" "
        "target: \"B2\"}\n");
  const auto voiding = accepted().happens(build<v1::Void>(with_reason));
  CHECK(timers_text(voiding) == "disarm all;");
  CHECK(effects_text(voiding).empty());
}

TEST_CASE("an order that is merged pauses its clocks, and one that goes on resumes them and arms its timers again") {
  auto given = under_watch(suspended(plain_city()));
  const auto merging = given.happens(of<v1::Merge>("target: 'B2'"));
  CHECK(merging.disarm == std::vector<std::string>{"clock TOT", "clock ACC", "deadline", "suspension"});
  CHECK(order(given).clocks(0).phase() == v1::Clock::PAUSED);
  const auto back = given.at(from_micros(2000)).happens(of<v1::Unmerge>("reason: 'another hole'"));
  CHECK(order(given).clocks(0).phase() == v1::Clock::RUNNING);
  std::vector<std::string> armed;
  for (const auto& timer : back.arm) armed.push_back(timer.name);
  CHECK(armed == std::vector<std::string>{"clock TOT", "deadline", "suspension"});
  CHECK(effects_text(back) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"unmerged\" text: \"another hole\" "
        "target: \"B2\"}\n");
}

TEST_CASE("a forced close and a transfer out disarm what was armed and tell the reporter why") {
  const auto forcing = suspended().happens(of<v1::ForceClose>("reason: 'a new road'"));
  CHECK(forcing.disarm == std::vector<std::string>{"deadline", "suspension"});
  CHECK(effects_text(forcing) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"closed\" text: \"a new road\"}\n");
  const auto going = accepted().happens(of<v1::TransferOut>("body: 'province' receipt: 'P-7' reason: 'a trunk road'"));
  CHECK(going.disarm_all);
  CHECK(effects_text(going) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"transferred_out\" text: \"a trunk "
        "road\" target: \"province\"}\n");
}

TEST_CASE("a suspension arms its end, and resuming disarms it") {
  auto given = in_progress();
  given.happens(of<v1::RequestSuspension>("reason: 'rain' until: 6000"));
  CHECK(timers_text(given.happens(v1::ApproveSuspension())) ==
        "suspension at 6000 Resume{remark: \"the suspension was until now\"}");
  CHECK(given.happens(v1::Resume()).disarm == std::vector<std::string>{"suspension"});
}

TEST_CASE("units that assist or are summoned are told") {
  auto given = in_progress();
  CHECK(effects_text(given.happens(of<v1::AddAssist>("unit: 'parks' duty: 'cut the tree'"))) ==
        "staff_notice StaffNotice{order: \"A1\" kind: \"assist\" recipients: \"parks\" unit: \"works\" text: \"cut the "
        "tree\"}\n");
  CHECK(effects_text(given.happens(
            of<v1::BlowWhistle>("kind: 'emergency' targets: ['water', 'power'] reason: 'a burst pipe'"))) ==
        "staff_notice StaffNotice{order: \"A1\" kind: \"whistle\" recipients: \"water\" recipients: \"power\" unit: "
        "\"works\" text: \"emergency: a burst pipe\"}\n");
}

TEST_CASE("closing tells the reporter and those of merged orders, if they are known") {
  auto given = verified();
  given.happens(build<v1::Absorb>([](auto& m) {
    m.set_source("B2");
    m.mutable_reporter()->set_id("r-2");
  }));
  given.happens(build<v1::Absorb>([](auto& m) {
    m.set_source("C3");
    m.mutable_reporter()->set_kind("sensor");
  }));
  const auto closing = given.happens(v1::Close());
  CHECK(closing.disarm == std::vector<std::string>{"deadline"});
  CHECK(effects_text(closing) ==
        "reporter_notice ReporterNotice{reporter: \"r-1\" order: \"A1\" outcome: \"closed\" text: \"filled\"}\n"
        "reporter_notice ReporterNotice{reporter: \"r-2\" order: \"A1\" outcome: \"closed\" text: \"filled\"}\n");
}

TEST_CASE("what only moves an order on has no consequences") {
  const auto acknowledging = dispatched().happens(v1::Acknowledge());
  CHECK(timers_text(acknowledging).empty());
  CHECK(effects_text(acknowledging).empty());
}

}  // namespace
}  // namespace pavior::city::tests

// Scenarios and the program that plays them: a story that does not go as it is told must fail, at its line.
#include <string>
#include <vector>

#include "folder.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/proto.h"
#include "program.h"
#include "scenario/player.h"
#include "scenario/reader.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::Ran;
using pavior::test::run;

namespace {

// Eight lines, so that what a test adds begins at line 9.
const std::string beginning = R"(# A story.
city china
clocks district
holds supervisor: zhao
at 2024-03-08 10:00
by li acceptor observer
submit A1 Report { title: "pothole" reporter { id: "r-1" } }
submit A1 Accept { category: "roads" grade: GRADE_GENERAL }
)";

struct Told {
  Folder folder;
  std::string file;
  Ran ran;

  explicit Told(const std::string& text, const std::vector<std::string>& options = {})
      : file(folder.write("story.scenario", text).string()) {
    std::vector<std::string> arguments{"scenario", "run", file};
    arguments.insert(arguments.end(), options.begin(), options.end());
    ran = run(arguments);
  }
  /// What stderr says of the file, without its name.
  [[nodiscard]] std::string complaint() const {
    const auto prefix = file + ':';
    if (!ran.err.starts_with(prefix) || !ran.err.ends_with('\n')) return "no complaint: " + ran.err;
    return ran.err.substr(prefix.size(), ran.err.size() - prefix.size() - 1);
  }
};

struct Case {
  std::string text;
  std::string complaint;
};

pavior::scenario::Script script_of(const std::string& text) {
  auto script = pavior::scenario::read_script("story.scenario", text);
  if (const auto* mistake = std::get_if<pavior::scenario::Mistake>(&script)) FAIL(mistake->text);
  return std::get<pavior::scenario::Script>(std::move(script));
}

/// Folds as the real one does, unless it is given a whole stream at once.
class Forgetful final : public pavior::Workflow {
 public:
  explicit Forgetful(std::shared_ptr<const Workflow> real) : real_(std::move(real)) {}
  std::string_view name() const noexcept override { return real_->name(); }
  pavior::Result<pavior::Decision> decide(const pavior::State* state, const pavior::Command& command,
                                          const pavior::Context& context) const override {
    return real_->decide(state, command, context);
  }
  pavior::Result<pavior::StatePtr> evolve(pavior::StatePtr before,
                                          std::span<const pavior::Event> events) const override {
    using Order = pavior::MessageState<pavior::city::v1::WorkOrder>;
    const bool whole = before == nullptr && events.size() > 1;
    auto after = real_->evolve(std::move(before), events);
    if (!after || !whole) return after;
    auto changed = std::make_shared<Order>(dynamic_cast<const Order&>(**after));
    changed->data().set_grid("forgotten");
    return pavior::StatePtr(std::move(changed));
  }

 private:
  std::shared_ptr<const Workflow> real_;
};

}  // namespace

TEST_CASE("a story that goes as it is told is one line, and a summary") {
  const Told told(beginning + "expect A1 stage accepted\nadvance 1d\n");
  CHECK(told.ran.err.empty());
  CHECK(told.ran.code == 0);
  CHECK(told.ran.out.starts_with("ok story (5 steps, "));
  CHECK(told.ran.out.find("1 of 1 scenarios went as told: 5 steps, ") != std::string::npos);

  const Told counted(beginning, {"--json"});
  CHECK(counted.ran.out.starts_with(R"({"scenario":"story","file":)"));
  CHECK(counted.ran.number("scenarios") == 1);
  CHECK(counted.ran.number("failed") == 0);
  CHECK(counted.ran.number("steps") == 3);
  CHECK(counted.ran.number("events") == 2);

  const Told failed(beginning + "expect no order A1\n", {"--json"});
  CHECK(failed.ran.out.find(
            R"("ok":false,"steps":4,"events":0,"line":9,"problem":"expected no order A1, there is one"})") !=
        std::string::npos);
  CHECK(failed.ran.number("failed") == 1);
}

TEST_CASE("what is not as expected is told with its line, what was expected and what was") {
  const std::vector<Case> cases{
      {"expect A1 stage closed", "9: expected A1 to be closed, was accepted"},
      {"expect B2 stage closed", "9: expected B2 to be closed, there is no stream work_order/B2"},
      {"expect A1 { category: \"roads\" lead: \"works\" }", "9: expected lead of A1 to be \"works\", was \"\""},
      {"expect A1 {\n  category: \"roads\"\n  reporter {\n    id: \"r-2\"\n  }\n}",
       "12: expected reporter.id of A1 to be \"r-2\", was \"r-1\""},
      {"expect A1 { reopens: 0 grade: GRADE_COMPLEX }",
       "9: expected grade of A1 to be GRADE_COMPLEX, was GRADE_GENERAL"},
      {"expect A1 { reported_at: 2024-03-08 10:01 }",
       "9: expected reported_at of A1 to be 2024-03-08 10:01, was 2024-03-08 10:00"},
      {"expect A1 { milestones: [\"fenced\"] }", "9: expected milestones of A1 to be [\"fenced\"], was []"},
      {"expect A1 { merged_from: [] followers { id: \"r-2\" } }",
       "9: expected followers of A1 to be [{ id: \"r-2\" }], was []"},
      {"expect A1 clock DIS stopped met",
       "9: expected the clock DIS of A1 to be stopped met, was running due 2024-03-08 11:00"},
      {"expect A1 clock DIS running due 2024-03-08 11:30",
       "9: expected the clock DIS of A1 to be running due 2024-03-08 11:30, was running due 2024-03-08 11:00"},
      {"expect A1 clock DIS running breached",
       "9: expected the clock DIS of A1 to be running breached, was running due 2024-03-08 11:00"},
      {"expect A1 clock ARR/1 fire running", "9: expected the clock ARR/1 fire of A1 to be running, there is none"},
      {"expect A1 no clock DIS", "9: expected no clock DIS of A1, there is one, running"},
      {"expect A1 events Reported", "9: expected the events of A1 to be Reported, were Reported Accepted"},
      {"expect A1 events\n  2024-03-08 10:00 Reported\n  2024-03-08 10:01 Accepted",
       "9: expected the events of A1 to be 2024-03-08 10:00 Reported 2024-03-08 10:01 Accepted, were 2024-03-08 10:00 "
       "Reported 2024-03-08 10:00 Accepted"},
      {"expect A1 events Reported by zhao Accepted",
       "9: expected the events of A1 to be Reported by zhao Accepted, were Reported by li Accepted by li"},
      {"expect A1 events Reported Accepted\nexpect A1 events Accepted",
       "10: expected the events of A1 to be Accepted, were none"},
      {"expect notices\n\n", "9: name the notices, one a line, or write `expect no notices`"},
      {"expect notices\n  reporter r-1: closed",
       "10: expected the notice 'reporter r-1: closed', there is no further one"},
      {"advance 2h\nexpect no notices",
       "10: expected no notice, there is 'staff reminder to nobody: A1, dispatcher, shift_lead, DIS, overdue'"},
      {"advance 2h\nexpect notices\n  staff reminder to zhao: DIS",
       "11: expected the notice 'staff reminder to zhao: DIS', was 'staff reminder to nobody: A1, dispatcher, "
       "shift_lead, DIS, overdue'"},
      {"expect allowed A1: Dispatch yes", "9: expected Dispatch of A1 to be allowed, was blocked by role"},
      {"expect allowed A1 by ma dispatcher: Dispatch blocked", "9: expected Dispatch of A1 to be blocked, was allowed"},
      {"expect allowed A1: Dispatch blocked by names_one_lead",
       "9: expected Dispatch of A1 to be blocked by names_one_lead, was blocked by role"},
      {"expect no order A1", "9: expected no order A1, there is one"},
  };
  for (const auto& [text, complaint] : cases) {
    const Told told(beginning + text);
    CHECK(told.complaint() == complaint);
    CHECK(told.ran.code == (complaint.find("name the notices") == std::string::npos ? 1 : 3));
  }
}

TEST_CASE("a command is accepted unless the story says otherwise, and refused only as it says") {
  const std::vector<Case> cases{
      {"submit A1 Close",
       "9: expected Close of A1 to be accepted, was refused by stage: Close is not possible in stage accepted"},
      {"submit A1 Reclassify { category: \"lamps\" reason: \"r\" }\nrefused by role",
       "10: expected Reclassify of A1 to be refused by role, was accepted"},
      {"submit A1 Close\nrefused by has_reason",
       "10: expected Close of A1 to be refused by has_reason, was refused by stage: Close is not possible in stage "
       "accepted"},
      {"submit A1 Close\nrefused by stage: never at all",
       "10: expected Close of A1 to be refused by stage saying 'never at all', was refused by stage: Close is not "
       "possible in stage accepted"},
      {"submit B1 Report as r1 { title: \"x\" }\nsubmit B1 Report as r1 { title: \"x\" }",
       "10: expected Report of B1 to be accepted, was answered as a repetition"},
      {"submit B1 Report as r1 { title: \"x\" }\nrepeated",
       "10: expected Report of B1 to be answered as a repetition, was accepted"},
      {"submit A1 Merge expecting version 2 { target: \"A2\" reason: \"r\" }\nconflict",
       "10: expected Merge of A1 to be answered conflict, was"},
  };
  for (const auto& [text, complaint] : cases) {
    const Told told(beginning + text);
    CHECK(told.complaint().substr(0, complaint.size()) == complaint);
    CHECK(told.ran.code == 1);
  }
}

TEST_CASE("what cannot be understood is told with its mend, and nothing is played") {
  const std::vector<Case> cases{
      {"sumbit A1 Close", "9: there is no statement 'sumbit'; did you mean 'submit'?"},
      {"submit A1 Acept {}", "9: a work order knows no command 'Acept'; did you mean 'Accept'?"},
      {"submit A1 Accept { categry: \"x\" }",
       "9: the text is no Accept: Message type \"pavior.city.v1.Accept\" has no field named \"categry\""},
      {"submit A1 Accept\n  category: \"x\"\n  grade: GRADE_TINY",
       "11: the text is no Accept: Unknown enumeration value of \"GRADE_TINY\" for field \"grade\""},
      {"submit A1 Accept {\n  category: \"x\"\n", "9: a brace is opened here and never closed; add '}'"},
      {"submit A1 Accept category",
       "9: 'category' is out of place; the order is `submit ORDER COMMAND as ID expecting "
       "version 3 { fields }`"},
      {"submit A1 Accept expecting 3 {}", "9: write `expecting version 3`, `expecting none` or `expecting exists`"},
      {"submit A1 Accept { deadline: 2024-13-01 10:00 }",
       "9: '2024-13-01 10:00' is no instant; write it as 2024-03-08 10:00"},
      {"submit A1 Close\n  refused by stage",
       "10: what a command is answered is a statement of its own; begin it at the margin"},
      {"advance 1h\nrefused by stage",
       "10: an answer follows the `submit` that it answers, and there is none directly above"},
      {"submit A1 Close\nrefused", "10: write by which rule: `refused by has_reason`"},
      {"\n  expect A1 stage closed",
       "10: this line is indented, and no statement stands directly above it; begin it at the margin"},
      {"at 2024-03-08 09:59", "9: it is 2024-03-08 10:00 already, and time goes forward only"},
      {"at noon", "9: 'noon' is no instant; write it as 2024-03-08 10:00"},
      {"advance 3", "9: write how long, as 3d, 2h30m or 45s"},
      {"advance 36526d", "9: a story advances by 100 years at most"},
      {"by li acceptor, dispatcher", "9: write who acts and in which roles: `by li acceptor dispatcher`"},
      {"policy district",
       "9: a catalogue has clocks of its own, so a story has `policy` or `clocks`, not both; take one of them out"},
      {"holds leader", "9: write `holds ROLE: PERSON, PERSON` or `holds ROLE of UNIT: PERSON`"},
      {"city paris", "9: there is no city 'paris'; write `city china`, `city boston`, or `zone` and `calendar`"},
      {"expect A1 stage acepted", "9: there is no stage 'acepted'; did you mean 'accepted'?"},
      {"expect A1 events Reportd", "9: a work order knows no event 'Reportd'; did you mean 'Reported'?"},
      {"expect A1 allowed",
       "9: say what is expected of A1: `stage`, `clock`, `events`, `no clock`, `no events`, or "
       "fields in braces"},
      {"expect allowed A1: Void perhaps",
       "9: 'Void perhaps' is no answer; write `Void yes`, `Void blocked` or `Void blocked by RULE`"},
      {"expect notices\n  mayor: closed",
       "10: write `reporter r-1: what it says`, `staff reminder to wang, chen: what it says` or `staff reminder to "
       "nobody`"},
  };
  for (const auto& [text, complaint] : cases) {
    const Told told(beginning + text + '\n');
    CHECK(told.complaint() == complaint);
    CHECK(told.ran.out.empty());
    CHECK(told.ran.code == 3);
  }
}

TEST_CASE("a story needs a place, a time and somebody who acts, in this order") {
  CHECK(Told("").complaint() == "1: nothing happens here; begin with `city china` and `at 2024-03-08 10:00`");
  CHECK(Told("at 2024-03-08 10:00\n").complaint() ==
        "1: say first where the city lies: `city china` or `zone Asia/Shanghai`");
  CHECK(Told("city china\nrestart\n").complaint() == "2: say first when the story begins: `at 2024-03-08 10:00`");
  CHECK(Told("city china\nat 2024-03-08 10:00\nsubmit A1 Close\n").complaint() ==
        "3: say first who acts: `by li acceptor`");
  const auto missing = Told("city china\nclocks nowhere.textproto\n");
  CHECK(missing.complaint().find("nowhere.textproto") != std::string::npos);
  CHECK(missing.ran.code == 3);
  CHECK(run({"scenario", "run", "nowhere.scenario"}).code == 3);
}

TEST_CASE("one bad story does not keep the others from being told") {
  const Folder folder;
  const auto good = folder.write("good.scenario", beginning).string();
  const auto bad = folder.write("bad.scenario", beginning + "expect no order A1\n").string();
  const auto ran = run({"scenario", "run", bad, good});
  CHECK(ran.code == 1);
  CHECK(ran.out.starts_with("FAILED bad\nok good (3 steps, 2 events)\n1 of 2 scenarios went as told"));
  CHECK(ran.err == bad + ":9: expected no order A1, there is one\n");
}

TEST_CASE("a traced story has the facts and notices of each step, with their times") {
  const Told told(beginning + "advance 2h\n", {"--trace"});
  CHECK(told.ran.out.find("submit A1 Accept { category: \"roads\" grade: GRADE_GENERAL }\n"
                          "    2024-03-08 10:00:00  A1 accepted     Accepted ") != std::string::npos);
  CHECK(told.ran.out.find("advance 2h\n    2024-03-08 11:00:00  A1 accepted     ClockRang ") != std::string::npos);
  CHECK(told.ran.out.find("      -> staff reminder to nobody: A1, dispatcher") != std::string::npos);
}

TEST_CASE("every story ends with a replay from nothing, and a state that differs by a byte is found") {
  const auto script = script_of(beginning);
  CHECK_FALSE(pavior::scenario::play(script).failure);
  pavior::scenario::PlayOptions faulty;
  faulty.workflow = [](pavior::city::WorkOrderPolicy policy) {
    return std::make_shared<Forgetful>(pavior::city::make_work_order_workflow(std::move(policy)));
  };
  const auto played = pavior::scenario::play(script, faulty);
  REQUIRE(played.failure);
  CHECK(played.failure->line == 8);
  CHECK(played.failure->text ==
        "after the end work_order/A1 was replayed from nothing, and its state at version 2 is not the one it had");
}

TEST_CASE("opening the store at the end may bring nothing about") {
  // The second opening has no calendars, and the alarm whose people are told in office hours waits for the third.
  const auto script = script_of(beginning + "by ma dispatcher\nsubmit A1 Dispatch { lead: \"works\" }\n" +
                                "restart\nat 2024-03-09 06:00\n");
  pavior::scenario::PlayOptions faulty;
  int openings = 0;
  faulty.workflow = [&openings](pavior::city::WorkOrderPolicy policy) {
    if (++openings == 2) policy.policies = {};
    return pavior::city::make_work_order_workflow(std::move(policy));
  };
  const auto played = pavior::scenario::play(script, faulty);
  CHECK(openings == 3);
  REQUIRE(played.failure);
  CHECK(played.failure->text == "after the end the store was opened again, and 1 events and 0 notices came of it");
}

TEST_CASE("a comment and a brace inside of quotation marks are text") {
  const auto script = script_of(beginning + "submit B2 Report { title: \"a # b } c\" }  # and this is none\n");
  const auto& step = std::get<pavior::scenario::Submit>(script.statements.back().step);
  CHECK(step.command.message->ShortDebugString() == "title: \"a # b } c\"");
}

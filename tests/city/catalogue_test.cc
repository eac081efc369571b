// Catalogues that make no sense: each mistake is told by its place and the mend.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "city/catalogues.h"

namespace pavior::city::tests {
namespace {

/// What is said of the town's catalogue with something replaced.
std::string said_with(const std::string& from, const std::string& to) {
  const auto read = read_catalogue(town_with(from, to));
  if (!read) return read.error().message();
  const auto policy = Policy::make(*read);
  return policy ? "sound" : policy.error().message();
}

/// The town with more on line 43, before its last one.
std::string said_of_more(const std::string& more) {
  return said_with("major_hazard_roles", more + "\nmajor_hazard_roles");
}

struct Case {
  std::string from;
  std::string to;
  std::string message;
};

void check(const std::vector<Case>& cases) {
  for (const auto& one : cases) {
    INFO(one.from << " -> " << one.to);
    CHECK(said_with(one.from, one.to) == one.message);
  }
}

TEST_CASE("a catalogue that has something of everything is sound, as text and as JSON") {
  CHECK(said_with("", "") == "sound");
  CHECK(read_catalogue(R"({"id": "town", "version": 1, "majors": [{"code": "01", "name": "Roads", "minors": [
    {"code": "01.01", "name": "Pothole"}]}], "fallbackUnit": "grid_centre"})")
            .has_value());
}

TEST_CASE("what a catalogue is called and when it takes effect is checked first") {
  check({
      {"id: \"town\"", "", "id: is missing; give a catalogue one"},
      {"version: 1", "", "version: is 0 or missing; versions are 1, 2, 3 ..."},
      {"Asia/Shanghai", "Asia/Atlantis",
       "4:1: zone: there is no time zone \"Asia/Atlantis\"; name one as \"Asia/Shanghai\", and see that tzdata is "
       "installed"},
      {"zone: \"Asia/Shanghai\"", "", "zone: is missing; it is that of effective_from, e.g. \"Asia/Shanghai\""},
      {"2024-05-01T09:00", "1 May 2024",
       "5:1: effective_from: \"1 May 2024\" is no time from 1970 to 2037; write it as \"2024-05-01\" or "
       "\"2024-05-01T09:00\""},
      {"2024-05-01T09:00", "2024-05-01T24:00",
       "5:1: effective_from: \"2024-05-01T24:00\" is no time from 1970 to 2037; write it as \"2024-05-01\" or "
       "\"2024-05-01T09:00\""},
  });
}

TEST_CASE("mistakes of categories are told by their place and the mend") {
  check({
      {"code: \"01\"", "", "6:1: majors[0].code: is missing; give a major category one"},
      {"name: \"Roads\"", "", "6:1: majors[0].name: is missing; give a major category one"},
      {"code: \"01.02\"", "code: \"01.01\"",
       "17:12: majors[0].minors[1].code: \"01.01\" is in majors[0].minors[0].code already; keep one of the two, or "
       "rename it"},
      {"name: \"Pothole\"", "", "8:3: majors[0].minors[0].name: is missing; give a minor category one"},
      {"kind: COMPONENT", "kind: 9",
       "9:35: majors[0].minors[0].kind: use COMPONENT, EVENT_ITEM or SERVICE, or leave it out"},
      {"duty_units: \"works\"", "duty_units: \"\"",
       "9:51: majors[0].minors[0].duty_units[0]: is missing; give a unit one"},
      {"profile: \"careful\"", "profile: \"hasty\"",
       "9:92: majors[0].minors[0].profile: there is no profile \"hasty\"; the profiles are: careful, plain"},
      {"code: \"b\"", "code: \"a\"",
       "15:18: majors[0].minors[0].conditions[1].code: \"a\" is in conditions[0].code already; keep one of the two, or "
       "rename it"},
      {"grade: GRADE_COMPLEX", "grade: 7",
       "11:43: majors[0].minors[0].conditions[0].grade: use GRADE_GENERAL, GRADE_COMPLEX or GRADE_MAJOR_HAZARD, or "
       "leave it out"},
      {"amount: 3 unit: UNIT_WORK_DAY", "unit: UNIT_WORK_DAY",
       "11:64: majors[0].minors[0].conditions[0].limit.amount: a limit is 1 or more of its unit, not 0"},
      {"limit { amount: 3 unit: UNIT_HOUR }", "",
       "13:7: majors[0].minors[0].conditions[0].milestones[0].limit: is missing; write e.g. { amount: 3 unit: "
       "UNIT_WORK_DAY }"},
      {"amount: 3 unit: UNIT_HOUR", "amount: 3 unit: UNIT_HOUR end: END_OF_DAY",
       "13:69: majors[0].minors[0].conditions[0].milestones[0].limit.end: minutes and hours end when they are used up; "
       "leave the rule out or use a unit in days"},
      {"name: \"fenced\"", "name: \"fenced/off\"",
       "13:20: majors[0].minors[0].conditions[0].milestones[0].name: has a slash, which would end the name of its "
       "clock; use another sign"},
      {"fallback_unit: \"grid_centre\"", "",
       "fallback_unit: is missing; name the unit that gets what nobody is responsible for"},
  });
  CHECK(said_of_more(R"(majors { code: "02" name: "Parks" })") ==
        "43:1: majors[1]: has no minors, and an order has the code of one; add some, or leave the major out");
}

TEST_CASE("mistakes of what became of old codes are told by their place and the mend") {
  CHECK(said_of_more(R"(mappings { old_code: "1" new_code: "01.02" } dropped_codes: "2")") == "sound");
  CHECK(said_of_more(R"(mappings { old_code: "1" new_code: "09" })") ==
        "43:26: mappings[0].new_code: there is no minor category \"09\" here; map to one that is, or list 1 in "
        "dropped_codes");
  CHECK(said_of_more(R"(mappings { old_code: "1" new_code: "01.02" } dropped_codes: "1")") ==
        "43:46: dropped_codes[0]: \"1\" is in mappings[0].old_code already; keep one of the two, or rename it");
  CHECK(said_of_more(R"(dropped_codes: "01.01")") ==
        "43:1: dropped_codes[0]: 01.01 is not dropped, majors[0].minors[0].code has it");
}

TEST_CASE("mistakes of channels, profiles and grants are told by their place and the mend") {
  check({
      {"name: \"snap\"", "name: \"12345\"",
       "20:12: channels[1].name: \"12345\" is in channels[0].name already; keep one of the two, or rename it"},
      {"PHOTO", "EVIDENCE_UNSPECIFIED",
       "20:25: channels[1].required[0]: is no evidence; write TITLE, DESCRIPTION, POSITION, ADDRESS, PHOTO, REPORTER "
       "or EXTERNAL_REFERENCE"},
      {"POSITION] profile: \"careful\"", "POSITION] profile: \"rash\"",
       "20:53: channels[1].profile: there is no profile \"rash\"; the profiles are: careful, plain"},
      {"id: \"careful\"", "id: \"plain\"",
       "23:3: profiles[1].id: \"plain\" is in profiles[0].id already; keep one of the two, or rename it"},
      {"\"PassReply\"]", "\"Reject\"]",
       "21:24: profiles[0].automatic[1]: Reject does not follow by itself; only Accept, Dispatch, Redispatch, "
       "Acknowledge, "
       "StartWork, ConfirmResult, PassReply, PassVerification, Close can"},
      {"STAGE_ACKNOWLEDGED", "STAGE_ACCEPTED",
       "25:28: profiles[1].nodes[1].stages[0]: STAGE_ACCEPTED is in the node accepted already; a stage stands in one "
       "node at most"},
      {"STAGE_ACKNOWLEDGED", "STAGE_ABSENT",
       "25:28: profiles[1].nodes[1].stages[0]: is no stage of an order; write e.g. STAGE_ACCEPTED"},
      {"id: \"careful\"", "id: \"careful\" summoned: \"fire\"",
       "23:17: profiles[1].summoned: nobody is summoned unless the profile has emergency: true"},
      {"id: \"careful\"", "id: \"careful\" verifiers: [\"a\", \"a\"]",
       "23:17: profiles[1].verifiers[1]: \"a\" is in verifiers[0] already; keep one of the two, or rename it"},
      {"command: \"Read\"", "command: \"Ponder\"",
       "33:10: grants[2].command: \"Ponder\" is no command of an order; docs/lifecycle.md lists them"},
      {"roles: \"mayor\"", "", "32:1: grants[1].roles: is empty, and what is granted to nobody is denied; name a role"},
      {"scope: GRID", "scope: 9",
       "32:43: grants[1].scope: use ANY_ORDER, LEAD_UNIT, ASSIST_UNIT, UNIT, GRID or OWN, or leave it out"},
      {"major_hazard_roles: \"principal_leader\"", "major_hazard_roles: \"\"",
       "43:1: major_hazard_roles[0]: is missing; give a role one"},
  });
}

TEST_CASE("mistakes of replies are told by their place and the mend") {
  check({
      {"id: \"done\" version: 2", "id: \"done\" version: 1",
       "28:24: templates[1].version: version 1 of done is in templates[0] already; give the new text the next number"},
      {"id: \"done\" version: 2", "id: \"done\"",
       "28:1: templates[1].version: is 0 or missing; versions are 1, 2, 3 ..."},
      {"text: \"{measures}\"", "", "28:1: templates[1].text: is missing; write what the reply says"},
      {"{measures} by", "{measures by", "27:35: templates[0].text: has a \"{\" that is not closed: \"{measures by \""},
      {"{measures} by", "measures} by", "27:35: templates[0].text: has a \"}\" without its \"{\" before it"},
      {"{measures} by", "{the measures} by",
       "27:35: templates[0].text: \"{the measures}\" is no placeholder; write a name without blanks, as {measures}"},
      {"categories: [\"01\"", "categories: [\"07\"",
       "27:96: templates[0].categories[0]: there is no category \"07\"; write the code of a major or a minor"},
      {"outcomes: OUTCOME_RESOLVED", "outcomes: 8",
       "27:69: templates[0].outcomes[0]: is no outcome; write OUTCOME_RESOLVED, OUTCOME_PARTLY_RESOLVED or "
       "OUTCOME_NOT_RESOLVED"},
      {"id: \"contact\"", "id: \"no_blame\"",
       "30:15: reply_rules[1].id: \"no_blame\" is in reply_rules[0].id already; keep one of the two, or rename it"},
      {"required_element: CONTACT", "",
       "30:1: reply_rules[1]: asks for nothing; give it one of forbidden_phrase, required_phrase, characters_min, "
       "required_element and template_required"},
      {"required_element: CONTACT", "required_element: 8",
       "30:29: reply_rules[1].required_element: use ACCEPTED_AT, CONTACT, MEASURES or TIME_LIMIT"},
      {"required_element: CONTACT", "template_required: false",
       "30:29: reply_rules[1].template_required: is false, so the rule asks for nothing; leave the rule out"},
      {"required_element: CONTACT", "characters_min: 0",
       "30:29: reply_rules[1].characters_min: is a number from 1 to 4096"},
      {"not our business", "", "29:30: reply_rules[0].forbidden_phrase: is missing; give a phrase one"},
  });
}

TEST_CASE("mistakes of clocks, calendars and bounds are told by their place and the mend") {
  check({
      {"starts: \"Dispatched\"", "starts: \"Sent\"",
       "35:90: clocks.clocks[0].starts[0]: 'Sent' is no fact of an order; docs/lifecycle.md lists them"},
      {"amount: 24 unit: UNIT_HOUR", "amount: 24",
       "35:51: clocks.clocks[0].limits[0].limit.unit: a limit needs one, e.g. UNIT_WORK_DAY"},
      {"limits { limit { amount: 24", "limits { categories: \"01\" limit { amount: 24",
       "35:51: clocks.clocks[0].limits[0].categories[0]: there is no minor category \"01\", so the limit never fits; "
       "write the code of one"},
      {"calendar: \"works\" limits", "calendar: \"mars\" limits",
       "clocks.clocks[0].calendar: the calendar mars is not loaded"},
      {"\"09:00-17:00\"", "\"9 to 5\"",
       "38:92: calendars[0].office_hours[0].spans[0]: \"9 to 5\" is no span within a day; write it as "
       "\"09:00-12:00\", until 24:00"},
      {"reopens_max: 1", "reopens_max: 1001", "41:10: bounds.reopens_max: is a number from 0 to 1000, not 1001"},
      {"reopens_max: 1", "hops_max: 0", "41:10: bounds.hops_max: is a number from 1 to 1000, not 0"},
      {"return_calendar: \"works\"", "",
       "41:25: bounds.return_window: needs a calendar that counts it; name one as return_calendar"},
      {"return_window { amount: 1 unit: UNIT_WORK_DAY }", "",
       "41:26: bounds.return_calendar: counts nothing without a return_window; give one, or leave it out"},
      {"return_calendar: \"works\"", "return_calendar: \"mars\"",
       "bounds.return_calendar: the calendar mars is not loaded"},
  });
  CHECK(
      said_of_more(
          R"(calendars { id: "works" version: 1 zone: "Asia/Shanghai" valid_from: "2024-01-01" valid_to: "2024-12-31" })") ==
      "43:25: calendars[1].version: version 1 of works is in calendars[0] already; keep one of the two");
}

TEST_CASE("a calendar's version that the host has with other content is refused, and with the same is not") {
  Calendars host;
  REQUIRE(host.add(Calendar::make(town().calendars(0)).value()));
  CHECK(Policy::make(town(), host).has_value());
  const auto changed = Policy::make(town("09:00-17:00", "09:00-16:00"), host);
  REQUIRE(!changed);
  CHECK(changed.error().message() ==
        "calendars[0].version: version 1 of works is there already with other content; a version never changes, so "
        "give this one the next number");
}

TEST_CASE("with the host's calendars at hand, one that is missing is told by its place too") {
  const auto text = town_with("calendar: \"works\" limits", "calendar: \"cn\" limits");
  CHECK(read_catalogue(text).has_value());
  CHECK(read_catalogue(text, Calendars()).error().message() ==
        "35:24: clocks.clocks[0].calendar: the calendar cn is not loaded");
  Calendars host;
  REQUIRE(host.add(testing::shipped("cn")));
  CHECK(read_catalogue(text, host).has_value());
}

TEST_CASE("the catalogue in docs/catalogue.md is sound") {
  std::ifstream file(PAVIOR_SOURCE_DIR "/docs/catalogue.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string fence = "```textproto\n";
  const auto begin = page.find(fence) + fence.size();
  REQUIRE(begin > fence.size());
  Calendars host;
  REQUIRE(host.add(testing::shipped("cn")));
  const auto read = read_catalogue(page.substr(begin, page.find("```", begin) - begin), host);
  if (!read) FAIL(read.error());
  CHECK(read->majors(0).minors_size() == 2);
}

TEST_CASE("a text that is no catalogue is told by its place") {
  CHECK(read_catalogue("id: \"town\"\ncolour: 1").error().message().find("2:7") == 0);
  CHECK(read_catalogue("").error().message() == "the text is empty; a catalogue is protobuf text or JSON");
}

}  // namespace
}  // namespace pavior::city::tests

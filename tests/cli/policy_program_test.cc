#include <string>
#include <vector>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::Ran;
using pavior::test::run;

namespace {

/// A small catalogue; `minors` are fields of its one major.
std::string catalogue(int version, const std::string& effective_from, const std::string& minors = R"(
  minors {
    code: "01.01" name: "Pothole" kind: COMPONENT duty_units: "works"
    conditions {
      code: "a" text: "Deep" grade: GRADE_COMPLEX limit { amount: 3 unit: UNIT_WORK_DAY } closing: "Level"
      milestones { name: "fenced" limit { amount: 3 unit: UNIT_HOUR } }
    }
  }
  minors { code: "01.02" name: "Bicycles" })") {
  return "id: \"town\"\nversion: " + std::to_string(version) + "\nzone: \"Asia/Shanghai\"\neffective_from: \"" +
         effective_from + "\"\nmajors {\n  code: \"01\" name: \"Roads\"" + minors +
         "\n}\nbounds { return_window { amount: 1 unit: UNIT_WORK_DAY } return_calendar: \"cn\" }\n"
         "fallback_unit: \"grid_centre\"\n";
}

struct PolicyFiles {
  Folder folder;
  std::string first = folder.write("first.textproto", catalogue(1, "2024-05-01")).string();
  std::string store = (folder / "store").string();

  [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
    return folder.write(name, content).string();
  }
  [[nodiscard]] Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--store", store});
    return run(arguments);
  }
  /// With a store that has published `first`.
  PolicyFiles& publish_first() {
    REQUIRE(ask({"init", "--zone", "Asia/Shanghai"}).code == 0);
    REQUIRE(ask({"policy", "publish", first}).code == 0);
    return *this;
  }
};

}  // namespace

TEST_CASE("a sound catalogue is summed up in a line") {
  const PolicyFiles files;
  const auto sound = run({"policy", "validate", files.first});
  CHECK(sound.code == 0);
  CHECK(sound.err.empty());
  CHECK(sound.out == files.first +
                         ": town version 1 is sound: 1 majors, 2 minors, 1 conditions; in effect from 2024-05-01 "
                         "Asia/Shanghai\n");
  const auto json = run({"policy", "validate", files.first, "--json"});
  CHECK(json.json().fields().at("sound").bool_value());
  CHECK(json.json().fields().at("counts").struct_value().fields().at("minors").number_value() == 2);
}

TEST_CASE("a mistake in a catalogue is told by file, line and column, and the other files are looked at") {
  const PolicyFiles files;
  const auto draft = files.file("draft.textproto", catalogue(1, "2024-05-01", R"(
  minors { code: "01.01" name: "Pothole" }
  minors { code: "01.01" name: "Bicycles" })"));
  const auto checked = run({"policy", "validate", draft, files.first});
  CHECK(checked.code == 3);
  CHECK(checked.err == draft +
                           ":8:12: majors[0].minors[1].code: \"01.01\" is in majors[0].minors[0].code already; keep "
                           "one of the two, or rename it\n");
  CHECK(checked.out.find("first.textproto: town version 1 is sound") != std::string::npos);
  CHECK(!run({"policy", "validate", draft, "--json"}).json().fields().at("sound").bool_value());

  auto named = catalogue(1, "2024-05-01");
  named.replace(named.find("\"cn\""), 4, "\"mars\"");
  const auto mars = files.file("mars.textproto", named);
  CHECK(run({"policy", "validate", mars}).err ==
        mars + ":16:58: bounds.return_calendar: the calendar mars is not loaded\n");
  const auto json = files.file("town.json", R"({"id": "town"})");
  CHECK(run({"policy", "validate", json}).err == json + ": version: is 0 or missing; versions are 1, 2, 3 ...\n");
  const auto missing = run({"policy", "validate", (files.folder / "no").string()});
  CHECK(missing.code == 3);
  CHECK(run({"policy", "validate"}).code == 2);
}

TEST_CASE("a calendar file that is named is one a catalogue may name") {
  const PolicyFiles files;
  const auto mars = files.file("mars.textproto", R"(id: "mars" version: 1 zone: "Asia/Shanghai"
    work_week: MONDAY office_hours { spans: "09:00-17:00" } valid_from: "2024-01-01" valid_to: "2024-12-31")");
  auto named = catalogue(1, "2024-05-01");
  named.replace(named.find("return_calendar: \"cn\""), 21, "return_calendar: \"mars\"");
  const auto file = files.file("named.textproto", named);
  CHECK(run({"policy", "validate", file}).code == 3);
  CHECK(run({"policy", "validate", "--calendar", mars, file}).code == 0);
}

TEST_CASE("a catalogue is shown at a glance, and one category in full") {
  const PolicyFiles files;
  const auto whole = run({"policy", "show", files.first});
  CHECK(whole.code == 0);
  CHECK(whole.out.find("  01  Roads  (2 minors)\n") != std::string::npos);
  CHECK(whole.out.find("fallback unit grid_centre\n") != std::string::npos);
  const auto category = run({"policy", "show", files.first, "--category", "01.01"});
  CHECK(category.out ==
        "01.01  Pothole  (of 01 Roads)\n"
        "kind          COMPONENT\n"
        "duty units    works\n"
        "  a  Deep  3 work_day  GRADE_COMPLEX\n"
        "     done when: Level\n"
        "     milestone fenced within 3 hour\n");
  CHECK(run({"policy", "show", files.first, "--category", "01.01", "--json"}).text("name") == "Pothole");
  const auto unknown = run({"policy", "show", files.first, "--category", "09"});
  CHECK(unknown.code == 1);
  CHECK(unknown.err == "pavior: town version 1 has no minor category 09\n");
}

TEST_CASE("two catalogues are compared, and codes without a successor are listed") {
  const PolicyFiles files;
  const auto next = files.file("next.textproto", catalogue(2, "2024-06-01", R"(
  minors { code: "01.02" name: "Bicycles and scooters" })"));
  const auto compared = run({"policy", "diff", files.first, next});
  CHECK(compared.code == 0);
  CHECK(compared.out ==
        "- category 01.01: \"Pothole\"; nothing takes its place\n"
        "  category 01.02: \"Bicycles\" -> \"Bicycles and scooters\"\n"
        "  effective from: \"2024-05-01\" -> \"2024-06-01\"\n"
        "  version: 1 -> 2\n"
        "4 changes from town version 1 to town version 2\n"
        "not mapped, so it cannot be published after it: 01.01\n");
  const auto json = run({"policy", "diff", files.first, next, "--json"});
  CHECK(json.number("changed") == 4);
  CHECK(json.json().fields().at("unmapped").list_value().values(0).string_value() == "01.01");
  CHECK(run({"policy", "diff", files.first}).code == 2);
}

TEST_CASE("a catalogue is published into the store, once, and listed with its standing") {
  PolicyFiles files;
  CHECK(files.ask({"policy", "publish", files.first}).code == 4);
  REQUIRE(files.ask({"init", "--zone", "Asia/Shanghai"}).code == 0);
  CHECK(files.ask({"policy", "list"}).out == "no policy is published; the library's defaults hold\n");
  const auto published = files.ask({"policy", "publish", files.first});
  CHECK(published.code == 0);
  CHECK(published.out == "town version 1 is published, in effect from 2024-05-01T00:00:00+08:00\n");
  const auto again = files.ask({"policy", "publish", files.first});
  CHECK(again.code == 1);
  CHECK(again.err.find("[version_is_next]: version 1 of town was published last") != std::string::npos);

  const auto later = files.file("later.textproto", catalogue(2, "2037-01-01"));
  CHECK(files.ask({"policy", "publish", later, "--actor", "mo", "--role", "leader", "--json"}).text("effective_from") ==
        "2037-01-01T00:00:00+08:00");
  const auto listed = files.ask({"policy", "list"});
  CHECK(listed.out.find("town                1  2024-05-01T00:00:00+08:00  in force   1 majors") != std::string::npos);
  CHECK(listed.out.find("town                2  2037-01-01T00:00:00+08:00  to come ") != std::string::npos);
  CHECK(files.ask({"policy", "list", "--json"}).text("standing") == "to come");

  const auto withdrawn = run({"--store", files.store, "submit", "--type", "WithdrawCatalogue", "--order", "policy/town",
                              "--actor", "mo", "--role", "leader"},
                             R"({"version": 2, "reason": "a typing mistake"})");
  CHECK(withdrawn.code == 0);
  CHECK(files.ask({"policy", "list", "--json"}).text("standing") == "withdrawn");
  CHECK(files.ask({"verify"}).code == 0);
}

TEST_CASE("a catalogue that may not be published leaves no trace") {
  PolicyFiles files;
  files.publish_first();
  const auto who = files.ask({"policy", "publish", files.first, "--actor", "bo", "--role", "handler"});
  CHECK(who.code == 1);
  CHECK(who.err.find("[role]") != std::string::npos);
  const auto dropping = files.file("dropping.textproto", catalogue(2, "2037-01-01", R"(
  minors { code: "01.02" name: "Bicycles" })"));
  const auto refused = files.ask({"policy", "publish", dropping});
  CHECK(refused.code == 1);
  CHECK(refused.err.find("[codes_are_accounted_for]: a code of version 1 is gone without a word: 01.01") !=
        std::string::npos);
  const auto draft = files.file("draft.textproto", "id: \"town\"");
  CHECK(files.ask({"policy", "publish", draft}).code == 3);
  const auto listed = files.ask({"policy", "list"}).out;
  CHECK(listed.find("town                1 ") != std::string::npos);
  CHECK(listed.find("town                2 ") == std::string::npos);
}

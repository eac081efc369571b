#include "program.h"

#include <random>

#include "app.h"
#include "folder.h"
#include "pavior/testing.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::Ran;
using pavior::test::run;
using pavior::test::run_and_kill;

namespace {

using Arguments = std::vector<std::string>;

const std::string header =
    "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_kind,reason,type,department,location_street_name,"
    "latitude,longitude,source\n";

std::string row(const std::string& id, const std::string& opened, const std::string& target, const std::string& closed,
                const std::string& unit = "PWDx") {
  return id + "," + opened + "," + target + "," + closed + "," + (closed.empty() ? "Open" : "Closed") +
         ",Case Resolved,Street Lights,Outages," + unit + ",1 Main St,42.1,-71.2,App\n";
}

// One on time, one late, one open and overdue, one open without a deadline.
const std::string four_rows = header + row("1", "2011-07-01 08:00:00", "2011-07-02 08:00:00", "2011-07-02 08:00:00") +
                              row("2", "2011-07-01 09:00:00", "2011-07-02 09:00:00", "2011-07-02 09:00:01") +
                              row("3", "2011-07-01 10:00:00", "2011-07-02 10:00:00", "", "PARK") +
                              row("4", "2011-07-03 00:00:00", "", "");

// Enough orders that an import can be killed in the middle; opened within a day, every second one closed late.
std::string many_rows(int count) {
  std::string text = header;
  std::mt19937 numbers(7);
  for (int i = 0; i < count; ++i) {
    const auto minute = std::to_string(10 + numbers() % 50);
    const auto hour = std::to_string(10 + numbers() % 14);
    const auto opened = "2011-07-01 " + hour + ":" + minute + ":" + std::to_string(10 + numbers() % 50);
    const auto day = std::to_string(10 + numbers() % 20);
    text += row(std::to_string(1000 + i), opened, "2011-07-15 12:00:00",
                i % 2 == 0 ? "" : "2011-07-" + day + " " + hour + ":00:00");
  }
  return text;
}

class City {
 public:
  explicit City(const std::string& rows) : rows_(folder_.write("rows.csv", rows)) {}

  Ran pavior(Arguments arguments) const {
    arguments.insert(arguments.begin(), {"--store", store()});
    return run(arguments);
  }
  Arguments import_arguments() const {
    return {"--store", store(), "import", "--format", "boston311", rows_.string(), "--json"};
  }
  Ran import() const { return run(import_arguments()); }
  void replace_rows(const std::string& rows) { rows_ = folder_.write("rows.csv", rows); }

  std::string chain() const {
    const auto verified = pavior({"verify", "--json"});
    CHECK(verified.code == 0);
    return verified.json().fields().at("chain").string_value();
  }
  std::string store() const { return (folder_ / "store").string(); }
  const Folder& folder() const { return folder_; }

 private:
  Folder folder_;
  std::filesystem::path rows_;
};

std::string counts(const Ran& ran) {
  std::string text;
  for (const auto* name : {"created", "open", "breached", "breached_open"})
    text += (text.empty() ? "" : " ") + std::to_string(static_cast<int>(ran.number(name)));
  return text;
}

}  // namespace

TEST_CASE("rows live their dates, and stats tell how they stood at any instant") {
  const City city(four_rows);
  const auto imported = city.import();
  REQUIRE(imported.code == 0);
  CHECK(imported.number("rows") == 4);
  CHECK(imported.number("imported") == 4);
  CHECK(imported.number("timers_fired") == 2);
  const auto stats = [&](const std::string& as_of) {
    return counts(run({"--store", city.store(), "stats", "--as-of", as_of, "--json"}));
  };
  CHECK(stats("2011-07-01T07:59:59") == "0 0 0 0");
  CHECK(stats("2011-07-01T10:00:00") == "3 3 0 0");
  CHECK(stats("2011-07-02T08:00:00") == "3 2 0 0");
  CHECK(stats("2011-07-02T09:00:00") == "3 2 0 0");
  CHECK(stats("2011-07-02T09:00:01") == "3 1 1 0");
  CHECK(stats("2011-07-02T10:00:00") == "3 1 1 0");
  CHECK(stats("2011-07-02T10:00:01") == "3 1 2 1");
  CHECK(stats("2011-10-01T00:00:00") == "4 2 2 1");
  const auto units = run({"stats", "--as-of", "2011-10-01T00:00:00", "--json", "--store", city.store()}).json();
  const auto& parks = units.fields().at("by_unit").struct_value().fields().at("PARK").struct_value();
  CHECK(parks.fields().at("breached_open").number_value() == 1);
}

TEST_CASE("an import that is repeated changes nothing") {
  const City city(four_rows);
  REQUIRE(city.import().code == 0);
  const auto before = city.chain();
  const auto again = city.import();
  CHECK(again.number("imported") == 0);
  CHECK(again.number("repeated") == 4);
  CHECK(city.chain() == before);
}

TEST_CASE("an import killed at any moment and repeated ends as if it had never been killed") {
  const auto rows = many_rows(1500);
  const City whole(rows);
  const auto begun = std::chrono::steady_clock::now();
  REQUIRE(whole.import().number("imported") == 1500);
  const auto needed = std::chrono::steady_clock::now() - begun;

  const City killed(rows);
  std::mt19937_64 numbers(pavior::test::random_seed());
  INFO("seed " << pavior::test::random_seed());
  int kills = 0;
  for (int i = 0; i < 8; ++i) {
    const auto patience =
        std::chrono::microseconds(numbers() % static_cast<std::uint64_t>(needed / std::chrono::microseconds(1)));
    if (run_and_kill(killed.import_arguments(), patience).code < 0) ++kills;
    const auto verified = killed.pavior({"verify"});
    CHECK((verified.code == 0 || verified.code == 4));  // 4: killed before there was a store
  }
  CHECK(kills > 0);
  const auto last = killed.import();
  CHECK(last.number("imported") + last.number("repeated") == 1500);
  CHECK(killed.chain() == whole.chain());
  const Arguments stats{"stats", "--as-of", "2011-07-20T00:00:00", "--json"};
  CHECK(counts(killed.pavior(stats)) == counts(whole.pavior(stats)));
}

TEST_CASE("a later extract closes what was open, and a row that says something else is rejected") {
  City city(header + row("1", "2011-07-01 08:00:00", "", "") + row("2", "2011-07-01 08:00:00", "", "") +
            row("3", "2011-07-01 08:00:00", "", "2011-07-01 09:00:00"));
  REQUIRE(city.import().code == 0);
  city.replace_rows(header + row("1", "2011-07-01 08:00:00", "", "2011-07-05 08:00:00") +  // closed since
                    row("2", "2011-07-01 08:00:00", "2011-07-02 08:00:00", "") +           // another deadline
                    row("3", "2011-07-01 08:00:00", "", "2011-07-01 09:30:00"));           // another close
  const auto later = city.import();
  CHECK(later.number("imported") == 1);
  CHECK(later.number("rejected") == 2);
  CHECK(later.json()
            .fields()
            .at("rejected_by_reason")
            .struct_value()
            .fields()
            .at("duplicate_id_other_content")
            .number_value() == 2);
  CHECK(later.err.find("rows.csv:3: duplicate_id_other_content") != std::string::npos);
  CHECK(later.err.find("rows.csv:4: duplicate_id_other_content") != std::string::npos);
  CHECK(counts(city.pavior({"stats", "--as-of", "2011-07-06T00:00:00", "--json"})) == "3 1 0 0");
}

TEST_CASE("timers an earlier import left are due at their own instants in the next") {
  City city(header + row("1", "2011-07-01 08:00:00", "2011-07-10 08:00:00", ""));
  REQUIRE(city.import().code == 0);
  city.replace_rows(header + row("2", "2018-07-01 08:00:00", "", ""));
  REQUIRE(city.import().number("timers_fired") == 1);
  const auto shown = city.pavior({"show", "1"});
  CHECK(shown.out.find("2011-07-10 08:00:00  dispatched    DeadlineBreached") != std::string::npos);
}

TEST_CASE("input that cannot be read leaves no store behind") {
  const City city(four_rows);
  const auto good = city.folder().write("good.csv", four_rows).string();
  const auto cut = city.folder().write_gzip("cut.csv.gz", many_rows(500), 20).string();
  const auto other = city.folder().write("other.csv", "a,b\n1,2\n").string();
  for (const auto& bad : {cut, other, (city.folder() / "missing.csv").string()}) {
    const auto ran = city.pavior({"import", "--format", "boston311", good, bad});
    CHECK(ran.code == 3);
    CHECK(ran.err.find(bad) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(city.store()));
  }
  const auto ran = city.pavior({"import", "--format", "boston311", good, "--rejects", "/nowhere/rejects.txt"});
  CHECK(ran.code == 3);
  CHECK_FALSE(std::filesystem::exists(city.store()));
}

TEST_CASE("every rejected row is written where it was asked for") {
  const City city(header + row("1", "never", "", "") + row("2", "2011-07-01 08:00:00", "", "2011-07-01 07:00:00"));
  const auto rejects = city.folder() / "rejects.txt";
  const auto ran = city.pavior(
      {"import", "--format", "boston311", (city.folder() / "rows.csv").string(), "--rejects", rejects.string()});
  CHECK(ran.code == 0);
  std::ifstream file(rejects);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  CHECK(text.find("rows.csv:2: unreadable_open_time: ") != std::string::npos);
  CHECK(text.find("rows.csv:3: closed_before_opened: ") != std::string::npos);
}

TEST_CASE("a command is submitted as JSON, once, and its refusal names the rule") {
  const City city(four_rows);
  REQUIRE(city.pavior({"init"}).code == 0);
  const auto submit = [&](const std::string& json) {
    return city.pavior({"submit", city.folder().write("command.json", json).string(), "--json"});
  };
  const std::string report = R"({"stream": "work_order/A1", "id": "r1", "actor": {"id": "zhang", "roles": ["reporter"]},
    "expected": "none", "command": {"@type": "type.googleapis.com/pavior.city.v1.Report", "title": "hole"}})";
  CHECK(submit(report).number("version") == 1);
  CHECK(submit(report).json().fields().at("repeated").bool_value());
  const auto refused = submit(R"({"stream": "work_order/A1", "actor": {"id": "li", "roles": ["acceptor"]},
    "command": {"@type": "pavior.city.v1.Accept", "deadline": 1309846711000000}})");
  CHECK(refused.code == 1);
  CHECK(refused.err.find("[has_category]") != std::string::npos);
  const auto conflict = submit(R"({"stream": "work_order/A1", "actor": {"id": "li", "roles": ["acceptor"]},
    "expected": 7, "command": {"@type": "pavior.city.v1.Accept", "category": "roads"}})");
  CHECK(conflict.code == 1);
  const auto alone = city.folder().write("accept.json", R"({"category": "roads", "deadline": "1309846711000000"})");
  CHECK(city.pavior(
                {"submit", alone.string(), "--type", "Accept", "--order", "A1", "--actor", "li", "--role", "acceptor"})
            .out == "work_order/A1 is accepted at version 2\n");
  for (const auto* bad :
       {"", "{", "[]", R"({"stream": "work_order/A1", "actor": {"id": "li"}})",
        R"({"stream": "work_order/A1", "actor": {"id": "li"}, "command": {"@type": "Nonsense"}})",
        R"({"stream": "work_order/A1", "actor": {"id": "li"}, "command": {"@type": "Accept", "x": 1}})",
        R"({"stream": "A1", "actor": {"id": "li"}, "command": {"@type": "Accept"}})",
        R"({"stream": "work_order/A1", "command": {"@type": "Accept"}})"}) {
    INFO(bad);
    CHECK(submit(bad).code == 3);
  }
}

TEST_CASE("a store in use is read beside its owner but not written") {
  const City city(four_rows);
  REQUIRE(city.import().code == 0);
  pavior::SimulatedRuntime runtime;
  pavior::cli::App app;
  app.store = city.store();
  const auto owner = pavior::cli::open_owner(app, runtime, false, pavior::Durability::process_crash, false);
  REQUIRE(owner);
  CHECK(city.import().code == 4);
  CHECK(city.pavior({"init"}).code == 4);
  CHECK(counts(city.pavior({"stats", "--as-of", "2011-10-01T00:00:00", "--json"})) == "4 2 2 1");
  CHECK(city.pavior({"verify"}).code == 0);
}

TEST_CASE("the view is as fresh as the log, even when its owner died before it caught up") {
  const City city(four_rows);
  REQUIRE(city.import().code == 0);
  pavior::SimulatedRuntime runtime(pavior::Time(std::chrono::sys_days(std::chrono::year(2011) / 10 / 1)));
  pavior::cli::App app;
  app.store = city.store();
  const auto owner = pavior::cli::open_owner(app, runtime, false, pavior::Durability::process_crash, false);
  REQUIRE(owner);
  // Accepted, but no task of the runtime has run since: no row of the view has changed.
  REQUIRE((*owner)->submit_and_wait(
      pavior::Command({"work_order", "4"}, "pavior.city.v1.Void", "\x0A\x04test").by(pavior::Actor("x", {"system"}))));
  REQUIRE((*owner)->view_position("orders").value() < (*owner)->last());
  CHECK(counts(city.pavior({"stats", "--as-of", "2011-10-02T00:00:00", "--json"})) == "4 1 2 1");
  CHECK(city.pavior({"list", "--stage", "voided", "--json"}).json().fields().at("order").string_value() == "4");
}

TEST_CASE("orders, histories and events are shown to people and to programs") {
  const City city(four_rows);
  REQUIRE(city.import().code == 0);
  const auto shown = city.pavior({"show", "2"});
  CHECK(shown.code == 0);
  CHECK(shown.out.find("2011-07-01 09:00:00  reported") != std::string::npos);
  CHECK(shown.out.find("2011-07-02 09:00:00  dispatched    DeadlineBreached") != std::string::npos);
  CHECK(shown.out.find("possible now: ") != std::string::npos);
  CHECK(city.pavior({"show", "2", "--json"}).json().fields().at("stage").string_value() == "closed");
  CHECK(city.pavior({"show", "none"}).code == 1);
  const auto history = city.pavior({"history", "2"});
  CHECK(std::ranges::count(history.out, '\n') == 11);
  CHECK(history.json().fields().at("type").string_value() == "pavior.city.v1.Closed");
  const auto listed = city.pavior({"list", "--unit", "PWDx", "--limit", "1", "--json"});
  CHECK(std::ranges::count(listed.out, '\n') == 1);
  CHECK(listed.err == "2 more; --limit shows them\n");
  const auto watched = city.pavior({"watch", "--after", "2", "--count", "3", "--json"});
  CHECK(watched.number("position") == 5);
}

TEST_CASE("the lifecycle is described without a store") {
  CHECK(run({"describe", "lifecycle"}).out.find("Accept") != std::string::npos);
  CHECK(run({"describe", "lifecycle", "--format", "mermaid"}).out.starts_with("stateDiagram-v2"));
  CHECK(run({"describe", "lifecycle", "--format", "graphviz"}).out.find("digraph") != std::string::npos);
  CHECK(run({"describe", "lifecycle", "--format", "paint"}).code == 2);
}

TEST_CASE("what cannot be done is told apart by the exit code") {
  const Folder folder;
  const auto store = (folder / "store").string();
  CHECK(run({}).code == 2);
  CHECK(run({"--help"}).code == 0);
  CHECK(run({"verify"}).code == 2);
  CHECK(run({"verify", "--store", store}).code == 4);
  CHECK(run({"stats", "--store", store, "--as-of", "yesterday"}).code == 2);
  CHECK(run({"init", "--store", store, "--zone", "Europe/Atlantis"}).code == 3);
  CHECK(run({"init", "--store", store, "--zone", "Asia/Shanghai"}).code == 0);
  CHECK(run({"init", "--store", store, "--zone", "Asia/Shanghai"}).code == 0);
  CHECK(run({"init", "--store", store, "--zone", "Europe/Berlin"}).code == 1);
  const auto foreign = (folder / "foreign").string();
  std::filesystem::create_directory(foreign);
  folder.write("foreign/file", "something else");
  CHECK(run({"init", "--store", foreign}).code == 4);
}

// A story's catalogue: published as in a city, while the story goes on.
#include <string>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::run;

TEST_CASE("orders are decided by the catalogue that is published when they are reported") {
  const std::string first =
      R"(id: "town" version: 1 majors { code: "01" name: "Roads" minors { code: "01.01" name: "Hole" } }
fallback_unit: "hall")";
  const std::string second =
      R"(id: "town" version: 2 majors { code: "01" name: "Roads" minors { code: "01.02" name: "Hole" } }
fallback_unit: "hall")";
  const std::string story = R"(city china
policy first.textproto
at 2024-03-08 10:00
by li acceptor observer
submit A1 Report { title: "hole" }
submit A1 Accept { category: "01.02" }
refused by category_is_known: town version 1
policy second.textproto
restart
submit B1 Report { title: "hole" }
submit B1 Accept { category: "01.01" }
refused by category_is_known: town version 2
submit A1 Accept { category: "01.01" }
expect A1 { policy { id: "town" version: 1 } }
)";
  const Folder folder;
  folder.write("first.textproto", first);
  const auto file = folder.write("story.scenario", story).string();
  const auto missing = run({"scenario", "run", file});
  CHECK(missing.code == 3);
  CHECK(missing.err.find("story.scenario:8: ") != std::string::npos);
  CHECK(missing.err.find("second.textproto") != std::string::npos);

  // A code that is gone without a word is not published, in a story either.
  folder.write("second.textproto", second);
  const auto dropped = run({"scenario", "run", file});
  CHECK(dropped.code == 1);
  CHECK(dropped.err.find("story.scenario:8: ") != std::string::npos);
  CHECK(dropped.err.find("01.01") != std::string::npos);

  folder.write("second.textproto", second + " mappings { old_code: \"01.01\" new_code: \"01.02\" }");
  const auto told = run({"scenario", "run", file});
  CHECK(told.err.empty());
  CHECK(told.code == 0);
}

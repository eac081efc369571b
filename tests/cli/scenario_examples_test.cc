// The scenarios that teach the language are true themselves.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::run;

namespace {

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto from = text.find(begin);
  REQUIRE(from != std::string::npos);
  const auto to = text.find(end, from + begin.size());
  REQUIRE(to != std::string::npos);
  return text.substr(from + begin.size(), to - from - begin.size());
}

void check_true(const std::string& story) {
  const Folder folder;
  const auto ran = run({"scenario", "run", folder.write("example.scenario", story).string()});
  CHECK(ran.err.empty());
  CHECK(ran.out.starts_with("ok example ("));
  CHECK(ran.code == 0);
}

}  // namespace

TEST_CASE("the example of docs/scenarios.md goes as it is told") {
  std::ifstream file(PAVIOR_SOURCE_DIR "/docs/scenarios.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  check_true(between(page, "```\n", "```\n"));
}

TEST_CASE("the example of the help goes as it is told") {
  const auto help = run({"scenario", "run", "--help"});
  CHECK(help.code == 0);
  const auto indented = between(help.out, "for example:\n\n", "Steps:");
  std::string story;
  for (std::size_t begin = 0; begin < indented.size();) {
    const auto end = std::min(indented.find('\n', begin), indented.size());
    const auto line = indented.substr(begin, end - begin);
    story += (line.starts_with("  ") ? line.substr(2) : line) + '\n';
    begin = end + 1;
  }
  check_true(story);
}

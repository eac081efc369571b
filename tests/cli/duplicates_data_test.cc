// Duplicate rules over Boston's reports in the folder PAVIOR_DATA, when it is set.
#include <cstdlib>
#include <filesystem>

#include "support/catch.h"
#include "trial.h"

namespace pavior::trial {
namespace {

constexpr Time begin_of(unsigned month) {
  return std::chrono::sys_days(std::chrono::year(2011) / std::chrono::month(month) / std::chrono::day(1));
}

TEST_CASE("what two known rules say of Boston's quarter is what docs/duplicates.md tells") {
  const char* folder = std::getenv("PAVIOR_DATA");
  if (folder == nullptr) {
    WARN("skipped: PAVIOR_DATA does not name the folder of the public extracts");
    return;
  }
  const auto reports = read_boston(std::filesystem::path(folder) / "boston311/boston311_2011q3.csv.gz").value();
  REQUIRE(reports.rows.size() == 31'828);
  struct Case {
    double metres;
    int hours;
    unsigned from;
    unsigned to;
    std::size_t labelled;
    std::size_t suspected;
    std::size_t both;
  };
  for (const auto& one : {Case{45.72, 3, 7, 8, 174, 617, 52}, Case{45.72, 3, 8, 10, 764, 1281, 353},
                          Case{50, 720, 7, 8, 174, 1060, 82}, Case{50, 720, 8, 10, 764, 2543, 482}}) {
    INFO(one.metres << " m, " << one.hours << " h, from month " << one.from);
    const auto counts =
        try_rules(reports, boston_rules(one.metres, one.hours), begin_of(one.from), begin_of(one.to)).value().all;
    CHECK(counts.labelled == one.labelled);
    CHECK(counts.suspected == one.suspected);
    CHECK(counts.both == one.both);
  }
}

}  // namespace
}  // namespace pavior::trial

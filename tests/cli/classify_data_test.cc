// The classifier over the public data in the folder PAVIOR_DATA, when it is set. docs/classification.md has the figures.
#include "program.h"
#include "public_data.h"
#include "support/catch.h"

using pavior::test::public_data;
using pavior::test::run;

// A model that learned nothing answers the most common category, so it cannot beat that baseline. Twice the baseline is
// far beyond chance for a hundred rows (its 95 % interval reaches less than a tenth to either side), and far below what
// titles can tell.
TEST_CASE("petitions whose text was never seen are classified far better than by the most common category") {
  const auto file = public_data("cn_petition/labelled_sample.csv.gz").string();
  if (file.empty()) return;
  const auto tested = run({"classify", "test", "--csv", file, "--text", "留言主题", "--label", "一级分类", "--json"});
  REQUIRE(tested.code == 0);
  CHECK(tested.number("rows") >= 100);
  CHECK(tested.number("accuracy") > 2 * tested.number("baseline_accuracy"));
  CHECK(tested.number("macro_f1") > 2 * tested.number("baseline_macro_f1"));
}

// 并案, 拆并: two orders about one thing. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::Merge into(const std::string& target) {
  v1::Merge merge;
  merge.set_target(target);
  return merge;
}

TEST_CASE("T41: merging ends the order, and its reporter follows the other one in the same commit") {
  const auto given = reported().by(actor("acceptor"));
  CHECK(given.when(into("B2")) ==
        "MergedInto{target: \"B2\"} -> merged; then work_order/B2 Absorb{source: \"A1\" reporter { id: \"r-1\" }}");
  const std::string not_another = "refused by names_another_order: Merge requires that another order is named";
  CHECK(given.when(into("A1")) == not_another);
  CHECK(given.when(into("")) == not_another);
}

TEST_CASE("T41: merges and splits are one level deep") {
  const auto host = after(reported(), v1::STAGE_REPORTED, of<v1::Absorbed>("source: 'C3'"));
  CHECK(host.when(into("B2")) ==
        "refused by has_absorbed_none: Merge requires that no other order was merged into this one");
  const std::string family =
      "refused by has_no_family: Merge requires that no order was split off from this one, nor this one from another";
  CHECK(after(accepted(), v1::STAGE_ACCEPTED, of<v1::ChildrenCreated>("parts { key: 'D4' }")).when(into("B2")) ==
        family);
  CHECK(after(no_order(), v1::STAGE_ACCEPTED, of<v1::FiledAsChild>("parent: 'P0'")).when(into("B2")) == family);
}

TEST_CASE("T41: an open order absorbs another one and stays where it is") {
  const auto absorb = of<v1::Absorb>("source: 'B2' reporter { id: 'r-2' }");
  auto given = handled();
  CHECK(given.when(absorb) == "Absorbed{source: \"B2\" reporter { id: \"r-2\" }} -> handled");
  given.happens(absorb);
  CHECK(order(given).merged_from(0) == "B2");
  CHECK(order(given).followers(0).id() == "r-2");
  CHECK(given.when(of<v1::Absorb>("source: 'A1'")) ==
        "refused by names_another_order: Absorb requires that another order is named");
  CHECK(merged().when(absorb).starts_with("refused by stage: Absorb is not possible in stage merged, only in "));
}

TEST_CASE("T41: work that was reported back is not merged any more") {
  CHECK(handled().when(into("B2")) ==
        "refused by stage: Merge is not possible in stage handled, only in reported, precheck, accepted, dispatched, "
        "acknowledged, in_progress, suspended");
}

TEST_CASE("T42: a merge is undone: the order goes on where it was, and the other lets it go in the same commit") {
  for (Story given : {reported(), precheck(), accepted(), dispatched(), acknowledged(), in_progress(), suspended()}) {
    const auto before = order(given).stage();
    given.happens(into("B2"));
    CHECK(order(given).merged_at() == before);
    given.by(actor("acceptor"));
    const std::string stage(given.workflow().stage_name(static_cast<Stage>(before)));
    CHECK(given.when(of<v1::Unmerge>("reason: 'another hole'")) ==
          "Unmerged{target: \"B2\" reason: \"another hole\"} -> " + stage +
              "; then work_order/B2 Release{source: \"A1\"}");
    CHECK(given.when(v1::Unmerge()) == "refused by has_reason: Unmerge requires that a reason is given");
    given.happens(of<v1::Unmerge>("reason: 'another hole'"));
    CHECK(order(given).stage() == before);
    CHECK(order(given).merged_into().empty());
  }
}

TEST_CASE("T42: an order lets go of what it absorbed, and its reporter with it") {
  auto given = in_progress();
  given.happens(of<v1::Absorb>("source: 'B2' reporter { id: 'r-2' }"));
  given.happens(of<v1::Absorb>("source: 'C3' reporter { id: 'r-3' }"));
  CHECK(given.when(of<v1::Release>("source: 'B2'")) == "Released{source: \"B2\"} -> in_progress");
  CHECK(given.when(of<v1::Release>("source: 'D4'")) ==
        "refused by holds_that_order: Release requires that the other order was merged into this one");
  given.happens(of<v1::Release>("source: 'B2'"));
  CHECK(order(given).merged_from_size() == 1);
  CHECK(order(given).followers(0).id() == "r-3");
}

TEST_CASE("T42: an order that is archived lets nothing go") {
  const auto given = after(after(closed(), v1::STAGE_CLOSED, v1::Evaluated()), v1::STAGE_ARCHIVED, v1::Archived());
  CHECK(given.when(of<v1::Release>("source: 'B2'")).starts_with("refused by stage: "));
}

}  // namespace
}  // namespace pavior::city::tests

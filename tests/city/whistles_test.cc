// 吹哨, 报到: a street summons units and each of them reports in. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::BlowWhistle blow() {
  return of<v1::BlowWhistle>("kind: 'emergency' targets: ['water', 'power'] reason: 'a burst pipe'");
}

Story blown() {
  auto given = in_progress();
  given.happens(blow());
  return given;
}

TEST_CASE("T22: a street blows the whistle of a kind, for a reason, for units that it names") {
  const auto given = in_progress().by(actor("street"));
  CHECK(given.when(blow()) ==
        "WhistleBlown{number: 1 kind: \"emergency\" targets: \"water\" targets: \"power\" reason: \"a burst pipe\"} -> "
        "in_progress");
  CHECK(given.when(of<v1::BlowWhistle>("targets: 'water' reason: 'x'")) ==
        "refused by has_kind: BlowWhistle requires that the kind is given: hard_problem, enforcement, emergency, "
        "coordination, or one of the city's own");
  CHECK(given.when(of<v1::BlowWhistle>("kind: 'enforcement' reason: 'x'")) ==
        "refused by names_different_units: BlowWhistle requires that one unit or several are named, each of them once");
  CHECK(given.when(of<v1::BlowWhistle>("kind: 'enforcement' targets: 'water'")) ==
        "refused by has_reason: BlowWhistle requires that a reason is given");
}

TEST_CASE("T22: where the city wants it, a whistle names the leader who authorised it; the system needs none") {
  auto given = in_progress(city_of("bounds { whistle_authorised: true }")).by(actor("street"));
  CHECK(
      given.when(blow()) ==
      "refused by is_authorised_if_needed: BlowWhistle requires that it names the leader of the street who authorised "
      "it, as this city demands");
  auto authorised = blow();
  authorised.set_authorised_by("leo");
  CHECK(given.when(authorised).starts_with("WhistleBlown{number: 1 "));
  CHECK(given.by(machine_actor()).when(blow()).starts_with("WhistleBlown{number: 1 "));
}

TEST_CASE("T22: every whistle has its number") {
  auto given = blown();
  CHECK(given.when(blow()).starts_with("WhistleBlown{number: 2 "));
}

TEST_CASE("T23: a unit that was summoned reports in at a place, or is excused, once") {
  auto given = blown().by(actor("assist_department"));
  const auto arrive = of<v1::ReportIn>("whistle: 1 unit: 'water' place: 'main street 1'");
  CHECK(given.when(arrive) == "ReportedIn{whistle: 1 unit: \"water\" place: \"main street 1\"} -> in_progress");
  CHECK(given.when(of<v1::ReportIn>("whistle: 1 unit: 'water'")) ==
        "refused by has_place: ReportIn requires that the place is given where the unit reported in");
  const std::string not_summoned =
      "refused by summons: ReportIn is not possible while the summons is unknown, only while it is summoned";
  CHECK(given.when(of<v1::ReportIn>("whistle: 1 unit: 'parks' place: 'x'")) == not_summoned);
  CHECK(given.when(of<v1::ReportIn>("whistle: 2 unit: 'water' place: 'x'")) == not_summoned);
  given.happens(arrive);
  CHECK(given.when(arrive) ==
        "refused by summons: ReportIn is not possible while the summons is arrived, only while it is summoned");
  CHECK(order(given).whistles(0).targets(0).at() == reported_at);

  given.by(actor("street"));
  CHECK(given.when(of<v1::ExcuseTarget>("whistle: 1 unit: 'power'")) ==
        "refused by has_reason: ExcuseTarget requires that a reason is given");
  CHECK(given.when(of<v1::ExcuseTarget>("whistle: 1 unit: 'power' reason: 'no cable'")) ==
        "TargetExcused{whistle: 1 unit: \"power\" reason: \"no cable\"} -> in_progress");
  given.happens(of<v1::ExcuseTarget>("whistle: 1 unit: 'power' reason: 'no cable'"));
  CHECK(order(given).whistles(0).targets(1).state() == v1::Whistle::Target::EXCUSED);
}

TEST_CASE("T24: a whistle is concluded when every unit came or was excused, and the street rates them") {
  auto given = blown().by(actor("street"));
  const auto conclude = of<v1::ConcludeWhistle>("whistle: 1 result: 'dry' ratings { unit: 'water' value: 5 }");
  CHECK(
      given.when(conclude) ==
      "refused by all_targets_came: ConcludeWhistle requires that every unit that was summoned has reported in or was "
      "excused; this waits for water, power");
  given.by(machine_actor());
  given.happens(of<v1::ReportIn>("whistle: 1 unit: 'water' place: 'x'"));
  given.happens(of<v1::ExcuseTarget>("whistle: 1 unit: 'power' reason: 'x'"));
  given.by(actor("street"));
  CHECK(given.when(conclude) ==
        "WhistleConcluded{whistle: 1 result: \"dry\" ratings { unit: \"water\" value: 5 }} -> in_progress");
  CHECK(given.when(of<v1::ConcludeWhistle>("whistle: 1")) ==
        "refused by has_result: ConcludeWhistle requires that the result is given");
  const std::string unfit =
      "refused by ratings_fit: ConcludeWhistle requires that ratings are of units that were summoned, from 1 to 5";
  CHECK(given.when(of<v1::ConcludeWhistle>("whistle: 1 result: 'x' ratings { unit: 'water' value: 0 }")) == unfit);
  CHECK(given.when(of<v1::ConcludeWhistle>("whistle: 1 result: 'x' ratings { unit: 'water' value: 6 }")) == unfit);
  CHECK(given.when(of<v1::ConcludeWhistle>("whistle: 1 result: 'x' ratings { unit: 'parks' value: 3 }")) == unfit);
  given.happens(conclude);
  CHECK(order(given).whistles(0).concluded_at() == reported_at);
  CHECK(order(given).whistles(0).targets(0).rating() == 5);
  CHECK(given.when(conclude) ==
        "refused by whistle: ConcludeWhistle is not possible while the whistle is concluded, only while it is blown");
  CHECK(given.when(of<v1::ConcludeWhistle>("whistle: 2 result: 'x'")) ==
        "refused by whistle: ConcludeWhistle is not possible while the whistle is none, only while it is blown");
}

}  // namespace
}  // namespace pavior::city::tests

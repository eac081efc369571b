// 申诉, 豁免: a miss stays a miss; it may not count. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::Appeal appeal() { return of<v1::Appeal>("clock: 'ACC' instance: 1 reason: 'a storm'"); }

Story late_and_closed() { return under_watch(closed(plain_city())); }

const v1::Clock& clock_of(const Story& given) { return order(given).clocks(1); }

TEST_CASE("T51: a unit appeals once against a limit that was missed") {
  auto given = late_and_closed().by(actor("lead_department"));
  CHECK(given.when(appeal()) == "Appealed{clock: \"ACC\" instance: 1 reason: \"a storm\"} -> closed");
  CHECK(given.when(of<v1::Appeal>("clock: 'ACC' instance: 1")) ==
        "refused by has_reason: Appeal requires that a reason is given");
  const std::string met = "refused by clock_is_late: Appeal requires that the clock missed its limit";
  CHECK(given.when(of<v1::Appeal>("clock: 'TOT' instance: 1 reason: 'x'")) == met);
  CHECK(given.when(of<v1::Appeal>("clock: 'ACC' instance: 2 reason: 'x'")) == met);
  given.happens(appeal());
  CHECK(given.when(appeal()) ==
        "refused by appeal: Appeal is not possible while the appeal is filed, only while it is none");
  CHECK(under_watch(verified()).when(appeal()) ==
        "refused by stage: Appeal is not possible in stage verified, only in closed");
}

TEST_CASE("T51: the dispatcher reviews an appeal before the acceptor decides it") {
  auto given = late_and_closed();
  given.happens(appeal());
  const auto decide = of<v1::DecideAppeal>("reason: 'there was none'");
  CHECK(given.by(actor("acceptor")).when(decide) ==
        "refused by appeal: DecideAppeal is not possible while the appeal is filed, only while it is reviewed");
  given.by(actor("dispatcher"));
  CHECK(given.when(v1::ReviewAppeal()) == "refused by has_opinion: ReviewAppeal requires that an opinion is given");
  CHECK(given.when(of<v1::ReviewAppeal>("opinion: 'no'")) == "AppealReviewed{opinion: \"no\"} -> closed");
  given.happens(of<v1::ReviewAppeal>("opinion: 'no'"));
  given.by(actor("acceptor"));
  CHECK(given.when(v1::DecideAppeal()) == "refused by has_reason: DecideAppeal requires that a reason is given");
  CHECK(given.when(decide) == "AppealDecided{reason: \"there was none\"} -> closed");
  given.happens(decide);
  CHECK_FALSE(order(given).appeal().granted());
  CHECK(clock_of(given).exemption().empty());
  CHECK(given.by(machine_actor()).when(appeal()) ==
        "refused by appeal: Appeal is not possible while the appeal is decided, only while it is none");
}

TEST_CASE("T51: an appeal that is granted exempts the clock, and the miss stays") {
  auto given = late_and_closed();
  given.happens(appeal());
  given.happens(of<v1::ReviewAppeal>("opinion: 'yes'"));
  given.happens(v1::Archive());
  const auto grant = of<v1::DecideAppeal>("granted: true reason: 'a storm'");
  CHECK(
      given.when(grant) ==
      "AppealDecided{granted: true reason: \"a storm\" clocks { clock: \"ACC\" instance: 1 at: 1000 exempted { reason: "
      "\"a storm\" } }} -> archived");
  given.happens(grant);
  CHECK(order(given).appeal().granted());
  CHECK(clock_of(given).exemption() == "a storm");
  CHECK(clock_of(given).breached_at() != 0);
}

TEST_CASE("a limit that was missed is exempted for a reason, and the miss stays") {
  auto given = under_watch(in_progress(plain_city())).by(actor("dispatcher"));
  const auto exempt = of<v1::Exempt>("clock: 'ACC' instance: 1 reason: 'a storm'");
  CHECK(given.when(exempt) ==
        "Exempted{clocks { clock: \"ACC\" instance: 1 at: 1000 exempted { reason: \"a storm\" } }} -> in_progress");
  CHECK(given.when(of<v1::Exempt>("clock: 'TOT' instance: 1 reason: 'x'")) ==
        "refused by clock_is_late: Exempt requires that the clock missed its limit");
  given.happens(exempt);
  CHECK(clock_of(given).breached_at() != 0);
}

v1::BreachDeadline breach(std::int64_t at) {
  return build<v1::BreachDeadline>([&](auto& m) { m.set_deadline(at); });
}

TEST_CASE("a breach is recorded once, after its deadline, and only of the deadline the order has now") {
  auto given = in_progress().at(from_micros(deadline + 1));
  CHECK(given.when(breach(deadline)) == "DeadlineBreached{deadline: 5000} -> in_progress");
  const std::string stale =
      "refused by deadline_is_current: BreachDeadline requires that the deadline is the one the order has now";
  CHECK(given.when(breach(4000)) == stale);
  CHECK(given.when(breach(0)) == stale);
  CHECK(given.at(from_micros(deadline)).when(breach(deadline)) ==
        "refused by deadline_has_passed: BreachDeadline requires that the deadline has passed");
  given.at(from_micros(deadline + 1)).happens(breach(deadline));
  CHECK(order(given).breached());
  CHECK(given.when(breach(deadline)) ==
        "refused by breach_is_new: BreachDeadline requires that this breach was not recorded before");
}

TEST_CASE("a breach survives closing and reopening, and the new deadline can be breached in its turn") {
  auto given = in_progress().at(from_micros(deadline + 1));
  given.happens(breach(deadline));
  given = after(closed_from(given), v1::STAGE_IN_PROGRESS, of<v1::Reopened>("deadline: 9000"));
  CHECK(order(given).breached());
  CHECK(given.at(from_micros(9001)).when(breach(9000)) == "DeadlineBreached{deadline: 9000} -> in_progress");
}

}  // namespace
}  // namespace pavior::city::tests

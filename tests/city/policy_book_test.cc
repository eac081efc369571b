// The versions of a policy beside each other: which one holds when, and what may be added.
#include <atomic>
#include <chrono>
#include <thread>

#include "city/catalogues.h"
#include "pavior/city/policy_book.h"

namespace pavior::city::tests {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

constexpr Time start{std::chrono::sys_days(std::chrono::year(2024) / 5 / 1)};

Policy effective(std::uint32_t number, Time from) { return policy_of(version(number, "")).taking_effect(from); }

std::uint32_t in_force(const PolicyBook& book, Time now) { return book.versions()->in_force(now).data().version(); }

TEST_CASE("the version in force is the latest to take effect, from its very instant on") {
  PolicyBook book;
  CHECK(in_force(book, start) == 0);
  REQUIRE(book.add(effective(2, start + days(10))));
  REQUIRE(book.add(effective(1, start)));
  CHECK(in_force(book, start - microseconds(1)) == 0);
  CHECK(in_force(book, start) == 1);
  CHECK(in_force(book, start + days(10) - microseconds(1)) == 1);
  CHECK(in_force(book, start + days(10)) == 2);
}

TEST_CASE("of two versions that take effect at one instant the greater one is in force") {
  PolicyBook book;
  REQUIRE(book.add(effective(3, start)));
  REQUIRE(book.add(effective(2, start)));
  CHECK(in_force(book, start) == 3);
}

TEST_CASE("a version is found by its number whether it is in force or not") {
  const auto book = PolicyBook::of(effective(1, start));
  const auto versions = book.versions();
  CHECK(versions->find("town", 1)->category("01.01") != nullptr);
  CHECK(versions->find("town", 2) == nullptr);
  CHECK(versions->find("village", 1) == nullptr);
  CHECK(versions->all().size() == 1);
}

TEST_CASE("a version that is there stays as it is: the same changes nothing, another is a conflict") {
  auto book = PolicyBook::of(effective(1, start));
  REQUIRE(book.add(effective(1, start)));
  CHECK(book.versions()->all().size() == 1);
  const std::string message =
      "version 1 of the catalogue town is there already with other content or another time of effect; a version never "
      "changes, so give the new one the next number";
  CHECK(book.add(effective(1, start + days(1))).error() == Error(ErrorCode::conflict, message));
  CHECK(book.add(policy_of(town("Pothole", "Hole")).taking_effect(start)).error() ==
        Error(ErrorCode::conflict, message));
  CHECK(book.versions()->find("town", 1)->category("01.01")->name() == "Pothole");
}

TEST_CASE("a book holds the versions of one catalogue") {
  auto book = PolicyBook::of(effective(1, start));
  CHECK(book.add(policy_of(town("id: \"town\"", "id: \"village\""))).error() ==
        Error(ErrorCode::conflict,
              "version 1 of the catalogue village does not belong into the book of town; a city has one catalogue, so "
              "make another book"));
}

TEST_CASE("the calendars of all versions are there, and a version of one never changes") {
  Calendars host;
  REQUIRE(host.add(testing::shipped("cn")));
  auto book = PolicyBook::of(effective(1, start), host);
  auto later = town();
  later.set_version(2);
  later.mutable_calendars(0)->set_version(2);
  REQUIRE(book.add(policy_of(later)));
  const auto& calendars = book.versions()->calendars();
  CHECK(calendars.newest("works").value().version() == 2);
  CHECK(calendars.newest("cn").has_value());
  v1::CalendarVersion first;
  first.set_id("works");
  first.set_version(1);
  CHECK(calendars.version(first).has_value());

  later.set_version(3);
  later.mutable_calendars(0)->clear_work_week();
  const Error changed(ErrorCode::conflict,
                      "version 2 of the calendar works is there already with other content; a version never changes, "
                      "so give the new one the next number");
  CHECK(book.add(policy_of(later)).error() == changed);
  CHECK(book.versions()->all().size() == 2);
  const auto calendar = Calendar::make(later.calendars(0)).value();
  CHECK(book.add(calendar).error() == changed);
  later.mutable_calendars(0)->set_version(3);
  REQUIRE(book.add(Calendar::make(later.calendars(0)).value()));
  CHECK(book.versions()->calendars().newest("works").value().version() == 3);
}

TEST_CASE("a version that is withdrawn is gone from the book, not from who has it in hand") {
  auto book = PolicyBook::of(effective(1, start));
  REQUIRE(book.add(effective(2, start + days(10))));
  const auto before = book.versions();
  REQUIRE(book.withdraw("town", 2));
  CHECK(in_force(book, start + days(20)) == 1);
  CHECK(before->find("town", 2) != nullptr);
  CHECK(book.withdraw("town", 2).error() == Error(ErrorCode::not_found, "there is no version 2 of the catalogue town"));
}

TEST_CASE("copies of a book are one book") {
  const auto book = PolicyBook::of(effective(1, start));
  auto copy = book;
  REQUIRE(copy.add(effective(2, start + days(1))));
  CHECK(book.versions()->all().size() == 2);
}

TEST_CASE("readers see whole versions while others are added") {
  auto book = PolicyBook::of(effective(1, start));
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::thread reader([&] {
    for (std::size_t seen = 0; !done;) {
      const auto versions = book.versions();
      const auto size = versions->all().size();
      if (size < seen || versions->in_force(start + days(100)).data().version() != size) ++wrong;
      seen = size;
    }
  });
  for (std::uint32_t number = 2; number <= 40; ++number) REQUIRE(book.add(effective(number, start + days(number))));
  done = true;
  reader.join();
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace pavior::city::tests

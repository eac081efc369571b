// The clocks of the handling: by the filing condition and its milestones, extended, shared with assisting units, and what
// becomes of them when a unit hands the order back.
#include <string>

#include "city/staged_city.h"

namespace pavior::city::tests {
namespace {

v1::CompleteMilestone done(const std::string& milestone) {
  return build<v1::CompleteMilestone>([&](auto& m) { m.set_milestone(milestone); });
}

TEST_CASE("the filing condition gives the handling its limit, and each milestone a clock of its own") {
  StagedCity city;
  CHECK(city.news()[2] ==
        "03-08 10:00 Dispatched: HND starts, due 03-08 18:00; MS/fenced starts, due 03-08 13:00; MS/repaired starts, "
        "due 03-08 16:00");
  city.at("2024-03-08 12:00");
  CHECK(city.try_it(done("repaired")).error().rule() == "milestone_is_next");
  city.act(done("fenced"));
  CHECK(city.news() == Lines{"03-08 12:00 MilestoneDone: MS/fenced stops, met"});
  city.at("2024-03-08 17:00").act(done("repaired"));
  CHECK(city.news() ==
        Lines{"03-08 16:00 ClockRang: MS/repaired is breached", "03-08 17:00 MilestoneDone: MS/repaired stops, late"});
  city.check_sound();
}

TEST_CASE("a condition without milestones, and a category without conditions, have the clocks that are left") {
  StagedCity yard(staged_text, "burst", "b");
  CHECK(yard.news()[2] == "03-08 10:00 Dispatched: HND starts, due 03-09 10:00");
  StagedCity drip(staged_text, "drip", "");
  CHECK(drip.news()[2] == "03-08 10:00 Dispatched: HND starts, due 03-10 10:00");
}

TEST_CASE("a milestone that is done stays done when the order goes to another unit") {
  StagedCity city;
  city.act(done("fenced")).at("2024-03-08 11:00");
  city.hand_back().quiet();
  city.give_again();
  CHECK(city.news() ==
        Lines{"03-08 11:00 Dispatched: HND#2 starts, due 03-08 19:00; MS/repaired#2 starts, due 03-08 17:00"});
}

TEST_CASE("an extension gives the limit once more from the same start, and so does the next") {
  StagedCity city;
  city.quiet().at("2024-03-08 11:00");
  city.extend();
  CHECK(city.news() == Lines{"03-08 11:00 ExtensionRequested: EXT starts, due 03-08 16:00",
                             "03-08 11:00 ExtensionApproved: HND is recomputed, due 03-09 02:00; MS/fenced is "
                             "recomputed, due 03-08 16:00; MS/repaired is recomputed, due 03-08 22:00; EXT stops, "
                             "met"});
  city.extend();
  CHECK(city.due("HND") == "2024-03-09 10:00");
  CHECK(city.due("MS/fenced") == "2024-03-08 19:00");
  CHECK(city.try_it(build<v1::RequestExtension>([](auto& m) { m.set_reason("rain"); })).error().rule() ==
        "extensions_left");
}

TEST_CASE("extensions are kept by a new class, and come after it by its limit") {
  StagedCity city;
  city.extend().quiet();
  city.act(build<v1::Reclassify>([](auto& m) {
    m.set_condition("b");
    m.set_reason("in a yard after all");
  }));
  CHECK(city.due("HND") == "2024-03-10 10:00");  // Twice 24 hours.
  city.extend();
  CHECK(city.due("HND") == "2024-03-11 10:00");
}

TEST_CASE("an assisting unit has the time that is left to the lead") {
  StagedCity city;
  city.quiet().at("2024-03-08 12:00");
  city.assist("police");
  CHECK(city.news() == Lines{"03-08 12:00 AssistAdded: AST/police starts, due 03-08 18:00"});
  SECTION("and gets what the lead gets") {
    city.extend();
    CHECK(city.due("AST/police") == "2024-03-09 02:00");
    city.act(build<v1::Reclassify>([](auto& m) {
      m.set_condition("b");
      m.set_reason("in a yard after all");
    }));
    CHECK(city.due("AST/police") == city.due("HND"));
  }
  SECTION("and rests with it") {
    city.suspend_until("2024-03-08 14:00");
    CHECK(city.news().back() == "03-08 12:00 Suspended: HND pauses; AST/police pauses");
    city.at("2024-03-08 15:00");
    CHECK(city.news().back() ==
          "03-08 14:00 Resumed: HND resumes, due 03-08 20:00; AST/police resumes, due 03-08 20:00");
  }
  SECTION("and none when the lead hands the order back") {
    city.hand_back();
    const auto news = city.news();
    CHECK(news.back().find("AST/police is cancelled") != std::string::npos);
  }
  SECTION("and is late with it, told by its own ladder") {
    city.at("2024-03-08 19:00").act(build<v1::CompleteAssist>([](auto& m) {
      m.set_unit("police");
      m.set_remark("closed");
    }));
    const auto news = city.news();
    CHECK(news.back() == "03-08 19:00 AssistDone: AST/police stops, late");
    CHECK(std::ranges::count(news, "03-08 18:00 Reminded") == 1);
  }
  city.check_sound();
}

TEST_CASE("a request has a clock until it is decided, and none when it lapses") {
  StagedCity city;
  city.quiet();
  SECTION("refused") {
    city.act(build<v1::RequestExtension>([](auto& m) { m.set_reason("rain"); })).at("2024-03-08 16:00");
    city.act(build<v1::RefuseExtension>([](auto& m) { m.set_reason("it is dry"); }));
    CHECK(city.news().back() == "03-08 16:00 ExtensionRefused: EXT stops, late");
  }
  SECTION("with the order") {
    city.act(build<v1::RequestExtension>([](auto& m) { m.set_reason("rain"); }));
    city.hand_back();
    const auto news = city.news();
    CHECK(news[2] == "03-08 10:00 ReturnRequested: RTN starts, due 03-08 14:00");
    CHECK(news[3] ==
          "03-08 10:00 Returned: HND is cancelled; MS/fenced is cancelled; MS/repaired is cancelled; RTN stops, met; "
          "EXT is cancelled");
  }
  SECTION("with the work") {
    city.act(build<v1::RequestExtension>([](auto& m) { m.set_reason("rain"); })).finish_work();
    CHECK(city.order().extension_request().state() == v1::REQUEST_NONE);
    CHECK_FALSE(is_open(find_clock_of(city.order(), "EXT", 1)));
  }
}

TEST_CASE("by the plan, an order that comes back has its whole time anew") {
  StagedCity city;
  city.at("2024-03-08 12:00");
  city.hand_back();
  city.at("2024-03-08 15:00");
  city.give_again();
  CHECK(city.news().back().find("Dispatched: HND#2 starts, due 03-08 23:00") != std::string::npos);
}

TEST_CASE("by another plan, it has what was left of it") {
  StagedCity city(staged_with(R"(pauses: "Suspended" resumes: "Resumed" cancels: "Returned")",
                              R"(pauses: ["Suspended", "Returned"] resumes: ["Resumed", "Dispatched"])"));
  city.at("2024-03-08 12:00");
  city.hand_back();
  city.at("2024-03-08 15:00");
  city.give_again();
  CHECK(city.news().back().find("Dispatched: HND resumes, due 03-08 21:00") != std::string::npos);
  city.check_sound();
}

}  // namespace
}  // namespace pavior::city::tests

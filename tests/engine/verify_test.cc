#include "store/keys.h"
#include "store/log.h"
#include "support/bank.h"
#include "support/raw_store.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;
using store::Family;

namespace {

/// A closed store with a row of every kind, and what verify says once its rows are altered.
struct Exhibit : Bank {
  Exhibit() {
    for (const char* account : {"a", "b", "c"}) REQUIRE(send(to(account, "Deposit", "5").with_id(account)));
    REQUIRE(send(to("a", "Transfer", "2 b").with_id("moved")));                   // 4 and 5
    REQUIRE(send(to("a", "Wait", "later 9000000000000000").with_id("waits")));    // 6
    REQUIRE(send(to("b", "Wait", "sooner 8000000000000000").with_id("waits2")));  // 7
    REQUIRE(send(to("a", "Wait", "now 0").with_id("fires")));                     // 8
    REQUIRE(send(to("b", "Send", "pigeon hello").with_id("sends")));              // 9
    REQUIRE(send(to("c", "Send", "pigeon hello").with_id("sends2")));             // 10
    runtime.run_ready();                                                          // 11: the timer has fired
    check_sound();
    engine.reset();
  }

  template <class Alter>
  std::vector<std::string> problems_after(const Alter& alter) {
    {
      RawStore raw(folder.path(), options);
      alter(raw);
    }
    options.run_timers = false;
    open();
    const auto verified = engine->verify();
    REQUIRE(verified);
    return verified->problems;
  }
};

bool names(const std::vector<std::string>& problems, const std::string& place) {
  for (const std::string& problem : problems)
    if (problem.find(place) != std::string::npos) return true;
  for (const std::string& problem : problems) UNSCOPED_INFO(problem);
  UNSCOPED_INFO("none of " << problems.size() << " problems names '" << place << "'");
  return false;
}

std::string log_key(std::uint64_t position) { return store::position_key(Position{position}); }
const std::string a_key = store::stream_key("ledger", "a");

std::string flipped(std::string bytes, std::size_t place) {
  bytes[place] = static_cast<char>(bytes[place] ^ 1);
  return bytes;
}

}  // namespace

TEST_CASE("an untouched store is sound, and says how much it holds") {
  Exhibit exhibit;
  CHECK(exhibit.problems_after([](RawStore&) {}) == std::vector<std::string>{});
  const auto verified = exhibit.engine->verify();
  CHECK(verified->events == 11);
  CHECK(verified->commits == 10);
  CHECK(verified->streams == 3);
  CHECK(verified->timers == 2);
  CHECK(verified->effects == 2);
  CHECK(verified->chain.size() == 64);
}

TEST_CASE("a byte altered anywhere in a commit breaks the chain there") {
  const std::size_t size = [] {
    Exhibit exhibit;
    return RawStore(exhibit.folder.path(), exhibit.options).rows(Family::log)[3].second.size();
  }();
  for (std::size_t place : {std::size_t{0}, std::size_t{31}, std::size_t{32}, size / 2, size - 1}) {
    Exhibit exhibit;
    const auto problems = exhibit.problems_after(
        [&](RawStore& raw) { raw.put(Family::log, log_key(4), flipped(raw.rows(Family::log)[3].second, place)); });
    INFO("altered at " << place << " of " << size);
    CHECK((names(problems, "position 4") || names(problems, "position 6")));
  }
}

TEST_CASE("a commit that is altered and chained anew still differs from the anchor") {
  Exhibit exhibit;
  exhibit.open();
  const std::string anchor = exhibit.engine->verify()->chain;
  exhibit.engine.reset();
  const auto problems = exhibit.problems_after([&](RawStore& raw) {
    Sha256 sha256;
    Digest chain{};
    for (const auto& [key, value] : raw.rows(Family::log)) {
      std::string commit = value.substr(32);
      if (key == log_key(2)) commit[commit.rfind('5')] = '6';  // a deposit of 5 becomes one of 6
      chain = store::chain(sha256, bytes_of(chain), *store::parse_position_key(key), commit);
      raw.put(Family::log, key, std::string(bytes_of(chain)) + commit);
    }
  });
  CHECK(problems == std::vector<std::string>{});
  CHECK(exhibit.balance_of("b") == 8);
  CHECK(exhibit.engine->verify()->chain != anchor);
}

TEST_CASE("a commit that is gone is missed") {
  Exhibit exhibit;
  const auto problems = exhibit.problems_after([](RawStore& raw) { raw.erase(Family::log, log_key(3)); });
  CHECK(names(problems, "position 3 is missing: the next commit begins at 4"));
  CHECK(names(problems, "the row \\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x03 of the family log is missing"));
}

TEST_CASE("a log whose end is cut off is betrayed by the rows that follow from it") {
  Exhibit exhibit;
  const auto problems = exhibit.problems_after([](RawStore& raw) {
    raw.erase(Family::log, log_key(11));
    raw.erase(Family::log, log_key(10));
  });
  CHECK(names(problems, "of the family log is missing"));
  CHECK(names(problems, "no event gives the row 'sends2' of the family commands"));
}

TEST_CASE("rows of the log that are no commits are named") {
  Exhibit exhibit;
  const auto problems = exhibit.problems_after([](RawStore& raw) {
    raw.put(Family::log, log_key(2), "short");
    raw.put(Family::log, std::string(3, '\0'), "short");
    raw.put(Family::log, log_key(3), std::string(32, 'x') + "garbage");
  });
  CHECK(names(problems, "the log row at position 2 is cut short"));
  CHECK(names(problems, "the commit at position 3 cannot be read"));
  CHECK(names(problems, R"(the log has a row '\x00\x00\x00', which is no position)"));
}

TEST_CASE("an index row that is gone, altered or added is named") {
  const std::string second = store::version_key(a_key, Version{2});
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.erase(Family::streams, second); }),
              "the index row of ledger/a version 2, position 4, is missing or wrong"));
  CHECK(names(Exhibit().problems_after(
                  [&](RawStore& raw) { raw.put(Family::streams, second, store::index_value(Position{1}, 0)); }),
              "stream ledger/a has no event of version 2 at position 1"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.put(Family::streams, second, "short"); }),
              "an index row of ledger/a cannot be read"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) {
    raw.put(Family::streams, store::version_key(store::stream_key("ledger", "z"), Version{1}),
            store::index_value(Position{1}, 0));
  }),
              "no event gives the row 'ledger\\x00z\\x00"));
}

TEST_CASE("a head that is gone, altered or added is named") {
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.erase(Family::heads, a_key); }),
              "the head of ledger/a is missing"));
  CHECK(names(Exhibit().problems_after(
                  [&](RawStore& raw) { raw.put(Family::heads, a_key, raw.rows(Family::heads)[1].second); }),
              "the head of ledger/a is not what its"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.put(Family::heads, a_key, "\xff"); }),
              "the head of ledger/a is not what its"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) {
    raw.put(Family::heads, store::stream_key("ledger", "z"), raw.rows(Family::heads)[0].second);
  }),
              "the stream ledger/z has a head and no events"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.put(Family::heads, "zero", "x"); }),
              "there is a head 'zero', which names no stream"));
  CHECK(names(
      Exhibit().problems_after([&](RawStore& raw) { raw.put(Family::heads, store::stream_key("nobody", "z"), "x"); }),
      "no workflow is registered for the stream nobody/z"));
}

TEST_CASE("a command row that is gone, altered or added is named") {
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.erase(Family::commands, "moved"); }),
              "the command row 'moved' is missing or not what position 4 says"));
  CHECK(names(Exhibit().problems_after(
                  [&](RawStore& raw) { raw.put(Family::commands, "moved", store::command_row(Position{5}, 1)); }),
              "the command row 'moved' is missing or not what position 4 says"));
  for (const std::string& row :
       {store::command_row(Position{1}, 1), store::command_row(Position{99}, 1), std::string("short")})
    CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.put(Family::commands, "stray", row); }),
                "no event gives the row 'stray' of the family commands"));
}

TEST_CASE("a timer row that is gone, altered or added is named") {
  const std::string key = store::timer_key(Time(9000000000000000us), Position{6}, a_key, "later");
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.erase(Family::timers, key); }),
              "the timer 'later' of ledger/a is missing or not what its events give"));
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) {
    raw.put(Family::timers, key,
            "\x0a\x05"
            "Nudgy");
  }),
              "the timer 'later' of ledger/a is missing or not what its events give"));
  for (const std::string& stray :
       {store::timer_key(Time(1us), Position{6}, a_key, "later"),
        store::timer_key(Time(0us), Position{8}, a_key, "now"),
        store::timer_key(Time(1us), Position{6}, store::stream_key("nobody", "z"), "t"), std::string("short")})
    CHECK(names(Exhibit().problems_after([&](RawStore& raw) {
      raw.put(Family::timers, stray,
              "\x0a\x05"
              "Nudge");
    }),
                "no event gives the row '" + store::readable(stray) + "' of the family timers"));
}

TEST_CASE("an outbox row that is gone, altered or added is named") {
  const std::string key = store::effect_key({Position{9}, 0});
  CHECK(names(Exhibit().problems_after([&](RawStore& raw) { raw.erase(Family::outbox, key); }),
              "the outbox row 9-0 of ledger/b is missing or not what the log gives"));
  CHECK(names(Exhibit().problems_after(
                  [&](RawStore& raw) { raw.put(Family::outbox, key, raw.rows(Family::outbox)[1].second); }),
              "the outbox row 9-0 of ledger/b is missing or not what the log gives"));
  for (const std::string& stray : {store::effect_key({Position{9}, 1}), store::effect_key({Position{1}, 0}),
                                   store::effect_key({Position{99}, 0}), std::string("short")})
    CHECK(names(Exhibit().problems_after(
                    [&](RawStore& raw) { raw.put(Family::outbox, stray, raw.rows(Family::outbox)[0].second); }),
                "no event gives the row '" + store::readable(stray) + "' of the family outbox"));
}

TEST_CASE("streams of workflows that are not registered are named, and nothing else is blamed") {
  Exhibit exhibit;
  exhibit.options.workflows.clear();
  const auto problems = exhibit.problems_after([](RawStore&) {});
  CHECK(problems == std::vector<std::string>{"no workflow is registered for the stream ledger/a",
                                             "no workflow is registered for the stream ledger/b",
                                             "no workflow is registered for the stream ledger/c"});
}

TEST_CASE("a courier's count in an outbox row is no problem") {
  CHECK(Exhibit().problems_after([](RawStore& raw) {
    const auto [key, value] = raw.rows(Family::outbox)[0];
    raw.put(Family::outbox, key, value + "\x40\x03");
  }) == std::vector<std::string>{});
}

TEST_CASE("a checkpoint beyond the log is named") {
  CHECK(names(Exhibit().problems_after([](RawStore& raw) {
    raw.put(Family::meta, "subscription/reader", store::position_key(Position{12}));
  }),
              "the checkpoint subscription/reader is at position 12, the log ends at 11"));
  CHECK(names(Exhibit().problems_after([](RawStore& raw) { raw.put(Family::meta, "view/totals", "\x18\x0c"); }),
              "the checkpoint view/totals is at position 12, the log ends at 11"));
  CHECK(names(Exhibit().problems_after([](RawStore& raw) { raw.put(Family::meta, "subscription/reader", "short"); }),
              "the checkpoint subscription/reader cannot be read"));
}

TEST_CASE("no more than a hundred problems are told, and the rest is counted") {
  Exhibit exhibit;
  exhibit.problems_after([](RawStore& raw) {
    for (int i = 0; i < 250; ++i) raw.put(Family::commands, "stray" + std::to_string(i), "x");
  });
  const auto verified = exhibit.engine->verify();
  CHECK(verified->problems.size() == 100);
  CHECK(verified->problems_left_out == 151);
}

TEST_CASE("altered rows are an error to whoever needs them, and end nothing") {
  Exhibit exhibit;
  exhibit.problems_after([](RawStore& raw) {
    raw.put(Family::commands, "moved", "short");
    raw.put(Family::heads, store::stream_key("ledger", "c"), "\xff");
    raw.put(Family::meta, "subscription/reader", "short");
  });
  CHECK(exhibit.send(to("a", "Transfer", "2 b").with_id("moved")).error().code() == ErrorCode::corrupt);
  CHECK(exhibit.send(to("c", "Deposit", "1")).error().message().find("the head of ledger/c") != std::string::npos);
  const auto handler = [](std::span<const Event>) { return Result<void>(); };
  CHECK(exhibit.engine->subscribe("reader", handler).error().code() == ErrorCode::corrupt);
  CHECK(exhibit.send(to("a", "Deposit", "1")));
}

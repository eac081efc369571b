/// \file
/// A ledger in a store of its own, on a simulated runtime.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pavior/testing.h"
#include "support/catch.h"
#include "support/ledger.h"
#include "support/store_folder.h"

namespace pavior::test {

struct Bank {
  StoreFolder folder;
  SimulatedRuntime runtime{Time(std::chrono::hours(1))};
  Options options = tiny_options();
  std::unique_ptr<Engine> engine;

  explicit Bank(std::uint64_t seed = 1) : runtime(Time(std::chrono::hours(1)), seed) { open(); }

  void open() {
    engine.reset();
    engine = Engine::open(folder.path(), options, runtime).value();
  }
  Result<Receipt> send(Command command) { return engine->submit_and_wait(std::move(command)); }
  [[nodiscard]] std::int64_t balance_of(const std::string& account) const {
    return balance(*engine->load({"ledger", account}));
  }
  [[nodiscard]] std::int64_t nudges_of(const std::string& account) const {
    return nudges(*engine->load({"ledger", account}));
  }
  /// The types of the stream's facts.
  [[nodiscard]] std::vector<std::string> facts_of(const StreamId& stream) const {
    std::vector<std::string> facts;
    auto history = engine->history(stream);
    if (!history) return facts;
    for (const Event& event : *history) facts.emplace_back(event.type);
    return facts;
  }
  void check_sound() const {
    auto verified = engine->verify();
    REQUIRE(verified);
    CHECK(verified->problems == std::vector<std::string>{});
  }
};

inline std::string microseconds_text(Time time) { return std::to_string(time.time_since_epoch().count()); }

}  // namespace pavior::test

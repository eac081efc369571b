#include <algorithm>
#include <random>

#include "pavior/testing.h"
#include "support/catch.h"
#include "support/child.h"
#include "support/seed.h"
#include "support/store_folder.h"
#include "support/traffic.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

struct Acknowledged {
  std::string run;
  std::uint64_t number;
  std::string position;
  std::string version;
};

/// Starts a process that submits, and kills it in the midst of that. Adds what it was told was accepted.
void run_and_kill(const std::filesystem::path& store, const std::string& durability, const std::string& run,
                  std::chrono::milliseconds life, std::vector<Acknowledged>& acknowledged) {
  Child child({PAVIOR_STORE_CHILD, "submit", store, durability, run});
  while (child.lines().empty()) child.listen(5ms);
  child.listen(life);
  child.kill();
  for (const std::string& line : child.lines()) {
    const auto parts = words(line);
    acknowledged.push_back({run, std::stoull(parts.at(0)), parts.at(1), parts.at(2)});
  }
}

void check_nothing_lost(const std::filesystem::path& store, const std::vector<Acknowledged>& acknowledged) {
  SimulatedRuntime runtime{Time(1h)};
  Options options = tiny_options();
  options.run_timers = false;
  auto engine = Engine::open(store, options, runtime).value();
  const auto verified = engine->verify();
  REQUIRE(verified);
  CHECK(verified->problems == std::vector<std::string>{});
  CHECK(verified->events == number(engine->last()));
  std::size_t wrong = 0;
  for (const Acknowledged& expected : acknowledged) {
    auto again = engine->submit_and_wait(traffic(expected.run, expected.number));
    const bool same = again && again->repeated && std::to_string(number(again->first)) == expected.position &&
                      std::to_string(number(again->version)) == expected.version;
    if (!same) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(number(engine->last()) == verified->events);  // every repeat was one
}

}  // namespace

TEST_CASE("a process killed at any moment loses nothing it acknowledged, and leaves a sound store") {
  const std::uint64_t seed = seed_of_the_day();
  WARN("PAVIOR_SEED=" << seed);
  std::mt19937_64 random(seed);
  const auto end = std::chrono::steady_clock::now() + 12s;
  std::size_t kills = 0;
  std::size_t commands = 0;
  while (std::chrono::steady_clock::now() < end || kills < 4) {
    StoreFolder folder;
    std::vector<Acknowledged> acknowledged;
    const std::string durability = kills % 2 == 0 ? "power_loss" : "process_crash";
    for (int round = 0; round < 3; ++round) {  // killed again before anybody looked
      run_and_kill(folder.path(), durability, std::to_string(kills), std::chrono::milliseconds(random() % 150),
                   acknowledged);
      ++kills;
      INFO(durability << ", " << acknowledged.size() << " acknowledged");
      if (round != 1) check_nothing_lost(folder.path(), acknowledged);
    }
    commands += acknowledged.size();
  }
  WARN(kills << " kills, " << commands << " commands acknowledged");
}

#include <atomic>
#include <limits>
#include <map>
#include <stdexcept>
#include <thread>
#include <vector>

#include "pavior/thread_runtime.h"
#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// One row a fact, stamped with the revision that wrote it.
struct Stamps final : Projection {
  std::uint32_t revised = 1;
  int good_calls = std::numeric_limits<int>::max();  // and then it throws

  std::string_view name() const noexcept override { return "stamps"; }
  std::uint32_t revision() const noexcept override { return revised; }
  void apply(const Event& event, Rows& rows) override {
    if (good_calls-- <= 0) throw std::runtime_error("a projection's mistake");
    rows.put(std::to_string(number(event.position)), std::to_string(revised));
  }
};

struct Office : Bank {
  std::shared_ptr<Stamps> stamps = std::make_shared<Stamps>();
  Office() {
    options.projections = {stamps};
    options.durability = Durability::process_crash;
    open();
  }
  void open(std::uint32_t revision, int good_calls = std::numeric_limits<int>::max()) {
    stamps->revised = revision;
    stamps->good_calls = good_calls;
    open();
    runtime.run_ready();
  }
  using Bank::open;
  void deposit(int times) {
    for (int i = 0; i < times; ++i) REQUIRE(send(to("a", "Deposit", "1")));
  }
  /// How many rows each revision has stamped.
  std::map<std::string, int> counts() const {
    std::map<std::string, int> counts;
    REQUIRE(engine->view_scan("stamps", "", [&](auto, std::string_view revision) {
      ++counts[std::string(revision)];
      return true;
    }));
    return counts;
  }
};

/// Deposits to `echo` for each deposit to `a`.
Engine::Handler echo_of(Engine& engine, std::atomic<int>& echoed) {
  return [&](std::span<const Event> events) -> Result<void> {
    for (const Event& event : events) {
      if (event.key != "a") continue;
      const auto id = "echo " + std::to_string(number(event.position));
      const auto receipt = engine.submit_and_wait(to("echo", "Deposit", "1").with_id(id));
      if (!receipt) return receipt.error();
      ++echoed;
    }
    return {};
  };
}

}  // namespace

TEST_CASE("a half-made build that a new revision overtakes starts anew, and no row of it stays") {
  Office office;
  office.deposit(5000);
  REQUIRE(office.engine->view_catch_up("stamps"));
  office.open(2, 4500);  // the first slice of the build is written, the second is not
  CHECK(office.counts() == std::map<std::string, int>{{"1", 5000}});
  office.open(3);
  CHECK(office.counts() == std::map<std::string, int>{{"3", 5000}});
}

TEST_CASE("a half-made build that is given up for the revision before leaves no row") {
  Office office;
  office.deposit(5000);
  REQUIRE(office.engine->view_catch_up("stamps"));
  office.open(2, 4500);
  office.open(1);
  CHECK(office.counts() == std::map<std::string, int>{{"1", 5000}});
}

TEST_CASE("a projection that throws writes nothing of the slice and gets it again") {
  Office office;
  office.deposit(10);
  office.stamps->good_calls = 7;
  CHECK(office.engine->view_catch_up("stamps").error().message().find("a projection's mistake") != std::string::npos);
  CHECK(office.counts().empty());
  office.runtime.run_ready();
  CHECK(office.counts().empty());
  office.stamps->good_calls = 10;
  office.runtime.advance_by(1s);
  CHECK(office.counts() == std::map<std::string, int>{{"1", 10}});
}

TEST_CASE("a row is there while its projection is rebuilt again and again") {
  StoreFolder folder;
  ThreadRuntime runtime(2);
  Options options = tiny_options();
  options.projections = {std::make_shared<Stamps>()};
  options.durability = Durability::process_crash;
  auto engine = Engine::open(folder.path(), options, runtime).value();
  REQUIRE(engine->submit_and_wait(to("a", "Deposit", "1")));
  REQUIRE(engine->view_catch_up("stamps"));
  std::atomic<bool> done = false;
  std::thread rebuilder([&] {
    for (int i = 0; i < 200; ++i) engine->view_rebuild("stamps").value();
    done = true;
  });
  int missing = 0;
  while (!done) missing += engine->view_get("stamps", "1")->has_value() ? 0 : 1;
  rebuilder.join();
  CHECK(missing == 0);
}

TEST_CASE("positions and versions beyond any that exist are answered, not searched for") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  const Position beyond{std::numeric_limits<std::uint64_t>::max()};
  int visited = 0;
  CHECK(*bank.engine->read(beyond, [&](const Event&) { return ++visited, true; }) == beyond);
  CHECK(visited == 0);
  CHECK(bank.engine->history({"ledger", "a"}, Version::none)->size() == 1);
  CHECK(bank.engine->history({"ledger", "a"}, Version{2})->empty());
  CHECK(bank.engine->history({"ledger", "a"}, Version{std::numeric_limits<std::uint64_t>::max()})->empty());
}

TEST_CASE("unsubscribing returns once the handler is done, and it is not called again") {
  StoreFolder folder;
  ThreadRuntime runtime(2);
  auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
  std::atomic<bool> inside = false;
  std::atomic<int> calls = 0;
  REQUIRE(engine->subscribe("slow", [&](std::span<const Event>) -> Result<void> {
    ++calls;
    inside = true;
    std::this_thread::sleep_for(50ms);
    inside = false;
    return {};
  }));
  REQUIRE(engine->submit_and_wait(to("a", "Deposit", "1")));
  while (calls == 0) std::this_thread::yield();
  engine->unsubscribe("slow");
  CHECK_FALSE(inside);
  const int before = calls;
  REQUIRE(engine->submit_and_wait(to("a", "Deposit", "1")));
  std::this_thread::sleep_for(20ms);
  CHECK(calls == before);
}

TEST_CASE("a handler may submit and wait where one thread does everything") {
  Bank bank;
  std::atomic<int> echoed = 0;
  for (int i = 0; i < 10; ++i) bank.engine->submit(to("a", "Deposit", "1"), [](const Result<Receipt>&) {});
  REQUIRE(bank.engine->subscribe("echo", echo_of(*bank.engine, echoed)));
  bank.runtime.run_ready();
  CHECK(echoed == 10);
  CHECK(bank.balance_of("echo") == 10);
}

TEST_CASE("a handler may submit and wait on the only thread of a runtime, while others do on theirs") {
  StoreFolder folder;
  ThreadRuntime runtime(1);
  auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
  std::atomic<int> echoed = 0;
  REQUIRE(engine->subscribe("echo", echo_of(*engine, echoed)));
  std::vector<std::thread> hosts;
  std::atomic<int> failed = 0;
  for (int host = 0; host < 3; ++host)
    hosts.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        if (!engine->submit_and_wait(to("a", "Deposit", "1"))) ++failed;
    });
  for (auto& host : hosts) host.join();
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (echoed < 150 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  CHECK(failed == 0);
  CHECK(echoed == 150);
}

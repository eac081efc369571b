#include <atomic>
#include <thread>

#include "pavior/thread_runtime.h"
#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;

TEST_CASE("a long stream is verified in pages, also where a commit lies across two") {
  Bank bank;
  bank.options.durability = Durability::process_crash;
  bank.open();
  REQUIRE(bank.send(to("a", "Deposit", "9000")));
  for (int i = 0; i < 4200; ++i) REQUIRE(bank.send(to("a", "Transfer", "1 a")));
  const auto verified = bank.engine->verify();
  CHECK(verified->problems == std::vector<std::string>{});
  CHECK(verified->events == 8401);
}

TEST_CASE("verify sees one moment while writing goes on") {
  StoreFolder folder;
  ThreadRuntime runtime(2);
  Options options = tiny_options();
  options.durability = Durability::process_crash;
  auto engine = Engine::open(folder.path(), options, runtime).value();
  std::atomic<bool> done = false;
  bool all_accepted = true;
  std::thread writer([&] {
    while (!done)
      for (const Command& command : {to("a", "Deposit", "1"), to("a", "Transfer", "1 b"),
                                     to("a", "Wait", "t 9000000000000000"), to("b", "Send", "pigeon x")})
        all_accepted &= engine->submit_and_wait(command).has_value();
  });
  std::uint64_t events = 0;
  for (int round = 0; round < 20; ++round) {
    const auto verified = engine->verify();
    CHECK(verified->problems == std::vector<std::string>{});
    CHECK(verified->events >= events);
    events = verified->events;
  }
  done = true;
  writer.join();
  CHECK(all_accepted);
}

#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// How often each type of fact happened, and the balance of all accounts.
struct Totals final : Projection {
  std::uint32_t revised = 1;

  std::string_view name() const noexcept override { return "totals"; }
  std::uint32_t revision() const noexcept override { return revised; }
  void apply(const Event& event, Rows& rows) override {
    if (event.workflow != "ledger") return;
    const std::string key = (revised == 1 ? "" : "new:") + std::string(event.type);
    rows.put(key, std::to_string(1 + std::stoi(rows.get(key).value_or("0"))));
    if (event.type == "Closed") rows.erase("Deposited");
  }
};

struct Watched : Bank {
  std::shared_ptr<Totals> totals = std::make_shared<Totals>();
  Watched() {
    options.projections = {totals};
    open();
  }
  std::string total(const std::string& type) const { return engine->view_get("totals", type)->value_or("none"); }
};

/// The positions a subscription was given.
struct Reader {
  std::vector<std::uint64_t> seen;
  int failures = 0;
  Engine::Handler handler() {
    return [this](std::span<const Event> events) -> Result<void> {
      if (failures-- > 0) return Error(ErrorCode::unavailable, "not now");
      for (const Event& event : events) seen.push_back(number(event.position));
      return {};
    };
  }
};

std::vector<std::uint64_t> up_to(std::uint64_t last) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i <= last; ++i) all.push_back(i);
  return all;
}

}  // namespace

TEST_CASE("the feed gives every event in order, from any position, also within a commit") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  REQUIRE(bank.send(to("a", "Transfer", "3 b")));
  REQUIRE(bank.send(to("b", "Deposit", "1")));
  for (std::uint64_t after = 0; after <= 4; ++after) {
    std::vector<std::uint64_t> seen;
    const auto last = bank.engine->read(Position{after}, [&](const Event& event) {
      seen.push_back(number(event.position));
      return true;
    });
    CHECK(number(*last) == 4);
    CHECK(seen.size() == 4 - after);
    if (!seen.empty()) CHECK(seen.front() == after + 1);
  }
  CHECK(number(*bank.engine->read(Position::none, [](const Event& event) { return number(event.position) < 2; })) == 2);
}

TEST_CASE("a projection counts every event once, across restarts") {
  Watched watched;
  for (int i = 0; i < 10; ++i) REQUIRE(watched.send(to("a", "Deposit", "1")));
  watched.runtime.run_ready();
  CHECK(watched.total("Deposited") == "10");
  for (int i = 0; i < 5; ++i) REQUIRE(watched.send(to("a", "Withdraw", "1")));
  watched.open();  // the view has not seen the last five
  CHECK(watched.total("Withdrawn") == "none");
  watched.runtime.run_ready();
  CHECK(watched.total("Withdrawn") == "5");
  CHECK(watched.total("Deposited") == "10");
  CHECK(*watched.engine->view_position("totals") == watched.engine->last());
  REQUIRE(watched.send(to("a", "Close")));
  REQUIRE(watched.engine->view_catch_up("totals"));
  CHECK(watched.total("Deposited") == "none");
}

TEST_CASE("a rebuild gives equal rows, and the live ones stay readable until it is done") {
  Watched watched;
  for (int i = 0; i < 10; ++i) REQUIRE(watched.send(to("a", "Deposit", "1")));
  REQUIRE(watched.engine->view_catch_up("totals"));
  REQUIRE(watched.engine->view_rebuild("totals"));
  CHECK(watched.total("Deposited") == "10");
  REQUIRE(watched.send(to("a", "Deposit", "1")));
  REQUIRE(watched.engine->view_catch_up("totals"));
  CHECK(watched.total("Deposited") == "11");
  int rows = 0;
  REQUIRE(watched.engine->view_scan("totals", "", [&](auto, auto) { return ++rows, true; }));
  CHECK(rows == 1);
}

TEST_CASE("a new revision is built beside the old rows and swapped in") {
  Watched watched;
  watched.options.durability = Durability::process_crash;
  watched.open();
  for (int i = 0; i < 5000; ++i) REQUIRE(watched.send(to("a", "Deposit", "1")));
  REQUIRE(watched.engine->view_catch_up("totals"));
  watched.totals->revised = 2;
  watched.open();
  CHECK(watched.total("Deposited") == "5000");
  CHECK(watched.total("new:Deposited") == "none");
  watched.runtime.run_ready();
  CHECK(watched.total("Deposited") == "none");
  CHECK(watched.total("new:Deposited") == "5000");
  watched.open();
  REQUIRE(watched.send(to("a", "Deposit", "1")));
  watched.runtime.run_ready();
  CHECK(watched.total("new:Deposited") == "5001");
}

TEST_CASE("a subscription catches up, goes live, and continues after a restart where it left off") {
  Bank bank;
  Reader reader;
  for (int i = 0; i < 600; ++i) REQUIRE(bank.send(to("a", "Deposit", "1")));
  REQUIRE(bank.engine->subscribe("reader", reader.handler()));
  CHECK(bank.engine->subscribe("reader", reader.handler()).error().code() == ErrorCode::invalid);
  bank.runtime.run_ready();
  CHECK(reader.seen == up_to(600));
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  bank.runtime.run_ready();
  CHECK(reader.seen == up_to(601));
  bank.open();
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  REQUIRE(bank.engine->subscribe("reader", reader.handler()));
  bank.runtime.run_ready();
  CHECK(reader.seen == up_to(602));
}

TEST_CASE("a handler that fails gets the slice again, after growing pauses") {
  Bank bank;
  Reader reader;
  reader.failures = 2;
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  REQUIRE(bank.engine->subscribe("reader", reader.handler()));
  bank.runtime.advance_by(1s);
  CHECK(reader.seen.empty());
  bank.runtime.advance_by(2s);
  CHECK(reader.seen == up_to(1));
}

TEST_CASE("a subscription that was stopped hears nothing, and another may start late") {
  Bank bank;
  Reader reader;
  Reader late;
  REQUIRE(bank.engine->subscribe("reader", reader.handler()));
  bank.engine->unsubscribe("reader");
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  REQUIRE(bank.engine->subscribe("late", late.handler(), Position{1}));
  bank.runtime.run_ready();
  CHECK(reader.seen.empty());
  CHECK(late.seen == std::vector<std::uint64_t>{2});
}

TEST_CASE("a follower reads beside the owner and writes nothing") {
  Watched watched;
  REQUIRE(watched.send(to("a", "Deposit", "5")));
  REQUIRE(watched.engine->view_catch_up("totals"));
  Options options = watched.options;
  options.access = Access::follower;
  auto follower = Engine::open(watched.folder.path(), options, watched.runtime);
  REQUIRE(follower);
  CHECK(number((*follower)->last()) == 1);
  CHECK(balance(*(*follower)->load({"ledger", "a"})) == 5);
  CHECK(*(*follower)->view_get("totals", "Deposited") == "1");
  REQUIRE(watched.send(to("a", "Deposit", "5")));
  CHECK(number((*follower)->last()) == 1);
  REQUIRE((*follower)->refresh());
  CHECK(number((*follower)->last()) == 2);
  CHECK(balance(*(*follower)->load({"ledger", "a"})) == 10);
  CHECK((*follower)->verify()->problems.empty());
  CHECK((*follower)->submit_and_wait(to("a", "Deposit", "1")).error().code() == ErrorCode::unavailable);
  CHECK((*follower)->view_rebuild("totals").error().code() == ErrorCode::unavailable);
}

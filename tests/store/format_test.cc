// The bytes of every kind of row. A difference here means that stores written before can no longer be read, or that a
// store reads otherwise than it was written: docs/storage.md says what must happen then.
#include <span>

#include "fmt/format.h"
#include "pavior/testing.h"
#include "store/keys.h"
#include "support/golden.h"
#include "support/raw_store.h"

using namespace pavior;
using namespace pavior::test;
using store::Family;

namespace {

struct Totals final : Projection {
  std::string_view name() const noexcept override { return "totals"; }
  void apply(const Event& event, Rows& rows) override { rows.put(event.key, std::to_string(number(event.version))); }
};

struct Postman final : Courier {
  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery&, Done done) override { done({}); }
};

Options example_options() {
  Options options = tiny_options();
  options.projections = {std::make_shared<Totals>()};
  options.couriers = {std::make_shared<Postman>()};
  return options;
}

/// One of everything: several streams in a commit, a timer that waits, one that fired, one disarmed, a letter on its
/// way and one delivered, a view, a subscription.
void write_example(const std::filesystem::path& path) {
  using std::chrono::microseconds;
  SimulatedRuntime runtime{Time(microseconds(1'700'000'000'000'000))};
  auto engine = Engine::open(path, example_options(), runtime).value();
  const auto send = [&](Command command) { REQUIRE(engine->submit_and_wait(std::move(command))); };
  send(to("a", "Deposit", "5").with_id("one").by(Actor("clerk")).with_trace("t-1"));
  send(to("a", "Transfer", "2 b").with_id("two").by(Actor("clerk")));
  send(to("a", "Wait", "later 1700000100000000").with_id("three"));
  send(to("a", "Wait", "now 1700000000000000").with_id("four"));
  send(to("b", "Send", "post hello").with_id("five"));
  send(to("b", "Send", "pigeon hello").with_id("six"));
  send(to("b", "Wait", "never -1").with_id("seven"));
  send(to("b", "Close").with_id("eight"));
  runtime.run_ready();
  REQUIRE(engine->view_catch_up("totals"));
  REQUIRE(engine->subscribe("reader", [](std::span<const Event>) { return Result<void>(); }));
  runtime.run_ready();
  CHECK(engine->verify()->problems == std::vector<std::string>{});
}

std::string hex_of(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

}  // namespace

TEST_CASE("the bytes of every kind of row are what they were") {
  StoreFolder folder;
  write_example(folder.path());
  const RawStore raw(folder.path(), example_options());
  std::string text;
  for (const Family family : {Family::meta, Family::log, Family::streams, Family::heads, Family::commands,
                              Family::timers, Family::outbox, Family::views}) {
    text += fmt::format("{}\n", store::name_of(family));
    for (const auto& [key, value] : raw.rows(family))
      text += fmt::format("  {}\n    {}\n    {}\n", store::readable(key), hex_of(key), hex_of(value));
  }
  testing::check_golden("tests/golden/storage.txt", text);
}

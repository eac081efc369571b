#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// A courier that fails as often as told, with the error told.
struct Postman final : Courier {
  std::vector<Delivery> carried;
  int failures = 0;
  ErrorCode failure = ErrorCode::unavailable;
  std::vector<Done> unanswered;
  bool answers = true;

  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery& delivery, Done done) override {
    carried.push_back(delivery);
    if (!answers)
      unanswered.push_back(std::move(done));
    else if (failures-- > 0)
      done(Error(failure, "the street is closed"));
    else
      done({});
  }
};

struct Post : Bank {
  std::shared_ptr<Postman> postman = std::make_shared<Postman>();
  Post() {
    options.couriers = {postman};
    open();
    CHECK(send(to("a", "Deposit", "1")));
  }
};

const StreamId outbox("pavior", "outbox");

}  // namespace

TEST_CASE("an effect reaches its courier once, and the log says so") {
  Post post;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  REQUIRE(post.postman->carried.size() == 1);
  CHECK(post.postman->carried[0].payload == "hello");
  CHECK(post.postman->carried[0].stream == StreamId("ledger", "a"));
  CHECK(post.facts_of(outbox) == std::vector<std::string>{"pavior.v1.EffectDelivered"});
  post.open();
  post.runtime.advance_by(24h);
  CHECK(post.postman->carried.size() == 1);
  post.check_sound();
}

TEST_CASE("a failing courier is tried again with growing pauses and the same delivery id") {
  Post post;
  post.postman->failures = 3;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  CHECK(post.postman->carried.size() == 1);
  post.runtime.advance_by(500ms);
  CHECK(post.postman->carried.size() == 2);
  post.runtime.advance_by(999ms);
  CHECK(post.postman->carried.size() == 2);
  post.runtime.advance_by(1ms + 2s);
  REQUIRE(post.postman->carried.size() == 4);
  CHECK(post.postman->carried[3].id == post.postman->carried[0].id);
  CHECK(post.postman->carried[3].attempt == 4);
  CHECK(post.engine->metrics().effects_delivered == 1);
  post.check_sound();
}

TEST_CASE("giving up is a command to the stream") {
  Post post;
  post.postman->failures = 100;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.advance_by(24h);
  CHECK(post.postman->carried.size() == post.options.delivery_attempts_max);
  CHECK(post.facts_of({"ledger", "a"}) == std::vector<std::string>{"Deposited", "Sent", "Returned"});
  CHECK(post.facts_of(outbox) == std::vector<std::string>{"pavior.v1.EffectGivenUp"});
  post.check_sound();
}

TEST_CASE("an error that trying again cannot mend gives up at once, and a closed stream refuses to hear of it") {
  Post post;
  post.postman->failures = 1;
  post.postman->failure = ErrorCode::invalid;
  post.postman->answers = false;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  REQUIRE(post.send(to("a", "Close")));
  post.postman->unanswered.at(0)(Error(ErrorCode::invalid, "no such address"));
  post.runtime.run_ready();
  CHECK(post.facts_of(outbox) == std::vector<std::string>{"pavior.v1.EffectGivenUp"});
  CHECK(post.facts_of({"ledger", "a"}) == std::vector<std::string>{"Deposited", "Sent", "Closed"});
  post.check_sound();
}

TEST_CASE("an effect without an answer goes out again after a restart, and attempts are counted on") {
  Post post;
  post.postman->failures = 2;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.advance_by(600ms);
  CHECK(post.postman->carried.size() == 2);
  post.open();
  post.runtime.run_ready();
  REQUIRE(post.postman->carried.size() == 3);
  CHECK(post.postman->carried[2].attempt == 3);
  CHECK(post.facts_of(outbox).size() == 1);
  post.check_sound();
}

TEST_CASE("an answer that comes after the engine is gone does nothing") {
  Post post;
  post.postman->answers = false;
  REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  post.engine.reset();
  post.postman->unanswered.at(0)({});
  post.postman->answers = true;
  post.open();
  post.runtime.run_ready();
  CHECK(post.postman->carried.size() == 2);
  CHECK(post.facts_of(outbox).size() == 1);
}

TEST_CASE("a courier has no more deliveries at a time than the options say") {
  Post post;
  post.options.deliveries_in_flight_max = 3;
  post.postman->answers = false;
  post.open();
  for (int i = 0; i < 5; ++i) REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  CHECK(post.postman->carried.size() == 3);
  post.postman->unanswered.at(1)({});
  post.runtime.run_ready();
  CHECK(post.postman->carried.size() == 4);

  post.engine.reset();
  post.options.deliveries_in_flight_max = 0;
  const auto opened = Engine::open(post.folder.path(), post.options, post.runtime);
  REQUIRE(!opened);
  CHECK(opened.error().message() == "the limit deliveries_in_flight_max must not be 0");
}

TEST_CASE("topics without a courier wait for one") {
  Post post;
  REQUIRE(post.send(to("a", "Send", "pigeon hello")));
  for (int i = 0; i < 100; ++i) REQUIRE(post.send(to("a", "Send", "post hello")));
  post.runtime.run_ready();
  CHECK(post.postman->carried.size() == 100);
  CHECK(post.engine->verify()->effects == 1);
  post.check_sound();
}

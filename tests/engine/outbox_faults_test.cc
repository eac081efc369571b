#include <stdexcept>

#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// Misbehaves as told.
struct Clumsy final : Courier {
  std::vector<std::uint32_t> attempts;
  bool answers_twice = false;
  bool throws = false;
  std::string reason = "not now";
  std::optional<ErrorCode> failure;

  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery& delivery, Done done) override {
    attempts.push_back(delivery.attempt);
    const auto answer = failure ? Result<void>(Error(*failure, reason)) : Result<void>();
    done(answer);
    if (answers_twice) done(answer);
    if (throws) throw std::runtime_error("dropped it");
  }
};

struct ClumsyPost : Bank {
  std::shared_ptr<Clumsy> clumsy = std::make_shared<Clumsy>();
  ClumsyPost() {
    options.couriers = {clumsy};
    open();
    REQUIRE(send(to("a", "Deposit", "1")));
    REQUIRE(send(to("a", "Send", "post hello")));
  }
  std::vector<std::string> outbox() const { return facts_of({"pavior", "outbox"}); }
};

}  // namespace

TEST_CASE("a courier that answers twice has answered once") {
  ClumsyPost post;
  post.clumsy->answers_twice = true;
  post.clumsy->failure = ErrorCode::unavailable;
  post.runtime.advance_by(24h);
  CHECK(post.clumsy->attempts == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(post.outbox() == std::vector<std::string>{"pavior.v1.EffectGivenUp"});
  post.check_sound();
}

TEST_CASE("a courier that answers and then throws has answered") {
  ClumsyPost post;
  post.clumsy->throws = true;
  post.runtime.advance_by(24h);
  CHECK(post.clumsy->attempts == std::vector<std::uint32_t>{1});
  CHECK(post.outbox() == std::vector<std::string>{"pavior.v1.EffectDelivered"});
  post.check_sound();
}

TEST_CASE("a reason that is no UTF-8 is recorded with marks where it was not") {
  ClumsyPost post;
  post.clumsy->failure = ErrorCode::refused;
  post.clumsy->reason = "gone\xff";
  post.runtime.run_ready();
  REQUIRE(post.outbox() == std::vector<std::string>{"pavior.v1.EffectGivenUp"});
  const auto history = post.engine->history({"pavior", "outbox"});
  CHECK((*history)[0].payload.find("gone?") != std::string_view::npos);
  post.check_sound();
}

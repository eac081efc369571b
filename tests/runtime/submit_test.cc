#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <thread>

#include "answering_engine.h"
#include "pavior/asio.h"
#include "support/catch.h"

namespace asio = boost::asio;
using pavior::AsioRuntime;
using pavior::Command;
using pavior::ErrorCode;
using pavior::Receipt;
using pavior::Result;
using pavior::ThreadRuntime;
using pavior::testing::AnsweringEngine;

namespace {

Command command(std::string id, std::string type = "accept") {
  return Command({"work_order", "2026-1"}, std::move(type), "payload that does not fit a small string buffer")
      .with_id(std::move(id))
      .by(pavior::Actor("operator with a rather long name", {"acceptor", "dispatcher"}));
}

asio::awaitable<void> submit_in_turn(AnsweringEngine& engine, int count, int& accepted) {
  for (int i = 0; i < count; ++i) {
    auto id = "a command id beyond any small buffer " + std::to_string(i);
    auto result = co_await pavior::submit(engine, command(id), asio::use_awaitable);
    if (result && result->command_id == id) ++accepted;
  }
}

}  // namespace

TEST_CASE("a coroutine on the host's own context submits and goes on there") {
  asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  AnsweringEngine engine(runtime);
  int accepted = 0;
  for (int i = 0; i < 4; ++i) asio::co_spawn(context, submit_in_turn(engine, 100, accepted), asio::detached);
  context.run();
  CHECK(accepted == 400);
}

TEST_CASE("a coroutine elsewhere is resumed on its own executor, which waits for it") {
  ThreadRuntime runtime(2);
  AnsweringEngine engine(runtime);
  asio::io_context context;
  std::thread::id resumed_on;
  asio::co_spawn(
      context,
      [](AnsweringEngine& to, std::thread::id& on) -> asio::awaitable<void> {
        auto result = co_await pavior::submit(to, command("1"), asio::use_awaitable);
        CHECK(result);
        on = std::this_thread::get_id();
      }(engine, resumed_on),
      asio::detached);
  context.run();
  CHECK(resumed_on == std::this_thread::get_id());
}

TEST_CASE("a bound callback keeps its context running until it has run") {
  ThreadRuntime runtime(1);
  AnsweringEngine engine(runtime);
  asio::io_context context;
  bool called = false;
  pavior::submit(engine, command("1"), asio::bind_executor(context.get_executor(), [&](Result<Receipt> result) {
                   called = result.has_value();
                 }));
  context.run();
  CHECK(called);
}

TEST_CASE("a command turned away at the door is answered after submit has returned") {
  asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  AnsweringEngine engine(runtime);
  engine.turn_away();
  bool called = false;
  pavior::submit(engine, command("1"), asio::bind_executor(context.get_executor(), [&](Result<Receipt> result) {
                   called = true;
                   CHECK(result.error().code() == ErrorCode::closed);
                 }));
  CHECK_FALSE(called);
  context.run();
  CHECK(called);
}

TEST_CASE("a future is ready as soon as its command is turned away at the door") {
  ThreadRuntime runtime(1);
  AnsweringEngine engine(runtime);
  engine.turn_away();
  auto future = pavior::submit(engine, command("1"), asio::use_future);
  REQUIRE(future.wait_for(std::chrono::seconds::zero()) == std::future_status::ready);
  CHECK(future.get().error().code() == ErrorCode::closed);
}

TEST_CASE("a refusal reaches a coroutine as a value, with its rule") {
  asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  AnsweringEngine engine(runtime);
  std::string rule;
  asio::co_spawn(
      context,
      [](AnsweringEngine& to, std::string& by) -> asio::awaitable<void> {
        auto result = co_await pavior::submit(to, command("1", "refuse"), asio::use_awaitable);
        by = result.error().rule();
      }(engine, rule),
      asio::detached);
  context.run();
  CHECK(rule == "never");
}

TEST_CASE("futures, plain callbacks, deferred operations and tuples all work") {
  ThreadRuntime runtime(2);
  AnsweringEngine engine(runtime);
  CHECK(pavior::submit(engine, command("future"), asio::use_future).get()->command_id == "future");

  std::promise<std::string> answered;
  pavior::submit(engine, command("callback"), [&](Result<Receipt> result) { answered.set_value(result->command_id); });
  CHECK(answered.get_future().get() == "callback");

  auto operation = pavior::submit(engine, command("deferred"), asio::deferred);
  CHECK(std::move(operation)(asio::use_future).get()->command_id == "deferred");

  std::promise<std::string> unpacked;
  const auto unpack = [&](std::tuple<Result<Receipt>> result) { unpacked.set_value(std::get<0>(result)->command_id); };
  pavior::submit(engine, command("tuple"), asio::as_tuple(unpack));
  CHECK(unpacked.get_future().get() == "tuple");
}

TEST_CASE("a handler that can only be moved is accepted") {
  asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  AnsweringEngine engine(runtime);
  int answer = 0;
  pavior::submit(engine, command("1"),
                 [&answer, seven = std::make_unique<int>(7)](Result<Receipt>) { answer = *seven; });
  context.run();
  CHECK(answer == 7);
}

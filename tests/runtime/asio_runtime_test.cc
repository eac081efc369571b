#include <atomic>
#include <boost/asio/io_context.hpp>
#include <future>
#include <set>

#include "pavior/asio.h"
#include "support/catch.h"

using namespace std::chrono_literals;
using pavior::AsioRuntime;
using pavior::ThreadRuntime;

TEST_CASE("a posted task runs when the host runs its context, not before") {
  boost::asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  bool ran = false;
  runtime.post([&] { ran = true; });
  CHECK_FALSE(ran);
  context.run();
  CHECK(ran);
}

TEST_CASE("a delayed task runs once its delay has passed, and never early") {
  boost::asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  const auto start = std::chrono::steady_clock::now();
  auto waited = 0ns;
  runtime.post_after(20ms, [&] { waited = std::chrono::steady_clock::now() - start; });
  context.run();
  CHECK(waited >= 20ms);
}

TEST_CASE("a task for an instant runs once the wall clock has reached it, even if that was long ago") {
  boost::asio::io_context context;
  AsioRuntime runtime(context.get_executor());
  const auto when = runtime.now() + 1200ms;
  std::vector<bool> reached;
  runtime.post_at(when, [&] { reached.push_back(runtime.now() >= when); });
  runtime.post_at(pavior::Time::min(), [&] { reached.push_back(runtime.now() < when); });
  context.run();
  CHECK(reached == std::vector{true, true});
}

TEST_CASE("the longest and the most negative delay are both taken") {
  boost::asio::io_context context;
  auto runtime = std::make_unique<AsioRuntime>(context.get_executor());
  int ran = 0;
  runtime->post_after(std::chrono::microseconds::min(), [&] { ++ran; });
  runtime->post_after(std::chrono::microseconds::max(), [&] { ran += 10; });
  context.run_one();
  CHECK(ran == 1);
}

TEST_CASE("destroying the runtime lets the host's context finish, and the waiting tasks do not run") {
  boost::asio::io_context context;
  bool ran = false;
  {
    AsioRuntime runtime(context.get_executor());
    runtime.post_after(1h, [&] { ran = true; });
    runtime.post_at(pavior::Time::max(), [&] { ran = true; });
  }
  context.run();
  CHECK_FALSE(ran);
}

TEST_CASE("the threads of a thread runtime share the tasks") {
  std::atomic<int> ran = 0;
  {
    ThreadRuntime runtime(4);
    std::promise<void> all;
    for (int i = 0; i < 1000; ++i) {
      const auto task = [&] {
        if (++ran == 1000) all.set_value();
      };
      if (i % 2 == 0) {
        runtime.post(task);
      } else {
        runtime.post_after(std::chrono::microseconds(i), task);
      }
    }
    all.get_future().wait();
  }
  CHECK(ran == 1000);
}

TEST_CASE("random numbers do not repeat") {
  ThreadRuntime runtime(1);
  std::set<std::uint64_t> numbers;
  for (int i = 0; i < 1000; ++i) numbers.insert(runtime.random());
  CHECK(numbers.size() == 1000);
}

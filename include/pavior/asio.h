/// \file
/// Boost.Asio: the engine on a host's executor, and commands as asynchronous operations. Needs Boost 1.81 or newer.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "pavior/engine.h"
#include "pavior/export.h"
#include "pavior/runtime.h"
#include "pavior/thread_runtime.h"

namespace pavior::inline v0 {

/// Runs an engine on the host's own executor: an `io_context`, a `thread_pool`, or one of the host's making.
/// Lifetime: the execution context outlives it. Destroying it cancels the waits of `post_after`; their tasks do not
/// run. A wait counts as work: `io_context::run()` returns once the engine and this are gone, or when told to stop.
class PAVIOR_EXPORT AsioRuntime final : public Runtime {
 public:
  explicit AsioRuntime(boost::asio::any_io_executor executor);
  ~AsioRuntime() override;

  [[nodiscard]] Time now() const override;
  void post(Task task) override;
  void post_at(Time when, Task task) override;
  void post_after(std::chrono::microseconds delay, Task task) override;
  [[nodiscard]] std::uint64_t random() override;

 private:
  class Waits;
  std::shared_ptr<Waits> waits_;  // Shared with handlers that are still on their way when the runtime goes.
};

/// What a completion token of `submit` is called with. An error is a value here as everywhere: `co_await` does not
/// throw.
using SubmitSignature = void(Result<Receipt>);

namespace detail {

/// Not a template, so that it is compiled once. `executor` is empty when the handler is associated with none.
PAVIOR_EXPORT void submit(Engine& engine, Command command, boost::asio::any_completion_handler<SubmitSignature> handler,
                          std::optional<boost::asio::any_io_executor> executor);

template <class Handler>
using ExecutorOf = boost::asio::associated_executor_t<Handler>;
using FutureHandler = boost::asio::async_result<boost::asio::use_future_t<>, SubmitSignature>::completion_handler_type;

/// The handler's executor, kept busy until the handler is called. None for handlers that may run anywhere, plain
/// callbacks and futures: posting them would start the threads of Asio's system context, which nobody asked for.
template <class Handler>
std::optional<boost::asio::any_io_executor> executor_of(const Handler& handler) {
  if constexpr (std::is_same_v<ExecutorOf<Handler>, boost::asio::system_executor> ||
                std::is_same_v<ExecutorOf<Handler>, ExecutorOf<FutureHandler>>) {
    return std::nullopt;
  } else {
    return boost::asio::prefer(boost::asio::any_io_executor(boost::asio::get_associated_executor(handler)),
                               boost::asio::execution::outstanding_work.tracked);
  }
}

}  // namespace detail

/// Submits `command` with any completion token: `use_awaitable`, `use_future`, `deferred`, `as_tuple(...)`, a callback.
/// The handler is posted to its associated executor, never called within this call or within the engine. Without one
/// it is called as `Engine::submit` calls its `done`. Cancelling is ignored: an accepted command is a fact.
/// Lifetime: `engine` outlives the operation's start, and answers every command before it is gone.
/// Write `auto result = co_await pavior::submit(engine, std::move(command), use_awaitable);`. With g++ 12 never put a
/// lambda with captures or a braced aggregate into a `co_await` expression of your own: it destroys them twice.
template <boost::asio::completion_token_for<SubmitSignature> CompletionToken>
auto submit(Engine& engine, Command command, CompletionToken&& token) {
  static_assert(!std::is_aggregate_v<Command> && !std::is_aggregate_v<Actor> && !std::is_aggregate_v<StreamId>,
                "g++ 12 destroys aggregate temporaries in a co_await expression twice");
  return boost::asio::async_initiate<CompletionToken, SubmitSignature>(
      [](auto handler, Engine* to, Command what) {
        auto executor = detail::executor_of(handler);
        detail::submit(*to, std::move(what), std::move(handler), std::move(executor));
      },
      token, &engine, std::move(command));
}

}  // namespace pavior::inline v0

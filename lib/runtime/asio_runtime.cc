#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <list>
#include <mutex>
#include <random>

#include "pavior/asio.h"

namespace pavior::inline v0 {
namespace {

namespace asio = boost::asio;

// Longer than any host runs, and far from where a steady clock's nanoseconds overflow.
constexpr std::chrono::microseconds delay_max = std::chrono::years{100};

// How long a jump of the wall clock may go unseen.
constexpr std::chrono::microseconds look_again = std::chrono::seconds{1};

Time wall_clock() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

}  // namespace

class AsioRuntime::Waits : public std::enable_shared_from_this<Waits> {
 public:
  explicit Waits(asio::any_io_executor executor) : executor_(std::move(executor)) {}

  void post(Task task) { asio::post(executor_, std::move(task)); }

  void after(std::chrono::microseconds delay, Task task) {
    const auto wait = std::clamp(delay, std::chrono::microseconds::zero(), delay_max);
    const std::lock_guard lock(mutex_);
    if (cancelled_) return;
    const auto timer = timers_.emplace(timers_.end(), executor_, wait);
    timer->async_wait([self = shared_from_this(), timer, task = std::move(task)](boost::system::error_code error) {
      self->forget(timer);
      if (!error) task();
    });
  }

  // Timers of the system follow its clock's jumps minutes late, so the clock is looked at every second.
  void at(Time when, Task task) {
    const auto now = wall_clock();
    if (when <= now) return post(std::move(task));
    const auto left = when > now + look_again ? look_again : when - now;
    after(left,
          [self = shared_from_this(), when, task = std::move(task)]() mutable { self->at(when, std::move(task)); });
  }

  void cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    for (auto& timer : timers_) timer.cancel();
  }

 private:
  using Timers = std::list<asio::steady_timer>;

  void forget(Timers::iterator timer) {
    const std::lock_guard lock(mutex_);
    timers_.erase(timer);
  }

  asio::any_io_executor executor_;
  std::mutex mutex_;
  Timers timers_;
  bool cancelled_ = false;
};

AsioRuntime::AsioRuntime(asio::any_io_executor executor) : waits_(std::make_shared<Waits>(std::move(executor))) {}

AsioRuntime::~AsioRuntime() { waits_->cancel(); }

Time AsioRuntime::now() const { return wall_clock(); }
void AsioRuntime::post(Task task) { waits_->post(std::move(task)); }
void AsioRuntime::post_at(Time when, Task task) { waits_->at(when, std::move(task)); }
void AsioRuntime::post_after(std::chrono::microseconds delay, Task task) { waits_->after(delay, std::move(task)); }

std::uint64_t AsioRuntime::random() {
  thread_local std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

struct ThreadRuntime::Threads {
  explicit Threads(std::size_t count) : pool(count), runtime(pool.get_executor()) {}

  asio::thread_pool pool;
  AsioRuntime runtime;
};

ThreadRuntime::ThreadRuntime(std::size_t threads)
    : threads_(std::make_unique<Threads>(std::max<std::size_t>(threads, 1))) {}

ThreadRuntime::~ThreadRuntime() {
  threads_->pool.stop();
  threads_->pool.join();
}

Time ThreadRuntime::now() const { return threads_->runtime.now(); }
void ThreadRuntime::post(Task task) { threads_->runtime.post(std::move(task)); }
void ThreadRuntime::post_at(Time when, Task task) { threads_->runtime.post_at(when, std::move(task)); }
void ThreadRuntime::post_after(std::chrono::microseconds delay, Task task) {
  threads_->runtime.post_after(delay, std::move(task));
}
std::uint64_t ThreadRuntime::random() { return threads_->runtime.random(); }

namespace detail {

void submit(Engine& engine, Command command, asio::any_completion_handler<SubmitSignature> handler,
            std::optional<asio::any_io_executor> executor) {
  // Engine::Done is copyable, a completion handler need not be.
  auto shared = std::make_shared<asio::any_completion_handler<SubmitSignature>>(std::move(handler));
  engine.submit(std::move(command), [shared, executor = std::move(executor)](Result<Receipt> result) mutable {
    if (!executor) return std::move(*shared)(std::move(result));
    asio::post(*executor, [shared = std::move(shared), result = std::move(result)]() mutable {
      std::move (*shared)(std::move(result));
    });
    executor.reset();
  });
}

}  // namespace detail
}  // namespace pavior::inline v0

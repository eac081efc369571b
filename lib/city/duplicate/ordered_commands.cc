#include "city/duplicate/ordered_commands.h"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

namespace pavior::city::inline v0 {
namespace {

// Of the room in the engine's queue, where others wait as well.
constexpr std::size_t together_max = 64;

/// Nothing will come of it, however often it is submitted. Its id was taken: it is on record, as it was found then.
bool is_final(const Result<Receipt>& answer) {
  if (answer) return true;
  const ErrorCode code = answer.error().code();
  return code == ErrorCode::refused || code == ErrorCode::conflict || code == ErrorCode::invalid;
}

/// Of commands sent together. Threads: any.
class Answers {
 public:
  void expect() {
    const std::lock_guard lock(mutex_);
    ++expected_;
  }
  void take(const Result<Receipt>& answer) {
    const std::lock_guard lock(mutex_);
    if (!is_final(answer)) outcome_ = answer.error();
    if (--expected_ == 0) all_.notify_all();
  }
  Result<void> so_far() const {
    const std::lock_guard lock(mutex_);
    return outcome_;
  }
  Result<void> wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [this] { return expected_ == 0; });
    return outcome_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable all_;
  std::size_t expected_ = 0;
  Result<void> outcome_;
};

}  // namespace

Result<void> OrderedCommands::send(Engine& engine) {
  for (drop_settled(); !commands_.empty(); drop_settled())
    if (auto sent = send_some(engine); !sent) return sent;
  return {};
}

Result<void> OrderedCommands::send_some(Engine& engine) {
  const auto answers = std::make_shared<Answers>();
  const auto last = commands_.begin() + static_cast<std::ptrdiff_t>(std::min(together_max, commands_.size()) - 1);
  for (auto sent = commands_.begin(); sent != last; ++sent) {
    answers->expect();
    engine.submit(sent->command, [answers, settled = sent->settled](const Result<Receipt>& answer) {
      if (is_final(answer)) *settled = true;
      answers->take(answer);
    });
    if (auto turned_away = answers->so_far(); !turned_away) return turned_away;
  }
  const auto answer = engine.submit_and_wait(last->command);
  if (!is_final(answer)) return answer.error();
  *last->settled = true;
  // Turned away at the door, it says nothing of those before it. Else they were decided before it, and whoever decided
  // them is answering them now.
  if (!answer && answer.error().code() == ErrorCode::invalid) return {};
  return answers->wait();
}

void OrderedCommands::drop_settled() {
  std::erase_if(commands_, [](const Sent& sent) { return sent.settled->load(); });
}

}  // namespace pavior::city::inline v0

#include "engine/writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/host_code.h"
#include "fmt/format.h"

namespace pavior::inline v0 {

Writer::Writer(store::Database& database, Decider& decider, const Options& options, Tasks& tasks, Durable durable)
    : database_(database),
      decider_(decider),
      options_(options),
      tasks_(tasks),
      durable_(std::move(durable)),
      building_(std::make_unique<Group>(database)) {}

void Writer::Group::clear() {
  batch.clear();
  answers.clear();
  hints = {};
  deciding = {};
  somebody_waits = false;
}

std::optional<Error> Writer::turn_away(bool is_timer) const {
  if (closed_) return Error(ErrorCode::closed, "the engine is closed");
  if (failure_) return failure_;
  if (!is_timer && queue_.size() + undecided_ >= options_.limits.queue_commands_max)
    return Error(ErrorCode::limit,
                 fmt::format("queue_commands_max is {}, and so many commands are waiting; try again later",
                             options_.limits.queue_commands_max));
  return std::nullopt;
}

bool Writer::has_work() const {
  return undecided_ > 0 || !queue_.empty() || (!due_.empty() && !(committing_ && has_its_timers())) ||
         (!building_->empty() && !committing_);
}

/// Rows take a share of the time to write that they took to decide, and whoever comes meanwhile waits for all of it: what
/// timers add shall be about what the disk takes anyway.
bool Writer::has_its_timers() const {
  return !building_->empty() && building_->deciding >= std::max(2 * disk_time_, group_timers_time);
}

void Writer::submit(Request request) {
  std::unique_lock lock(mutex_);
  if (auto no = turn_away(request.timer.has_value())) {
    lock.unlock();
    return call_back(request.done, *std::move(no));
  }
  if (request.timer)
    due_.push_back(std::move(request));
  else
    queue_.push_back(std::move(request));
  if (baton_ != Baton::free) return;
  baton_ = Baton::posted;
  lock.unlock();
  post_drive();
}

Result<Receipt> Writer::submit_and_wait(Command command) {
  std::optional<Result<Receipt>> answer;
  bool answered = false;
  std::unique_lock lock(mutex_);
  if (auto no = turn_away()) return *std::move(no);
  queue_.push_back({std::move(command), [&](Result<Receipt> receipt) {
                      const std::lock_guard answering(mutex_);
                      answer = std::move(receipt);
                      answered = true;
                      changed_.notify_all();
                    }});
  ++waiting_;
  while (!answered) {
    if (baton_ != Baton::held && has_work()) {
      baton_ = Baton::held;
      lock.unlock();
      drive(true);
      lock.lock();
    } else {
      changed_.wait(lock);
    }
  }
  --waiting_;
  pass_on(std::move(lock));
  return *std::move(answer);
}

void Writer::post_drive() {
  tasks_.post([this] {
    {
      const std::lock_guard lock(mutex_);
      if (baton_ != Baton::posted) return;  // a waiting thread was quicker
      baton_ = Baton::held;
    }
    drive(false);
  });
}

// `waits`: the thread has a command of its own under way and goes home with its answer. It looks for that itself.
void Writer::drive(bool waits) {
  while (const auto slice = take()) {
    decide(*slice);
    if (!write(waits)) return;
  }
}

void Writer::put_down() {
  baton_ = Baton::free;
  changed_.notify_all();
}

/// A disk that is free shall not wait for more commands, unless they are decided sooner than it would be free again. Nor
/// shall anybody wait for timers.
bool Writer::is_worth_a_write() const {
  if (building_->empty() || committing_) return false;
  const bool nobody_else = undecided_ == 0 && queue_.empty();
  return (nobody_else && (due_.empty() || building_->somebody_waits || has_its_timers())) || is_full() ||
         building_->answers.size() >= group_commands_min ||
         (options_.durability == Durability::power_loss && 2 * building_->deciding >= disk_time_);
}

/// A slice that fits into the group. None: there is nothing to do, and the baton is gone.
std::optional<std::span<Request>> Writer::take() {
  const std::lock_guard lock(mutex_);
  if (!has_work()) return put_down(), std::nullopt;
  if (is_worth_a_write()) return std::span<Request>();
  const std::size_t room = is_full() ? 0 : options_.limits.batch_commands_max - building_->answers.size();
  if (room == 0 && committing_) return put_down(), std::nullopt;  // the end of the write starts a new drive
  if (undecided_ == 0 && queue_.empty() && committing_ && has_its_timers()) return put_down(), std::nullopt;
  if (undecided_ == 0) refill();
  const auto rest = std::span(taken_).last(undecided_);
  const auto slice = rest.first(std::min({room, slice_commands_max, rest.size()}));
  undecided_ -= slice.size();
  return slice;
}

/// Each side has as many as the other when both are many.
void Writer::refill() {
  taken_.clear();
  if (due_.empty() || (due_turn_ == 0 && !queue_.empty())) {
    std::swap(taken_, queue_);
    due_turn_ = std::max(slice_timers_max, taken_.size());
  } else {
    const auto end =
        due_.begin() + static_cast<std::ptrdiff_t>(std::min(std::max(slice_timers_max, due_turn_), due_.size()));
    std::move(due_.begin(), end, std::back_inserter(taken_));
    due_.erase(due_.begin(), end);
    due_turn_ = 0;
  }
  undecided_ = taken_.size();
}

bool Writer::is_full() const {
  return building_->answers.size() >= options_.limits.batch_commands_max ||
         building_->batch.bytes() >= options_.limits.batch_bytes_max;
}

void Writer::decide(std::span<Request> slice) {
  if (slice.empty()) return;
  const auto start = std::chrono::steady_clock::now();
  auto next = slice.begin();
  for (; next != slice.end() && !is_full(); ++next) {
    building_->somebody_waits |= !next->timer;
    Result<Receipt> receipt = decider_.decide(*next, building_->batch, building_->hints);
    auto& counter = !receipt ? refused_ : receipt->repeated ? repeated_ : accepted_;
    counter.fetch_add(1, std::memory_order_relaxed);
    building_->answers.push_back({std::move(next->done), std::move(receipt)});
  }
  building_->deciding += std::chrono::steady_clock::now() - start;
  cached_streams_.store(decider_.cached_streams(), std::memory_order_relaxed);
  if (next == slice.end()) return;
  const std::lock_guard lock(mutex_);  // the batch is full: the rest waits where it was
  undecided_ += static_cast<std::size_t>(slice.end() - next);
}

/// Writes the group if no other is being written; whoever is free decides the next meanwhile. False: the baton is gone.
bool Writer::write(bool waits) {
  std::unique_lock lock(mutex_);
  if (!is_worth_a_write()) return true;
  committing_ = true;
  auto next = spare_group();
  lock.unlock();
  auto group = std::exchange(building_, std::move(next));
  decider_.seal();
  lock.lock();
  put_down();
  pass_on(std::move(lock));
  return commit(std::move(group), !waits);
}

Writer::GroupPtr Writer::spare_group() {
  if (spares_.empty()) return std::make_unique<Group>(database_);
  auto group = std::move(spares_.back());
  spares_.pop_back();
  return group;
}

/// True: nobody needed the baton, and the caller has it again.
bool Writer::commit(GroupPtr group, bool may_drive_on) {
  std::unique_lock lock(mutex_);
  std::optional<Error> failure = failure_;
  std::chrono::nanoseconds disk_time = disk_time_;
  lock.unlock();
  if (!failure && !group->batch.empty()) {
    auto written = database_.write(group->batch, options_.durability == Durability::power_loss);
    if (written)
      disk_time = *written;
    else
      failure =
          Error(ErrorCode::unavailable,
                fmt::format("{}; open the store again and send the same command ids: what is there answers as repeated",
                            written.error().message()));
  }
  if (failure) {
    for (Answer& answer : group->answers) answer.receipt = *failure;
  } else if (group->hints.events > 0) {
    batches_.fetch_add(1, std::memory_order_relaxed);
    durable_(group->hints);
  }

  lock.lock();
  failure_ = std::move(failure);
  disk_time_ = disk_time;
  committing_ = false;
  // An answer often brings the next command: keeping an unwanted baton saves waking another thread for it.
  const bool drives_on = may_drive_on && baton_ == Baton::free && !has_work();
  if (drives_on) baton_ = Baton::held;
  pass_on(std::move(lock));
  for (Answer& answer : group->answers) call_back(answer.done, std::move(answer.receipt));
  group->clear();
  lock = std::unique_lock(mutex_);
  spares_.push_back(std::move(group));
  return drives_on;
}

/// Sees to it that a free baton finds somebody while there is work: a waiting thread, else a task. `close` finds itself.
void Writer::pass_on(std::unique_lock<std::mutex> lock) {
  if (closed_) return changed_.notify_all();
  if (baton_ != Baton::free || !has_work()) return;
  if (waiting_ > 0) {
    changed_.notify_all();
    return;
  }
  baton_ = Baton::posted;
  lock.unlock();
  post_drive();
}

void Writer::close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  // No task runs any more. A waiting thread that is deciding or writing finishes; what tasks left half done, this does.
  changed_.wait(lock, [this] { return baton_ != Baton::held && !committing_; });
  baton_ = Baton::held;
  const auto undecided = std::span(taken_).last(std::exchange(undecided_, 0));
  std::vector<Request> waiting(std::make_move_iterator(undecided.begin()), std::make_move_iterator(undecided.end()));
  std::ranges::move(std::exchange(queue_, {}), std::back_inserter(waiting));
  std::ranges::move(std::exchange(due_, {}), std::back_inserter(waiting));
  auto building = std::exchange(building_, std::make_unique<Group>(database_));
  lock.unlock();
  if (!building->empty()) commit(std::move(building), false);
  for (Request& request : waiting)
    call_back(request.done, Error(ErrorCode::closed, "the engine was closed before this was decided"));
  lock.lock();
  changed_.wait(lock, [this] { return waiting_ == 0; });
}

std::size_t Writer::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() + due_.size() + undecided_;
}

}  // namespace pavior::inline v0

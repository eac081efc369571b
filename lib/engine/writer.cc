#include "engine/writer.h"

#include <algorithm>
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

std::optional<Error> Writer::turn_away() const {
  if (closed_) return Error(ErrorCode::closed, "the engine is closed");
  if (failure_) return failure_;
  if (queue_.size() >= options_.limits.queue_commands_max)
    return Error(ErrorCode::limit,
                 fmt::format("queue_commands_max is {}, and so many commands are waiting; try again later",
                             options_.limits.queue_commands_max));
  return std::nullopt;
}

bool Writer::has_work() const { return !queue_.empty() || (!building_->empty() && !committing_); }

void Writer::submit(Request request) {
  std::unique_lock lock(mutex_);
  if (auto no = turn_away()) {
    lock.unlock();
    return call_back(request.done, *std::move(no));
  }
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
    if (handed_over_) {
      write_handed_over(std::move(lock));
      lock = std::unique_lock(mutex_);
    } else if (baton_ != Baton::held && has_work()) {
      baton_ = Baton::held;
      lock.unlock();
      drive(&answered);
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
    drive(nullptr);
  });
}

// `waited` is the flag of the thread's own command if the thread is a blocking caller: it commits in place, since there
// may be no other thread, and goes home as soon as it has its answer.
void Writer::drive(const bool* waited) {
  std::vector<Request> taken;
  while (take(taken)) {
    decide(taken);
    if (!hand_over(waited)) return;
  }
}

void Writer::put_down() {
  baton_ = Baton::free;
  changed_.notify_all();
}

/// Takes what fits into the group, or passes the baton on when there is nothing to do. False: the baton is gone.
bool Writer::take(std::vector<Request>& taken) {
  taken.clear();
  const std::lock_guard lock(mutex_);
  if (!has_work()) return put_down(), false;
  const std::size_t used = building_->answers.size();
  const std::size_t room = is_full() ? 0 : options_.limits.batch_commands_max - used;
  if (room == 0 && committing_) return put_down(), false;  // the end of the write under way will start a new drive
  if (room >= queue_.size()) {
    std::swap(taken, queue_);
  } else {
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(room);
    taken.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
  }
  return true;
}

bool Writer::is_full() const {
  return building_->answers.size() >= options_.limits.batch_commands_max ||
         building_->batch.bytes() >= options_.limits.batch_bytes_max;
}

void Writer::decide(std::vector<Request>& taken) {
  auto next = taken.begin();
  for (; next != taken.end() && !is_full(); ++next) {
    Request& request = *next;
    Result<Receipt> receipt = decider_.decide(request, building_->batch, building_->hints);
    auto& counter = !receipt ? refused_ : receipt->repeated ? repeated_ : accepted_;
    counter.fetch_add(1, std::memory_order_relaxed);
    building_->answers.push_back({std::move(request.done), std::move(receipt)});
  }
  cached_streams_.store(decider_.cached_streams(), std::memory_order_relaxed);
  if (next == taken.end()) return;
  const std::lock_guard lock(mutex_);  // the batch is full: the rest waits where it was
  queue_.insert(queue_.begin(), std::make_move_iterator(next), std::make_move_iterator(taken.end()));
}

/// Starts the write of the group if no other is under way. False: the baton is gone.
bool Writer::hand_over(const bool* waited) {
  if (building_->empty()) return true;
  std::unique_lock lock(mutex_);
  if (committing_) return true;
  committing_ = true;
  const bool in_place = waited != nullptr || queue_.empty();  // nothing to decide meanwhile: save the change of threads
  lock.unlock();
  auto group = std::exchange(building_, std::make_unique<Group>(database_));
  decider_.seal();
  if (!in_place) {
    lock.lock();
    handed_over_ = std::move(group);
    lock.unlock();
    tasks_.post([this] { write_handed_over(std::unique_lock(mutex_)); });
    return true;
  }
  commit(std::move(group));
  if (waited == nullptr) return true;

  lock.lock();
  if (!*waited) return true;
  put_down();
  return false;
}

/// By the task it was posted to, or by a thread that waits and found it first.
void Writer::write_handed_over(std::unique_lock<std::mutex> lock) {
  auto group = std::move(handed_over_);
  lock.unlock();
  if (group) commit(std::move(group));
}

void Writer::commit(std::unique_ptr<Group> group) {
  std::unique_lock lock(mutex_);
  std::optional<Error> failure = failure_;
  lock.unlock();
  if (!failure && !group->batch.empty()) {
    if (auto written = database_.write(group->batch, options_.durability == Durability::power_loss); !written)
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
  committing_ = false;
  pass_on(std::move(lock));
  for (Answer& answer : group->answers) call_back(answer.done, std::move(answer.receipt));
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
  changed_.wait(lock, [this] { return baton_ != Baton::held && (!committing_ || handed_over_); });
  baton_ = Baton::held;
  auto waiting = std::exchange(queue_, {});
  auto handed_over = std::move(handed_over_);
  auto building = std::exchange(building_, std::make_unique<Group>(database_));
  lock.unlock();
  if (handed_over) commit(std::move(handed_over));
  if (!building->empty()) commit(std::move(building));
  for (Request& request : waiting)
    call_back(request.done, Error(ErrorCode::closed, "the engine was closed before this was decided"));
  lock.lock();
  changed_.wait(lock, [this] { return waiting_ == 0; });
}

std::size_t Writer::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

}  // namespace pavior::inline v0

#include "engine/timers.h"

#include <algorithm>
#include <utility>

#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"

namespace pavior::inline v0 {
namespace {

const Actor timer_actor{"timer", {"system"}};

Request fire(const store::TimerKey& key, const v1::TimerRow& row) {
  const StreamId stream(std::string(key.workflow), std::string(key.key));
  const std::string id =
      "timer:" + stream.text() + ":" + std::string(key.name) + ":" + std::to_string(number(key.armed_at));
  Request request{Command(stream, row.command_type(), row.command_payload()).by(timer_actor).with_id(id), {}};
  request.timer = FiredTimer{store::stream_key(key.workflow, key.key), std::string(key.name), key.armed_at, key.due};
  return request;
}

}  // namespace

TimerService::TimerService(const store::Database& database, Writer& writer, Tasks& tasks, Runtime& runtime)
    : database_(database), writer_(writer), tasks_(tasks), runtime_(runtime) {}

void TimerService::start() {
  {
    const std::lock_guard lock(mutex_);
    started_ = true;
  }
  tasks_.post([this] { wake(); });
}

void TimerService::armed(Time due) {
  const std::lock_guard lock(mutex_);
  search_from_ = std::min(search_from_, due);
  armed_since_ = std::min(armed_since_, due);
  if (!started_ || outstanding_ > 0) return;  // the end of the slice looks again
  sleep_until(due);
}

/// The mutex is held.
void TimerService::sleep_until(Time due) {
  if (next_wake_ && *next_wake_ <= due) return;
  next_wake_ = due;
  tasks_.post_at(due, [this] { wake(); });
}

void TimerService::wake() {
  {
    const std::lock_guard lock(mutex_);
    next_wake_.reset();
    if (outstanding_ > 0) return;
    outstanding_ = 1;  // this look, so that nobody else looks
  }
  look();
}

/// Submits one slice of what is due; its last answer looks again.
void TimerService::look() {
  std::optional<Time> next;
  auto slice = due_slice(runtime_.now(), next);
  {
    const std::lock_guard lock(mutex_);
    outstanding_ = slice ? slice->size() : 0;
    if (!slice) {  // the disk: try again later rather than never
      tasks_.post_after(std::chrono::seconds(1), [this] { wake(); });
      return;
    }
    if (slice->empty()) {
      if (next) sleep_until(*next);
      return;
    }
  }
  for (Request& request : *slice) {
    request.done = [this](const Result<Receipt>& receipt) { answered(receipt); };
    writer_.submit(std::move(request));
  }
}

void TimerService::answered(const Result<Receipt>& receipt) {
  // Refused is an answer too: the lapse is recorded and the row is gone.
  const bool gone = receipt || receipt.error().code() == ErrorCode::refused ||
                    receipt.error().code() == ErrorCode::not_found || receipt.error().code() == ErrorCode::invalid ||
                    receipt.error().code() == ErrorCode::conflict;
  if (receipt && !receipt->repeated) fired_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  slice_failed_ |= !gone;
  if (--outstanding_ > 0) return;
  const bool failed = std::exchange(slice_failed_, false);
  if (failed)
    tasks_.post_after(std::chrono::seconds(1), [this] { wake(); });
  else
    tasks_.post([this] { wake(); });
}

Result<std::vector<Request>> TimerService::due_slice(Time now, std::optional<Time>& next) {
  std::vector<Request> slice;
  Result<void> outcome;
  std::string from;
  {
    const std::lock_guard lock(mutex_);
    if (search_from_ > Time::min()) from = store::timer_key(search_from_, Position::none, "", "");
    armed_since_ = Time::max();
  }
  std::optional<Time> first;
  auto scanned = database_.scan(store::Family::timers, {from, {}}, [&](std::string_view key, std::string_view value) {
    const auto timer = store::parse_timer_key(key);
    v1::TimerRow row;
    if (!timer || !row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      return outcome = Error(ErrorCode::corrupt, "a timer row cannot be read"), false;
    if (!first) first = timer->due;
    if (timer->due > now) return next = timer->due, false;
    slice.push_back(fire(*timer, row));
    return slice.size() < slice_timers_max;
  });
  if (!scanned) return std::move(scanned).error();
  if (!outcome) return std::move(outcome).error();
  const std::lock_guard lock(mutex_);
  search_from_ = std::min(first.value_or(now), armed_since_);
  return slice;
}

}  // namespace pavior::inline v0

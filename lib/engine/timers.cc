#include "engine/timers.h"

#include <algorithm>
#include <utility>

#include "engine/own_commands.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"

namespace pavior::inline v0 {
namespace {

const Actor timer_actor{"timer", {"system"}};

Request fire(const store::TimerKey& key, const v1::TimerRow& row) {
  const StreamId stream(std::string(key.workflow), std::string(key.key));
  std::string stream_key = store::stream_key(key.workflow, key.key);
  std::string id = timer_command_id(stream_key, key.name, key.armed_at);
  Request request{Command(stream, row.command_type(), row.command_payload()).by(timer_actor).with_id(std::move(id)),
                  {}};
  request.timer = FiredTimer{std::move(stream_key), std::string(key.name), key.armed_at, key.due};
  return request;
}

}  // namespace

TimerService::TimerService(const store::Database& database, const Registry& registry, Writer& writer, Tasks& tasks,
                           Runtime& runtime)
    : database_(database), registry_(registry), writer_(writer), tasks_(tasks), runtime_(runtime) {}

void TimerService::start() {
  {
    const std::lock_guard lock(mutex_);
    started_ = true;
  }
  tasks_.post([this] { sweep(); });
}

void TimerService::armed(Time due) {
  const std::lock_guard lock(mutex_);
  if (!started_) return;
  if (sweeping_) {
    armed_meanwhile_ = std::min(armed_meanwhile_, due);
  } else {
    search_from_ = std::min(search_from_, due);
    sleep_until(due);
  }
}

// One wake posted at or before `due` is enough: its sweep ends by posting the next. Wakes that turn out too early stay
// posted, since a runtime takes nothing back, and are counted on later. So that timers armed from late to early do not
// leave a wake each, a far one is posted early by a share of what is left: it serves all that are due after it.
void TimerService::sleep_until(Time due) {
  if (!wakes_.empty() && *wakes_.begin() <= due) return;
  const auto left = due - runtime_.now();
  if (left > window) due -= left / wake_early_share;
  wakes_.insert(due);
  tasks_.post_at(due, [this, due] {
    {
      const std::lock_guard lock(mutex_);
      wakes_.erase(due);
    }
    sweep();
  });
}

void TimerService::sweep() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(sweeping_, true)) return;
    looking_ = true;
    from_ = search_from_ == Time::min() ? "" : store::timer_key(search_from_, Position::none, "", "");
  }
  look();
}

/// Submits one slice of what is due.
void TimerService::look() {
  auto slice = due_slice(runtime_.now(), from_);
  {
    const std::lock_guard lock(mutex_);
    complete_ = !slice || slice->complete;
    next_.reset();
    if (slice) {
      next_ = slice->next;
      if (slice->left_behind) left_behind_ = std::min(left_behind_, *slice->left_behind);
      if (!slice->last_key.empty()) from_ = slice->last_key + '\0';
      outstanding_ += slice->requests.size();
    } else {
      failed_ = true;
      left_behind_ = std::min(left_behind_, search_from_);
    }
  }
  if (slice) {
    for (Request& request : slice->requests) {
      request.done = [this, timer = *request.timer](const Result<Receipt>& receipt) { answered(timer, receipt); };
      writer_.submit(std::move(request));
    }
  }
  const std::lock_guard lock(mutex_);
  looking_ = false;
  go_on();
}

/// The next slice is read while one is under way; the sweep ends with its last answer.
void TimerService::go_on() {
  if (looking_) return;
  if (complete_ && outstanding_ == 0) return end_sweep(next_);
  if (complete_ || outstanding_ > slice_timers_max) return;
  looking_ = true;
  tasks_.post([this] { look(); });
}

Result<TimerService::Slice> TimerService::due_slice(Time now, const std::string& from) {
  Slice slice;
  std::size_t rows = 0;
  slice.complete = true;
  v1::TimerRow row;
  auto scanned = database_.scan(store::Family::timers, {from, {}}, [&](std::string_view key, std::string_view value) {
    const auto timer = store::parse_timer_key(key);
    if (timer && timer->due > now) return slice.next = timer->due, false;
    slice.last_key = key;
    const bool known = timer && registry_.find(timer->workflow) != nullptr;
    if (known && row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      slice.requests.push_back(fire(*timer, row));
    else if (timer && !slice.left_behind)
      slice.left_behind = timer->due;
    slice.complete = ++rows < slice_rows_max && slice.requests.size() < slice_timers_max;
    return slice.complete;
  });
  if (!scanned) return std::move(scanned).error();
  return slice;
}

void TimerService::answered(const FiredTimer& timer, const Result<Receipt>& receipt) {
  const auto stays = [](ErrorCode code) {  // every other no is an answer too: the lapse is recorded, the row gone
    return code == ErrorCode::unavailable || code == ErrorCode::corrupt || code == ErrorCode::closed ||
           code == ErrorCode::limit;
  };
  if (receipt && !receipt->repeated) fired_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (!receipt && stays(receipt.error().code())) {
    failed_ = true;
    left_behind_ = std::min(left_behind_, timer.due);
  }
  --outstanding_;
  go_on();
}

void TimerService::end_sweep(std::optional<Time> next) {
  sweeping_ = false;
  const Time armed = std::exchange(armed_meanwhile_, Time::max());
  const Time wake = std::min(next.value_or(Time::max()), armed);
  // Without a row that is not due there is none at all behind this sweep, and those armed later tell.
  search_from_ = std::min({wake, std::exchange(left_behind_, Time::max())});
  if (wake != Time::max()) sleep_until(wake);
  if (std::exchange(failed_, false)) tasks_.post_after(std::chrono::seconds(1), [this] { sweep(); });
}

}  // namespace pavior::inline v0

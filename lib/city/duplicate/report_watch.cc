#include "pavior/city/report_watch.h"

#include <atomic>
#include <span>
#include <utility>

#include "city/duplicate/ordered_commands.h"
#include "city/duplicate/report_memory.h"
#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// The rest of a command's id is a number and a word.
constexpr std::size_t name_bytes_max = 64;

Position before(Position position) { return Position{number(position) - 1}; }

std::string words_of(const v1::DuplicateCandidate& candidate) {
  std::string text = fmt::format("{:.3f}", candidate.score());
  for (const auto& reason : candidate.reasons()) text += ", " + reason.why();
  return text;
}

v1::Merge merge_of(const v1::DuplicateCandidate& best) {
  v1::Merge merge;
  merge.set_target(best.order());
  merge.set_reason("about the same: " + words_of(best));
  return merge;
}

/// The event before the first one made at `time` or later, of those up to `last`. Times of a log seldom fall, and those of a
/// clock that was set back are found as well as they can be.
Result<Position> position_before(const Engine& engine, Time time, Position last) {
  std::uint64_t low = 0, high = number(last);
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    bool is_earlier = false;
    const auto read = engine.read(Position{middle}, [&](const Event& event) {
      is_earlier = event.time < time;
      return false;
    });
    if (!read) return read.error();
    (is_earlier ? low : high) = is_earlier ? middle + 1 : middle;
  }
  return Position{low};
}

}  // namespace

struct ReportWatch::Impl {
  Impl(PolicyBook book, ReportWatchOptions given) : policies(std::move(book)), options(std::move(given)) {}

  PolicyBook policies;
  ReportWatchOptions options;
  Engine* engine = nullptr;
  std::atomic<bool> leaves = false;
  // The handler's, which is called by one thread at a time.
  std::optional<ReportMemory> memory;
  Position taken = Position::none;  // The last event that the memory has.
  OrderedCommands waiting;          // Of the events up to that one.

  Result<void> handle(std::span<const Event> events) {
    const auto versions = policies.versions();
    if (auto sent = waiting.send(*engine); !sent) return sent;
    for (const Event& event : events) {
      if (memory && event.position <= taken) continue;  // It was handed over before, and then failed.
      if (auto ready = remember_before(event, versions->in_force(event.time)); !ready) return ready;
      const auto findings = memory->take(event);
      taken = event.position;
      if (findings) ask_for(event, *findings);
    }
    return waiting.send(*engine);
  }

  /// Sees to a memory by that policy, of all that was before the event.
  Result<void> remember_before(const Event& event, const Policy& policy) {
    if (memory && memory->is_of(policy)) return {};
    ReportMemory fresh(policy, {options.patience, options.reports_max});
    const Position last = before(event.position);
    const auto start =
        fresh.span().count() == 0 ? Result<Position>(last) : position_before(*engine, event.time - fresh.span(), last);
    if (!start) return start.error();
    const auto read = engine->read(*start, [&](const Event& past) {
      if (past.position > last || leaves) return false;
      fresh.take(past);
      return true;
    });
    if (!read) return read.error();
    if (leaves) return Error(ErrorCode::closed, "the watch is being detached");
    memory.emplace(std::move(fresh));
    return {};
  }

  /// Ids follow from the event. The merge comes last: a merged order takes no suggestion.
  void ask_for(const Event& event, const ReportFindings& findings) {
    std::size_t nth = 0;
    for (const auto& warning : findings.warnings) {
      v1::WarnOfRepeat warn;
      *warn.mutable_warning() = warning;
      add(event, warn, fmt::format("repeat{}", ++nth));
    }
    const auto& found = findings.suggestion;
    if (found.candidates().empty()) return;
    v1::SuggestDuplicates suggest;
    *suggest.mutable_suggestion() = found;
    add(event, suggest, "duplicates");
    if (found.action() == v1::DuplicateRule::MERGE) add(event, merge_of(found.candidates(0)), "merge");
  }

  template <class C>
  void add(const Event& event, const C& command, std::string_view what) {
    waiting.add(make_command(event.stream(), command)
                    .with_id(fmt::format("{}:{}:{}", options.name, number(event.position), what))
                    .by(Actor("report_watch", {std::string(roles::system)})));
  }
};

ReportWatch::ReportWatch(PolicyBook policies, ReportWatchOptions options)
    : impl_(std::make_unique<Impl>(std::move(policies), std::move(options))) {}

ReportWatch::~ReportWatch() { detach(); }

Result<void> ReportWatch::attach(Engine& engine) {
  if (impl_->engine != nullptr)
    return Error(ErrorCode::invalid, "the watch is attached already; detach it first, or make another one");
  const std::string& name = impl_->options.name;
  if (name.empty() || name.size() > name_bytes_max || name.starts_with("pavior:"))
    return Error(ErrorCode::invalid,
                 fmt::format("a watch's name has 1 to {} bytes and does not begin with \"pavior:\", "
                             "which \"{}\" does not keep to; give it another one",
                             name_bytes_max, name));
  impl_->memory.reset();
  impl_->waiting.clear();
  impl_->leaves = false;
  impl_->engine = &engine;
  auto subscribed = engine.subscribe(
      name, [impl = impl_.get()](std::span<const Event> events) { return impl->handle(events); }, impl_->options.start);
  if (!subscribed) impl_->engine = nullptr;
  return subscribed;
}

void ReportWatch::detach() {
  if (impl_->engine == nullptr) return;
  impl_->leaves = true;
  impl_->engine->unsubscribe(impl_->options.name);
  impl_->engine = nullptr;
}

}  // namespace pavior::city::inline v0

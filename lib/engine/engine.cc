#include "pavior/engine.h"

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "engine/aggregate.h"
#include "engine/decider.h"
#include "engine/deliveries.h"
#include "engine/door.h"
#include "engine/host_code.h"
#include "engine/registry.h"
#include "engine/subscriptions.h"
#include "engine/tasks.h"
#include "engine/timers.h"
#include "engine/verifier.h"
#include "engine/views.h"
#include "engine/writer.h"
#include "fmt/format.h"
#include "store/database.h"
#include "store/keys.h"
#include "store/log.h"

namespace pavior::inline v0 {
namespace {

/// Wires the parts together; each does its own work.
class StoreEngine final : public Engine {
 public:
  StoreEngine(std::unique_ptr<store::Database> database, Registry registry, Options options, Runtime& runtime,
              store::LogEnd end)
      : options_(std::move(options)),
        runtime_(runtime),
        registry_(std::move(registry)),
        database_(std::move(database)),
        tasks_(runtime),
        decider_(*database_, registry_, options_, runtime, end),
        writer_(*database_, decider_, options_, tasks_, [this](const Hints& hints) { durable(hints); }),
        timers_(*database_, registry_, writer_, tasks_, runtime),
        subscriptions_(*database_, tasks_),
        last_(number(end.last)) {
    for (const auto& courier : options_.couriers)
      lanes_.push_back(std::make_unique<Lane>(*database_, writer_, tasks_, options_, courier));
    for (const auto& projection : options_.projections)
      views_.push_back(std::make_unique<View>(*database_, tasks_, projection));
  }

  ~StoreEngine() override {
    tasks_.close();
    writer_.close();
  }

  Result<void> start() {
    if (options_.access == Access::follower) return {};
    for (const auto& view : views_)
      if (auto opened = view->open(); !opened) return opened;
    for (const auto& view : views_) view->hint();
    for (const auto& lane : lanes_) lane->look();
    if (options_.run_timers) timers_.start();
    return {};
  }

  void submit(Command command, Done done) override {
    if (auto fit = admit(command); !fit) return done(std::move(fit).error());
    writer_.submit({std::move(command), std::move(done)});
  }

  Result<Receipt> submit_and_wait(Command command) override {
    if (auto fit = admit(command); !fit) return std::move(fit).error();
    return writer_.submit_and_wait(std::move(command));
  }

  Result<Snapshot> load(const StreamId& stream) const override {
    auto aggregate = fold(stream);
    if (!aggregate) return std::move(aggregate).error();
    if (!aggregate->state) return Error(ErrorCode::not_found, fmt::format("there is no stream {}", stream.text()));
    return Snapshot{std::move(aggregate->state), aggregate->head.version, aggregate->head.stage};
  }

  Result<History> history(const StreamId& stream, Version from) const override {
    auto history = store::read_stream(*database_, store::stream_key(stream.workflow(), stream.key()), from);
    if (history && history->empty() && from == Version{1})
      return Error(ErrorCode::not_found, fmt::format("there is no stream {}", stream.text()));
    return history;
  }

  Result<std::vector<Possibility>> possibilities(const StreamId& stream, const Actor& actor) const override {
    auto aggregate = fold(stream);
    if (!aggregate) return std::move(aggregate).error();
    const Workflow& workflow = *registry_.find(stream.workflow());
    return call_host(workflow.name(), "possibilities", [&]() -> Result<std::vector<Possibility>> {
      return workflow.possibilities(aggregate->state.get(), actor, Context{runtime_.now(), aggregate->head.version});
    });
  }

  Result<Position> read(Position after, const Visitor& visit) const override {
    Position seen = after;
    auto done = store::read_commits(*database_, after, true,
                                    [&](const store::LogRow&, const CommitView& commit) -> Result<bool> {
                                      for (const Event& event : commit.events) {
                                        if (event.position <= after) continue;
                                        seen = event.position;
                                        if (!visit(event)) return false;
                                      }
                                      return true;
                                    });
    if (!done) return std::move(done).error();
    return seen;
  }

  Position last() const override { return Position{last_.load(std::memory_order_acquire)}; }

  Result<void> streams(std::string_view workflow,
                       const std::function<bool(const StreamId&, Version, Stage)>& visit) const override {
    const std::string prefix = store::stream_key(workflow, "");
    const std::string end = store::prefix_end(prefix);
    Result<void> outcome;
    auto scanned =
        database_->scan(store::Family::heads, {prefix, end}, [&](std::string_view key, std::string_view value) {
          auto head = HeadRow::decode(key, value);
          if (!head) return outcome = std::move(head).error(), false;
          return visit(store::stream_of(key), head->version, head->stage);
        });
    return outcome ? scanned : outcome;
  }

  Result<std::vector<PendingTimer>> timers(std::size_t count_max) const override {
    std::vector<PendingTimer> pending;
    auto scanned = database_->scan(store::Family::timers, {}, [&](std::string_view key, std::string_view) {
      if (pending.size() == count_max) return false;
      if (const auto timer = store::parse_timer_key(key))
        pending.push_back(
            {StreamId(std::string(timer->workflow), std::string(timer->key)), std::string(timer->name), timer->due});
      return true;
    });
    if (!scanned) return std::move(scanned).error();
    return pending;
  }

  Result<void> subscribe(std::string name, Handler handler, Position start) override {
    if (auto owner = owns(); !owner) return owner;
    return subscriptions_.add(std::move(name), std::move(handler), start);
  }
  void unsubscribe(std::string_view name) override { subscriptions_.remove(name); }

  Result<std::optional<std::string>> view_get(std::string_view projection, std::string_view key) const override {
    const auto at = database_->moment();  // a rebuild may swap the rows between the two reads
    auto prefix = live_prefix(projection, at);
    if (!prefix) return std::move(prefix).error();
    return database_->get(store::Family::views, *prefix + std::string(key), at);
  }

  Result<void> view_scan(std::string_view projection, std::string_view prefix,
                         const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const auto at = database_->moment();
    auto rows = live_prefix(projection, at);
    if (!rows) return std::move(rows).error();
    const std::string from = *rows + std::string(prefix);
    const std::string end = store::prefix_end(from);
    return database_->scan(
        store::Family::views, {from, end},
        [&](std::string_view key, std::string_view value) { return visit(key.substr(rows->size()), value); }, at);
  }

  Result<Position> view_position(std::string_view projection) const override {
    auto state = store_state(projection, {});
    if (!state) return std::move(state).error();
    return state->position;
  }

  Result<void> view_catch_up(std::string_view projection) override {
    auto view = owned_view(projection);
    return view ? (*view)->catch_up() : Result<void>(std::move(view).error());
  }
  Result<void> view_rebuild(std::string_view projection) override {
    auto view = owned_view(projection);
    return view ? (*view)->rebuild() : Result<void>(std::move(view).error());
  }

  Result<void> sync() override {
    if (auto owner = owns(); !owner) return owner;
    return database_->sync();
  }

  Result<void> refresh() override {
    if (options_.access == Access::owner) return {};
    if (auto refreshed = database_->refresh(); !refreshed) return refreshed;
    auto end = store::log_end(*database_);
    if (!end) return std::move(end).error();
    last_.store(number(end->last), std::memory_order_release);
    return {};
  }

  Result<Verification> verify(const std::function<void(Position)>& progress) const override {
    return Verifier(*database_, registry_, progress).run();
  }

  Metrics metrics() const override {
    Metrics metrics;
    metrics.accepted = writer_.accepted();
    metrics.repeated = writer_.repeated();
    metrics.refused = writer_.refused();
    metrics.events = events_.load(std::memory_order_relaxed);
    metrics.batches = writer_.batches();
    metrics.timers_fired = timers_.fired();
    for (const auto& lane : lanes_) {
      metrics.effects_delivered += lane->delivered();
      metrics.effects_given_up += lane->given_up();
    }
    metrics.queued = writer_.queued();
    metrics.cached_streams = writer_.cached_streams();
    return metrics;
  }

  const Workflow* workflow(std::string_view name) const override { return registry_.find(name); }

 private:
  Result<void> owns() const {
    if (options_.access == Access::owner) return {};
    return Error(ErrorCode::unavailable,
                 "this engine follows another's store and only reads; open it as its owner to write");
  }

  Result<void> admit(const Command& command) const {
    if (auto owner = owns(); !owner) return owner;
    return check_command(command, registry_, options_.limits);
  }

  Result<Aggregate> fold(const StreamId& stream) const {
    auto workflow = registry_.require(stream.workflow());
    if (!workflow) return std::move(workflow).error();
    return load_aggregate(*database_, **workflow, store::stream_key(stream.workflow(), stream.key()));
  }

  View* find_view(std::string_view projection) const {
    for (const auto& view : views_)
      if (view->name() == projection) return view.get();
    return nullptr;
  }
  Result<View*> owned_view(std::string_view projection) const {
    if (auto owner = owns(); !owner) return std::move(owner).error();
    if (View* view = find_view(projection)) return view;
    return Error(ErrorCode::not_found, fmt::format("no projection is called '{}'", projection));
  }
  Result<ViewState> store_state(std::string_view projection, const store::Database::MomentPtr& at) const {
    if (find_view(projection) == nullptr)
      return Error(ErrorCode::not_found, fmt::format("no projection is called '{}'", projection));
    return ViewState::read(*database_, projection, at);
  }
  Result<std::string> live_prefix(std::string_view projection, const store::Database::MomentPtr& at) const {
    auto state = store_state(projection, at);
    if (!state) return std::move(state).error();
    return store::view_prefix(projection, state->generation);
  }

  /// A batch is on disk: tell whoever waits for events. A lost hint loses nothing, the rows are there.
  void durable(const Hints& hints) {
    last_.store(number(hints.last), std::memory_order_release);
    events_.fetch_add(hints.events, std::memory_order_relaxed);
    if (hints.first_due) timers_.armed(*hints.first_due);
    if (hints.effects)
      for (const auto& lane : lanes_) lane->look();
    for (const auto& view : views_) view->hint();
    subscriptions_.hint();
  }

  const Options options_;
  Runtime& runtime_;
  const Registry registry_;
  const std::unique_ptr<store::Database> database_;
  Tasks tasks_;
  Decider decider_;
  Writer writer_;
  TimerService timers_;
  Subscriptions subscriptions_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<std::unique_ptr<View>> views_;
  std::atomic<std::uint64_t> last_;
  std::atomic<std::uint64_t> events_ = 0;
};

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const std::filesystem::path& path, Options options, Runtime& runtime) {
  if (auto fit = check_options(options); !fit) return std::move(fit).error();
  auto registry = Registry::make(options.workflows);
  if (!registry) return std::move(registry).error();
  auto database = store::Database::open(path, options);
  if (!database) return std::move(database).error();
  auto end = store::log_end(**database);
  if (!end) return std::move(end).error();
  auto engine =
      std::make_unique<StoreEngine>(std::move(*database), std::move(*registry), std::move(options), runtime, *end);
  if (auto started = engine->start(); !started) return std::move(started).error();
  return std::unique_ptr<Engine>(std::move(engine));
}

}  // namespace pavior::inline v0

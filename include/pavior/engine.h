/// \file
/// The engine: one store, one writer, any number of workflows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/outbox.h"
#include "pavior/projection.h"
#include "pavior/result.h"
#include "pavior/runtime.h"
#include "pavior/workflow.h"

namespace pavior::inline v0 {

/// When a command counts as accepted.
enum class Durability : std::uint8_t {
  power_loss,     ///< After the disk has it: one fdatasync a batch. The default.
  process_crash,  ///< After the operating system has it; `Engine::sync()` makes all of it safe against power loss.
};

/// How the store's files are compressed.
enum class Compression : std::uint8_t { none, lz4, zstd };

/// What opening does with the store.
enum class Access : std::uint8_t {
  owner,     ///< Writes. One process at a time; a second one is answered `unavailable`.
  follower,  ///< Reads beside a running owner, as of the last `refresh()`. Every command is answered `unavailable`.
};

/// Named limits; reaching one is answered with `ErrorCode::limit` and the name.
struct Limits {
  std::size_t stream_id_bytes_max = 256;  ///< Workflow and key together.
  std::size_t command_id_bytes_max = 128;
  std::size_t command_bytes_max = 1 << 20;  ///< A command's payload, also of those that timers and effects hold.
  std::size_t event_bytes_max = 1 << 20;    ///< The payload of one fact or effect.
  std::size_t text_bytes_max = 1024;        ///< One type, actor's id, trace, topic or timer's name.
  std::size_t events_per_commit_max = 64;
  std::size_t follow_ups_max = 32;         ///< Commands decided within one commit, the first not counted.
  std::size_t batch_commands_max = 1024;   ///< Commands that share one write.
  std::size_t batch_bytes_max = 4 << 20;   ///< Rows that share one write, and the facts of one commit.
  std::size_t queue_commands_max = 16384;  ///< Commands waiting for the writer: back-pressure.
  std::size_t timers_per_stream_max = 64;
};

/// How an engine behaves. Every default suits a city platform on one machine.
struct Options {
  std::vector<std::shared_ptr<const Workflow>> workflows;
  std::vector<std::shared_ptr<Projection>> projections;
  std::vector<std::shared_ptr<Courier>> couriers;
  Access access = Access::owner;
  bool create_if_missing = true;
  Durability durability = Durability::power_loss;
  Compression compression = Compression::lz4;
  bool run_timers = true;                 ///< Off: due timers wait, for tools that only look.
  std::size_t cache_streams_max = 65536;  ///< Folded states kept for the writer; an idle order costs nothing beyond it.
  std::size_t block_cache_bytes = 64 << 20;
  std::size_t write_buffer_bytes = 64 << 20;
  std::size_t deliveries_in_flight_max = 64;  ///< That one courier has at a time; those to be tried again count.
  std::uint32_t delivery_attempts_max = 8;
  std::chrono::milliseconds delivery_backoff{500};  ///< After the first failure; doubles up to an hour.
  Limits limits;
};

/// A stream's state at one moment.
struct Snapshot {
  StatePtr state;  ///< Never null.
  Version version{};
  Stage stage{};
};

/// A timer waiting in the store.
struct PendingTimer {
  StreamId stream;
  std::string name;
  Time due{};
};

/// What `Engine::verify()` looked at and found.
struct Verification {
  std::uint64_t events = 0;
  std::uint64_t commits = 0;
  std::uint64_t streams = 0;
  std::uint64_t timers = 0;
  std::uint64_t effects = 0;            ///< Not yet delivered.
  std::string chain;                    ///< Hex SHA-256 of the whole log; keep it elsewhere as an anchor.
  std::vector<std::string> problems;    ///< Each names the place. Empty: the store is sound.
  std::uint64_t problems_left_out = 0;  ///< Beyond the first 100.
};

/// Counts since opening. All are monotonic but those marked.
struct Metrics {
  std::uint64_t accepted = 0;
  std::uint64_t repeated = 0;
  std::uint64_t refused = 0;  ///< Every answer but accepted and repeated.
  std::uint64_t events = 0;
  std::uint64_t batches = 0;
  std::uint64_t timers_fired = 0;
  std::uint64_t effects_delivered = 0;
  std::uint64_t effects_given_up = 0;
  std::uint64_t queued = 0;          ///< Now.
  std::uint64_t cached_streams = 0;  ///< Now.
};

/// An open store.
/// Threads: every function may be called from any thread unless it says otherwise.
/// Lifetime: destroying it answers what is waiting with `closed`, waits for the write and the callbacks under way, and
/// never throws. Not from within a callback.
class PAVIOR_EXPORT Engine {
 public:
  using Done = std::function<void(Result<Receipt>)>;
  using Visitor = std::function<bool(const Event&)>;  ///< Returns false to stop.

  /// Opens or creates a store. Workflows, projections and couriers are fixed from here on.
  /// Cost: independent of the number of streams; a projection of a new revision is rebuilt in the background.
  /// Errors: invalid (options, or `path` holds something else), not_found (`create_if_missing` is off), unavailable
  /// (locked, not writable), corrupt (also: written by a newer version).
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const std::filesystem::path& path, Options options,
                                                            Runtime& runtime);
  virtual ~Engine() = default;

  /// Submits a command. `done` is called exactly once, on a thread of the runtime or, if the command is turned away at
  /// the door, on this one. It must not block; what it throws is dropped, since other callers wait for their answers.
  /// Errors, in order of precedence: closed, unavailable, limit, invalid (malformed, unknown workflow or type),
  /// conflict (id reused), conflict (expected version), refused.
  virtual void submit(Command command, Done done) = 0;

  /// As `submit`, and waits. Blocks: until the command is durable; the waiting thread may do the writer's work itself,
  /// so it is safe, and fast, also without any other thread. A task of the runtime and the handler of a subscription may
  /// wait, too; `done` may not.
  [[nodiscard]] virtual Result<Receipt> submit_and_wait(Command command) = 0;

  /// Folds a stream. Blocks: on the disk. Errors: not_found, invalid (unknown workflow), corrupt, unavailable.
  [[nodiscard]] virtual Result<Snapshot> load(const StreamId& stream) const = 0;

  /// The events of a stream from `from` on. Blocks: on the disk. Errors: not_found (the stream has no events), corrupt.
  [[nodiscard]] virtual Result<History> history(const StreamId& stream, Version from = Version{1}) const = 0;

  /// What `actor` can do now with a stream, which need not exist. Blocks: on the disk.
  [[nodiscard]] virtual Result<std::vector<Possibility>> possibilities(const StreamId& stream,
                                                                       const Actor& actor) const = 0;

  /// Visits events after `after` in the order of their positions. Blocks: on the disk. Returns the last one visited.
  [[nodiscard]] virtual Result<Position> read(Position after, const Visitor& visit) const = 0;

  /// The last durable position.
  [[nodiscard]] virtual Position last() const = 0;

  /// Visits streams of one workflow in the order of their keys. Blocks: on the disk.
  [[nodiscard]] virtual Result<void> streams(
      std::string_view workflow, const std::function<bool(const StreamId&, Version, Stage)>& visit) const = 0;

  /// Waiting timers in the order of their due times.
  [[nodiscard]] virtual Result<std::vector<PendingTimer>> timers(std::size_t count_max) const = 0;

  /// Called with events of the feed in order, each at least once; `after` its checkpoint. Returns an error to have the
  /// slice again, a second later at first and at most a minute.
  using Handler = std::function<Result<void>(std::span<const Event>)>;
  /// Starts the durable subscription `name` where it left off, with catch-up first and live events then. A new one
  /// starts after `start`. `handler` is called on a thread of the runtime, one call at a time.
  /// Errors: invalid (the name is running already).
  [[nodiscard]] virtual Result<void> subscribe(std::string name, Handler handler, Position start = Position::none) = 0;
  /// Stops it; returns once no call is running. Its checkpoint stays. Not from within its handler.
  virtual void unsubscribe(std::string_view name) = 0;

  /// Reads a projection's row. Blocks: on the disk. Errors: not_found (no such projection).
  [[nodiscard]] virtual Result<std::optional<std::string>> view_get(std::string_view projection,
                                                                    std::string_view key) const = 0;
  /// Visits rows whose key begins with `prefix`, in order, as of one moment; `visit` returns false to stop.
  [[nodiscard]] virtual Result<void> view_scan(
      std::string_view projection, std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
  /// How far a projection has read.
  [[nodiscard]] virtual Result<Position> view_position(std::string_view projection) const = 0;
  /// Applies what is missing now, on this thread. Blocks: on the disk.
  [[nodiscard]] virtual Result<void> view_catch_up(std::string_view projection) = 0;
  /// Builds the rows anew beside the live ones and swaps them in one write. Blocks: until swapped.
  [[nodiscard]] virtual Result<void> view_rebuild(std::string_view projection) = 0;

  /// Makes everything accepted so far safe against power loss. Blocks: on the disk.
  [[nodiscard]] virtual Result<void> sync() = 0;

  /// Follower only: catches up with the owner. Blocks: on the disk. Not while another thread reads a view.
  [[nodiscard]] virtual Result<void> refresh() = 0;

  /// Derives everything again from the events and compares. `progress` is told the position now and then.
  /// Blocks: long. Errors: unavailable. What is wrong with the data is in the answer, not an error.
  [[nodiscard]] virtual Result<Verification> verify(const std::function<void(Position)>& progress = {}) const = 0;

  [[nodiscard]] virtual Metrics metrics() const = 0;
  [[nodiscard]] virtual const Workflow* workflow(std::string_view name) const = 0;
};

}  // namespace pavior::inline v0

/// \file
/// Derives everything again from the log and compares.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/digest.h"
#include "engine/aggregate.h"
#include "pavior/engine.h"
#include "store/log.h"

namespace pavior::inline v0 {

/// Reads one moment of the store; a running engine may go on.
/// Cost: a point lookup a commit, timer and effect; memory for one page of events and the effects one stream has waiting.
class Verifier {
 public:
  using Progress = std::function<void(Position)>;
  Verifier(const store::Database& database, const Registry& registry, const Progress& progress)
      : Verifier(database, registry, progress, database.moment()) {}

  /// Errors: unavailable.
  Result<Verification> run();

 private:
  /// One stream and what its events give.
  struct Stream {
    std::string key;
    std::string name;
    const Workflow& workflow;
    StatePtr state;
    HeadRow head;
    std::map<std::string, std::string> timer_rows;  ///< Of those not answered.
    std::map<EffectKey, std::string> effects;       ///< Of those not settled.

    void disarm(std::string_view timer_name);
  };
  Verifier(const store::Database& database, const Registry& registry, const Progress& progress,
           store::Database::MomentPtr at)
      : database_(database), registry_(registry), progress_(progress), at_(std::move(at)) {}

  // First pass: the log itself, and the command table that points into it.
  Result<void> check_log();
  void check_commit(const store::ReadCommit& read);

  // Second pass: every stream is folded again, and its head, timers and effects derived from the facts.
  Result<void> check_streams();
  void check_stream(const std::string& key, std::string_view head_bytes);
  bool derive(Stream& stream);
  bool fold(Stream& stream, std::span<const Event> commit);
  void follow(Stream& stream, const Event& event);
  bool is_answered(const std::string& command_id);
  bool is_stored(EffectKey key, const std::string& expected);

  // Third pass: no row is there that no event gives.
  Result<void> check_counts();
  Result<void> find_strays(store::Family family);
  bool is_command(std::string_view key, std::string_view value);
  bool is_index(std::string_view key, std::string_view value);
  bool is_timer(std::string_view key);
  bool is_effect(std::string_view key, std::string_view value);
  bool read_at(Position position, std::string& bytes, store::ReadCommit& read);
  std::unique_ptr<Stream> derive_again(const std::string& key);
  Result<void> find_unindexed();
  Result<void> check_checkpoints();

  std::optional<std::string> row(store::Family family, const std::string& key);
  void problem(std::string text);

  const store::Database& database_;
  const Registry& registry_;
  const Progress& progress_;
  store::Database::MomentPtr at_;
  Verification found_;
  Sha256 sha256_;
  Digest chain_{};
  Position expected_{1};
  std::uint64_t timers_answered_ = 0;  // by commits that say so ...
  std::uint64_t timers_gone_ = 0;      // ... and of those the events armed
  std::uint64_t effects_settled_ = 0;
  std::uint64_t effects_gone_ = 0;
  std::uint64_t indexed_ = 0;
  bool all_known_ = true;  // or the rows of some streams cannot be told from strays
};

}  // namespace pavior::inline v0

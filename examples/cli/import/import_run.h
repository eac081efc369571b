/// \file
/// Lets imported orders live their real dates in a store.
#pragma once

#include <optional>
#include <vector>

#include "import/import_rows.h"
#include "pavior/engine.h"
#include "pavior/testing.h"
#include "progress.h"

namespace pavior::cli {

struct ImportOutcome {
  std::uint64_t imported = 0;  ///< Orders of which anything was new.
  std::uint64_t repeated = 0;  ///< Orders of which all was there already.
  std::vector<RejectedRow> rejected;
};

/// Reports, files and dispatches each order when it was opened and carries it to the close when it was closed, all in
/// one order of time; timers fire between, at their own instants. Command ids are made of the format and the order's
/// id, so what is there already stays as it is, and an import that was cut off goes on where it ended.
/// Lifetime: everything given outlives it.
/// Threads: one, the runtime's.
class ImportRun {
 public:
  ImportRun(Engine& engine, SimulatedRuntime& runtime, const Format& format, const ImportRows& rows);

  /// When the first row was opened: where the runtime's clock should start.
  [[nodiscard]] static Time begin(const ImportRows& rows);

  /// Errors: those of a store that fails under way; what was accepted until then stays.
  [[nodiscard]] Result<ImportOutcome> run(Progress& progress);

 private:
  enum class Moment : std::uint8_t { opened, closed };
  struct Step {
    Time at{};
    std::size_t order = 0;
    Moment moment{};
    friend auto operator<=>(const Step&, const Step&) = default;
  };
  struct Fate {
    bool any_new = false;
    std::optional<RowError> rejected;
  };

  [[nodiscard]] std::vector<Step> steps() const;
  void begin(const Step& step);
  void go_on(const Step& step, const Result<Receipt>& first);
  void note(std::size_t order, const Result<Receipt>& result);
  [[nodiscard]] std::vector<Command> commands(const Step& step) const;
  [[nodiscard]] Command command(const ImportedOrder& order, Command wish, std::string_view name) const;
  [[nodiscard]] ImportOutcome outcome();

  Engine& engine_;
  SimulatedRuntime& runtime_;
  const Format& format_;
  const ImportRows& rows_;
  std::vector<Fate> fates_;
  std::optional<Error> failure_;
};

}  // namespace pavior::cli

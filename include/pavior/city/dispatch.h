/// \file
/// Who gets an order, and why: the catalogue's tables, a host's own rules, and the answer with its reasons.
/// docs/dispatch.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/policy.h"
#include "pavior/city/v1/dispatch.pb.h"
#include "pavior/city/v1/organisation.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// What dispatch asks about a city's organisation, in one version of it. Units have numbers from 0 up, in any order: the
/// order makes no difference to what is chosen.
/// Threads: the answers never change; asked by any.
class PAVIOR_EXPORT DispatchWorld {
 public:
  virtual ~DispatchWorld() = default;

  [[nodiscard]] virtual v1::PolicyVersion version() const = 0;
  [[nodiscard]] virtual std::size_t unit_count() const = 0;
  [[nodiscard]] virtual const v1::HandlingUnit& unit(std::size_t number) const = 0;
  /// Cost: asked about every candidate of a row that wants somebody on duty.
  [[nodiscard]] virtual bool on_duty(std::size_t unit, Time at) const = 0;
  /// Whose responsibility this very grid is, by id; empty if it is its parent's.
  [[nodiscard]] virtual std::string_view unit_of_grid(std::string_view grid) const = 0;
  [[nodiscard]] virtual bool has_grid(std::string_view grid) const = 0;
  /// Null: there is none.
  [[nodiscard]] virtual const v1::JointGroup* joint_group(std::string_view id) const = 0;
};

/// What a unit has to do.
struct UnitLoad {
  std::uint32_t at_work = 0;       ///< Orders that it has and that are not yet handled.
  std::int64_t last_dispatch = 0;  ///< Its time or position; the later, the greater. 0: never.

  friend bool operator==(const UnitLoad&, const UnitLoad&) = default;
};

/// Threads: asked by any, while a projection or the host counts on.
class PAVIOR_EXPORT Workload {
 public:
  virtual ~Workload() = default;
  /// By the number of the unit in its `DispatchWorld`.
  [[nodiscard]] virtual UnitLoad of(std::size_t unit) const = 0;
};

/// What is asked: everything that a decision may look at, besides world and workload.
/// Lifetime: order and policy must outlive the question.
struct DispatchQuestion {
  const v1::WorkOrder& order;
  const Policy& policy;  ///< The one the order keeps.
  Time at{};
  /// Units that handed the order back in this round: they are chosen again only if nobody else is found.
  std::vector<std::string> handed_back = {};
  /// What the host knows of the order besides; text conditions name them `attributes.surface`.
  std::map<std::string, std::string, std::less<>> attributes = {};
};

/// What a host's rule says about a unit.
struct Verdict {
  bool eligible = true;
  double score = 1;    ///< From 0 to 1.
  std::string reason;  ///< "has no key to the school". Stored with the dispatch, so nothing about a person.
};

/// A rule of the host's own. It is asked about units that a row of the tables names or finds.
/// Threads: called by any, several at once. Blocks: must not.
/// Errors: a rule that throws, or scores outside 0 to 1, has no say: the tables do not decide then, so the order goes to
/// the fallback unit or the manual queue, and the explanation tells of the failure.
class PAVIOR_EXPORT DispatchRule {
 public:
  virtual ~DispatchRule() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual Verdict ask(const DispatchQuestion& question, const v1::HandlingUnit& unit) const = 0;
};

struct WeightedRule {
  std::shared_ptr<const DispatchRule> rule;
  /// Of its score, where that of the tables' strategy has 1. 0: it only vetoes.
  double weight = 0;
};

struct DispatchAnswer {
  std::string lead;  ///< Empty: the order waits in the manual queue.
  std::vector<std::string> assists;
  v1::DispatchExplanation explanation;  ///< To be stored with the dispatch.

  [[nodiscard]] bool in_manual_queue() const { return lead.empty(); }
};

class PAVIOR_EXPORT Dispatcher {
 public:
  virtual ~Dispatcher() = default;
  /// Threads: any. Blocks: must not. Must not throw. Asked when an order is to be dispatched, never on replay.
  [[nodiscard]] virtual DispatchAnswer choose(const DispatchQuestion& question) const = 0;
};

/// The library's own: the tables of the order's policy, then the fallback unit, then the manual queue.
/// The same question, world and workload give the same answer, whatever the order of the units.
/// Threads: immutable; copy and share freely. Cost: docs/dispatch.md.
class PAVIOR_EXPORT RuleDispatcher final : public Dispatcher {
 public:
  /// Errors: invalid (no world or workload, an id that two units have, a rule without name or with a weight below 0).
  [[nodiscard]] static Result<RuleDispatcher> make(std::shared_ptr<const DispatchWorld> world,
                                                   std::shared_ptr<const Workload> workload,
                                                   std::vector<WeightedRule> rules = {});
  [[nodiscard]] DispatchAnswer choose(const DispatchQuestion& question) const override;

  struct Parts;

 private:
  explicit RuleDispatcher(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

/// A world that is told everything: for tests, trials, and hosts with a list of units.
/// Threads: as a standard container.
class PAVIOR_EXPORT MemoryWorld final : public DispatchWorld {
 public:
  MemoryWorld(v1::PolicyVersion version, std::vector<v1::HandlingUnit> units);

  /// Empty: that of the grid above it.
  void add_grid(std::string grid, std::string unit) { grids_[std::move(grid)] = std::move(unit); }
  void add_joint_group(v1::JointGroup group);
  /// From `from` until just before `to`. Nobody is on duty at other times.
  void add_duty(std::string_view unit, Time from, Time to);
  /// Nothing: there is no such unit.
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view unit) const;

  [[nodiscard]] v1::PolicyVersion version() const override { return version_; }
  [[nodiscard]] std::size_t unit_count() const override { return units_.size(); }
  [[nodiscard]] const v1::HandlingUnit& unit(std::size_t number) const override { return units_[number]; }
  [[nodiscard]] bool on_duty(std::size_t unit, Time at) const override;
  [[nodiscard]] std::string_view unit_of_grid(std::string_view grid) const override;
  /// Any, if it was not told of one.
  [[nodiscard]] bool has_grid(std::string_view grid) const override;
  [[nodiscard]] const v1::JointGroup* joint_group(std::string_view id) const override;

 private:
  struct Duty {
    Time from;
    Time to;
  };
  v1::PolicyVersion version_;
  std::vector<v1::HandlingUnit> units_;
  std::vector<std::vector<Duty>> duties_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::map<std::string, std::string, std::less<>> grids_;
  std::map<std::string, v1::JointGroup, std::less<>> groups_;
};

/// Counts that a host or a projection feeds.
/// Threads: any; one may count while others ask.
class PAVIOR_EXPORT MemoryWorkload final : public Workload {
 public:
  /// For the units of a world, by its numbers.
  explicit MemoryWorkload(std::size_t unit_count);
  ~MemoryWorkload() override;

  void set(std::size_t unit, UnitLoad load);
  /// One more at work, the last of them at `when`.
  void dispatched(std::size_t unit, std::int64_t when);
  /// One less: it was handled, or handed back.
  void ended(std::size_t unit);
  [[nodiscard]] UnitLoad of(std::size_t unit) const override;

 private:
  struct Counts;
  std::unique_ptr<Counts[]> counts_;
  std::size_t size_;
};

/// What people are shown instead of a unit's id.
using UnitNames = std::function<std::string(std::string_view unit)>;

/// As a person would want to read it: short lines, the answer first.
[[nodiscard]] PAVIOR_EXPORT std::string explain_text(const v1::DispatchExplanation& explanation,
                                                     const UnitNames& name = {});

}  // namespace pavior::city::inline v0

/// \file
/// What sensors say again and again: one order for each storm of alerts, with the others as its samples.
/// docs/duplicates.md.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/city/policy.h"
#include "pavior/city/v1/duplicates.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// What an alert has become.
struct FoldedAlert {
  /// It begins a storm, and a report is to be made with the key `storm.order()`. Else it is one more sample of that order.
  bool opens = false;
  v1::AlertCase storm;  ///< With this alert in it.
};

/// How a storm is reported.
struct AlertReport {
  std::string channel = "sensor";
  std::string profile = {};   ///< Empty: the channel's.
  std::string category = {};  ///< That the report suggests; empty: none.
};

/// What a folded alert asks of its order: if it opens a storm a `Report`, titled by the scenario, of which it is the first
/// sample; else an `AddAlertSample`. By the actor `alerts` with the role `system`. The command's id follows from the alert's,
/// if it has one: an alert sent again is answered as repeated, or by `conflict`, and adds nothing to the order. If a sample
/// is refused since the order has ended, end the storm, fold the alert again and send what that asks for.
[[nodiscard]] PAVIOR_EXPORT Command alert_command(const FoldedAlert& folded, const v1::Alert& alert,
                                                  const AlertReport& how = {});

/// The alert rules of a policy: to which storm an alert belongs, and what it adds.
/// Threads: immutable; copy and share freely.
class PAVIOR_EXPORT AlertRulebook {
 public:
  explicit AlertRulebook(const Policy& policy);
  ~AlertRulebook();
  AlertRulebook(const AlertRulebook& other);
  AlertRulebook& operator=(const AlertRulebook& other);

  /// An empty storm: `rule` and `key` name the row to load.
  /// Errors: invalid (no sensor or scenario; a reading without a name, twice there, or that is no number; a time outside
  /// of 1970 to 9999).
  [[nodiscard]] Result<v1::AlertCase> storm(const v1::Alert& alert) const;
  /// Adds the alert to the last storm of that row, or lets a new one begin: after the order has ended, and outside of the
  /// rule's window, whose end is not part of it. An order's key is made of the storm's and its first instant.
  /// The same alert told twice is two samples: submit alerts with their ids as command ids. Errors: as `storm`.
  [[nodiscard]] Result<FoldedAlert> fold(v1::AlertCase last, const v1::Alert& alert) const;

 private:
  struct Rules;
  std::shared_ptr<const Rules> rules_;
};

/// The last storms of all keys, in memory. The same alerts and ends give the same answers and the same state.
/// Threads: as a standard container. Cost: microseconds an alert; a kilobyte for each sensor or place at most.
class PAVIOR_EXPORT AlertFolder {
 public:
  explicit AlertFolder(const Policy& policy);
  /// Goes on from a state. Errors: invalid (a storm is there twice).
  [[nodiscard]] static Result<AlertFolder> restored(const Policy& policy, const v1::AlertState& state);
  ~AlertFolder();
  AlertFolder(AlertFolder&& other) noexcept;
  AlertFolder& operator=(AlertFolder&& other) noexcept;

  /// Errors: as `AlertRulebook::storm`; nothing has changed then.
  [[nodiscard]] Result<FoldedAlert> fold(const v1::Alert& alert);
  /// The order was closed, or ended otherwise: its storm is over, and leaves. Nothing happens to other orders.
  void end(std::string_view order);

  [[nodiscard]] v1::AlertState state() const;
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Impl;
  explicit AlertFolder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pavior::city::inline v0

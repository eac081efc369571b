// What is possible now: the answers of rows, joined by command.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

struct RuleText {
  std::string name;
  std::string explanation;
};

/// A row's rules: those that do not hold, and those that need the command.
struct RowAnswer {
  std::vector<RuleText> failing;
  std::vector<RuleText> open;
};

/// Joins the answers of rows into one per command: the best of its rows.
class PAVIOR_EXPORT PossibilityList {
 public:
  void add(const std::string& command_type, RowAnswer answer);
  /// Blocks by the rule of `may` what the actor may not do.
  void restrict(const std::function<Result<void>(std::string_view command)>& may);
  [[nodiscard]] std::vector<Possibility> take() && { return std::move(list_); }

 private:
  std::vector<Possibility> list_;
};

}  // namespace pavior::inline v0::machine::detail

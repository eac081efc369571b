#include "pavior/detail/possibility_list.h"

#include <algorithm>

#include "pavior/proto.h"

namespace pavior::inline v0::machine::detail {
namespace {

using Answer = Possibility::Answer;

void add_rules(Possibility& possibility, std::vector<RuleText> rules) {
  for (auto& rule : rules) {
    if (std::ranges::find(possibility.rules, rule.name) != possibility.rules.end()) continue;
    possibility.rules.push_back(std::move(rule.name));
    possibility.explanations.push_back(std::move(rule.explanation));
  }
}

void replace(Possibility& possibility, Answer answer, std::vector<RuleText> rules) {
  possibility.answer = answer;
  possibility.rules.clear();
  possibility.explanations.clear();
  add_rules(possibility, std::move(rules));
}

}  // namespace

void PossibilityList::add(const std::string& command_type, RowAnswer answer) {
  const bool blocked = !answer.failing.empty();
  const auto now = blocked ? Answer::blocked : answer.open.empty() ? Answer::yes : Answer::depends;
  auto& rules = blocked ? answer.failing : answer.open;

  const auto known = std::ranges::find(list_, command_type, &Possibility::command_type);
  if (known == list_.end()) {
    replace(list_.emplace_back(Possibility{std::string(short_name(command_type)), command_type, now, {}, {}}), now,
            std::move(rules));
  } else if (now < known->answer) {
    replace(*known, now, std::move(rules));
  } else if (now == known->answer) {
    add_rules(*known, std::move(rules));
  }
}

void PossibilityList::restrict(const std::function<Result<void>(std::string_view)>& may) {
  for (auto& possibility : list_) {
    if (const auto answer = may(possibility.command); !answer) {
      replace(possibility, Answer::blocked, {{answer.error().rule(), answer.error().message()}});
    }
  }
}

}  // namespace pavior::inline v0::machine::detail

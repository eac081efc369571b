#include "pavior/detail/possibility_list.h"

#include <algorithm>

#include "pavior/proto.h"

namespace pavior::inline v0::machine::detail {
namespace {

using Answer = Possibility::Answer;

void add_missing(std::vector<std::string>& rules, std::vector<std::string> more) {
  for (auto& rule : more)
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(std::move(rule));
}

}  // namespace

void PossibilityList::add(const std::string& command_type, RowAnswer answer) {
  const bool blocked = !answer.failing.empty();
  const auto now = blocked ? Answer::blocked : answer.open.empty() ? Answer::yes : Answer::depends;
  auto& rules = blocked ? answer.failing : answer.open;

  const auto known = std::ranges::find(list_, command_type, &Possibility::command_type);
  if (known == list_.end()) {
    list_.push_back({std::string(short_name(command_type)), command_type, now, std::move(rules)});
  } else if (now < known->answer) {
    known->answer = now;
    known->rules = std::move(rules);
  } else if (now == known->answer) {
    add_missing(known->rules, std::move(rules));
  }
}

void PossibilityList::restrict(const std::function<Result<void>(std::string_view)>& may) {
  for (auto& possibility : list_) {
    if (const auto answer = may(possibility.command); !answer) {
      possibility.answer = Answer::blocked;
      possibility.rules = {answer.error().rule()};
    }
  }
}

}  // namespace pavior::inline v0::machine::detail

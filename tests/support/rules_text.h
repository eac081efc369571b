/// \file
/// The rules of a lifecycle table, for its page.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "pavior/detail/model.h"

namespace pavior::testing {

/// The rules in the order the table first names them, each with what it requires.
template <class Lifecycle>
std::string rules_text() {
  using Rows = typename machine::detail::Model<Lifecycle>::Rows;
  std::vector<std::pair<std::string, std::string>> rules;
  const auto add = [&]<class Rule>(Rule) {
    const std::pair rule(Rule::name(), Rule::explanation());
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
  };
  const auto add_row = [&]<class... Rs>(boost::mp11::mp_list<Rs...>) { (add(machine::detail::Rule<Rs>()), ...); };
  [&]<class... Each>(boost::mp11::mp_list<Each...>) { (add_row(typename Each::Rules{}), ...); }(Rows{});

  std::string text = "| rule | requires that |\n|---|---|\n";
  for (const auto& [name, explanation] : rules) text += fmt::format("| {} | {} |\n", name, explanation);
  return text;
}

}  // namespace pavior::testing

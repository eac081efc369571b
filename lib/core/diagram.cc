#include "pavior/diagram.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"

namespace pavior::inline v0 {
namespace {

/// Rows of the same command, rules and event that differ only in their stages.
struct Group {
  const Transition* first;
  std::vector<std::string> from;
  bool stays = true;  ///< Every row returns to where it started.
  bool one_target = true;
};

bool continues(const Group& group, const Transition& row) {
  const Transition& first = *group.first;
  if (row.command_type != first.command_type || row.when != first.when || row.event_type != first.event_type)
    return false;
  const bool stays = group.stays && row.from_stage == row.to_stage;
  return stays || (group.one_target && row.to_stage == first.to_stage);
}

std::vector<Group> grouped(std::span<const Transition> transitions) {
  std::vector<Group> groups;
  for (const auto& row : transitions) {
    if (groups.empty() || !continues(groups.back(), row)) groups.push_back({&row, {}});
    Group& group = groups.back();
    group.from.push_back(row.from);
    group.stays = group.stays && row.from_stage == row.to_stage;
    group.one_target = group.one_target && row.to_stage == group.first->to_stage;
  }
  return groups;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

/// All commands between two stages. What leaves a stage as it is would hide the way: the table tells it.
struct Arrow {
  const Transition* row;
  std::vector<std::string> commands;
};

std::vector<Arrow> arrows(std::span<const Transition> transitions) {
  std::vector<Arrow> result;
  for (const auto& row : transitions) {
    if (row.from_stage == row.to_stage) continue;
    auto arrow = std::ranges::find_if(result, [&](const Arrow& known) {
      return known.row->from_stage == row.from_stage && known.row->to_stage == row.to_stage;
    });
    if (arrow == result.end()) arrow = result.insert(result.end(), {&row, {}});
    if (std::ranges::find(arrow->commands, row.command) == arrow->commands.end())
      arrow->commands.push_back(row.command);
  }
  return result;
}

}  // namespace

std::string to_markdown(std::span<const Transition> transitions) {
  std::string text = "| from | command | when | event | to |\n|---|---|---|---|---|\n";
  for (const Group& group : grouped(transitions)) {
    const Transition& row = *group.first;
    text += fmt::format("| {} | {} | {} | {} | {} |\n", joined(group.from, ", "), row.command,
                        row.when.empty() ? "always" : joined(row.when, ", "), row.event,
                        group.one_target ? row.to : "same");
  }
  return text;
}

std::string to_mermaid(std::span<const Transition> transitions) {
  std::string text = "stateDiagram-v2\n";
  for (const Arrow& arrow : arrows(transitions)) {
    const bool begins = arrow.row->from_stage == Stage::absent;
    text += fmt::format("  {} --> {} : {}\n", begins ? "[*]" : arrow.row->from, arrow.row->to,
                        joined(arrow.commands, ", "));
  }
  return text;
}

std::string to_graphviz(std::span<const Transition> transitions) {
  std::string text = "digraph lifecycle {\n  node [shape=box, style=rounded];\n  \"absent\" [shape=point];\n";
  for (const Arrow& arrow : arrows(transitions)) {
    text += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\"];\n", arrow.row->from, arrow.row->to,
                        joined(arrow.commands, "\\n"));
  }
  return text + "}\n";
}

}  // namespace pavior::inline v0

#include "pavior/diagram.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "core/text.h"
#include "fmt/format.h"
#include "pavior/detail/runtime_table.h"

namespace pavior::inline v0 {
namespace {

/// Rows of the same id, command, rules and event that differ only in their stages.
struct Group {
  const Transition* first;
  std::vector<std::string> from;
  std::vector<std::string> to;
  bool stays = true;  ///< Every row returns to where it started.
};

bool continues(const Group& group, const Transition& row) {
  const Transition& first = *group.first;
  if (row.id != first.id || row.command_type != first.command_type || row.when != first.when ||
      row.event_type != first.event_type || row.state_from != first.state_from)
    return false;
  const bool stays = group.stays && row.from_stage == row.to_stage;
  return stays || group.to == std::vector{row.to} || group.from == std::vector{row.from};
}

std::vector<Group> grouped(std::span<const Transition> transitions, std::string_view chapter) {
  std::vector<Group> groups;
  for (const auto& row : transitions) {
    if (row.chapter != chapter) continue;
    if (groups.empty() || !continues(groups.back(), row)) groups.push_back({&row, {}, {}});
    Group& group = groups.back();
    add_missing(group.from, row.from);
    add_missing(group.to, row.to);
    group.stays = group.stays && row.from_stage == row.to_stage;
  }
  return groups;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

/// All commands between two places: stages, or states of a chapter. What stays where it is would hide the way: the table
/// tells it.
struct Arrow {
  std::string from;
  std::string to;
  std::vector<std::string> commands;
};

void add_arrow(std::vector<Arrow>& arrows, const std::string& from, const std::string& to, const std::string& command) {
  if (from == to) return;
  auto arrow = std::ranges::find_if(arrows, [&](const Arrow& known) { return known.from == from && known.to == to; });
  if (arrow == arrows.end()) arrow = arrows.insert(arrows.end(), {from, to, {}});
  add_missing(arrow->commands, command);
}

std::vector<Arrow> arrows(std::span<const Transition> transitions) {
  std::vector<Arrow> result;
  for (const auto& row : transitions) add_arrow(result, row.from, row.to, row.command);
  return result;
}

std::vector<Arrow> arrows_of(std::span<const Transition> transitions, std::string_view chapter) {
  std::vector<Arrow> result;
  for (const auto& row : transitions) {
    if (row.chapter != chapter || row.state_to == "same") continue;
    for (const auto& from : row.state_from) add_arrow(result, from, row.state_to, row.command);
  }
  return result;
}

std::string when_text(const Transition& row) { return row.when.empty() ? "always" : joined(row.when, ", "); }

std::string main_table(const std::vector<Group>& groups, bool has_ids) {
  std::string text = has_ids ? "| id | from | command | when | event | to |\n|---|---|---|---|---|---|\n"
                             : "| from | command | when | event | to |\n|---|---|---|---|---|\n";
  for (const Group& group : groups) {
    const Transition& row = *group.first;
    if (has_ids) text += fmt::format("| {} ", row.id);
    const bool same = group.stays && group.from.size() > 1;
    text += fmt::format("| {} | {} | {} | {} | {} |\n", joined(group.from, ", "), row.command, when_text(row),
                        row.event, same ? "same" : joined(group.to, ", "));
  }
  return text;
}

std::string chapter_table(const std::vector<Group>& groups) {
  const bool has_states =
      std::ranges::any_of(groups, [](const Group& group) { return !group.first->state_to.empty(); });
  std::string text = has_states ? "| id | while | from | command | when | event | to |\n|---|---|---|---|---|---|---|\n"
                                : "| id | while | command | when | event |\n|---|---|---|---|---|\n";
  for (const Group& group : groups) {
    const Transition& row = *group.first;
    text += fmt::format("| {} | {} ", row.id, joined(group.from, ", "));
    if (has_states) text += fmt::format("| {} ", joined(row.state_from, ", "));
    text += fmt::format("| {} | {} | {} ", row.command, when_text(row), row.event);
    text += has_states ? fmt::format("| {} |\n", row.state_to) : "|\n";
  }
  return text;
}

std::vector<std::string> chapters(std::span<const Transition> transitions) {
  std::vector<std::string> names;
  for (const auto& row : transitions)
    if (!row.chapter.empty()) add_missing(names, row.chapter);
  return names;
}

/// "return_request" as "Return request".
std::string heading(std::string name) {
  name = machine::detail::words(std::move(name));
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  return name;
}

}  // namespace

std::string to_markdown(std::span<const Transition> transitions) {
  const bool has_ids = std::ranges::any_of(transitions, [](const Transition& row) { return !row.id.empty(); });
  std::string text = main_table(grouped(transitions, {}), has_ids);
  for (const auto& chapter : chapters(transitions))
    text += fmt::format("\n### {}\n\n{}", heading(chapter), chapter_table(grouped(transitions, chapter)));
  return text;
}

std::string to_mermaid(std::span<const Transition> transitions) {
  std::string text = "stateDiagram-v2\n";
  for (const Arrow& arrow : arrows(transitions))
    text += fmt::format("  {} --> {} : {}\n", arrow.from == "absent" ? "[*]" : arrow.from, arrow.to,
                        joined(arrow.commands, ", "));
  return text;
}

std::string to_mermaid(std::span<const Transition> transitions, std::string_view chapter) {
  std::string text;
  for (const Arrow& arrow : arrows_of(transitions, chapter))
    text += fmt::format("  {} --> {} : {}\n", arrow.from, arrow.to, joined(arrow.commands, ", "));
  return text.empty() ? text : "stateDiagram-v2\n" + text;
}

std::string to_graphviz(std::span<const Transition> transitions) {
  std::string text = "digraph lifecycle {\n  node [shape=box, style=rounded];\n  \"absent\" [shape=point];\n";
  for (const Arrow& arrow : arrows(transitions))
    text += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\"];\n", arrow.from, arrow.to, joined(arrow.commands, "\\n"));
  return text + "}\n";
}

}  // namespace pavior::inline v0

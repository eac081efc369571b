/// \file
/// A lifecycle table for people: as Markdown, Mermaid or Graphviz.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pavior/export.h"
#include "pavior/workflow.h"

namespace pavior::inline v0 {

/// A table, and one for each chapter. Rows that differ only in where they start, or only in where they lead, are one.
[[nodiscard]] PAVIOR_EXPORT std::string to_markdown(std::span<const Transition> transitions);

/// A `stateDiagram-v2`, one arrow for all commands between two stages.
[[nodiscard]] PAVIOR_EXPORT std::string to_mermaid(std::span<const Transition> transitions);

/// The states of one chapter, likewise; empty if it has none.
[[nodiscard]] PAVIOR_EXPORT std::string to_mermaid(std::span<const Transition> transitions, std::string_view chapter);

/// A `digraph` of the stages.
[[nodiscard]] PAVIOR_EXPORT std::string to_graphviz(std::span<const Transition> transitions);

}  // namespace pavior::inline v0

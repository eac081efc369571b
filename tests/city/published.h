/// \file
/// What the tests of publishing have in common, for a kind as in city/publishing/publishing_lifecycle.h.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "city/publishing/commands.h"
#include "city/publishing/publishing_lifecycle.h"
#include "fmt/format.h"
#include "pavior/diagram.h"
#include "support/golden.h"
#include "support/rules_text.h"
#include "support/story.h"

namespace pavior::city::tests {

inline constexpr auto typing_mistake = "a typing mistake";

/// What is said of publishing; only that it is, if it is accepted.
template <class Kind>
std::string said_of(const testing::Story& story, const typename Kind::Data& data) {
  const auto text = story.when(publishing::publish<Kind>(data));
  return text.starts_with(short_name(message_type<typename Kind::Published>())) ? "published" : text;
}

/// `what` as in "the lifecycle of a catalogue"; `page` tells what else publishing is refused for.
template <class Kind>
void check_lifecycle_page(const Workflow& workflow, const std::string& what, const std::string& page) {
  testing::check_golden(
      fmt::format("docs/{}_lifecycle.md", Kind::workflow),
      fmt::format("# The lifecycle of {}\n\n"
                  "Printed from the table in `lib/city/publishing/publishing_lifecycle.h` by a test; do not edit. What "
                  "publishing is refused\nfor besides is in [{}]({}).\n\n"
                  "{}\n```mermaid\n{}```\n\n## Rules\n\n{}",
                  what, page, page, to_markdown(workflow.transitions()), to_mermaid(workflow.transitions()),
                  testing::rules_text<publishing::PublishingLifecycle<Kind>>()));
}

/// Of publishing `first` and withdrawing it again.
template <class Kind>
void check_fact_bytes(testing::Story story, const typename Kind::Data& first) {
  std::string text;
  const auto add = [&](const auto& command) {
    const auto decision = story.decide(command);
    REQUIRE(decision);
    const auto& payload = decision->facts.at(0).payload;
    text += fmt::format("{}: {:02x}.\n", short_name(decision->facts.at(0).type),
                        fmt::join(std::vector<unsigned char>(payload.begin(), payload.end()), ""));
    (void)story.happens(command);
  };
  add(publishing::publish<Kind>(first));
  add(publishing::withdraw<Kind>(first.version(), typing_mistake));
  testing::check_golden(fmt::format("tests/golden/{}_facts.txt", Kind::workflow), text);
}

}  // namespace pavior::city::tests

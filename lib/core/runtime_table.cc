#include "pavior/detail/runtime_table.h"

#include <algorithm>
#include <bit>

#include "core/check.h"
#include "core/text.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::inline v0::machine::detail {

std::string words(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

TypeIndex::TypeIndex(std::vector<std::string> names)
    : names_(std::move(names)), slots_(std::bit_ceil(2 * names_.size() + 1), npos), mask_(slots_.size() - 1) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    std::size_t slot = hash(names_[i]) & mask_;
    while (slots_[slot] != npos) slot = (slot + 1) & mask_;
    slots_[slot] = i;
  }
}

RuntimeTable::RuntimeTable(std::string_view workflow, std::vector<StageName> stages, std::vector<std::string> commands,
                           std::vector<std::string> events, const std::vector<WrittenRow>& rows,
                           const std::vector<LegacyNumbers>& legacy)
    : workflow_(workflow),
      stages_(std::move(stages)),
      commands_(std::move(commands)),
      events_(std::move(events)),
      edges_(events_.size()) {
  for (const WrittenRow& written : rows) {
    for (const StageName& from : written.from) {
      const StageName& to = written.stays ? from : written.to;
      Transition& row = transitions_.emplace_back(written.row);
      row.command = short_name(row.command_type);
      row.event = short_name(row.event_type);
      row.from = from.name;
      row.from_stage = from.stage;
      row.to = to.name;
      row.to_stage = to.stage;
      add_edge(row.event_type, from.stage, to.stage);
    }
  }
  for (const LegacyNumbers& old : legacy)
    for (const Stage from : old.from) add_edge(old.event, from, old.stays ? from : old.to);
}

void RuntimeTable::add_edge(const std::string& event, Stage from, Stage to) {
  edges_[events_.find(event)].emplace_back(from, to);
}

std::string_view RuntimeTable::stage_name(Stage stage) const noexcept {
  for (const auto& known : stages_)
    if (known.stage == stage) return known.name;
  return {};
}

std::string RuntimeTable::stage_text(Stage stage) const {
  const auto name = stage_name(stage);
  return name.empty() ? fmt::format("number {}", number(stage)) : std::string(name);
}

Error RuntimeTable::unknown_command(const Command& command) const {
  return {ErrorCode::invalid, fmt::format("{} has no command \"{}\"", workflow_, command.type())};
}

Error RuntimeTable::unreadable_command(const Command& command) const {
  return {ErrorCode::invalid,
          fmt::format("the {} bytes of the payload are not a {}", command.payload().size(), command.type())};
}

Error RuntimeTable::wrong_place(const Command& command, Stage stage, std::string_view state) const {
  std::vector<std::string> stages;
  std::vector<std::string> states;
  std::string chapter;
  for (const auto& row : transitions_) {
    if (row.command_type != command.type()) continue;
    add_missing(stages, row.from);
    if (row.from_stage != stage) continue;
    chapter = row.chapter;
    for (const auto& from : row.state_from) add_missing(states, from);
  }
  const auto name = short_name(command.type());
  if (states.empty())
    return Error::refused("stage", fmt::format("{} is not possible in stage {}, only in {}", name, stage_text(stage),
                                               fmt::join(stages, ", ")));
  return Error::refused(chapter,
                        fmt::format("{} is not possible while the {} is {}, only while it is {}", name, words(chapter),
                                    state.empty() ? "unknown" : state, fmt::join(states, " or ")));
}

Error RuntimeTable::refused_by(std::string rule, const std::string& explanation, const Command& command) const {
  return Error::refused(std::move(rule), fmt::format("{} requires that {}", short_name(command.type()), explanation));
}

Error RuntimeTable::corrupt(const Event& event, Stage from, std::string_view why) const {
  return {ErrorCode::corrupt, fmt::format("{}/{} version {} (position {}): {} from stage {} to {}: {}", event.workflow,
                                          event.key, number(event.version), number(event.position), event.type,
                                          stage_text(from), stage_text(event.stage), why)};
}

Error RuntimeTable::unknown_event(const Event& event, Stage from) const {
  return corrupt(event, from, fmt::format("{} has no such event", workflow_));
}

Error RuntimeTable::unreadable_event(const Event& event, Stage from) const {
  return corrupt(event, from, fmt::format("its {} bytes are not such a message", event.payload.size()));
}

Error RuntimeTable::impossible_event(const Event& event, Stage from) const {
  return corrupt(event, from, fmt::format("{} has no such transition", workflow_));
}

void check_own_state(bool own, std::string_view workflow) {
  PAVIOR_CHECK(own, "a state of another workflow was handed to {}", workflow);
}

void check_readable(bool readable, const Event& event) {
  PAVIOR_CHECK(readable, "{}/{} version {}: {} was folded but cannot be read", event.workflow, event.key,
               number(event.version), event.type);
}

}  // namespace pavior::inline v0::machine::detail

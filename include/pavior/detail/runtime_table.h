// What a lifecycle table knows at run time, without its types: lookups, and the sentences of every "no".
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

/// Message names to their places in a list. Names of one package share their beginning, so the hash takes the end.
class PAVIOR_EXPORT TypeIndex {
 public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  explicit TypeIndex(std::vector<std::string> names);

  [[nodiscard]] std::size_t find(std::string_view name) const noexcept {
    for (std::size_t slot = hash(name) & mask_; slots_[slot] != npos; slot = (slot + 1) & mask_)
      if (names_[slots_[slot]] == name) return slots_[slot];
    return npos;
  }
  [[nodiscard]] const std::string& operator[](std::size_t i) const { return names_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  static std::size_t hash(std::string_view name) noexcept {
    std::uint64_t end = 0;
    const std::size_t size = name.size() < sizeof(end) ? name.size() : sizeof(end);
    std::memcpy(&end, name.data() + name.size() - size, size);
    return static_cast<std::size_t>(((end ^ name.size()) * 0x9E3779B97F4A7C15u) >> 32);
  }

  std::vector<std::string> names_;
  std::vector<std::size_t> slots_;  ///< At most half full.
  std::size_t mask_;
};

struct StageName {
  Stage stage;
  std::string_view name;
};

/// A row for all the stages it starts from; `row` lacks those.
struct WrittenRow {
  Transition row;
  std::vector<StageName> from;
  StageName to{};
  bool stays = true;
};

/// What is no longer decided but still replayed.
struct LegacyNumbers {
  std::string event;
  std::vector<Stage> from;
  Stage to{};
  bool stays = true;
};

class PAVIOR_EXPORT RuntimeTable {
 public:
  RuntimeTable(std::string_view workflow, std::vector<StageName> stages, std::vector<std::string> commands,
               std::vector<std::string> events, const std::vector<WrittenRow>& rows,
               const std::vector<LegacyNumbers>& legacy);

  [[nodiscard]] const TypeIndex& commands() const noexcept { return commands_; }
  [[nodiscard]] const TypeIndex& events() const noexcept { return events_; }
  [[nodiscard]] const std::vector<Transition>& transitions() const noexcept { return transitions_; }
  [[nodiscard]] std::string_view stage_name(Stage stage) const noexcept;
  [[nodiscard]] bool has_edge(std::size_t event, Stage from, Stage to) const noexcept {
    for (const auto& edge : edges_[event])
      if (edge.first == from && edge.second == to) return true;
    return false;
  }

  // `decide` says no.
  [[nodiscard]] Error unknown_command(const Command& command) const;
  [[nodiscard]] Error unreadable_command(const Command& command) const;
  /// No row for the command starts in the stage, or not in its chapter's state.
  [[nodiscard]] Error wrong_place(const Command& command, Stage stage, std::string_view state) const;
  [[nodiscard]] Error refused_by(std::string rule, const std::string& explanation, const Command& command) const;

  // `evolve` says no.
  [[nodiscard]] Error unknown_event(const Event& event, Stage from) const;
  [[nodiscard]] Error unreadable_event(const Event& event, Stage from) const;
  [[nodiscard]] Error impossible_event(const Event& event, Stage from) const;

 private:
  void add_edge(const std::string& event, Stage from, Stage to);
  [[nodiscard]] std::string stage_text(Stage stage) const;
  [[nodiscard]] Error corrupt(const Event& event, Stage from, std::string_view why) const;

  std::string workflow_;
  std::vector<StageName> stages_;
  TypeIndex commands_;
  TypeIndex events_;
  std::vector<Transition> transitions_;
  std::vector<std::vector<std::pair<Stage, Stage>>> edges_;  ///< By event.
};

/// A chapter's name for people: "return request" of "return_request".
[[nodiscard]] PAVIOR_EXPORT std::string words(std::string name);

/// CHECKs that a state handed to a workflow is one that it made.
PAVIOR_EXPORT void check_own_state(bool own, std::string_view workflow);

/// CHECKs that an event that was folded can be read again.
PAVIOR_EXPORT void check_readable(bool readable, const Event& event);

}  // namespace pavior::inline v0::machine::detail

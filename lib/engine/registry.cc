#include "engine/registry.h"

#include <algorithm>

#include "fmt/format.h"

namespace pavior::inline v0 {
namespace {

/// Records whatever the engine tells it: its facts are decided by the engine, not by a table.
class EngineWorkflow final : public Workflow {
 public:
  std::string_view name() const noexcept override { return engine_workflow; }

  Result<Decision> decide(const State*, const Command& command, const Context&) const override {
    Decision decision;
    decision.facts.push_back({command.type(), command.payload(), recorded});
    return decision;
  }

  Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
    static const StatePtr state = std::make_shared<Recorded>();
    return state;
  }

  std::string_view stage_name(Stage stage) const override { return stage == recorded ? "recorded" : ""; }

 private:
  static constexpr Stage recorded{1};
  struct Recorded final : State {
    Recorded() { stage_ = recorded; }
  };
};

bool fit_as_key(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != '/'; });
}

}  // namespace

Result<Registry> Registry::make(std::vector<std::shared_ptr<const Workflow>> workflows) {
  Registry registry;
  registry.workflows_.emplace(engine_workflow, std::make_shared<EngineWorkflow>());
  for (auto& workflow : workflows) {
    if (!workflow) return Error(ErrorCode::invalid, "Options::workflows holds a null pointer");
    std::string name(workflow->name());
    if (!fit_as_key(name))
      return Error(ErrorCode::invalid, fmt::format("the workflow name '{}' must be printable ASCII without '/'", name));
    if (!registry.workflows_.emplace(name, std::move(workflow)).second)
      return Error(ErrorCode::invalid, fmt::format("the workflow name '{}' is reserved or given twice", name));
  }
  return registry;
}

const Workflow* Registry::find(std::string_view name) const {
  const auto found = workflows_.find(name);
  return found == workflows_.end() ? nullptr : found->second.get();
}

Result<const Workflow*> Registry::require(std::string_view name) const {
  if (const Workflow* workflow = find(name)) return workflow;
  std::string known;
  for (const auto& [other, _] : workflows_)
    if (other != engine_workflow) known += (known.empty() ? "" : ", ") + other;
  return Error(ErrorCode::invalid, fmt::format("no workflow is called '{}'; this engine knows: {}", name, known));
}

}  // namespace pavior::inline v0

#include "pavior/workflow.h"

namespace pavior::inline v0 {

Reaction Workflow::react(const State&, const Event&) const { return {}; }

std::vector<Possibility> Workflow::possibilities(const State*, const Actor&, const Context&) const { return {}; }

std::span<const Transition> Workflow::transitions() const { return {}; }

std::string_view Workflow::stage_name(Stage) const { return {}; }

}  // namespace pavior::inline v0

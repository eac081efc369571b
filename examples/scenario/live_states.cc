#include "scenario/live_states.h"

#include <utility>

#include "fmt/format.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"

namespace pavior::scenario {
namespace {

class NotedWorkflow final : public Workflow {
 public:
  NotedWorkflow(std::shared_ptr<const Workflow> workflow, std::shared_ptr<LiveStates> states)
      : workflow_(std::move(workflow)), states_(std::move(states)) {}

  std::string_view name() const noexcept override { return workflow_->name(); }
  Result<Decision> decide(const State* state, const Command& command, const Context& context) const override {
    return workflow_->decide(state, command, context);
  }
  Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const override {
    auto after = workflow_->evolve(std::move(before), events);
    if (after && !events.empty()) states_->note(events.back(), **after);
    return after;
  }
  Reaction react(const State& after, const Event& event) const override { return workflow_->react(after, event); }
  std::vector<Possibility> possibilities(const State* state, const Actor& actor,
                                         const Context& context) const override {
    return workflow_->possibilities(state, actor, context);
  }
  std::span<const Transition> transitions() const override { return workflow_->transitions(); }
  std::string_view stage_name(Stage stage) const override { return workflow_->stage_name(stage); }

 private:
  std::shared_ptr<const Workflow> workflow_;
  std::shared_ptr<LiveStates> states_;
};

}  // namespace

std::string state_bytes(const State& state) {
  std::string bytes = std::to_string(number(state.stage())) + '/';
  const auto* order = city::work_order(state);
  if (order == nullptr) return bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  order->SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

void LiveStates::note(const Event& last, const State& state) {
  Note& note = notes_[{last.stream(), last.version}];
  // An attempt that was refused in the end has left a note of another command's event at this place.
  auto event = fmt::format("{} {} {} {} {}", number(last.position), last.time.time_since_epoch().count(),
                           last.command_id, last.type, last.payload);
  if (note.event != event) note = {std::move(event), state_bytes(state)};
}

std::optional<std::string> LiveStates::at(const StreamId& stream, Version version) const {
  const auto found = notes_.find({stream, version});
  return found == notes_.end() ? std::nullopt : std::optional(found->second.state);
}

std::shared_ptr<const Workflow> noted(std::shared_ptr<const Workflow> workflow, std::shared_ptr<LiveStates> states) {
  return std::make_shared<NotedWorkflow>(std::move(workflow), std::move(states));
}

}  // namespace pavior::scenario

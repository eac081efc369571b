#include "engine/aggregate.h"

#include "core/commit.h"
#include "engine/host_code.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"
#include "store/log.h"

namespace pavior::inline v0 {

std::string HeadRow::encode() const {
  v1::Head row;
  row.set_version(number(version));
  row.set_stage(number(stage));
  row.set_last_position(number(last));
  for (const ArmedTimer& timer : timers) {
    v1::ArmedTimer& armed = *row.add_timers();
    armed.set_name(timer.name);
    armed.set_due(microseconds(timer.due));
    armed.set_armed_at(number(timer.armed_at));
  }
  return row.SerializeAsString();
}

Result<HeadRow> HeadRow::decode(std::string_view stream_key, std::string_view bytes) {
  v1::Head row;
  if (!row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return Error(ErrorCode::corrupt, fmt::format("the head of {} cannot be read", store::stream_of(stream_key).text()));
  HeadRow head{Version{row.version()}, Stage{row.stage()}, Position{row.last_position()}, {}};
  for (const v1::ArmedTimer& timer : row.timers())
    head.timers.push_back({timer.name(), time_of(timer.due()), Position{timer.armed_at()}});
  return head;
}

std::string encode_timer(const Timer& timer) {
  v1::TimerRow row;
  row.set_command_type(timer.command_type);
  row.set_command_payload(timer.command_payload);
  return row.SerializeAsString();
}

std::string encode_effect(std::string_view stream_key, const Effect& effect) {
  const StreamId stream = store::stream_of(stream_key);
  v1::EffectRow row;
  row.set_workflow(stream.workflow());
  row.set_key(stream.key());
  row.set_topic(effect.topic);
  row.set_type(effect.type);
  row.set_payload(effect.payload);
  row.set_give_up_type(effect.give_up_type);
  row.set_give_up_payload(effect.give_up_payload);
  return row.SerializeAsString();
}

Result<StatePtr> evolve_guarded(const Workflow& workflow, StatePtr before, std::span<const Event> events) {
  return call_host(workflow.name(), "evolve", [&] { return workflow.evolve(std::move(before), events); });
}

Result<Aggregate> load_aggregate(const store::Database& database, const Workflow& workflow,
                                 std::string_view stream_key) {
  auto row = database.get(store::Family::heads, stream_key);
  if (!row) return std::move(row).error();
  if (!row->has_value()) return Aggregate{};
  auto head = HeadRow::decode(stream_key, **row);
  if (!head) return std::move(head).error();
  if (workflow.name() == engine_workflow) {  // its state is empty, and its streams grow for ever
    auto state = evolve_guarded(workflow, nullptr, {});
    return Aggregate{std::move(*head), std::move(*state)};
  }
  auto history = store::read_stream(database, stream_key, Version{1});
  if (!history) return std::move(history).error();
  // A commit may have landed between the two reads: the head says where to stop.
  if (history->size() < number(head->version))
    return Error(ErrorCode::corrupt,
                 fmt::format("stream {} should have {} events and has {}", store::stream_of(stream_key).text(),
                             number(head->version), history->size()));
  auto state = evolve_guarded(workflow, nullptr, std::span(history->events()).first(number(head->version)));
  if (!state) return std::move(state).error();
  return Aggregate{std::move(*head), std::move(*state)};
}

}  // namespace pavior::inline v0

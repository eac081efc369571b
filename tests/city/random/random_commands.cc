#include "city/random/random_commands.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "city/random/chapter_states.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/proto.h"
#include "support/story.h"

namespace pavior::city::tests {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Few orders live long if every second command ends one, or sets it back.
bool ends_an_order(std::string_view command) {
  return command == "Void" || command == "ForceClose" || command == "Reject" || command == "TransferOut" ||
         command == "Archive" || command == "SelfHandle" || command == "Merge" || command == "CannotSolve";
}

/// The other side of a command: `system` may write it alone, and is trusted not to.
bool is_of_another_order(std::string_view command) {
  return command == "Absorb" || command == "Release" || command == "FileChild" || command == "RecordChild";
}

/// What comes by itself.
bool is_of_the_system(std::string_view command) {
  return command == "RingClock" || command == "BreachDeadline" || command == "DeemAcknowledged" ||
         is_of_another_order(command);
}

/// Possible at any time, and of no consequence.
bool is_for_the_record(std::string_view command) {
  return command == "Read" || command == "RecordRefusal" || command == "AddNote" || command == "Attach" ||
         command == "SuggestDuplicates" || command == "WarnOfRepeat" || command == "AddAlertSample" ||
         command == "ExcludeFromAssessment";
}

/// Few requests are open for long, and what answers them is one command among many.
bool answers_a_request(std::string_view command) {
  return command.starts_with("Endorse") || command.starts_with("Refuse") || command.starts_with("Approve") ||
         command == "ReturnToHandler";
}

bool moves_an_order(const Workflow& workflow, const std::string& command) {
  return std::ranges::any_of(workflow.transitions(),
                             [&](const Transition& row) { return row.command == command && row.chapter.empty(); });
}

}  // namespace

std::string step_text(const Step& step) {
  const Command& command = step.command;
  return fmt::format("after {} min: {} {} by {} ({})", std::chrono::duration_cast<minutes>(step.wait).count(),
                     command.stream().key(), testing::message_text(command.type(), command.payload()),
                     command.actor().id(), fmt::join(command.actor().roles(), ", "));
}

RandomCommands::RandomCommands(const RandomCity& city, std::uint64_t seed) : city_(city), numbers_(seed) {
  for (const char* key : {"A", "B", "C", "D"})
    if (keys_.size() < 2 || !one_in(3)) keys_.emplace_back(key);
  const auto& file = *v1::Report::descriptor()->file();
  for (int i = 0; i < file.message_type_count(); ++i) types_.push_back(file.message_type(i)->full_name());
}

Step RandomCommands::next(const OrderWorld& world) {
  const auto key = key_of_next(world);
  const auto type = type_of_next(world, key);
  const std::unique_ptr<google::protobuf::Message> message(message_of(type, ""));
  const auto* order = world.order(key);
  const auto& known = order == nullptr ? v1::WorkOrder::default_instance() : *order;
  Step step;
  step.wait = wait();
  fill(*message);
  fit(*message, known, key, world.now() + step.wait);
  step.command = Command(work_order_id(key), type, message->SerializeAsString())
                     .by(actor_of(std::string(short_name(type)), known));
  return step;
}

std::chrono::microseconds RandomCommands::wait() {
  switch (below(24)) {
    case 0: return days(1 + below(20));
    case 1:
    case 2: return hours(1 + below(30));
    case 3:
    case 4:
    case 5: return minutes(60 + below(400));
    default: return minutes(below(30));
  }
}

std::string RandomCommands::key_of_next(const OrderWorld& world) {
  if (!world.orders().empty() && one_in(5)) {  // A child, too.
    auto order = world.orders().begin();
    std::advance(order, static_cast<std::ptrdiff_t>(below(world.orders().size())));
    return order->first;
  }
  return any_of(keys_);
}

std::string RandomCommands::type_of_next(const OrderWorld& world, const std::string& key) {
  if (one_in(25)) return any_of(types_);
  const Actor system("system", {std::string(roles::system)});
  std::vector<std::string> moves, others;
  for (const auto& possible : world.workflow().possibilities(world.state(key), system, {world.now(), {}})) {
    if (possible.answer == Possibility::Answer::blocked || is_of_the_system(possible.command)) continue;
    if (ends_an_order(possible.command) && !one_in(6)) continue;
    if (is_for_the_record(possible.command) && !one_in(8)) continue;
    if (answers_a_request(possible.command) && one_in(3)) return possible.command_type;  // Asked for, and soon gone.
    (moves_an_order(world.workflow(), possible.command) ? moves : others).push_back(possible.command_type);
  }
  const auto& chosen = others.empty() || (!moves.empty() && one_in(2)) ? moves : others;
  return chosen.empty() ? any_of(types_) : any_of(chosen);
}

Actor RandomCommands::actor_of(const std::string& command, const v1::WorkOrder& order) {
  if (is_of_another_order(command)) return Actor("passer-by", {"nobody"});
  if (!one_in(3)) return Actor("machine", {std::string(roles::system)});
  if (one_in(4)) return Actor("passer-by", {"nobody"});
  const auto& grants = city_.policies.front().grants(command);
  if (grants.empty()) return Actor("machine", {std::string(roles::system)});
  const v1::Grant& grant = any_of(grants);
  const auto place = place_of(order, grant.scope());
  const auto id = grant.scope() == v1::Grant::OWN && !one_in(8) ? order.reporter().id() : fmt::format("p{}", below(4));
  return Actor(id.empty() ? "nobody" : id, {any_of(grant.roles()) + (place.empty() ? "" : '@' + place)});
}

std::string RandomCommands::place_of(const v1::WorkOrder& order, v1::Grant::Scope scope) {
  switch (scope) {
    case v1::Grant::LEAD_UNIT: return order.lead();
    case v1::Grant::ASSIST_UNIT: return order.assists().empty() ? any_of(city_.units) : any_of(order.assists()).unit();
    case v1::Grant::UNIT: return one_in(2) ? order.lead() : any_of(city_.units);
    case v1::Grant::GRID: return order.grid();
    default: return "";
  }
}

}  // namespace pavior::city::tests

#include "city/order/intake.h"

#include <utility>

#include "city/duplicate/alert_samples.h"
#include "city/order/attention.h"
#include "city/order/choosing.h"
#include "city/order/copied.h"
#include "city/order/locating.h"
#include "city/order/notices.h"
#include "city/order/order_timers.h"
#include "city/order/stages.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

bool brings(const Report& report, Evidence evidence) {
  switch (evidence) {
    case TITLE: return !report.title().empty();
    case DESCRIPTION: return !report.description().empty();
    case POSITION:
      return report.has_location() && (report.location().latitude() != 0 || report.location().longitude() != 0);
    case ADDRESS: return !report.location().address().empty();
    case PHOTO: return !report.evidence().empty();
    case REPORTER: return !report.reporter().id().empty();
    case EXTERNAL_REFERENCE: return !report.external_reference().empty();
    default: return true;
  }
}

std::vector<std::string> missing(const Report& report, const OrderView& view) {
  std::vector<std::string> names;
  const Channel* channel = view.policy.policy.channel(report.channel());
  if (channel == nullptr) return names;
  for (const int asked : channel->required())
    if (!brings(report, static_cast<Evidence>(asked))) names.push_back(Evidence_Name(asked));
  return names;
}

/// Asked once, when an order begins: by its channel, or as the report says.
std::string profile_of_report(const Report& report, const OrderView& view) {
  if (!report.profile().empty()) return report.profile();
  const Channel* channel = view.policy.policy.channel(report.channel());
  return channel == nullptr ? "" : channel->profile();
}

}  // namespace

bool channel_is_known::test(const Report& command, const OrderView& view) {
  return view.policy.policy.data().channels().empty() || view.policy.policy.channel(command.channel()) != nullptr;
}

std::string channel_is_known::explain(const Report& command, const OrderView& view) {
  std::vector<std::string> names;
  for (const Channel& channel : view.policy.policy.data().channels()) names.push_back(channel.name());
  return fmt::format("the report comes by one of the city's channels, not by \"{}\": {}", command.channel(),
                     fmt::join(names, ", "));
}

bool brings_what_the_channel_asks::test(const Report& command, const OrderView& view) {
  return missing(command, view).empty();
}

std::string brings_what_the_channel_asks::explain(const Report& command, const OrderView& view) {
  return fmt::format("a report by {} brings {}", command.channel(), fmt::join(missing(command, view), ", "));
}

std::string category_is_known::unknown_category(const std::string& category, const OrderView& view) {
  return fmt::format("the category is a minor one of the city's catalogue, which \"{}\" is not; it is {} version {}",
                     category, view.policy.policy.data().id(), view.policy.policy.data().version());
}

const FilingCondition* filing_condition(std::string_view category, std::string_view named, const OrderView& view) {
  if (!named.empty()) return view.policy.policy.condition(category, named);
  const MinorCategory* minor = view.policy.policy.category(category);
  return minor == nullptr || minor->conditions_size() != 1 ? nullptr : &minor->conditions(0);
}

bool condition_is_known::is_known(const std::string& category, const std::string& condition, const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(category);
  if (minor == nullptr || minor->conditions().empty()) return condition.empty() || minor == nullptr;
  return filing_condition(category, condition, view) != nullptr;
}

std::string condition_is_known::choices(const std::string& category, const OrderView& view) {
  std::vector<std::string> choices;
  if (const MinorCategory* minor = view.policy.policy.category(category))
    for (const FilingCondition& condition : minor->conditions())
      choices.push_back(fmt::format("{} ({})", condition.code(), condition.text()));
  if (choices.empty()) return fmt::format("no filing condition is named, as {} has none", category);
  return fmt::format("one of the filing conditions of {} is named: {}", category, fmt::join(choices, ", "));
}

bool category_allows_self_handling::test(const SelfHandle& command, const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(command.category());
  return view.policy.policy.data().majors().empty() || (minor != nullptr && minor->self_handling());
}

Reported Intake::make(const Report& command, const OrderView& view, machine::tag<Reported>) {
  auto fact = copied<Reported>(command);
  fact.set_profile(profile_of_report(command, view));
  locate(fact, view);
  fact.set_asks_classifier(view.policy.host.classifies && fact.suggested_category().empty() && !fact.has_handled());
  const Catalogue& catalogue = view.policy.policy.data();
  if (catalogue.id().empty()) return fact;
  fact.mutable_policy()->set_id(catalogue.id());
  fact.mutable_policy()->set_version(catalogue.version());
  return fact;
}

Accepted Intake::make(const Accept& command, const OrderView& view, machine::tag<Accepted>) {
  auto fact = copied<Accepted>(command);
  if (const FilingCondition* condition = filing_condition(command.category(), command.condition(), view)) {
    fact.set_condition(condition->code());
    if (fact.grade() == GRADE_UNSPECIFIED) fact.set_grade(condition->grade());
  }
  const MinorCategory* minor = view.policy.policy.category(command.category());
  if (fact.grid().empty()) fact.set_grid(view.data.grid());
  if (fact.profile().empty())
    fact.set_profile(view.data.profile().empty() && minor != nullptr ? minor->profile() : view.data.profile());
  return fact;
}

void Intake::apply(WorkOrder& order, Reported&& fact, const Event& meta) {
  order.set_title(std::move(*fact.mutable_title()));
  order.set_description(std::move(*fact.mutable_description()));
  order.set_channel(std::move(*fact.mutable_channel()));
  order.set_external_reference(std::move(*fact.mutable_external_reference()));
  order.set_profile(std::move(*fact.mutable_profile()));
  order.set_grid(std::move(*fact.mutable_grid()));
  if (fact.has_whereabouts()) *order.mutable_whereabouts() = fact.whereabouts();
  if (fact.has_reporter()) *order.mutable_reporter() = std::move(*fact.mutable_reporter());
  if (fact.has_location()) *order.mutable_location() = std::move(*fact.mutable_location());
  if (fact.has_policy()) *order.mutable_policy() = std::move(*fact.mutable_policy());
  order.mutable_evidence()->Swap(fact.mutable_evidence());
  order.set_reported_at(to_micros(meta.time));
  if (fact.has_alert()) add_sample(*order.mutable_alerts(), fact.alert());
}

void Intake::apply(WorkOrder& order, HandledOnSpot&& fact, const Event& meta) {
  order.set_category(std::move(*fact.mutable_category()));
  order.set_reply(std::move(*fact.mutable_reply()));
  order.mutable_after_evidence()->Swap(fact.mutable_evidence());
  order.set_outcome(OUTCOME_RESOLVED);
  order.set_self_handled(true);
  order.set_closed_at(to_micros(meta.time));
}

void Intake::apply(WorkOrder& order, PrecheckOrdered&& fact, const Event&) {
  order.set_precheck(std::move(*fact.mutable_missing()));
}

void Intake::apply(WorkOrder& order, PrecheckDone&& fact, const Event&) {
  order.clear_precheck();
  for (auto& evidence : *fact.mutable_evidence()) *order.add_evidence() = std::move(evidence);
}

void Intake::apply(WorkOrder& order, Rejected&& fact, const Event&) {
  order.set_end_reason(std::move(*fact.mutable_reason()));
  order.set_reply(std::move(*fact.mutable_reply()));
}

void Intake::apply(WorkOrder& order, Accepted&& fact, const Event& meta) {
  order.set_category(std::move(*fact.mutable_category()));
  order.set_condition(std::move(*fact.mutable_condition()));
  order.set_profile(std::move(*fact.mutable_profile()));
  order.set_grade(fact.grade());
  order.set_grid(std::move(*fact.mutable_grid()));
  order.set_deadline(fact.deadline());
  order.set_accepted_at(to_micros(meta.time));
}

void Intake::apply(WorkOrder& order, TransferredOut&& fact, const Event&) {
  order.set_transferred_to(std::move(*fact.mutable_body()));
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void Intake::react(const WorkOrder& order, const HandledOnSpot& fact, const Event& meta, Reaction& reaction) {
  tell(order.reporter(), notice_of(closed::name, fact.reply()), meta, reaction);
}

void Intake::react(const WorkOrder& order, const Rejected& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm_all = true;
  tell(order.reporter(), notice_of(rejected::name, fact.reply()), meta, reaction);
}

void Intake::react(const WorkOrder&, const Accepted& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void Intake::react(const WorkOrder& order, const TransferredOut& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm_all = true;
  auto notice = notice_of(transferred_out::name, fact.reason());
  notice.set_target(fact.body());
  tell_all(order, notice, meta, reaction);
}

std::vector<Command> accept_by_itself(const std::string& category, std::string_view profile, const OrderView& view) {
  Accept accept;
  accept.set_category(category);
  // What is suggested may be nothing the city knows: then an acceptor says what it is.
  if (category.empty() || !category_is_known::test(accept, view) || !condition_is_known::test(accept, view)) return {};
  return automatic_in(profile, accept, view);
}

std::vector<Command> Intake::follow_up(const Reported& fact, const OrderView& view) {
  if (fact.has_handled()) return by_system(copied<SelfHandle>(fact.handled()), view);
  return accept_by_itself(fact.suggested_category(), fact.profile(), view);
}

std::vector<Command> Intake::follow_up(const Accepted& fact, const OrderView& view) {
  auto commands = declare_if_major(fact.grade(), "accepted as a major hazard", view);
  const Profile& profile = profile_named(fact.profile(), view);
  if (profile.emergency() && !profile.summoned().empty()) {
    BlowWhistle whistle;
    whistle.set_kind("emergency");
    whistle.set_reason("the profile " + profile.id() + " summons these units at once");
    *whistle.mutable_targets() = profile.summoned();
    for (auto& command : by_system(whistle, view)) commands.push_back(std::move(command));
  }
  WorkOrder order = view.data;
  Accepted said = fact;
  said.clear_clocks();  // Not the same as the order's.
  copy_common_fields(said, order);
  for (auto& command : dispatch_by_rules(order, view)) commands.push_back(std::move(command));
  return commands;
}

}  // namespace pavior::city::inline v0::lifecycle

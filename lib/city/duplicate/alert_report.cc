// An alert as a command to an order.
#include <algorithm>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "pavior/city/alerts.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

/// "water_film" as a title.
std::string title_of(std::string scenario) {
  std::ranges::replace(scenario, '_', ' ');
  return scenario;
}

std::string readings_text(const v1::Alert& alert) {
  std::vector<std::string> texts;
  for (const auto& reading : alert.readings())
    texts.push_back(
        fmt::format("{} {}{}{}", reading.name(), reading.value(), reading.unit().empty() ? "" : " ", reading.unit()));
  return fmt::format("{}", fmt::join(texts, ", "));
}

v1::Report report_of(const v1::Alert& alert, const AlertReport& how) {
  v1::Report report;
  report.set_title(title_of(alert.scenario()));
  report.set_description(readings_text(alert));
  report.set_channel(how.channel);
  report.set_profile(how.profile);
  report.set_suggested_category(how.category);
  report.set_external_reference(alert.id());
  report.mutable_reporter()->set_kind("sensor");  // Without an id: nobody is to be answered.
  if (alert.has_position()) {
    report.mutable_location()->set_latitude(alert.position().latitude());
    report.mutable_location()->set_longitude(alert.position().longitude());
  }
  *report.mutable_alert() = alert;
  return report;
}

v1::AddAlertSample sample_of(const v1::Alert& alert) {
  v1::AddAlertSample sample;
  *sample.mutable_alert() = alert;
  return sample;
}

}  // namespace

Command alert_command(const FoldedAlert& folded, const v1::Alert& alert, const AlertReport& how) {
  const auto stream = work_order_id(folded.storm.order());
  auto command = folded.opens ? make_command(stream, report_of(alert, how)) : make_command(stream, sample_of(alert));
  if (!alert.id().empty()) command.with_id("alert:" + alert.id());
  return command.by(Actor("alerts", {std::string(roles::system)}));
}

}  // namespace pavior::city::inline v0

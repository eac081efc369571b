#include "orders/likeness_text.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

constexpr std::size_t orders_named_max = 5;

std::string candidate_line(const city::v1::DuplicateCandidate& candidate) {
  std::vector<std::string> reasons;
  for (const auto& reason : candidate.reasons()) reasons.push_back(reason.why());
  return fmt::format("may be about the same as {}  {:.3f}  {}", candidate.order(), candidate.score(),
                     fmt::join(reasons, ", "));
}

std::string warning_line(const city::v1::RepeatWarning& warning) {
  std::vector<std::string> orders(warning.orders().begin(), warning.orders().end());
  const auto all = orders.size();
  if (all > orders_named_max) orders.resize(orders_named_max);
  return fmt::format("one of too many: {} ({}), {}{}", warning.reason(), city::v1::Colour_Name(warning.colour()),
                     fmt::join(orders, ", "), all > orders_named_max ? " and others" : "");
}

std::string range_line(const city::v1::ReadingRange& range) {
  return fmt::format("  {} {} to {}{}{}, last {}", range.name(), range.least(), range.most(),
                     range.unit().empty() ? "" : " ", range.unit(), range.last());
}

}  // namespace

std::vector<std::string> likeness_lines(const city::v1::WorkOrder& order, const CityClock& clock) {
  std::vector<std::string> lines;
  for (const auto& candidate : order.duplicates().candidates()) lines.push_back(candidate_line(candidate));
  if (const auto more = order.duplicates().candidates_left_off(); more > 0)
    lines.push_back(fmt::format("may be about the same as {} others", more));
  for (const auto& warning : order.repeats()) lines.push_back(warning_line(warning));
  if (const auto& alerts = order.alerts(); alerts.samples() > 0) {
    lines.push_back(fmt::format("{} {} of {} from {} to {}", alerts.samples(),
                                alerts.samples() == 1 ? "alert" : "alerts", alerts.scenario(),
                                clock.text(from_micros(alerts.first())), clock.text(from_micros(alerts.last()))));
    for (const auto& range : alerts.readings()) lines.push_back(range_line(range));
  }
  return lines;
}

}  // namespace pavior::cli

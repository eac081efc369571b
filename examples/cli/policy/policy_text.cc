#include "policy/policy_text.h"

#include <algorithm>
#include <string_view>

#include "app.h"
#include "fmt/format.h"
#include "text/clock_text.h"

namespace pavior::cli {
namespace {

using city::v1::Catalogue;

/// Names of something, on a line of their own; nothing if there are none.
template <class List, class Text>
std::string line_of(std::string_view what, const List& list, Text text) {
  std::string line;
  for (const auto& one : list) line += (line.empty() ? "" : ", ") + text(one);
  return line.empty() ? "" : fmt::format("{:<14}{}\n", what, printable(line));
}

std::string same(const std::string& text) { return text; }

/// `3 work_day, complex`
std::string terms_text(const city::v1::FilingCondition& condition) {
  std::string text;
  if (condition.has_limit()) text = "  " + limit_text(condition.limit());
  if (condition.grade() != city::v1::GRADE_UNSPECIFIED) text += "  " + city::v1::Grade_Name(condition.grade());
  return text;
}

std::string condition_text(const city::v1::FilingCondition& condition) {
  auto text = fmt::format("  {}  {}{}\n", condition.code(), printable(condition.text()), terms_text(condition));
  if (!condition.closing().empty()) text += fmt::format("     done when: {}\n", printable(condition.closing()));
  for (const auto& milestone : condition.milestones())
    text += fmt::format("     milestone {} within {}\n", printable(milestone.name()), limit_text(milestone.limit()));
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::uint64_t>> counts_of(const Catalogue& data) {
  std::uint64_t minors = 0, conditions = 0;
  for (const auto& major : data.majors())
    for (const auto& minor : major.minors()) {
      ++minors;
      conditions += static_cast<std::uint64_t>(minor.conditions_size());
    }
  const auto count = [](const auto& list) { return static_cast<std::uint64_t>(list.size()); };
  return {{"majors", count(data.majors())},
          {"minors", minors},
          {"conditions", conditions},
          {"mappings", count(data.mappings())},
          {"channels", count(data.channels())},
          {"profiles", count(data.profiles())},
          {"templates", count(data.templates())},
          {"reply rules", count(data.reply_rules())},
          {"grants", count(data.grants())},
          {"clocks", count(data.clocks().clocks())},
          {"calendars", count(data.calendars())}};
}

std::string counts_text(const Catalogue& data) {
  std::string text;
  for (const auto& [what, count] : counts_of(data))
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  return text.empty() ? "nothing, so the library's defaults hold" : text;
}

JsonObject counts_json(const Catalogue& data) {
  JsonObject json;
  for (auto [what, count] : counts_of(data)) {
    std::ranges::replace(what, ' ', '_');
    json.add(what, count);
  }
  return json;
}

std::string effect_text(const Catalogue& data) {
  if (data.effective_from().empty()) return "in effect as soon as it is published";
  return fmt::format("in effect from {} {}", data.effective_from(), data.zone());
}

std::string catalogue_text(const Catalogue& data) {
  auto text = fmt::format("{} version {}  {}\n{}\n{}\n", data.id(), data.version(), printable(data.name()),
                          effect_text(data), counts_text(data));
  for (const auto& major : data.majors())
    text += fmt::format("  {}  {}  ({} minors)\n", major.code(), printable(major.name()), major.minors_size());
  text += line_of("channels", data.channels(), [](const auto& channel) { return channel.name(); });
  text += line_of("profiles", data.profiles(), [](const auto& profile) { return profile.id(); });
  text += line_of("templates", data.templates(),
                  [](const auto& reply) { return fmt::format("{} {}", reply.id(), reply.version()); });
  text += line_of("reply rules", data.reply_rules(), [](const auto& rule) { return rule.id(); });
  text += line_of("clocks", data.clocks().clocks(), [](const auto& clock) { return clock.name(); });
  text += line_of("calendars", data.calendars(),
                  [](const auto& calendar) { return fmt::format("{} {}", calendar.id(), calendar.version()); });
  if (!data.fallback_unit().empty())
    text += fmt::format("{:<14}{}\n", "fallback unit", printable(data.fallback_unit()));
  return text;
}

std::string category_text(const city::Policy& policy, const std::string& code) {
  const auto& minor = *policy.category(code);
  const auto& major = *policy.major_of(code);
  auto text =
      fmt::format("{}  {}  (of {} {})\n", minor.code(), printable(minor.name()), major.code(), printable(major.name()));
  if (minor.kind() != city::v1::MinorCategory::KIND_UNSPECIFIED)
    text += fmt::format("{:<14}{}\n", "kind", city::v1::MinorCategory::Kind_Name(minor.kind()));
  text += line_of("duty units", minor.duty_units(), same);
  if (!minor.profile().empty()) text += fmt::format("{:<14}{}\n", "profile", minor.profile());
  if (minor.self_handling()) text += "who finds it may handle it on the spot\n";
  if (minor.after_evidence()) text += "a result must show the place after the work\n";
  for (const auto& condition : minor.conditions()) text += condition_text(condition);
  return text;
}

}  // namespace pavior::cli

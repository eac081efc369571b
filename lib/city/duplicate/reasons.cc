// Why an order is a candidate, in words.
#include <cmath>
#include <string>
#include <string_view>

#include "city/duplicate/comparison.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

std::string count_text(std::int64_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

/// In its greatest unit, rounded down: two hours less a second are one hour.
std::string span_text(std::chrono::microseconds span) {
  using std::chrono::floor;
  if (const auto days = floor<std::chrono::days>(span).count(); days > 1) return count_text(days, "day");
  if (const auto hours = floor<std::chrono::hours>(span).count(); hours > 0) return count_text(hours, "hour");
  if (const auto minutes = floor<std::chrono::minutes>(span).count(); minutes > 0) return count_text(minutes, "minute");
  return count_text(floor<std::chrono::seconds>(span).count(), "second");
}

std::string time_text(std::chrono::microseconds earlier) {
  if (earlier.count() == 0) return "at the same time";
  return span_text(std::chrono::abs(earlier)) + (earlier.count() > 0 ? " earlier" : " later");
}

std::string likeness_text(std::string_view what, double share) {
  return fmt::format("{} {:.0f}% alike", what, std::floor(share * 100));
}

std::string category_text(const ComparedReport& known, double share) {
  if (share == 1) return "same category " + known.category;
  return (share > 0 ? "same major category, this one " : "another category, ") + known.category;
}

void add_reason(v1::DuplicateCandidate& candidate, std::string_view name, double value, std::string why) {
  auto& reason = *candidate.add_reasons();
  reason.set_name(std::string(name));
  reason.set_value(value);
  reason.set_why(std::move(why));
}

}  // namespace

v1::DuplicateCandidate told(const ComparedReport& known, const Comparison& of) {
  v1::DuplicateCandidate candidate;
  candidate.set_order(known.key);
  candidate.set_score(of.score);
  if (of.near) add_reason(candidate, "near", *of.near, fmt::format("{:.0f} m away", *of.metres));
  add_reason(candidate, "recent", of.recent, time_text(of.earlier));
  add_reason(candidate, "category", of.category, category_text(known, of.category));
  if (of.title) add_reason(candidate, "title", *of.title, likeness_text("title", *of.title));
  if (of.description)
    add_reason(candidate, "description", *of.description, likeness_text("description", *of.description));
  if (of.address)
    add_reason(candidate, "address", *of.address,
               of.same_address ? "same address" : likeness_text("address", *of.address));
  if (of.same_reporter) add_reason(candidate, "reporter", 1, "same reporter");
  return candidate;
}

}  // namespace pavior::city::inline v0

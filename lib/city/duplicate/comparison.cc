#include "city/duplicate/comparison.h"

#include <algorithm>
#include <cmath>

#include "city/duplicate/shingles.h"

namespace pavior::city::inline v0 {
namespace {

// Nobody reads on to tell whether two reports are about one thing.
constexpr std::size_t compared_bytes_max = 16'384;

double thousandths(double share) { return std::round(share * 1000) / 1000; }

std::optional<double> likeness_if_known(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other,
                                        std::size_t most) {
  if (one.empty() || other.empty()) return std::nullopt;
  return thousandths(likeness(one, other, most));
}

bool categories_match(const ComparedReport& fresh, const ComparedReport& known, const DuplicateRule& rule,
                      const DuplicateRulebook& rules) {
  switch (rule.match) {
    case v1::DuplicateRule::ANY_CATEGORY: return true;
    case v1::DuplicateRule::SAME_MAJOR: return rules.same_major(fresh.category, known.category);
    default: return fresh.category == known.category;
  }
}

bool reporters_match(const Comparison& of, const DuplicateRule& rule) {
  if (rule.same_reporter == v1::DuplicateRule::NEEDED) return of.same_reporter;
  return rule.same_reporter != v1::DuplicateRule::EXCLUDED || !of.same_reporter;
}

// Where one of the two is at no known place, the same words for it must do, or the same reporter if the rule says so.
bool places_match(const Comparison& of, const DuplicateRule& rule) {
  if (of.metres) return *of.metres <= rule.metres;
  const bool reporter_is_enough =
      rule.same_reporter == v1::DuplicateRule::STANDS_FOR_PLACE || rule.same_reporter == v1::DuplicateRule::NEEDED;
  return of.same_address || (of.same_reporter && reporter_is_enough);
}

bool texts_match(const Comparison& of, const DuplicateRule& rule) {
  const double text = std::max(of.title.value_or(0), of.description.value_or(0));
  if ((of.title || of.description) && text < rule.text_min) return false;
  return !of.address || *of.address >= rule.address_min;
}

double score_of(const Comparison& of, const v1::DuplicateWeights& weights) {
  double sum = 0, weight_sum = 0;
  const auto add = [&](std::optional<double> share, double weight) {
    if (!share) return;
    sum += *share * weight;
    weight_sum += weight;
  };
  add(of.near, weights.near());
  add(of.recent, weights.recent());
  add(of.category, weights.category());
  add(of.title, weights.title());
  add(of.description, weights.description());
  add(of.address, weights.address());
  if (of.same_reporter) add(1, weights.reporter());
  return weight_sum > 0 ? thousandths(sum / weight_sum) : 0;
}

}  // namespace

ComparedReport::ComparedReport(const DuplicateReport& report, const DuplicateRulebook& rules)
    : key(report.key),
      category(report.category),
      reporter(report.reporter),
      place(rules.place(report.position)),
      reported_at(report.reported_at),
      address_digest(text_digest(report.address.substr(0, compared_bytes_max))) {
  auto title = shingles(report.title.substr(0, compared_bytes_max), title_pieces_max);
  const auto description = shingles(report.description.substr(0, compared_bytes_max), description_pieces_max);
  const auto address = shingles(report.address.substr(0, compared_bytes_max), address_pieces_max);
  title_end_ = static_cast<std::uint16_t>(title.size());
  description_end_ = static_cast<std::uint16_t>(title.size() + description.size());
  pieces_ = std::move(title);
  pieces_.reserve(description_end_ + address.size());
  pieces_.insert(pieces_.end(), description.begin(), description.end());
  pieces_.insert(pieces_.end(), address.begin(), address.end());
}

std::optional<Comparison> compare(const ComparedReport& fresh, const ComparedReport& known, const DuplicateRule& rule,
                                  const DuplicateRulebook& rules) {
  Comparison of;
  of.earlier = fresh.reported_at - known.reported_at;
  const auto apart = std::chrono::abs(of.earlier);
  if (apart > rule.window || !categories_match(fresh, known, rule, rules)) return std::nullopt;
  if (fresh.place && known.place) of.metres = metres_between(*fresh.place, *known.place);
  of.same_reporter = !fresh.reporter.empty() && fresh.reporter == known.reporter;
  of.same_address = fresh.address_digest != 0 && fresh.address_digest == known.address_digest;
  if (!reporters_match(of, rule) || !places_match(of, rule)) return std::nullopt;

  of.title = likeness_if_known(fresh.title(), known.title(), ComparedReport::title_pieces_max);
  of.description = likeness_if_known(fresh.description(), known.description(), ComparedReport::description_pieces_max);
  of.address = likeness_if_known(fresh.address(), known.address(), ComparedReport::address_pieces_max);
  if (!texts_match(of, rule)) return std::nullopt;

  if (of.metres) of.near = thousandths(1 - *of.metres / rule.metres);
  of.recent = thousandths(1 - static_cast<double>(apart.count()) / static_cast<double>(rule.window.count()));
  of.category = fresh.category == known.category ? 1 : rules.same_major(fresh.category, known.category) ? 0.5 : 0;
  of.score = score_of(of, rule.weights);
  if (of.score < rule.score_min) return std::nullopt;
  return of;
}

}  // namespace pavior::city::inline v0

#include <algorithm>
#include <map>

#include "city/dispatch/review_cases.h"
#include "city/dispatch/review_organisation.h"
#include "city/dispatch/review_rows.h"
#include "city/dispatch/review_text.h"
#include "fmt/format.h"
#include "pavior/city/dispatch_review.h"

namespace pavior::city::inline v0 {
namespace {

using Finding = DispatchFinding;
using Kind = Finding::Kind;
using Severity = Finding::Severity;
using Answer = Cover::Answer;

class Review {
 public:
  Review(const Policy& policy, const DispatchWorld* world, Time at)
      : policy_(policy), tables_(policy.dispatch().compiled()), world_(world), at_(at), space_(policy, at) {}

  std::vector<Finding> run() {
    for (std::size_t i = 0; i < tables_.tables.size(); ++i) look_at(tables_.tables[i], table_path(i));
    if (world_ != nullptr) review_fallback(tables_.data, *world_, findings_);
    if (tables_.data.fallback_unit().empty() && !tables_.tables.empty()) look_for_gaps();
    return std::move(findings_);
  }

 private:
  static std::string table_path(std::size_t table) { return fmt::format("dispatch.tables[{}]", table); }

  static std::string row_path(const std::string& table, const CompiledRow& row) {
    return fmt::format("{}.rows[{}]", table, row.index);
  }

  void add(Severity severity, Kind kind, std::string path, std::string what, std::string example = {}) {
    findings_.push_back({severity, kind, std::move(path), std::move(what), std::move(example)});
  }

  void look_at(const CompiledTable& table, const std::string& path) {
    std::vector<Box> boxes;
    for (const auto& row : table.rows) boxes.push_back(space_.box(row));
    // Told as they are written, although some are asked in another order.
    std::vector<std::size_t> written(table.rows.size());
    for (std::size_t i = 0; i < written.size(); ++i) written[static_cast<std::size_t>(table.rows[i].index)] = i;
    for (const auto i : written) {
      const auto& row = table.rows[i];
      const auto place = row_path(path, row);
      if (!look_whether_reachable(row, boxes[i], place)) continue;
      if (table.hit == v1::DecisionTable::UNIQUE) look_for_overlaps(table, boxes, i, place);
      if (table.hit == v1::DecisionTable::FIRST || table.hit == v1::DecisionTable::PRIORITY)
        look_whether_shadowed(table, boxes, i, place);
      review_duties(policy_, *row.data, world_, place, findings_);
      if (world_ != nullptr) review_units(*row.data, *world_, place, findings_);
    }
  }

  bool look_whether_reachable(const CompiledRow& row, const Box& box, const std::string& path) {
    if (row.until <= at_) {
      add(Severity::warning, Kind::unreachable, path,
          fmt::format("row {} held until {}, which is over; take it out", row.data->id(), row.data->effective_to()));
      return false;
    }
    if (is_empty(box) || contradicts_itself(row, tables_, at_)) {
      add(Severity::error, Kind::unreachable, path,
          fmt::format("row {} has conditions that no order fulfils together; take one of them out", row.data->id()));
      return false;
    }
    return true;
  }

  void look_for_overlaps(const CompiledTable& table, const std::vector<Box>& boxes, std::size_t i,
                         const std::string& path) {
    const auto& row = table.rows[i];
    for (std::size_t k = 0; k < i; ++k) {
      const auto& other = table.rows[k];
      const auto both = common_case(boxes[i], boxes[k]);
      if (!both || surely_exclude(row, other) || contradicts_itself(other, tables_, at_)) continue;
      const bool sure = !times_may_exclude(row, other);
      add(sure ? Severity::error : Severity::warning, Kind::overlap, path,
          fmt::format(
              "rows {} and {} {} fit together, and then neither decides; tell them apart by a condition, or let "
              "the table be FIRST",
              other.data->id(), row.data->id(), sure ? "can" : "may"),
          space_.text(*both));
    }
  }

  void look_whether_shadowed(const CompiledTable& table, const std::vector<Box>& boxes, std::size_t i,
                             const std::string& path) {
    std::vector<const Box*> by;
    std::vector<std::string_view> ids;
    for (std::size_t k = 0; k < i; ++k) {
      if (!surely_follows(table.rows[i], table.rows[k]) || !meet(boxes[i], boxes[k])) continue;
      by.push_back(&boxes[k]);
      ids.push_back(table.rows[k].data->id());
      if (cover_.ask(boxes[i], {by.back()}) != Answer::covered) continue;
      by = {by.back()};
      ids = {ids.back()};
      break;
    }
    const auto answer = cover_.ask(boxes[i], by);
    const auto& id = table.rows[i].data->id();
    if (answer == Answer::unknown) add_unread(path, fmt::format("whether row {} ever decides", id));
    if (answer != Answer::covered) return;
    add(Severity::error, Kind::shadowed, path,
        fmt::format("row {} never decides: {} {} always asked before it {}; put it first, or take it out", id,
                    some_of(ids), ids.size() == 1 ? "is" : "are",
                    ids.size() == 1 ? "and fits" : "and one of them fits"));
  }

  void add_unread(const std::string& path, std::string_view what) {
    add(Severity::note, Kind::unread, path, fmt::format("there are too many cases to tell {}", what));
  }

  /// Categories for which the same grades are left open.
  struct Gap {
    std::vector<std::string> categories;
    std::string example;
  };
  using Gaps = std::map<std::vector<std::string>, Gap>;

  void look_for_gaps() {
    std::vector<Box> all, plain;
    for (const auto& table : tables_.tables)
      for (const auto& row : table.rows) {
        if (contradicts_itself(row, tables_, at_)) continue;
        all.push_back(space_.box(row));
        if (!asks_for_more(row)) plain.push_back(all.back());
      }
    std::vector<std::string> categories;
    for (const auto& subject : space_.subjects())
      if (categories.empty() || categories.back() != subject.category) categories.push_back(subject.category);
    Gaps gaps, possible;
    for (const auto& category : categories) {
      std::vector<std::string> open, maybe;
      std::string open_example, maybe_example;
      for (std::size_t grade = 0; grade < space_.all()[1].size(); ++grade) {
        const auto box = space_.box_of(category, grade);
        if (is_open(box, all, open_example)) {
          open.push_back(grade_name(grade));
        } else if (is_open(box, plain, maybe_example)) {
          maybe.push_back(grade_name(grade));
        }
      }
      keep(gaps, open, category, open_example);
      keep(possible, maybe, category, maybe_example);
    }
    tell(gaps, Severity::error, Kind::gap, "no row fits");
    tell(possible, Severity::warning, Kind::possible_gap,
         "only rows that ask for a time, a text, a workload or skills fit");
  }

  bool is_open(const Box& box, const std::vector<Box>& rows, std::string& example) {
    std::vector<const Box*> by;
    for (const auto& row : rows)
      if (meet(box, row)) by.push_back(&row);
    const auto answer = cover_.ask(box, by);
    if (answer == Answer::unknown && !gaps_unread_) {
      gaps_unread_ = true;
      add_unread("dispatch.tables", "whether each of them has a row");
    }
    if (answer == Answer::open && example.empty()) example = space_.text(cover_.example());
    return answer == Answer::open;
  }

  static void keep(Gaps& gaps, const std::vector<std::string>& open, const std::string& category,
                   const std::string& example) {
    if (open.empty()) return;
    auto& gap = gaps[open];
    gap.categories.push_back(category.empty() ? "any other" : category);
    if (gap.example.empty()) gap.example = example;
  }

  void tell(const Gaps& gaps, Severity severity, Kind kind, std::string_view what) {
    for (const auto& [open, gap] : gaps)
      add(severity, kind, "dispatch.tables",
          fmt::format("{} for some orders of {} with the grade {}; add a row, or name a fallback_unit", what,
                      some_of(gap.categories), fmt::join(open, ", ")),
          gap.example);
  }

  const Policy& policy_;
  const DispatchTables::Compiled& tables_;
  const DispatchWorld* world_;
  Time at_;
  CaseSpace space_;
  Cover cover_;
  bool gaps_unread_ = false;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<DispatchFinding> review_dispatch(const Policy& policy, const DispatchWorld* world, Time at) {
  return Review(policy, world, at).run();
}

std::string finding_text(const DispatchFinding& finding) {
  constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};
  return fmt::format("{}: {}: {}{}{}", severities[static_cast<std::size_t>(finding.severity)], finding.path,
                     finding.what, finding.example.empty() ? "" : "; for example ", finding.example);
}

}  // namespace pavior::city::inline v0

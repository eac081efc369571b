#include <algorithm>

#include "fmt/format.h"
#include "pavior/city/dispatch.h"

namespace pavior::city::inline v0 {
namespace {

std::string_view hit_words(v1::DecisionTable::Hit hit) {
  switch (hit) {
    case v1::DecisionTable::UNIQUE: return "the only row that fits";
    case v1::DecisionTable::PRIORITY: return "the row of the greatest priority that fits";
    case v1::DecisionTable::COLLECT: return "the best candidate of all rows that fit";
    default: return "the first row that fits";
  }
}

std::string version_words(std::string_view what, const v1::PolicyVersion& version) {
  return fmt::format("{} {} version {}", what, version.id(), version.version());
}

std::string count_words(std::uint32_t count, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", count, count == 1 ? one : more);
}

class Text {
 public:
  Text(const v1::DispatchExplanation& why, const UnitNames& name) : why_(why), name_(name) {}

  std::string run() {
    answer();
    looked_at();
    for (const auto& table : why_.tables()) asked(table);
    candidates();
    passed();
    rules();
    return std::move(text_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + '\n';
  }

  std::string named(const std::string& unit) const { return name_ ? name_(unit) : unit; }

  void answer() {
    if (why_.lead().empty()) {
      line("nobody was chosen: the order waits in the manual queue");
    } else {
      std::string assists;
      for (const auto& assist : why_.assists()) assists += (assists.empty() ? "" : ", ") + named(assist.unit());
      line("{} leads{}{}", named(why_.lead()), assists.empty() ? "" : ", with the help of ", assists);
    }
    if (!why_.reason().empty()) line("  because: {}", why_.reason());
    if (!why_.table().empty()) line("  decided by: table {}, row {}", why_.table(), why_.row());
    if (why_.handed_back_again()) line("  it had handed the order back, and nobody else was found");
    for (const auto& assist : why_.assists()) line("  {} helps: {}", named(assist.unit()), assist.why());
  }

  void looked_at() {
    line("looked at");
    for (const auto& fact : why_.facts()) line("  {}: {}", fact.name(), fact.value());
    line("  {}", version_words("catalogue", why_.policy()));
    line("  {}", version_words("organisation", why_.organisation()));
  }

  void asked(const v1::AskedTable& table) {
    line("table {}, {}: {}", table.table(), hit_words(table.hit()), table.outcome());
    for (const auto& row : table.rows())
      line("  {} {}{}{}", row.fits() ? '+' : '-', row.row(), row.fits() ? "" : ": ", row.why());
    if (table.rows_left_off() != 0)
      line("  {} besides", count_words(table.rows_left_off(), "row was asked", "rows were asked"));
    if (table.rows_of_other_categories() != 0)
      line("  {} of other categories", count_words(table.rows_of_other_categories(), "row is", "rows are"));
  }

  void candidates() {
    if (why_.candidates().empty()) return;
    line("candidates, the best first");
    int place = 0;
    for (const auto& one : why_.candidates()) {
      std::string why = one.why();
      if (!one.row().empty()) why += fmt::format("{}by row {}", why.empty() ? "" : ", ", one.row());
      line("  {}. {} {:.3f}{}{}", ++place, named(one.unit()), one.score(), why.empty() ? "" : ": ", why);
      for (const auto& score : one.scores())
        line("     {} {:.3f} x {:g}{}{}", score.name(), score.value(), score.weight(), score.why().empty() ? "" : ": ",
             score.why());
    }
    if (why_.candidates_left_off() != 0) line("  and {} more", why_.candidates_left_off());
    if (is_tie()) line("  equal ones: whose last dispatch is the oldest, then by id");
  }

  /// Whether the score alone did not tell the first from the second.
  bool is_tie() const { return why_.candidates_size() > 1 && why_.candidates(0).score() == why_.candidates(1).score(); }

  void passed() {
    if (why_.passed().empty()) return;
    line("passed over");
    for (const auto& one : why_.passed()) line("  {} {}", one.units(), one.why());
  }

  void rules() {
    if (why_.rules().empty()) return;
    line("rules of the host");
    for (const auto& rule : why_.rules()) {
      line("  {}, weight {:g}: asked about {}, {}", rule.name(), rule.weight(),
           count_words(rule.asked(), "unit", "units"), count_words(rule.vetoes(), "veto", "vetoes"));
      if (!rule.failure().empty()) line("    it failed, so the tables had no say: it {}", rule.failure());
    }
  }

  const v1::DispatchExplanation& why_;
  const UnitNames& name_;
  std::string text_;
};

}  // namespace

std::string explain_text(const v1::DispatchExplanation& explanation, const UnitNames& name) {
  return Text(explanation, name).run();
}

}  // namespace pavior::city::inline v0

/// \file
/// Reads one statement after the other, and remembers what the next one builds on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/lines.h"
#include "scenario/script.h"

namespace pavior::scenario {

class StatementReader {
 public:
  explicit StatementReader(std::filesystem::path file);

  [[nodiscard]] std::optional<Mistake> read(const Line& line);
  [[nodiscard]] std::variant<Script, Mistake> finish() &&;

 private:
  // Each reads what follows its first word; false: `mistake_` says why not.
  bool read_city(Words words);
  bool read_zone(Words words);
  bool read_calendar(Words words);
  bool read_clocks(Words words);
  bool read_policy(Words words);
  bool read_organisation(Words words);
  bool read_map(Words words);
  bool read_holds(Words words);
  bool read_at(Words words);
  bool read_advance(Words words);
  bool read_by(Words words);
  bool read_submit(Words words);
  bool read_answer(Answer::Kind kind, std::string_view text);
  bool read_refused(Words words);
  bool read_conflict(Words words) { return read_answer(Answer::Kind::conflict, words.rest()); }
  bool read_invalid(Words words) { return read_answer(Answer::Kind::invalid, words.rest()); }
  bool read_repeated(Words words) { return read_answer(Answer::Kind::repeated, words.rest()); }
  bool read_restart(Words words);
  bool read_recount(Words words);

  bool read_expect(Words words);
  bool expect_of_order(const std::string& order, Words words);
  bool expect_fields(const std::string& order, Words words);
  bool expect_stage(const std::string& order, Words words);
  bool expect_clock(const std::string& order, Words words);
  bool expect_events(const std::string& order, Words words);
  bool expect_notices(Words words);
  bool expect_allowed(Words words);
  bool add_notice(std::size_t line, std::string_view text, ExpectNotices& notices);
  bool add_possibility(const std::string& text, ExpectAllowed& allowed);

  /// `ORDER rest`: whether there is one, and the story has begun.
  bool order_of(Words& words, std::string& order, std::string_view form);
  bool use_zone(const std::string& name);
  template <class Data>
  bool publish(Result<Data> data);
  bool move_to(Time time);
  bool begun();
  bool knows_command(const std::string& name);
  /// What stands in braces after the words, or indented below.
  std::optional<Written> body(const google::protobuf::Message& prototype, Words words);
  /// The words, and those of the lines below, as one line.
  [[nodiscard]] std::string all_words(Words words) const;
  std::optional<Time> instant(std::string_view text);
  [[nodiscard]] std::string beside(const std::string& name) const;

  void add(Step step) { statements_.push_back({line_->number, line_->text, std::move(step)}); }
  bool no(std::string text) { return no_at(line_->number, std::move(text)); }
  bool no_at(std::size_t line, std::string text) { return mistake_ = Mistake{line, std::move(text)}, false; }

  struct Keyword;
  static const std::vector<Keyword>& keywords();

  std::filesystem::path file_;
  std::vector<std::string> commands_, facts_, stages_;  ///< Of the lifecycle.
  const Line* line_ = nullptr;
  std::optional<Mistake> mistake_;
  std::optional<cli::CityClock> clock_;
  std::optional<Time> start_;
  Time now_{};
  bool somebody_acts_ = false;
  bool has_clocks_ = false, has_policy_ = false;
  std::vector<Statement> statements_;
};

}  // namespace pavior::scenario

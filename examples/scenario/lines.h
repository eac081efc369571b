/// \file
/// The lines of a scenario, and the words of a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavior::scenario {

/// What cannot be understood, and how to mend it.
struct Mistake {
  std::size_t line = 0;
  std::string text;
};

/// A statement begins at the left margin. What is indented below it, or stands in braces it opened, is part of it.
/// Comments are gone: `#` at the start or after a blank, outside of quotation marks.
struct Line {
  std::size_t number = 0;
  std::string text;
  std::vector<std::string> more;  ///< The lines that follow immediately; empty ones keep their place.
};

[[nodiscard]] std::variant<std::vector<Line>, Mistake> split_lines(std::string_view text);

/// Takes words from the left.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) { trim(); }

  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  /// Empty if there is none.
  std::string next();
  /// Takes `word` if it is the next one.
  bool skip(std::string_view word);

 private:
  void trim();
  std::string_view rest_;
};

[[nodiscard]] std::string_view trimmed(std::string_view text);
/// The parts between separators, without the blanks around them; none of an empty text.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// `; did you mean 'submit'?` if a candidate is near to `word`, else nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace pavior::scenario

#include "scenario/lines.h"

#include <algorithm>
#include <numeric>

#include "fmt/format.h"

namespace pavior::scenario {
namespace {

constexpr std::string_view blanks = " \t\r";

bool is_blank(char c) { return blanks.find(c) != std::string_view::npos; }

// Looks at a line the way protobuf text is read: braces and comments count outside of quotation marks only.
class Margin {
 public:
  [[nodiscard]] bool in_braces() const noexcept { return depth_ > 0; }

  // The line without its comment and the blanks behind it.
  std::string read(std::string_view line) {
    char quote = 0;
    std::size_t i = 0;
    for (; i < line.size(); ++i) {
      const char c = line[i];
      if (quote != 0) {
        if (c == '\\') {
          ++i;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"') {
        quote = c;
      } else if (c == '#' && (i == 0 || is_blank(line[i - 1]))) {
        break;
      } else if (c == '{') {
        ++depth_;
      } else if (c == '}' && depth_ > 0) {
        --depth_;
      }
    }
    const auto kept = line.substr(0, std::min(i, line.size()));
    return std::string(kept.substr(0, kept.find_last_not_of(blanks) + 1));
  }

 private:
  int depth_ = 0;
};

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::variant<std::vector<Line>, Mistake> split_lines(std::string_view text) {
  std::vector<Line> lines;
  Margin margin;
  bool open = false;  // Whether an indented line has a statement to belong to.
  std::size_t opened = 0;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const bool within = margin.in_braces();
    if (!within) opened = number;
    const bool comment = trimmed(text.substr(0, end)).starts_with('#');
    const auto line = margin.read(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (within || (open && !line.empty() && is_blank(line[0]))) {
      lines.back().more.push_back(line);
    } else if (line.empty()) {
      // A comment does not end a statement, a blank line does.
      if (open && comment) lines.back().more.emplace_back();
      open = open && comment;
    } else if (is_blank(line[0])) {
      return Mistake{number,
                     "this line is indented, and no statement stands directly above it; begin it at the margin"};
    } else {
      lines.push_back({number, line, {}});
      open = true;
    }
  }
  if (margin.in_braces()) return Mistake{opened, "a brace is opened here and never closed; add '}'"};
  return lines;
}

std::string Words::next() {
  const auto end = std::min(rest_.find_first_of(blanks), rest_.size());
  std::string word(rest_.substr(0, end));
  rest_.remove_prefix(end);
  trim();
  return word;
}

bool Words::skip(std::string_view word) {
  Words ahead = *this;
  if (ahead.next() != word) return false;
  *this = ahead;
  return true;
}

void Words::trim() { rest_ = trimmed(rest_); }

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (trimmed(text).empty()) return parts;
  for (;;) {
    const auto end = std::min(text.find(separator), text.size());
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = std::ranges::min_element(candidates, {}, [&](const auto& name) { return edits(word, name); });
  if (near == candidates.end() || edits(word, *near) > std::max<std::size_t>(1, word.size() / 3)) return {};
  return fmt::format("; did you mean '{}'?", *near);
}

}  // namespace pavior::scenario

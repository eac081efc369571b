/// \file
/// One question of three fields, asked once or for every row of standard input.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "app.h"
#include "text/json.h"

namespace pavior::cli {

struct Answer {
  std::string text;
  JsonObject json;
};

struct Question {
  using Fields = std::array<std::string, 3>;
  Fields columns;  ///< What the fields are called, e.g. `start`, `limit`, `unit`.
  /// Errors: invalid if a field cannot be understood.
  std::function<Result<Answer>(const Fields&)> answer;
};

/// Asks once; a field that cannot be understood is a mistake of the command line.
[[nodiscard]] Exit ask(const App& app, const Question& question, const Question::Fields& fields);

/// Asks for every row of a CSV text. A first row that names the columns says their order; otherwise they stand as in
/// `columns`. Every other row is answered by one line, also a bad one; the counts go to stderr.
[[nodiscard]] Exit ask_all(const App& app, const Question& question, const std::string& csv);

}  // namespace pavior::cli

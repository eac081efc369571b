#include "calendar/calendar_batch.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "text/csv_reader.h"

namespace pavior::cli {
namespace {

using Places = std::array<std::size_t, 3>;

void print(const App& app, const Answer& answer) { fmt::print("{}\n", app.json ? answer.json.text() : answer.text); }

void print(const App& app, const Error& error, std::size_t line) {
  const auto message = printable(error.message());
  if (!app.json) return fmt::print("error: {}\n", message);
  JsonObject json;
  json.add("line", std::uint64_t{line}).add("error", message).add("code", to_string(error.code()));
  if (!error.rule().empty()) json.add("rule", error.rule());
  fmt::print("{}\n", json.text());
}

// Where a heading has the columns; nothing if the row is no heading. Errors: invalid (it names some of them only).
Result<std::optional<Places>> heading(const Question::Fields& columns, const std::vector<std::string>& row) {
  Places places;
  std::string missing;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    places[i] = static_cast<std::size_t>(std::ranges::find(row, columns[i]) - row.begin());
    if (places[i] == row.size()) missing = columns[i];
  }
  if (missing.empty()) return std::optional(places);
  const bool names_some = std::ranges::any_of(places, [&](std::size_t place) { return place < row.size(); });
  if (names_some) return Error(ErrorCode::invalid, fmt::format("the heading has no column '{}'", missing));
  return std::optional<Places>();
}

Result<Answer> answer(const Question& question, const CsvRow& row, const Places& places, std::size_t fields) {
  const auto invalid = [](std::string message) { return Error(ErrorCode::invalid, std::move(message)); };
  if (row.stray_quote) return invalid("a quotation mark opens a field and nothing closes it");
  if (row.fields.size() != fields) return invalid(fmt::format("expected {} fields, got {}", fields, row.fields.size()));
  return question.answer({row.fields[places[0]], row.fields[places[1]], row.fields[places[2]]});
}

}  // namespace

Exit ask(const App& app, const Question& question, const Question::Fields& fields) {
  const auto answered = question.answer(fields);
  if (answered) return print(app, *answered), Exit::ok;
  if (answered.error().code() == ErrorCode::invalid) return fail(Exit::usage, printable(answered.error().message()));
  return fail(answered.error());
}

Exit ask_all(const App& app, const Question& question, const std::string& csv) {
  CsvReader reader(csv);
  CsvRow row;
  Places places{0, 1, 2};
  std::size_t fields = places.size();
  bool more = reader.next(row);
  if (more && !row.stray_quote) {
    const auto named = heading(question.columns, row.fields);
    if (!named) return fail(Exit::bad_input, named.error().message());
    if (*named) {
      places = **named;
      fields = row.fields.size();
    }
    reader.expect_fields(fields);
    if (*named) more = reader.next(row);
  }
  std::size_t rows = 0, refused = 0, bad = 0;
  for (; more; more = reader.next(row)) {
    ++rows;
    const auto answered = answer(question, row, places, fields);
    if (answered) {
      print(app, *answered);
      continue;
    }
    ++(answered.error().code() == ErrorCode::refused ? refused : bad);
    print(app, answered.error(), row.line);
  }
  fmt::print(stderr, "{} rows: {} answered, {} refused, {} not understood\n", rows, rows - refused - bad, refused, bad);
  return bad > 0 ? Exit::bad_input : refused > 0 ? Exit::no : Exit::ok;
}

}  // namespace pavior::cli

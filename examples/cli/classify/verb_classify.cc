#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "app.h"
#include "classify/classify_rows.h"
#include "classify/classify_score.h"
#include "classify/classify_text.h"
#include "fmt/format.h"
#include "pavior/city/text_classifier.h"
#include "text/json.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

constexpr std::size_t left_out_shown_max = 20;
constexpr std::size_t guesses_max = 3;
constexpr std::size_t reasons_max = 5;

struct ClassifyWish {
  std::vector<std::filesystem::path> files;
  LabelledColumns columns;
  std::filesystem::path model;
  std::string name;
  std::vector<std::string> texts;
  std::string split = "text";
  double held_out = 0.3;
  std::uint64_t seed = 1;
};

Result<std::vector<city::LabelledText>> rows_of(const ClassifyWish& wish) {
  auto read = read_labelled_rows(wish.files, wish.columns);
  if (!read) return std::move(read).error();
  const auto& left_out = read->left_out;
  for (std::size_t i = 0; i < std::min(left_out.size(), left_out_shown_max); ++i)
    fmt::print(stderr, "{}:{}: left out: {}\n", left_out[i].file.string(), left_out[i].line,
               printable(left_out[i].why));
  if (!left_out.empty()) fmt::print(stderr, "{} rows left out, {} read\n", left_out.size(), read->rows.size());
  return std::move(read->rows);
}

Result<city::TextModel> open_model(const std::filesystem::path& file) {
  const auto bytes = read_text(file);
  if (!bytes) return bytes.error();
  auto model = city::TextModel::read(*bytes);
  if (!model) return Error(model.error().code(), fmt::format("{}: {}", file.string(), model.error().message()));
  return model;
}

// Whoever looks for the model finds the old one or the new one, never half of one.
Result<void> write_file(const std::filesystem::path& path, const std::string& bytes) {
  auto unfinished = path;
  unfinished += ".unfinished";
  std::ofstream file(unfinished, std::ios::binary);
  file << bytes;
  file.close();
  std::error_code failed;
  if (file) std::filesystem::rename(unfinished, path, failed);
  if (file && !failed) return {};
  std::filesystem::remove(unfinished, failed);
  return Error(ErrorCode::invalid, fmt::format("{} cannot be written", path.string()));
}

JsonObject facts_json(const city::TextModelFacts& facts) {
  JsonObject json;
  json.add("name", facts.name)
      .add("version", facts.version)
      .add("categories", std::uint64_t{facts.categories})
      .add("ngrams", std::uint64_t{facts.ngrams})
      .add("rows", std::uint64_t{facts.rows})
      .add("texts", std::uint64_t{facts.texts})
      .add_json("strength", decimal(facts.strength))
      .add_json("cross_validated_accuracy", decimal(facts.accuracy))
      .add_json("cross_validated_log_loss", decimal(facts.log_loss))
      .add("converged", facts.converged);
  return json;
}

std::string facts_text(const city::TextModelFacts& facts) {
  return fmt::format(
      "model {} version {}\n{} categories and {} n-grams of {} rows, {} of their texts differ\n"
      "cross-validated: accuracy {:.4f}, log loss {:.4f}, at strength {}{}\n",
      printable(facts.name), facts.version, facts.categories, facts.ngrams, facts.rows, facts.texts, facts.accuracy,
      facts.log_loss, facts.strength, facts.converged ? "" : "; stopped at the last step of training");
}

Exit train(const App& app, const ClassifyWish& wish) {
  const auto rows = rows_of(wish);
  if (!rows) return fail(rows.error());
  city::TextTraining training;
  training.name = wish.name.empty() ? wish.model.stem().string() : wish.name;
  training.seed = wish.seed;
  const auto model = city::TextModel::train(*rows, training);
  if (!model) return fail(model.error());
  if (auto written = write_file(wish.model, model->file()); !written) return fail(written.error());
  fmt::print("{}", app.json ? facts_json(model->facts()).text() + '\n' : facts_text(model->facts()));
  return Exit::ok;
}

struct Parts {
  std::vector<city::LabelledText> learned;
  std::vector<city::LabelledText> asked;
};

// By text, one that is asked was never learned; by row, it may have been, and the score says how well a text is known
// again.
Parts split(const ClassifyWish& wish, std::vector<city::LabelledText> rows) {
  Parts parts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool asked =
        city::is_held_out(wish.split == "row" ? std::to_string(i) : rows[i].text, wish.held_out, wish.seed);
    (asked ? parts.asked : parts.learned).push_back(std::move(rows[i]));
  }
  return parts;
}

Exit test(const App& app, const ClassifyWish& wish) {
  auto rows = rows_of(wish);
  if (!rows) return fail(rows.error());
  const bool trained = !wish.model.empty();
  const auto parts = trained ? Parts{{}, *std::move(rows)} : split(wish, *std::move(rows));
  if (parts.asked.empty()) return fail(Exit::bad_input, "no row is left to be asked: take more rows, or hold out more");
  city::TextTraining training;
  training.name = "test";
  training.seed = wish.seed;
  const auto model = trained ? open_model(wish.model) : city::TextModel::train(parts.learned, training);
  if (!model) return fail(model.error());
  std::vector<Verdict> verdicts;
  for (const auto& row : parts.asked) {
    const auto guess = model->guess(row.text, 1).front();
    verdicts.push_back({row.category, guess.category, guess.confidence});
  }
  const auto score = score_of(verdicts), baseline = baseline_of(verdicts);
  if (app.json)
    fmt::print("{}\n", score_json(score, baseline).add("model", facts_json(model->facts())).text());
  else
    fmt::print("{}\n{}", facts_text(model->facts()), score_text(score, baseline));
  return Exit::ok;
}

JsonObject guess_json(const city::TextModel& model, const std::string& text, const city::CategoryGuess& guess) {
  std::string reasons;
  for (const auto& reason : model.reasons(text, guess.category, reasons_max)) {
    JsonObject object;
    object.add("letters", reason.letters).add_json("weight", decimal(reason.weight));
    reasons += (reasons.empty() ? "" : ",") + object.text();
  }
  JsonObject json;
  json.add("category", guess.category)
      .add_json("confidence", decimal(guess.confidence))
      .add_json("reasons", '[' + reasons + ']');
  return json;
}

std::string guess_text(const city::TextModel& model, const std::string& text, const city::CategoryGuess& guess) {
  std::string reasons;
  for (const auto& reason : model.reasons(text, guess.category, reasons_max))
    reasons += fmt::format("  {} {:+.2f}", printable(reason.letters), reason.weight);
  return fmt::format("{:6.4f}  {}{}\n", guess.confidence, printable(guess.category),
                     reasons.empty() ? "  (nothing in the text speaks for it)" : reasons);
}

Exit ask(const App& app, const ClassifyWish& wish) {
  const auto model = open_model(wish.model);
  if (!model) return fail(model.error());
  for (const auto& text : wish.texts) {
    std::string guesses;
    for (const auto& guess : model->guess(text, guesses_max))
      guesses += app.json ? (guesses.empty() ? "" : ",") + guess_json(*model, text, guess).text()
                          : guess_text(*model, text, guess);
    if (app.json) {
      JsonObject json;
      json.add("text", text).add("model", model->facts().name).add("version", model->facts().version);
      guesses = json.add_json("guesses", '[' + guesses + ']').text() + '\n';
    }
    fmt::print("{}", guesses);
  }
  return Exit::ok;
}

void add_rows(CLI::App& verb, ClassifyWish& wish) {
  verb.add_option("--csv", wish.files, "Files with a heading, plain or gzip")->required();
  verb.add_option("--text", wish.columns.text, "The column of the text, or several: title,description")
      ->delimiter(',')
      ->required();
  verb.add_option("--label", wish.columns.label, "The column of the category that people gave")->required();
  verb.add_option("--seed", wish.seed, "Decides which texts are held out");
}

}  // namespace

void add_classify(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("classify", "Trains, measures and asks a classifier of reports");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<ClassifyWish>();
  const auto sub = [&](const char* name, const char* help, Exit (*use)(const App&, const ClassifyWish&)) {
    auto* added = verb->add_subcommand(name, help);
    added->final_callback([&app, wish, use] {
      app.needs_store = false;
      app.run = [&app, wish, use] { return use(app, *wish); };
    });
    return added;
  };
  auto* training = sub("train", "Makes a model of labelled rows", train);
  add_rows(*training, *wish);
  training->add_option("--model", wish->model, "Where the model goes")->required();
  training->add_option("--name", wish->name, "Of the model; that of its file if left out");

  auto* testing = sub("test", "How well a model agrees with people on rows it did not learn", test);
  add_rows(*testing, *wish);
  auto* model = testing->add_option("--model", wish->model, "Asks this model all rows, instead of training on a part");
  testing->add_option("--held-out", wish->held_out, "The share of the rows that is asked; the others are learned")
      ->check(CLI::Range(0.01, 0.99))
      ->excludes(model);
  testing->add_option("--split", wish->split, "By text, so that no text is both learned and asked; or by row")
      ->check(CLI::IsMember({"text", "row"}))
      ->excludes(model);

  auto* asking = sub("ask", "The likeliest categories of a text, and what spoke for them", ask);
  asking->add_option("--model", wish->model, "The model's file")->required();
  asking->add_option("TEXT", wish->texts, "Reports")->required();
}

}  // namespace pavior::cli

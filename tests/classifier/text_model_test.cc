#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "classifier/reports.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

bool is_near(double a, double b, double margin = 1e-6) { return std::abs(a - b) <= margin; }

std::string likeliest(const TextModel& model, const std::string& text) { return model.guess(text, 1).at(0).category; }

std::string message_of(std::vector<LabelledText> rows, TextTraining options = training()) {
  const auto trained = TextModel::train(rows, options);
  REQUIRE_FALSE(trained);
  return trained.error().message();
}

}  // namespace

TEST_CASE("a model knows what its rows have in common, in both languages") {
  const auto trained = model();
  CHECK(likeliest(trained, "门口的路灯不亮了") == "lighting");
  CHECK(likeliest(trained, "Potholes again!") == "roads");
  CHECK(likeliest(trained, "很多垃圾") == "waste");
  CHECK(likeliest(trained, "TRASH") == "waste");
  CHECK(trained.categories() == std::vector<std::string>{"lighting", "roads", "waste"});
  CHECK(trained.facts().rows == 15);
  CHECK(trained.facts().texts == 15);
  CHECK(trained.facts().name == "reports");
  CHECK(trained.facts().version.size() == 64);
}

TEST_CASE("the same rows make the same bytes, in whatever order they come") {
  const auto bytes = model().file();
  CHECK(model().file() == bytes);
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937 numbers(seed);
  auto rows = reports();
  std::ranges::shuffle(rows, numbers);
  CHECK(TextModel::train(rows, training())->file() == bytes);
}

TEST_CASE("another row or another name makes another version") {
  const auto version = model().facts().version;
  auto rows = reports();
  rows.push_back({"积水", "roads"});
  CHECK(TextModel::train(rows, training())->facts().version != version);
  auto renamed = training();
  renamed.name = "other";
  CHECK(TextModel::train(reports(), renamed)->facts().version != version);
}

TEST_CASE("a model that was written and read answers the same to the last bit") {
  const auto trained = model();
  const auto read = TextModel::read(trained.file()).value();
  CHECK(read.file() == trained.file());
  CHECK(read.facts().version == trained.facts().version);
  CHECK(read.facts().accuracy == trained.facts().accuracy);
  for (const auto& row : reports()) {
    const auto before = trained.guess(row.text), after = read.guess(row.text);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(before[i].category == after[i].category);
      CHECK(before[i].confidence == after[i].confidence);
    }
  }
}

TEST_CASE("guesses are probabilities, the likeliest first, and as many as were asked for") {
  const auto trained = model();
  const auto all = trained.guess("路灯和垃圾", 100);
  REQUIRE(all.size() == 3);
  const auto sum =
      std::accumulate(all.begin(), all.end(), 0.0, [](double s, const auto& g) { return s + g.confidence; });
  CHECK(is_near(sum, 1, 3e-6));
  CHECK(std::ranges::is_sorted(all, std::greater{}, &CategoryGuess::confidence));
  CHECK(trained.guess("路灯", 2).size() == 2);
  CHECK(trained.guess("路灯", 0).empty());
}

TEST_CASE("a text that says nothing gets what is common, and little confidence") {
  auto rows = reports();
  for (int i = 0; i < 10; ++i) rows.push_back({"垃圾", "waste"});
  const auto trained = TextModel::train(rows, training()).value();
  const auto empty = trained.guess("", 3);
  CHECK(empty[0].category == "waste");
  CHECK(empty[0].confidence < trained.guess("垃圾").at(0).confidence);
  CHECK(empty[0].confidence > empty[1].confidence);
  CHECK(trained.guess("\xff\xfe", 1)[0].confidence == empty[0].confidence);
  CHECK(trained.guess("zzz qqq", 1)[0].confidence == empty[0].confidence);
}

TEST_CASE("what is not known of a text lessens what is") {
  const auto trained = model();
  CHECK(trained.guess("垃圾").at(0).confidence > trained.guess("垃圾 xylophone quartz 鳄鱼河马").at(0).confidence);
}

TEST_CASE("reasons are parts of the text that speak for the category") {
  const auto trained = model();
  const std::string text = "我家楼下的垃圾";
  const auto reasons = trained.reasons(text, "waste");
  REQUIRE_FALSE(reasons.empty());
  CHECK(std::ranges::any_of(reasons, [](const auto& reason) { return reason.letters == "垃圾"; }));
  for (const auto& reason : reasons) {
    CHECK(text.find(reason.letters) != std::string::npos);
    CHECK(reason.weight > 0);
  }
  CHECK(std::ranges::is_sorted(reasons, std::greater{}, &GuessReason::weight));
  CHECK(trained.reasons(text, "no such category").empty());
  CHECK(trained.reasons("", "waste").empty());
}

TEST_CASE("rows that nothing can be learned of are refused, by their number where it is one row's fault") {
  CHECK(message_of({}) == "there are no rows to learn from");
  CHECK(message_of({{"a", "x"}, {"b", "x"}}) == "all 2 rows are of the category x: there is nothing to tell apart");
  CHECK(message_of({{"a", "x"}, {"b", ""}}) == "row 2: the category is empty: leave the row out");
  CHECK(message_of({{"a", "x\xff"}}).starts_with("row 1: the category is not"));
  auto nameless = training();
  nameless.name = "";
  CHECK(message_of(reports(), nameless).starts_with("a model's name is"));
  auto one_fold = training();
  one_fold.folds = 1;
  CHECK(message_of(reports(), one_fold) == "cross-validation needs 2 folds at least");
}

TEST_CASE("two rows are enough, also with one text, and so are texts without letters") {
  const auto split = TextModel::train(std::vector<LabelledText>{{"a", "x"}, {"a", "y"}}, training());
  REQUIRE(split);
  CHECK(is_near(split->guess("a", 1)[0].confidence, 0.5));
  CHECK(TextModel::train(std::vector<LabelledText>{{"", "x"}, {"!", "y"}}, training()));
}

TEST_CASE("a limit on n-grams keeps the common ones") {
  auto small = training();
  small.ngrams_max = 8;
  const auto trained = TextModel::train(reports(), small).value();
  CHECK(trained.facts().ngrams == 8);
  CHECK(model().facts().ngrams > 8);
}

TEST_CASE("a held out text is so wherever it stands, and the share is about what was asked for") {
  int held_out = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto text = "report " + std::to_string(i);
    held_out += is_held_out(text, 0.3, 1);
    REQUIRE(is_held_out(text, 0.3, 1) == is_held_out(text, 0.3, 1));
    if (is_held_out(text, 0.2, 1)) REQUIRE(is_held_out(text, 0.3, 1));
  }
  CHECK(held_out > 2800);
  CHECK(held_out < 3200);
  CHECK_FALSE(is_held_out("x", 0, 1));
  CHECK(is_held_out("x", 1, 1));
}

TEST_CASE("as a classifier it reads title and description, and says which model it is") {
  const auto trained = model();
  const auto classifier = make_text_classifier(trained, 2);
  v1::ClassificationRequest request;
  request.set_title("您好");
  request.set_description("路灯不亮");
  v1::Classification answer;
  int answers = 0;
  classifier->classify(request, [&](Result<v1::Classification> given) { answer = given.value(), ++answers; });
  CHECK(answers == 1);
  CHECK(answer.category() == "lighting");
  CHECK(answer.confidence() == trained.guess("您好\n路灯不亮", 1)[0].confidence);
  CHECK(answer.model() == "reports");
  CHECK(answer.model_version() == trained.facts().version);
  CHECK(answer.others_size() == 1);
}

}  // namespace pavior::city::tests

#include "city/classifier/softmax.h"

#include <cmath>
#include <random>

#include "support/catch.h"

using namespace pavior::city;

namespace {

bool is_near(double a, double b, double margin = 1e-6) { return std::abs(a - b) <= margin; }

FitOptions options(std::size_t features, std::size_t categories, double penalty) {
  FitOptions chosen;
  chosen.features = features;
  chosen.categories = categories;
  chosen.penalty = penalty;
  chosen.slope_max = 1e-9;
  chosen.steps_max = 100'000;
  return chosen;
}

std::vector<double> answer(const Fit& fit, const std::vector<Term>& terms, std::size_t categories) {
  std::vector<double> scores(fit.weights.end() - static_cast<std::ptrdiff_t>(categories), fit.weights.end());
  for (const auto& [feature, value] : terms)
    for (std::size_t i = 0; i < categories; ++i) scores[i] += fit.weights[feature * categories + i] * value;
  softmax(scores);
  return scores;
}

// What the fit makes small: the mean loss and the penalty.
double objective(const std::vector<Example>& examples, const FitOptions& chosen, const std::vector<double>& weights) {
  double loss = 0, count = 0, squares = 0;
  for (const auto& example : examples) {
    loss -= example.count * std::log(answer({weights}, example.terms, chosen.categories)[example.category]);
    count += example.count;
  }
  for (const double weight : weights) squares += weight * weight;
  return loss / count + chosen.penalty * squares / 2;
}

}  // namespace

TEST_CASE("probabilities are those of the scores, however large these are") {
  std::vector<double> scores{1000, 1000 + std::log(3.0)};
  softmax(scores);
  CHECK(is_near(scores[0], 0.25));
  CHECK(is_near(scores[1], 0.75));
}

TEST_CASE("without features a category is as likely as it is common") {
  const std::vector<Example> examples{{{}, 0, 60}, {{}, 1, 30}, {{}, 2, 10}};
  const auto fit = fit_softmax(examples, options(0, 3, 1e-9));
  CHECK(fit.converged);
  const auto shares = answer(fit, {}, 3);
  CHECK(is_near(shares[0], 0.6, 1e-3));
  CHECK(is_near(shares[1], 0.3, 1e-3));
  CHECK(is_near(shares[2], 0.1, 1e-3));
}

TEST_CASE("at the end no small change of any weight is better") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937 numbers(seed);
  std::vector<Example> examples;
  for (int i = 0; i < 30; ++i) {
    const auto below = [&](std::uint32_t most) { return static_cast<std::uint32_t>(numbers() % most); };
    examples.push_back({{{below(3), 0.6f}, {3 + below(2), 0.8f}}, below(4), 1.0 + below(3)});
  }
  const auto chosen = options(5, 4, 0.01);
  const auto fit = fit_softmax(examples, chosen);
  REQUIRE(fit.converged);
  const double best = objective(examples, chosen, fit.weights);
  for (std::size_t i = 0; i < fit.weights.size(); ++i) {
    for (const double change : {-1e-3, 1e-3}) {
      auto weights = fit.weights;
      weights[i] += change;
      REQUIRE(objective(examples, chosen, weights) > best);
    }
  }
}

TEST_CASE("the start makes no difference to the end") {
  const std::vector<Example> examples{{{{0, 1}}, 0, 3}, {{{0, 1}}, 1, 1}, {{{1, 1}}, 1, 5}};
  const auto chosen = options(2, 2, 0.001);
  const auto here = fit_softmax(examples, chosen), there = fit_softmax(examples, chosen, {9, -9, 3, 4, -5, 6});
  for (std::size_t i = 0; i < here.weights.size(); ++i) CHECK(is_near(here.weights[i], there.weights[i], 1e-5));
}

TEST_CASE("a fit that runs out of steps says so") {
  auto chosen = options(1, 2, 1e-6);
  chosen.steps_max = 3;
  CHECK_FALSE(fit_softmax(std::vector<Example>{{{{0, 1}}, 0, 1}, {{}, 1, 1}}, chosen).converged);
}

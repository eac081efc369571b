// What classifying a report costs, beside reading the same bytes once to hash them.
#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "fmt/core.h"
#include "pavior/city/text_classifier.h"
#include "support/arguments.h"
#include "support/written_reports.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Microseconds that `work` takes of each text, in rising order.
template <class Work>
std::vector<double> measure(const std::vector<std::string>& texts, double seconds, Work work) {
  std::vector<double> micros;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  for (std::size_t i = 0; Clock::now() < end; ++i) {
    const auto start = Clock::now();
    work(texts[i % texts.size()]);
    micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::ranges::sort(micros);
  return micros;
}

double at(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

struct Kind {
  std::string_view name;
  bool chinese;
  std::size_t letters;
  std::size_t categories;
};

void run(const Arguments& arguments, const Kind& kind) {
  WrittenReports reports(kind.categories, kind.chinese);
  std::vector<city::LabelledText> rows;
  for (std::size_t i = 0; i < (arguments.quick ? 50 : 1000); ++i) rows.push_back(reports.next(40));
  city::TextTraining training;
  training.name = kind.name;
  const auto start = Clock::now();
  const auto model = or_give_up(city::TextModel::train(rows, training));
  const double training_seconds = std::chrono::duration<double>(Clock::now() - start).count();

  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 1000; ++i) texts.push_back(reports.next(kind.letters).text);
  double sum = 0;
  const auto guessing =
      measure(texts, arguments.seconds, [&](const std::string& text) { sum += model.guess(text).front().confidence; });
  Sha256 hash;
  const auto hashing =
      measure(texts, arguments.seconds / 4, [&](const std::string& text) { sum += hash.add(text).finish()[0]; });
  fmt::print(
      "classify text={} letters={} categories={} rows={} ngrams={} p50_us={:.1f} p99_us={:.1f} raw_sha256_us={:.1f} "
      "model_kib={} training_s={:.2f} converged={}\n",
      kind.name, kind.letters, kind.categories, rows.size(), model.facts().ngrams, at(guessing, 0.5),
      at(guessing, 0.99), at(hashing, 0.5), model.file().size() >> 10, training_seconds, model.facts().converged);
  if (sum < 0) fmt::print("never\n");  // Keeps what was measured from being left out.
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  const auto arguments = parse_arguments(argc, argv, "bench_classify: what classifying a report costs");
  for (const auto& kind : {Kind{"chinese", true, 25, 7}, Kind{"chinese", true, 200, 7}, Kind{"english", false, 60, 30},
                           Kind{"english", false, 400, 30}, Kind{"chinese", true, 25, 100}})
    run(arguments, kind);
}

// A classifier that answers on threads of its own, while an engine comes and goes.
#include <atomic>
#include <thread>

#include "classifier/intake.h"
#include "pavior/thread_runtime.h"

namespace pavior::city::tests {
namespace {

constexpr int questions = 60;

/// Answers each question on a new thread.
struct Elsewhere final : Classifier {
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0;

  ~Elsewhere() override { join(); }
  void classify(const v1::ClassificationRequest& request, Answer answer) override {
    threads.emplace_back([this, category = request.title(), answer = std::move(answer)] {
      answer(answer_of(category, 0.9));
      ++answered;
    });
  }
  void join() {
    for (auto& thread : threads) thread.join();
    threads.clear();
  }
};

int classified_in(const Engine& engine) {
  int count = 0;
  for (int i = 0; i < questions; ++i) {
    const auto loaded = engine.load({"intake", std::to_string(i)});
    count += loaded && loaded->stage == classified;
  }
  return count;
}

}  // namespace

TEST_CASE("answers from other threads arrive, also while the engine is being closed") {
  test::StoreFolder folder;
  const auto classifier = std::make_shared<Elsewhere>();
  ThreadRuntime runtime(2);
  for (int round = 0; round < 2; ++round) {
    const auto courier = std::make_shared<ClassifyingCourier>(classifier, runtime);
    auto options = test::tiny_options();
    options.workflows = {std::make_shared<Intake>()};
    options.couriers = {courier};
    const auto engine = Engine::open(folder.path(), std::move(options), runtime).value();
    courier->connect(*engine);
    if (round == 0)
      for (int i = 0; i < questions; ++i)
        REQUIRE(engine->submit_and_wait(ask("lighting", {"intake", std::to_string(i)})));
    // The first engine goes while some answers are on their way; the second one waits for all.
    while (round == 0 ? classifier->answered == 0 : classified_in(*engine) < questions)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    courier->disconnect();
    if (round == 1) CHECK(engine->verify()->problems == std::vector<std::string>{});
  }
}

}  // namespace pavior::city::tests

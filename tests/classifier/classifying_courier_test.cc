#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <stdexcept>

#include "classifier/intake.h"
#include "classifier/reports.h"

namespace pavior::city::tests {
namespace {

using namespace std::chrono_literals;
using Facts = std::vector<std::string>;

/// Answers as told, in order, and then keeps its answers for the test to give.
struct Scripted final : Classifier {
  std::deque<Result<v1::Classification>> script;
  std::vector<Answer> unanswered;
  std::vector<std::string> titles;
  bool throws = false;

  void classify(const v1::ClassificationRequest& request, Answer answer) override {
    titles.push_back(request.title());
    if (throws) throw std::runtime_error("the model's own trouble");
    if (script.empty()) return unanswered.push_back(std::move(answer));
    const auto next = script.front();
    script.pop_front();
    answer(next);
  }
};

struct Office {
  test::StoreFolder folder;
  SimulatedRuntime runtime{Time(1h)};
  std::shared_ptr<Scripted> scripted = std::make_shared<Scripted>();
  std::shared_ptr<Classifier> classifier = scripted;
  std::shared_ptr<ClassifyingCourier> courier;
  std::unique_ptr<Engine> engine;

  Office() { open(); }
  explicit Office(std::shared_ptr<Classifier> other) : classifier(std::move(other)) { open(); }
  ~Office() { close(); }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  void close() {
    if (courier) courier->disconnect();
    engine.reset();
  }
  void open(bool connected = true) {
    close();
    courier = std::make_shared<ClassifyingCourier>(classifier, runtime);
    auto options = test::tiny_options();
    options.workflows = {std::make_shared<Intake>()};
    options.couriers = {courier};
    engine = Engine::open(folder.path(), std::move(options), runtime).value();
    if (connected) courier->connect(*engine);
  }
  void send(Command command) { REQUIRE(engine->submit_and_wait(std::move(command))); }
  void asks(const std::string& title) { send(ask(title)), runtime.run_ready(); }

  [[nodiscard]] Stage stage() const { return engine->load(report)->stage; }
  [[nodiscard]] Facts facts(const StreamId& stream = report) const {
    Facts facts;
    const auto history = engine->history(stream);
    if (!history) return facts;
    for (const Event& event : *history) facts.emplace_back(short_name(event.type));
    return facts;
  }
  [[nodiscard]] Facts outbox() const { return facts({"pavior", "outbox"}); }
  /// The last payload of the outbox, which names why it gave up.
  [[nodiscard]] bool gave_up_because(std::string_view why) const {
    const auto history = engine->history({"pavior", "outbox"}).value();
    return outbox().back() == "EffectGivenUp" && history.events().back().payload.find(why) != std::string_view::npos;
  }
  [[nodiscard]] v1::Classification classification() const {
    v1::Classification answer;
    const auto history = engine->history(report).value();
    for (const Event& event : history)
      if (event.type == "Classified") REQUIRE(parse(event.payload, answer));
    return answer;
  }
  void check_sound() const { CHECK(engine->verify()->problems == Facts{}); }
};

}  // namespace

TEST_CASE("a sure answer is recorded with its model, by the classifier") {
  Office office;
  office.scripted->script = {answer_of("lighting", 0.9)};
  office.asks("路灯坏了");
  CHECK(office.scripted->titles == Facts{"路灯坏了"});
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  CHECK(office.stage() == classified);
  CHECK(office.classification().category() == "lighting");
  CHECK(office.classification().model() == "model");
  CHECK(office.classification().model_version() == "7");
  CHECK(office.engine->history(report).value().events().back().actor == "classifier");
  CHECK(office.outbox() == Facts{"EffectDelivered"});
  office.check_sound();
}

TEST_CASE("nothing of a delivery is kept once it is answered, though its time is not up") {
  Office office;
  office.asks("路灯坏了");
  office.scripted->script = {answer_of("lighting", 0.9)};
  const auto question = classification_effect(v1::ClassificationRequest());
  const auto token = std::make_shared<int>();
  int answers = 0;
  office.courier->deliver({"1-0", report, Position{1}, question.topic, question.type, question.payload, 1},
                          [token, &answers](const Result<void>&) { ++answers; });
  office.runtime.run_ready();
  CHECK(answers == 1);
  CHECK(token.use_count() == 1);
  office.runtime.advance_by(1h);
  CHECK(answers == 1);
}

TEST_CASE("an unsure answer is recorded too and goes to a person, whose answer is a second fact") {
  Office office;
  office.scripted->script = {answer_of("lighting", 0.4)};
  office.asks("坏了");
  CHECK(office.stage() == left_to_person);
  office.send({report, "Decide", "roads"});
  CHECK(office.facts() == Facts{"Asked", "Classified", "Decided"});
  CHECK(office.classification().category() == "lighting");
  office.check_sound();
}

TEST_CASE("the classifier in the box answers through the port") {
  Office office(make_text_classifier(model()));
  office.asks("小区路灯不亮");
  CHECK(office.classification().category() == "lighting");
  CHECK(office.classification().model_version() == model().facts().version);
}

TEST_CASE("a classifier that fails is asked again, and a restart does not forget the question") {
  Office office;
  const Error busy(ErrorCode::unavailable, "the model is loading");
  office.scripted->script = {busy, busy, answer_of("lighting", 0.9)};
  office.asks("路灯坏了");
  CHECK(office.facts() == Facts{"Asked"});
  office.open();
  office.runtime.advance_by(1h);
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  CHECK(office.scripted->titles.size() == 3);
  office.check_sound();
}

TEST_CASE("a classifier that never answers is asked eight times, and then a person decides") {
  Office office;
  office.asks("路灯坏了");
  office.runtime.advance_by(29s);
  CHECK(office.scripted->titles.size() == 1);
  office.runtime.advance_by(2s);
  CHECK(office.scripted->titles.size() == 2);
  office.runtime.advance_by(24h);
  CHECK(office.scripted->titles.size() == 8);
  CHECK(office.facts() == Facts{"Asked", "GivenUp"});
  CHECK(office.stage() == left_to_person);
  CHECK(office.gave_up_because("the classifier gave no answer within 30000 ms"));
  office.check_sound();
}

TEST_CASE("an answer that comes late counts, and another one to the same question changes nothing") {
  Office office;
  office.asks("路灯坏了");
  office.runtime.advance_by(35s);
  REQUIRE(office.scripted->unanswered.size() == 2);
  office.scripted->unanswered[0](answer_of("lighting", 0.9));
  office.runtime.run_ready();
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  office.scripted->unanswered[1](answer_of("roads", 0.99));
  office.runtime.advance_by(24h);
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  CHECK(office.classification().category() == "lighting");
  CHECK(office.outbox() == Facts{"EffectDelivered"});
  office.check_sound();
}

TEST_CASE("a classifier that answers twice has answered once") {
  Office office;
  office.asks("路灯坏了");
  for (const auto* category : {"lighting", "roads"}) office.scripted->unanswered.at(0)(answer_of(category, 0.9));
  office.runtime.advance_by(24h);
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  CHECK(office.outbox() == Facts{"EffectDelivered"});
  office.check_sound();
}

// As after a crash between the answer's commit and that of the delivery.
TEST_CASE("a delivery that comes again after its answer was recorded is a delivery and no second answer") {
  Office office;
  office.scripted->script = {answer_of("lighting", 0.9)};
  office.asks("路灯坏了");
  const auto question = office.engine->history(report).value()[0];
  for (const double confidence : {0.9, 0.3}) {
    office.scripted->script = {answer_of("lighting", confidence)};
    std::optional<Result<void>> answered;
    const auto effect = classification_effect({});
    Delivery again{std::to_string(number(question.position)) + "-0",
                   report,
                   question.position,
                   std::string(classification_topic),
                   effect.type,
                   effect.payload,
                   2};
    office.courier->deliver(again, [&](Result<void> result) { answered = std::move(result); });
    office.runtime.run_ready();
    REQUIRE(answered);
    CHECK(*answered);
  }
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  office.check_sound();
}

TEST_CASE("an answer of no use goes to a person at once, and the log says why") {
  auto no_category = answer_of("", 0.9), no_model = answer_of("lighting", 0.9);
  no_model.clear_model();
  auto odd_other = answer_of("lighting", 0.9);
  odd_other.add_others()->set_confidence(0.1);
  const std::pair<Result<v1::Classification>, std::string_view> cases[] = {
      {no_category, "names no category"},
      {no_model, "names no model"},
      {answer_of("lighting", 1.5), "not between 0 and 1"},
      {answer_of("lighting", std::numeric_limits<double>::quiet_NaN()), "not between 0 and 1"},
      {odd_other, "another guess without category"},
      {Error::refused("has_text", "a picture alone is not for this model"), "a picture alone"},
      {Error(ErrorCode::invalid, "the language is not known"), "the language is not known"}};
  for (const auto& [answer, why] : cases) {
    INFO(why);
    Office office;
    office.scripted->script = {answer};
    office.asks("?");
    CHECK(office.gave_up_because(why));
    CHECK(office.facts() == Facts{"Asked", "GivenUp"});
    CHECK(office.scripted->titles.size() == 1);
    office.check_sound();
  }
}

TEST_CASE("a classifier that throws has failed and is asked again") {
  Office office;
  office.scripted->throws = true;
  office.asks("路灯坏了");
  office.scripted->throws = false;
  office.scripted->script = {answer_of("lighting", 0.9)};
  office.runtime.advance_by(1s);
  CHECK(office.facts() == Facts{"Asked", "Classified"});
}

TEST_CASE("an answer after a person decided is refused, and the log keeps the reason") {
  Office office;
  office.asks("路灯坏了");
  office.send({report, "Decide", "roads"});
  office.scripted->unanswered.at(0)(answer_of("lighting", 0.9));
  office.runtime.run_ready();
  CHECK(office.facts() == Facts{"Asked", "Decided"});
  CHECK(office.gave_up_because("nobody asks for a category any more"));
  office.check_sound();
}

TEST_CASE("without an engine no question is asked, and with one they all are") {
  Office office;
  office.open(false);
  office.scripted->script = {answer_of("lighting", 0.9)};
  office.asks("路灯坏了");
  CHECK(office.scripted->titles.empty());
  office.courier->connect(*office.engine);
  office.runtime.advance_by(1s);
  CHECK(office.facts() == Facts{"Asked", "Classified"});
}

TEST_CASE("an answer after the engine is gone does nothing, and the question is asked again") {
  Office office;
  office.asks("路灯坏了");
  office.close();
  office.courier.reset();
  office.scripted->unanswered.at(0)(answer_of("lighting", 0.9));
  office.scripted->script = {answer_of("roads", 0.9)};
  office.open();
  office.runtime.run_ready();
  CHECK(office.facts() == Facts{"Asked", "Classified"});
  CHECK(office.classification().category() == "roads");
  office.check_sound();
}

TEST_CASE("a delivery that is no question is given up") {
  Office office;
  std::optional<Result<void>> answered;
  office.courier->deliver({"1-0", report, Position{1}, std::string(classification_topic), "Letter", "hello", 1},
                          [&](Result<void> result) { answered = std::move(result); });
  REQUIRE(answered);
  CHECK(answered->error().code() == ErrorCode::invalid);
}

}  // namespace pavior::city::tests

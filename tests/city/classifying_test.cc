// A classifier's answer and a person's are two facts.
#include "city/cities.h"
#include "city/orders.h"
#include "pavior/city/classifier.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

const std::string roads = R"(
  majors { code: "01" name: "Roads" minors { code: "01.01" name: "hole" kind: EVENT_ITEM conditions { code: "a" text: "deep" } } }
  fallback_unit: "street"
)";

v1::RecordClassification answer(const std::string& category, double confidence) {
  return build<v1::RecordClassification>([&](auto& m) {
    m.mutable_classification()->set_category(category);
    m.mutable_classification()->set_confidence(confidence);
    m.mutable_classification()->set_model("letters");
  });
}

TEST_CASE("T01: a classifier is asked about a report that suggests no category, where the city has one") {
  auto city = plain_city();
  city.classifies = true;
  const auto asks = [&](const std::string& report, const WorkOrderPolicy& policy) {
    return no_order(policy).when(of<v1::Report>(report)).find("asks_classifier: true") != std::string::npos;
  };
  CHECK(asks("title: 'hole'", city));
  CHECK_FALSE(asks("title: 'hole' suggested_category: 'roads'", city));
  CHECK_FALSE(asks("title: 'hole'", plain_city()));
}

TEST_CASE("T01: its answer is on record, and a person decides") {
  auto given = reported();
  given.happens(answer("roads", 0.99));
  CHECK(order(given).classification().category() == "roads");
  CHECK(order(given).stage() == v1::STAGE_REPORTED);
  given.happens(of<v1::Accept>("category: 'lamps'"));
  CHECK(order(given).category() == "lamps");
  CHECK(order(given).classification().category() == "roads");
  CHECK(given.when(answer("trees", 0.5)).starts_with("refused by stage: "));
}

TEST_CASE("T01: where the profile accepts by itself, an answer is taken that is sure enough and known") {
  const auto then = [](double confidence, const std::string& category, const std::string& least) {
    const auto given = reported(city_of(roads + "profiles { id: 'p' automatic: 'Accept' }" + least));
    const std::string text = given.when(answer(category, confidence));
    const auto at = text.find("; then ");
    return at == std::string::npos ? std::string() : text.substr(at);
  };
  CHECK(then(0.8, "01.01", "classification_min: 0.8") == "; then work_order/A1 Accept{category: \"01.01\"}");
  CHECK(then(0.79, "01.01", "classification_min: 0.8").empty());
  CHECK(then(1, "99.99", "classification_min: 0.8").empty());
  CHECK(then(1, "01.01", "").empty());
}

TEST_CASE("T01: an answer says how sure it is") {
  for (const auto& unsound : {answer("", 0.5), answer("roads", -0.1), answer("roads", 1.1)})
    CHECK(reported().when(unsound).starts_with("refused by says_how_sure_it_is: "));
  CHECK(reported().when(v1::GiveUpClassification()) == "ClassificationGivenUp{} -> reported");
}

}  // namespace
}  // namespace pavior::city::tests

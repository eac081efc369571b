#include "pavior/city/text_classifier.h"

#include <algorithm>
#include <utility>

#include "city/classifier/training.h"

namespace pavior::city::inline v0 {
namespace {

class TextClassifier final : public Classifier {
 public:
  TextClassifier(TextModel model, std::size_t guesses_max) : model_(std::move(model)), guesses_max_(guesses_max) {}

  void classify(const v1::ClassificationRequest& request, Answer answer) override {
    const auto guesses = model_.guess(request.title() + '\n' + request.description(), guesses_max_);
    v1::Classification classification;
    classification.set_model(model_.facts().name);
    classification.set_model_version(model_.facts().version);
    for (const auto& [category, confidence] : guesses) {
      if (classification.category().empty()) {
        classification.set_category(category);
        classification.set_confidence(confidence);
        continue;
      }
      auto& other = *classification.add_others();
      other.set_category(category);
      other.set_confidence(confidence);
    }
    answer(std::move(classification));
  }

 private:
  TextModel model_;
  std::size_t guesses_max_;
};

}  // namespace

std::shared_ptr<Classifier> make_text_classifier(TextModel model, std::size_t guesses_max) {
  return std::make_shared<TextClassifier>(std::move(model), std::max<std::size_t>(guesses_max, 1));
}

bool is_held_out(std::string_view text, double share, std::uint64_t seed) { return lot_of(text, seed) < share; }

}  // namespace pavior::city::inline v0

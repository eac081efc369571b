/// \file
/// Classification as a port: a host's classifier says which category a report is of, in its own time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

#include "pavior/city/v1/classification.pb.h"
#include "pavior/engine.h"
#include "pavior/export.h"
#include "pavior/outbox.h"
#include "pavior/result.h"
#include "pavior/runtime.h"

namespace pavior::city::inline v0 {

/// The topic of questions to a classifier; the payload is a `pavior.city.v1.ClassificationRequest`.
inline constexpr std::string_view classification_topic = "classification";

/// Says which category a report is of: a model in the process, one behind a network, a person at another desk.
/// Threads: `classify` is called by one thread at a time and must not block for long; `answer` may be called from any
/// thread, before or after `classify` returns, once.
/// Errors: `refused` and `invalid` mean that asking again is of no use; any other error is asked again, as is one that
/// never answers. Then a person decides.
class PAVIOR_EXPORT Classifier {
 public:
  using Answer = std::function<void(Result<v1::Classification>)>;

  virtual ~Classifier() = default;
  virtual void classify(const v1::ClassificationRequest& request, Answer answer) = 0;
};

/// The effect that asks for a category. When no answer can be had, the stream gets a `GiveUpClassification`.
[[nodiscard]] PAVIOR_EXPORT Effect classification_effect(const v1::ClassificationRequest& request);

struct ClassifyingOptions {
  /// After it the question counts as failed and is asked again; an answer that comes later is still submitted.
  std::chrono::milliseconds answer_within{std::chrono::seconds(30)};
};

/// Takes questions from the outbox to a classifier, and its answers back to the streams that asked: as
/// `RecordClassification` by the actor `classifier` with the role `system`. The command's id follows from the question,
/// so that one question has one answer, however often it is asked: the first that was recorded.
/// A stream that refuses an answer is told so by `GiveUpClassification`, which it may refuse as well.
/// Threads: any.
class PAVIOR_EXPORT ClassifyingCourier final : public Courier {
 public:
  /// Lifetime: `runtime` outlives the courier.
  ClassifyingCourier(std::shared_ptr<Classifier> classifier, Runtime& runtime, ClassifyingOptions options = {});
  ~ClassifyingCourier() override;

  /// From now on answers are submitted to `engine`; before, questions wait.
  void connect(Engine& engine);
  /// Call it before the engine is destroyed: a classifier may answer at any time. Returns once nothing is being
  /// submitted. Not from within an answer.
  void disconnect();

  [[nodiscard]] std::string_view topic() const noexcept override { return classification_topic; }
  void deliver(const Delivery& delivery, Done done) override;

 private:
  class Door;
  std::shared_ptr<Classifier> classifier_;
  Runtime& runtime_;
  ClassifyingOptions options_;
  std::shared_ptr<Door> door_;  // Outlives the courier while a classifier thinks.
};

}  // namespace pavior::city::inline v0

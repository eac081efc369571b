#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "city/share.h"
#include "fmt/format.h"
#include "pavior/city/classifier.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// What is wrong with an answer; it comes from a host's code, or from another machine.
Result<void> check(const v1::Classification& answer) {
  const auto bad = [](std::string_view what) {
    return Error(ErrorCode::invalid, fmt::format("the classifier's answer {}", what));
  };
  if (answer.category().empty()) return bad("names no category: answer an error instead");
  if (answer.model().empty()) return bad("names no model");
  if (!is_share(answer.confidence())) return bad("has a confidence that is not between 0 and 1");
  for (const auto& other : answer.others())
    if (other.category().empty() || !is_share(other.confidence()))
      return bad("has another guess without category, or whose confidence is not between 0 and 1");
  return {};
}

Command command_of(const Delivery& delivery, v1::Classification answer) {
  v1::RecordClassification record;
  *record.mutable_classification() = std::move(answer);
  return make_command(delivery.stream, record)
      .with_id("classification:" + delivery.id)
      .by(Actor("classifier", {std::string(roles::system)}));
}

/// The way back of one question, for its answer and for the end of patience: the first one to come goes it, and then nothing
/// of the delivery is kept, however long the other one takes.
class WayBack {
 public:
  explicit WayBack(Courier::Done done) : done_(std::move(done)) {}
  void go(const Result<void>& result) {
    if (!gone_.test_and_set()) std::exchange(done_, nullptr)(result);
  }

 private:
  std::atomic_flag gone_;
  Courier::Done done_;
};

}  // namespace

Effect classification_effect(const v1::ClassificationRequest& request) {
  auto effect = make_effect(std::string(classification_topic), request);
  effect.give_up_type = message_type<v1::GiveUpClassification>();
  effect.give_up_payload = v1::GiveUpClassification().SerializeAsString();
  return effect;
}

/// Where answers go: an engine while one is there.
class ClassifyingCourier::Door {
 public:
  void set(Engine* engine) {
    const std::lock_guard lock(mutex_);
    engine_ = engine;
  }

  [[nodiscard]] bool is_open() {
    const std::shared_lock lock(mutex_);
    return engine_ != nullptr;
  }

  // The lock keeps the engine there, and is shared: answers do not wait for each other.
  void submit(Command command, Done done) {
    const std::shared_lock lock(mutex_);
    if (engine_ == nullptr) return done(not_connected());
    engine_->submit(std::move(command), [done = std::move(done)](const Result<Receipt>& receipt) {
      // Its id was used for another answer to the same question: that one holds.
      const bool answered = receipt || receipt.error().code() == ErrorCode::conflict;
      done(answered ? Result<void>() : receipt.error());
    });
  }

  static Error not_connected() {
    return {ErrorCode::unavailable, "the courier is not connected to an engine: call connect() once it is open"};
  }

 private:
  std::shared_mutex mutex_;
  Engine* engine_ = nullptr;
};

ClassifyingCourier::ClassifyingCourier(std::shared_ptr<Classifier> classifier, Runtime& runtime,
                                       ClassifyingOptions options)
    : classifier_(std::move(classifier)), runtime_(runtime), options_(options), door_(std::make_shared<Door>()) {}

ClassifyingCourier::~ClassifyingCourier() = default;

void ClassifyingCourier::connect(Engine& engine) { door_->set(&engine); }
void ClassifyingCourier::disconnect() { door_->set(nullptr); }

void ClassifyingCourier::deliver(const Delivery& delivery, Done done) {
  const auto request = unpack<v1::ClassificationRequest>(delivery.type, delivery.payload);
  if (!request) return done(request.error());
  if (!door_->is_open()) return done(Door::not_connected());  // Asking may cost money.
  const auto back = std::make_shared<WayBack>(std::move(done));
  runtime_.post_after(options_.answer_within, [back, within = options_.answer_within] {
    back->go(Error(ErrorCode::unavailable, fmt::format("the classifier gave no answer within {} ms", within.count())));
  });
  classifier_->classify(*request, [door = door_, delivery, back](Result<v1::Classification> answer) {
    if (!answer) return back->go(std::move(answer).error());
    if (auto checked = check(*answer); !checked) return back->go(checked);
    door->submit(command_of(delivery, *std::move(answer)), [back](const Result<void>& result) { back->go(result); });
  });
}

}  // namespace pavior::city::inline v0

#include "engine/deliveries.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "engine/registry.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"

namespace pavior::inline v0 {
namespace {

const Actor courier_actor{"courier", {"system"}};

void fill(v1::EffectId& id, EffectKey key) {
  id.set_position(number(key.position));
  id.set_index(key.index);
}

Command record_of(const google::protobuf::MessageLite& fact, EffectKey key) {
  return Command(StreamId(std::string(engine_workflow), std::string(outbox_stream)), fact.GetTypeName(),
                 fact.SerializeAsString())
      .by(courier_actor)
      .with_id(fmt::format("{}effect:{}:{}", engine_id_prefix, number(key.position), key.index));
}

}  // namespace

Lane::Lane(store::Database& database, Writer& writer, Tasks& tasks, const Options& options,
           std::shared_ptr<Courier> courier)
    : database_(database), writer_(writer), tasks_(tasks), options_(options), courier_(std::move(courier)) {}

void Lane::look() {
  {
    const std::lock_guard lock(mutex_);
    look_again_ = true;
    if (std::exchange(looking_, true)) return;
  }
  tasks_.post([this] {
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (!std::exchange(look_again_, false)) {
          looking_ = false;
          return;
        }
      }
      for (const EffectKey key : pick()) start(key);
    }
  });
}

/// The next rows of this topic, as many as there is room for.
std::vector<EffectKey> Lane::pick() {
  const std::lock_guard lock(mutex_);
  std::vector<EffectKey> picked;
  v1::EffectRow row;
  const std::string from = store::effect_key({cursor_.position, cursor_.index + 1});
  auto scanned = database_.scan(store::Family::outbox, {from, {}}, [&](std::string_view key, std::string_view value) {
    if (in_flight_.size() >= in_flight_max) return false;
    cursor_ = store::effect_of(key);
    if (!row.ParseFromArray(value.data(), static_cast<int>(value.size())) || row.topic() != courier_->topic())
      return true;
    in_flight_.insert(cursor_);
    picked.push_back(cursor_);
    return true;
  });
  if (!scanned) tasks_.post_after(std::chrono::seconds(1), [this] { look(); });
  return picked;
}

void Lane::start(EffectKey key) {
  auto value = database_.get(store::Family::outbox, store::effect_key(key));
  v1::EffectRow row;
  if (!value || !value->has_value() || !row.ParseFromString(**value)) return done_with(key);
  auto item = std::make_shared<Item>();
  item->key = key;
  item->give_up_type = row.give_up_type();
  item->give_up_payload = row.give_up_payload();
  Delivery& delivery = item->delivery;
  delivery.id = fmt::format("{}-{}", number(key.position), key.index);
  delivery.stream = StreamId(row.workflow(), row.key());
  delivery.caused_by = key.position;
  delivery.topic = row.topic();
  delivery.type = row.type();
  delivery.payload = row.payload();
  delivery.attempt = row.attempts() + 1;

  // The courier may answer long after the engine is gone: what it calls then does nothing.
  auto result = std::make_shared<Result<void>>();
  auto on_done = tasks_.guarded([this, item, result] { finished(*item, *result); });
  const std::lock_guard lock(delivering_);
  try {
    courier_->deliver(delivery, [result, on_done = std::move(on_done)](Result<void> answer) {
      *result = std::move(answer);
      on_done();
    });
  } catch (...) {
    *result = Error(ErrorCode::unavailable, "the courier threw");
    finished(*item, *result);
  }
}

void Lane::finished(const Item& item, const Result<void>& result) {
  const bool hopeless =
      !result && (result.error().code() == ErrorCode::refused || result.error().code() == ErrorCode::invalid);
  if (result || hopeless || item.delivery.attempt >= options_.delivery_attempts_max) return settle(item, result);
  retry(item);
}

/// Records the fate of an effect; the commit removes its row.
void Lane::settle(const Item& item, const Result<void>& result) {
  Request request;
  if (result) {
    v1::EffectDelivered fact;
    fill(*fact.mutable_effect(), item.key);
    fact.set_topic(item.delivery.topic);
    fact.set_attempts(item.delivery.attempt);
    request.command = record_of(fact, item.key);
  } else {
    v1::EffectGivenUp fact;
    fill(*fact.mutable_effect(), item.key);
    fact.set_topic(item.delivery.topic);
    fact.set_attempts(item.delivery.attempt);
    fact.set_reason(printable(result.error().message()));
    request.command = record_of(fact, item.key);
    if (!item.give_up_type.empty())
      request.follow_up = Command(item.delivery.stream, item.give_up_type, item.give_up_payload).by(courier_actor);
  }
  request.effect = item.key;
  request.done = [this, item, result](const Result<Receipt>& receipt) {
    if (receipt) {
      (result ? delivered_ : given_up_).fetch_add(1, std::memory_order_relaxed);
      return done_with(item.key);
    }
    tasks_.post_after(std::chrono::seconds(1), [this, item, result] { settle(item, result); });
  };
  writer_.submit(std::move(request));
}

void Lane::retry(const Item& item) {
  // The count survives a restart. Only this lane writes the row until it is settled.
  v1::EffectRow row;
  auto value = database_.get(store::Family::outbox, store::effect_key(item.key));
  if (value && value->has_value() && row.ParseFromString(**value)) {
    row.set_attempts(item.delivery.attempt);
    store::Batch batch(database_);
    batch.put(store::Family::outbox, store::effect_key(item.key), row.SerializeAsString());
    (void)database_.write(batch, false);  // a lost count means one more attempt, nothing worse
  }
  const auto doublings = std::min<std::uint32_t>(item.delivery.attempt - 1, 20);
  const auto delay =
      std::min<std::chrono::milliseconds>(options_.delivery_backoff * (std::int64_t{1} << doublings), backoff_max);
  tasks_.post_after(delay, [this, key = item.key] { start(key); });
}

void Lane::done_with(EffectKey key) {
  {
    const std::lock_guard lock(mutex_);
    in_flight_.erase(key);
  }
  look();
}

}  // namespace pavior::inline v0

#include "engine/deliveries.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "engine/host_code.h"
#include "engine/own_commands.h"
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
      .with_id(effect_command_id(key));
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
    if (in_flight_.size() >= options_.deliveries_in_flight_max) return false;
    const auto effect = store::parse_effect_key(key);
    if (!effect) return true;
    cursor_ = *effect;
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
  if (!value) return tasks_.post_after(std::chrono::seconds(1), [this, key] { start(key); });
  if (!value->has_value() || !row.ParseFromString(**value)) return done_with(key);
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
  deliver(item);
}

void Lane::deliver(const ItemPtr& item) {
  // The courier may answer twice, or long after the engine is gone: then nothing happens.
  auto on_done = tasks_.guarded([this, item] { finished(item); });
  const auto done = [item, on_done = std::move(on_done)](Result<void> result) {
    if (item->answered.test_and_set()) return;
    item->result = std::move(result);
    on_done();
  };
  const std::lock_guard lock(delivering_);
  auto called = call_host(courier_->topic(), "deliver", [&]() -> Result<void> {
    courier_->deliver(item->delivery, done);
    return {};
  });
  if (!called) done(Error(ErrorCode::unavailable, called.error().message()));
}

void Lane::finished(const ItemPtr& item) {
  const Result<void>& result = item->result;
  const bool hopeless =
      !result && (result.error().code() == ErrorCode::refused || result.error().code() == ErrorCode::invalid);
  if (result || hopeless || item->delivery.attempt >= options_.delivery_attempts_max) return settle(item);
  retry(*item);
}

/// Records the fate of an effect; the commit removes its row.
void Lane::settle(const ItemPtr& item) {
  const bool delivered = item->result.has_value();
  Request request;
  request.effect = item->key;
  if (delivered) {
    v1::EffectDelivered fact;
    fill(*fact.mutable_effect(), item->key);
    fact.set_topic(item->delivery.topic);
    fact.set_attempts(item->delivery.attempt);
    request.command = record_of(fact, item->key);
  } else {
    v1::EffectGivenUp fact;
    fill(*fact.mutable_effect(), item->key);
    fact.set_topic(item->delivery.topic);
    fact.set_attempts(item->delivery.attempt);
    fact.set_reason(printable(item->result.error().message()));
    request.command = record_of(fact, item->key);
    if (!item->give_up_type.empty())
      request.follow_up = Command(item->delivery.stream, item->give_up_type, item->give_up_payload).by(courier_actor);
  }
  request.done = [this, item, delivered](const Result<Receipt>& receipt) {
    if (!receipt) return tasks_.post_after(std::chrono::seconds(1), [this, item] { settle(item); });
    (delivered ? delivered_ : given_up_).fetch_add(1, std::memory_order_relaxed);
    done_with(item->key);
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
      std::min(std::min(options_.delivery_backoff, backoff_max) * (std::int64_t{1} << doublings), backoff_max);
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

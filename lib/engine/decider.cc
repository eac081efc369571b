#include "engine/decider.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "core/uuid.h"
#include "fmt/format.h"
#include "store/keys.h"

namespace pavior::inline v0 {
namespace {

void fill(v1::TimerId& id, const FiredTimer& timer) {
  const StreamId stream = store::stream_of(timer.stream_key);
  id.set_workflow(stream.workflow());
  id.set_key(stream.key());
  id.set_name(timer.name);
  id.set_armed_at(number(timer.armed_at));
  id.set_due(microseconds(timer.due));
}

void fill(v1::Recorded& recorded, const Event& event) {
  recorded.set_workflow(event.workflow.data(), event.workflow.size());
  recorded.set_key(event.key.data(), event.key.size());
  recorded.set_version(number(event.version));
  recorded.set_stage(number(event.stage));
  recorded.set_type(event.type.data(), event.type.size());
  recorded.set_payload(event.payload.data(), event.payload.size());
}

}  // namespace

Decider::Decider(const store::Database& database, const Registry& registry, const Options& options, Runtime& runtime,
                 store::LogEnd end)
    : database_(database),
      runtime_(runtime),
      end_(end),
      cache_(options.cache_streams_max),
      attempt_(registry, options.limits,
               [this](const Workflow& workflow, std::string_view key) { return load(workflow, key); }) {}

Result<Receipt> Decider::decide(Request& request, store::Batch& batch, Hints& hints) {
  const std::uint64_t fingerprint = fingerprint_of(request.command);
  if (request.command.id().empty()) {
    request.command.with_id(fresh_id());
  } else {
    auto known = find_known(request.command);
    if (!known) return std::move(known).error();
    if (known->has_value()) {
      if ((*known)->fingerprint != fingerprint)
        return Error(ErrorCode::conflict,
                     fmt::format("the command id '{}' was used for another command, at position {}",
                                 request.command.id(), number((*known)->receipt.first)));
      return std::move((*known)->receipt);
    }
  }
  auto receipt = decide_new(request, fingerprint, batch, hints);
  if (receipt || receipt.error().code() == ErrorCode::unavailable || receipt.error().code() == ErrorCode::corrupt)
    return receipt;
  if (request.timer && receipt.error().code() != ErrorCode::not_found) {
    if (auto lapsed = lapse(request, receipt.error(), batch, hints); !lapsed)
      return Error(ErrorCode::unavailable, lapsed.error().message());  // it stays armed and is tried again
  }
  if (!request.follow_up) return receipt;
  Request alone{request.command, {}, request.timer, request.effect, {}};
  return decide_new(alone, fingerprint, batch, hints);
}

void Decider::seal() {
  std::swap(building_, in_flight_);
  building_.clear();
  ++batch_;
  cache_.trim(durable_batch());
}

Result<std::optional<Decider::Known>> Decider::find_known(const Command& command) const {
  const std::string& command_id = command.id();
  for (const RecentCommands* commands : {&building_, &in_flight_}) {
    const auto found = commands->find(command_id);
    if (found == commands->end()) continue;
    const Recent& recent = found->second;
    return std::optional(Known{{command_id, command.stream(), recent.version, recent.stage, recent.first, recent.events,
                                recent.time, /*repeated=*/true},
                               recent.fingerprint});
  }
  auto row = database_.get(store::Family::commands, command_id);
  if (!row) return std::move(row).error();
  if (!row->has_value()) return std::optional<Known>();
  const auto first = store::parse_command_row(**row);
  if (!first) return Error(ErrorCode::corrupt, fmt::format("the command row '{}' cannot be read", command_id));
  const std::string key = store::position_key(*first);
  auto log_row = database_.get(store::Family::log, key);
  if (!log_row) return std::move(log_row).error();
  if (!log_row->has_value())
    return Error(ErrorCode::corrupt,
                 fmt::format("the commit of command '{}' at position {} is missing", command_id, number(*first)));
  store::ReadCommit read;
  if (auto outcome = store::read_commit(key, **log_row, read); !outcome) return std::move(outcome).error();
  return std::optional(Known{receipt_of(read.commit, true), read.commit.fingerprint});
}

Result<Receipt> Decider::decide_new(const Request& request, std::uint64_t fingerprint, store::Batch& batch,
                                    Hints& hints) {
  const Time now = runtime_.now();
  if (auto run = attempt_.run(request, {end_.last + 1, now}); !run) {
    for (Attempt::Touched& stream : attempt_.touched())
      cache_.end_loan(stream.key, stream.changed ? Aggregate{} : std::move(stream.aggregate));
    return std::move(run).error();
  }
  return write(request, fingerprint, now, batch, hints);
}

Receipt Decider::write(const Request& request, std::uint64_t fingerprint, Time now, store::Batch& batch, Hints& hints) {
  using store::Family;
  const Command& command = request.command;
  const Position first = end_.last + 1;
  const std::string& id = command.id();

  commit_.Clear();
  commit_.set_command_id(id);
  commit_.set_command_type(command.type());
  commit_.set_fingerprint(fingerprint);
  commit_.set_actor(command.actor().id());
  commit_.set_principal(command.actor().principal());
  commit_.set_trace(command.trace());
  commit_.set_time(microseconds(now));
  if (request.timer) fill(*commit_.mutable_timer(), *request.timer);
  if (request.effect) {
    commit_.mutable_effect()->set_position(number(request.effect->position));
    commit_.mutable_effect()->set_index(request.effect->index);
    batch.erase(Family::outbox, store::effect_key(*request.effect));
  }
  for (const Event& event : attempt_.events()) fill(*commit_.add_events(), event);

  log_row_ = bytes_of(end_.chain);
  commit_.AppendToString(&log_row_);
  end_.chain = store::chain(sha256_, bytes_of(end_.chain), first, std::string_view(log_row_).substr(end_.chain.size()));
  log_row_.replace(0, end_.chain.size(), bytes_of(end_.chain));
  batch.put(Family::log, store::position_key(first), log_row_);

  for (std::uint32_t place = 0; place < attempt_.events().size(); ++place)
    batch.put(Family::streams, store::version_key(attempt_.stream_of(place).key, attempt_.events()[place].version),
              store::index_value(first, place));
  for (const auto& change : attempt_.changes()) {
    if (change.value)
      batch.put(change.family, change.key, *change.value);
    else
      batch.erase(change.family, change.key);
  }
  batch.put(Family::commands, id, store::command_row(first, fingerprint));

  Receipt receipt;
  receipt.command_id = id;
  receipt.stream = command.stream();
  receipt.first = first;
  receipt.events = static_cast<std::uint32_t>(attempt_.events().size());
  receipt.time = now;
  const HeadRow& head = attempt_.stream_of(0).aggregate.head;
  receipt.version = head.version;
  receipt.stage = head.stage;
  for (Attempt::Touched& stream : attempt_.touched()) {
    batch.put(Family::heads, stream.key, stream.aggregate.head.encode());
    cache_.put(stream.key, std::move(stream.aggregate), batch_);
  }

  end_.last = first + (attempt_.events().size() - 1);
  hints.last = end_.last;
  hints.events += attempt_.events().size();
  hints.effects |= attempt_.has_effects();
  if (attempt_.first_due())
    hints.first_due = std::min(hints.first_due.value_or(*attempt_.first_due()), *attempt_.first_due());
  building_.insert_or_assign(
      id, Recent{fingerprint, receipt.version, receipt.stage, receipt.first, receipt.events, receipt.time});
  return receipt;
}

Result<Receipt> Decider::lapse(const Request& request, const Error& why, store::Batch& batch, Hints& hints) {
  v1::TimerLapsed lapsed;
  fill(*lapsed.mutable_timer(), *request.timer);
  lapsed.set_code(std::string(to_string(why.code())));
  lapsed.set_rule(printable(why.rule()));
  lapsed.set_message(printable(why.message()));
  Request record{Command(StreamId(std::string(engine_workflow), std::string(timers_stream)), lapsed.GetTypeName(),
                         lapsed.SerializeAsString())
                     .by(request.command.actor())
                     .with_id(request.command.id()),
                 {},
                 request.timer};
  return decide_new(record, fingerprint_of(record.command), batch, hints);
}

std::string Decider::fresh_id() {
  const std::uint64_t high = runtime_.random();
  return uuid_v7(runtime_.now(), high, runtime_.random());
}

std::uint64_t Decider::fingerprint_of(const Command& command) {
  static constexpr std::string_view separator("\0", 1);
  const Digest digest = sha256_.add(command.stream().workflow())
                            .add(separator)
                            .add(command.stream().key())
                            .add(separator)
                            .add(command.type())
                            .add(separator)
                            .add(command.payload())
                            .finish();
  return store::read_u64(bytes_of(digest));
}

Result<Aggregate> Decider::load(const Workflow& workflow, std::string_view stream_key) {
  if (auto cached = cache_.take(stream_key, durable_batch())) return *std::move(cached);
  auto aggregate = load_aggregate(database_, workflow, stream_key);
  if (aggregate && aggregate->state) cache_.lend(stream_key);
  return aggregate;
}

}  // namespace pavior::inline v0

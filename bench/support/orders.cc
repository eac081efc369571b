#include "support/orders.h"

#include <array>
#include <chrono>
#include <memory>
#include <random>

#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::bench {
namespace {

namespace roles = city::roles;
using city::v1::Attachment;

constexpr std::size_t lives = 1024;  // many blocks of the store lie between two orders with the same texts

constexpr std::array words = {
    "street",  "lamp", "broken", "near",  "school",  "water", "pipe",   "leaks", "since",   "Monday",  "corner",
    "of",      "the",  "market", "noise", "at",      "night", "cover",  "lost",  "manhole", "traffic", "sign",
    "hidden",  "by",   "trees",  "waste", "not",     "taken", "away",   "three", "days",    "road",    "surface",
    "sunk",    "bus",  "stop",   "bench", "damaged", "rain",  "drain",  "full",  "of",      "leaves",  "cable",
    "hanging", "over", "yard",   "gate",  "will",    "be",    "mended", "crew",  "sent",    "again",   "residents",
    "ask",     "for",  "reply",  "lift",  "stands",  "still", "since",  "the",   "storm"};

/// Texts of one seeded source.
class Texts {
 public:
  std::string words_of(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text.append(text.empty() ? "" : " ").append(words[numbers_() % words.size()]);
    return text;
  }
  Attachment photo() {
    Attachment photo;
    photo.set_id(fmt::format("photo-{:016x}", numbers_()));
    photo.set_media_type("image/jpeg");
    photo.set_sha256(fmt::format("{:016x}{:016x}{:016x}{:016x}", numbers_(), numbers_(), numbers_(), numbers_()));
    return photo;
  }
  std::uint64_t number() { return numbers_(); }

 private:
  std::mt19937_64 numbers_{20260101};
};

struct Step {
  std::string type;
  Actor actor;
};

const std::array<Step, Orders::steps>& script() {
  using namespace city::v1;  // NOLINT
  const auto by = [](std::string_view role) { return Actor(fmt::format("{}-17", role), {std::string(role)}); };
  static const std::array<Step, Orders::steps> steps = {
      Step{message_type<Report>(), by(roles::grid_worker)},
      Step{message_type<Accept>(), by(roles::acceptor)},
      Step{message_type<Dispatch>(), by(roles::dispatcher)},
      Step{message_type<Acknowledge>(), by(roles::lead_department)},
      Step{message_type<StartWork>(), by(roles::handler)},
      Step{message_type<SubmitResult>(), by(roles::handler)},
      Step{message_type<FailVerification>(), by(roles::verifier)},
      Step{message_type<SubmitResult>(), by(roles::handler)},
      Step{message_type<PassVerification>(), by(roles::verifier)},
      Step{message_type<Close>(), by(roles::acceptor)},
      Step{message_type<RecordCallback>(), by(roles::callback_agent)},
      Step{message_type<RecordCallback>(), by(roles::callback_agent)},
  };
  return steps;
}

city::v1::Report report(Texts& texts) {
  city::v1::Report report;
  report.set_title(texts.words_of(40));
  report.set_description(texts.words_of(160));
  report.set_channel("grid");
  report.set_external_reference(fmt::format("{:012}", texts.number() % 1'000'000'000'000));
  report.mutable_reporter()->set_id(fmt::format("person-{:016x}", texts.number()));
  report.mutable_reporter()->set_kind("citizen");
  report.mutable_location()->set_latitude(39.0 + static_cast<double>(texts.number() % 1'000'000) / 1e6);
  report.mutable_location()->set_longitude(116.0 + static_cast<double>(texts.number() % 1'000'000) / 1e6);
  report.mutable_location()->set_address(texts.words_of(50));
  *report.add_evidence() = texts.photo();
  return report;
}

city::v1::Accept accept(Texts& texts) {
  city::v1::Accept accept;
  accept.set_category(fmt::format("roads/{}", texts.words_of(20)));
  accept.set_grade(city::v1::GRADE_GENERAL);
  accept.set_grid(fmt::format("grid-{:08}", texts.number() % 100'000'000));
  // Years ahead, so that no clock runs out while it is measured.
  const auto far = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);
  accept.set_deadline(to_micros(Time(far)) + static_cast<std::int64_t>(texts.number() % 31'536'000'000'000));
  return accept;
}

city::v1::SubmitResult result(Texts& texts) {
  city::v1::SubmitResult result;
  result.set_outcome(city::v1::OUTCOME_RESOLVED);
  result.set_reply(texts.words_of(180));
  *result.add_evidence() = texts.photo();
  return result;
}

city::v1::RecordCallback callback(Texts& texts, bool reached) {
  city::v1::RecordCallback callback;
  callback.mutable_evaluation()->set_reached(reached);
  callback.mutable_evaluation()->set_resolved(reached);
  callback.mutable_evaluation()->set_remark(texts.words_of(150));
  return callback;
}

Orders::Life life(Texts& texts) {
  city::v1::Dispatch dispatch;
  dispatch.set_lead(fmt::format("department-{}", texts.number() % 40));
  dispatch.set_reason(texts.words_of(150));
  city::v1::StartWork start;
  start.set_handler(fmt::format("handler-{}", texts.number() % 1000));
  city::v1::FailVerification fail;
  fail.set_reason(texts.words_of(190));
  city::v1::PassVerification pass;
  pass.set_remark(texts.words_of(150));
  *pass.add_evidence() = texts.photo();
  city::v1::Close close;
  close.set_remark(texts.words_of(170));
  return {report(texts).SerializeAsString(),
          accept(texts).SerializeAsString(),
          dispatch.SerializeAsString(),
          city::v1::Acknowledge().SerializeAsString(),
          start.SerializeAsString(),
          result(texts).SerializeAsString(),
          fail.SerializeAsString(),
          result(texts).SerializeAsString(),
          pass.SerializeAsString(),
          close.SerializeAsString(),
          callback(texts, false).SerializeAsString(),
          callback(texts, true).SerializeAsString()};
}

/// The command ids of clients look like this, and come in no order.
std::string command_id(std::uint64_t order, std::size_t step) {
  const auto mix = [](std::uint64_t x) {  // splitmix64
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  };
  const std::uint64_t high = mix(order * Orders::steps + step);
  return fmt::format("{:016x}{:016x}", high, mix(high));
}

}  // namespace

Orders::Orders() {
  Texts texts;
  lives_.reserve(lives);
  while (lives_.size() < lives) lives_.push_back(life(texts));
}

Command Orders::command(std::uint64_t order, std::size_t step) const {
  const Step& what = script()[step];
  return Command(stream(order), what.type, lives_[order % lives][step]).by(what.actor).with_id(command_id(order, step));
}

StreamId Orders::stream(std::uint64_t order) { return city::work_order_id(fmt::format("WO-2026-{:08}", order)); }

Options Orders::options() {
  Options options;
  options.workflows = {city::make_work_order_workflow()};
  return options;
}

}  // namespace pavior::bench

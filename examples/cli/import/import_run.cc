#include "import/import_run.h"

#include <algorithm>

#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

namespace messages = city::v1;

// Rows of one instant that are on their way together; well below the engine's queue.
constexpr std::size_t steps_at_once_max = 1024;

messages::Report report_of(const Format& format, const ImportedOrder& order) {
  messages::Report report;
  report.set_title(order.title);
  report.set_channel(order.channel);
  report.set_external_reference(fmt::format("{}:{}", format.name, order.id));
  report.set_suggested_category(order.category);
  report.mutable_location()->set_address(order.address);
  if (order.coordinates) {
    report.mutable_location()->set_latitude(order.coordinates->latitude);
    report.mutable_location()->set_longitude(order.coordinates->longitude);
  }
  return report;
}

messages::Accept accept_of(const ImportedOrder& order) {
  messages::Accept accept;
  accept.set_category(order.category);
  accept.set_grade(messages::GRADE_GENERAL);
  if (order.deadline) accept.set_deadline(to_micros(*order.deadline));
  return accept;
}

messages::Dispatch dispatch_of(const ImportedOrder& order) {
  messages::Dispatch dispatch;
  dispatch.set_lead(order.unit);
  return dispatch;
}

messages::StartWork start_of(const ImportedOrder& order) {
  messages::StartWork start;
  start.set_handler(order.unit);
  return start;
}

messages::SubmitResult result_of(const ImportedOrder& order) {
  messages::SubmitResult result;
  result.set_outcome(messages::OUTCOME_RESOLVED);
  result.set_reply(order.outcome);
  return result;
}

RowError row_error(const Error& error) {
  switch (error.code()) {
    case ErrorCode::conflict: return {"duplicate_id_other_content", error.message()};
    case ErrorCode::refused: return {"refused_" + error.rule(), error.message()};
    default: return {std::string(to_string(error.code())), error.message()};
  }
}

bool ends_import(const Error& error) {
  return error.code() == ErrorCode::unavailable || error.code() == ErrorCode::closed ||
         error.code() == ErrorCode::corrupt;
}

}  // namespace

ImportRun::ImportRun(Engine& engine, SimulatedRuntime& runtime, const Format& format, const ImportRows& rows)
    : engine_(engine), runtime_(runtime), format_(format), rows_(rows), fates_(rows.orders.size()) {}

Time ImportRun::begin(const ImportRows& rows) {
  if (rows.orders.empty()) return Time{};
  return std::ranges::min(rows.orders, {}, [](const PlacedOrder& row) { return row.order.opened; }).order.opened;
}

std::vector<ImportRun::Step> ImportRun::steps() const {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < rows_.orders.size(); ++i) {
    const auto& order = rows_.orders[i].order;
    steps.push_back({order.opened, i, Moment::opened});
    if (order.closed) steps.push_back({*order.closed, i, Moment::closed});
  }
  // By time, and at one instant by row: whoever opens and closes at once opens first.
  std::ranges::sort(steps);
  return steps;
}

Result<ImportOutcome> ImportRun::run(Progress& progress) {
  const auto all = steps();
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < all.size() && !failure_; ++i) {
    const auto& step = all[i];
    // An order's close looks at what became of its opening.
    const bool same_order = waiting > 0 && all[i - 1].order == step.order;
    if (step.at > runtime_.now() || same_order || waiting == steps_at_once_max) runtime_.run_ready(), waiting = 0;
    runtime_.advance_to(step.at);
    begin(step);
    ++waiting;
    progress.reached(i);
  }
  runtime_.run_ready();
  if (failure_) return *failure_;
  return outcome();
}

void ImportRun::begin(const Step& step) {
  if (fates_[step.order].rejected) return;
  auto first = commands(step).front();
  engine_.submit(std::move(first), [this, step](const Result<Receipt>& result) { go_on(step, result); });
}

// The first command of a moment carries the others: if another row had its id, they are not for this order.
void ImportRun::go_on(const Step& step, const Result<Receipt>& first) {
  auto& fate = fates_[step.order];
  note(step.order, first);
  if (first && first->time != step.at && !fate.rejected)
    fate.rejected = RowError{"duplicate_id_other_content", "the store has this order with another time"};
  if (fate.rejected || failure_) return;
  auto wishes = commands(step);
  for (auto wish = wishes.begin() + 1; wish != wishes.end(); ++wish)
    engine_.submit(std::move(*wish),
                   [this, order = step.order](const Result<Receipt>& result) { note(order, result); });
}

void ImportRun::note(std::size_t order, const Result<Receipt>& result) {
  auto& fate = fates_[order];
  if (result) {
    fate.any_new |= !result->repeated;
  } else if (ends_import(result.error())) {
    failure_ = result.error();
  } else if (!fate.rejected) {
    fate.rejected = row_error(result.error());
  }
}

Command ImportRun::command(const ImportedOrder& order, Command wish, std::string_view name) const {
  return std::move(wish)
      .with_id(fmt::format("{}:{}:{}", format_.name, order.id, name))
      .by(Actor(fmt::format("import:{}", format_.name), {std::string(city::roles::system)}));
}

std::vector<Command> ImportRun::commands(const Step& step) const {
  const auto& order = rows_.orders[step.order].order;
  const auto stream = city::work_order_id(order.id);
  if (step.moment == Moment::opened)
    return {command(order, make_command(stream, report_of(format_, order)), "report"),
            command(order, make_command(stream, accept_of(order)), "accept"),
            command(order, make_command(stream, dispatch_of(order)), "dispatch")};
  return {command(order, make_command(stream, messages::Acknowledge()), "acknowledge"),
          command(order, make_command(stream, start_of(order)), "start"),
          command(order, make_command(stream, result_of(order)), "result"),
          command(order, make_command(stream, messages::PassVerification()), "pass"),
          command(order, make_command(stream, messages::Close()), "close")};
}

ImportOutcome ImportRun::outcome() {
  ImportOutcome outcome;
  for (std::size_t i = 0; i < fates_.size(); ++i) {
    if (fates_[i].rejected) {
      outcome.rejected.push_back({rows_.orders[i].place, *std::move(fates_[i].rejected)});
    } else {
      ++(fates_[i].any_new ? outcome.imported : outcome.repeated);
    }
  }
  return outcome;
}

}  // namespace pavior::cli

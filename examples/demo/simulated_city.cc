#include "demo/simulated_city.h"

#include <array>
#include <cmath>
#include <utility>

#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/proto.h"

namespace pavior::demo {
namespace {

using namespace city::v1;
namespace roles = city::roles;

constexpr std::array<Unit, 8> all_units = {{{"Water and Drainage", 12},
                                            {"Roads and Pavements", 45},
                                            {"Street Lighting", 7},
                                            {"Parks and Trees", 16},
                                            {"Sanitation", 11},
                                            {"Market Supervision", 5},
                                            {"Traffic Police", 4},
                                            {"Housing and Property", 10}}};

constexpr std::array<Category, 14> all_categories = {{
    {"hydrant_leaking", "Hydrant is leaking", 0, std::chrono::hours(12), 2.5, 0.05},
    {"drain_blocked", "Drain is blocked", 0, std::chrono::hours(24), 4, 0.09},
    {"manhole_cover_missing", "Manhole cover is missing", 1, std::chrono::hours(8), 1.5, 0.04},
    {"pavement_broken", "Pavement is broken", 1, std::chrono::hours(120), 16, 0.10},
    {"pothole", "Pothole in the road", 1, std::chrono::hours(72), 7, 0.09},
    {"light_out", "Street light is out", 2, std::chrono::hours(48), 3, 0.11},
    {"tree_on_line", "Dead tree leans on a power line", 3, std::chrono::hours(24), 5, 0.03},
    {"greenery_damaged", "Greenery is damaged", 3, std::chrono::hours(168), 9, 0.06},
    {"rubbish_pile", "Rubbish is piled up", 4, std::chrono::hours(12), 2, 0.16},
    {"bin_overflowing", "Bin is overflowing", 4, std::chrono::hours(8), 1, 0.09},
    {"stall_blocking", "Stall blocks the pavement", 5, std::chrono::hours(6), 1, 0.07},
    {"bicycles_blocking", "Shared bicycles block the way", 6, std::chrono::hours(6), 0.7, 0.06},
    {"facade_falling", "Facade is coming off", 7, std::chrono::hours(72), 20, 0.02},
    {"charging_in_stairwell", "Electric bicycle charging in a stairwell", 7, std::chrono::hours(24), 3, 0.03},
}};

constexpr std::array<std::string_view, 4> reporter_kinds = {"observer", "citizen", "grid_worker", "citizen"};

/// Reports come by daylight, most before noon.
constexpr std::array<double, 24> reports_by_hour = {.2, .1, .1,  .1,  .2,  .5, 1.2, 2.2, 3, 3.2, 3,  2.6,
                                                    2,  2,  2.2, 2.3, 2.2, 2,  1.8, 1.4, 1, .8,  .5, .3};

std::chrono::microseconds duration(double hours) {
  return std::chrono::microseconds(static_cast<std::int64_t>(hours * 3.6e9));
}

}  // namespace

std::span<const Category> categories() { return all_categories; }
std::span<const Unit> units() { return all_units; }

SimulatedCity::SimulatedCity(Engine& engine, SimulatedRuntime& runtime, Plan plan)
    : engine_(engine), runtime_(runtime), plan_(plan), dice_(plan.seed), last_of_category_(all_categories.size()) {
  for (const Unit& unit : all_units) yards_.push_back({unit.crews, {}});
}

void SimulatedCity::plan_day() {
  const bool rain = day_ % 11 == 6;  // drains block, trees fall, lights fail
  ++day_;
  std::array<double, all_categories.size()> shares{};
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] = all_categories[i].share * (rain && (i == 1 || i == 5 || i == 6) ? 4 : 1);
  std::discrete_distribution<std::size_t> category(shares.begin(), shares.end());
  std::discrete_distribution<int> hour(reports_by_hour.begin(), reports_by_hour.end());
  std::uniform_real_distribution<double> within(0, 1);
  const int reports = std::poisson_distribution<int>(plan_.reports_a_day * (rain ? 1.4 : 1))(dice_);
  for (int i = 0; i < reports; ++i) {
    const double when = hour(dice_) + within(dice_);
    later(when, [this, &what = all_categories[category(dice_)]] { report(what); });
  }
}

void SimulatedCity::report(const Category& category) {
  const std::string order = fmt::format("R{:06}", ++reports_);
  Report report;
  report.set_title(std::string(category.title));
  report.set_channel("mini_program");
  report.mutable_reporter()->set_id(fmt::format("person-{}", dice_() % 3000));
  report.mutable_reporter()->set_kind(std::string(reporter_kinds[dice_() % reporter_kinds.size()]));
  report.mutable_location()->set_latitude(34.72 + static_cast<double>(dice_() % 1000) / 1e4);
  report.mutable_location()->set_longitude(111.07 + static_cast<double>(dice_() % 1000) / 1e4);
  Attachment& photo = *report.add_evidence();
  photo.set_id(fmt::format("photo-{}", order));
  photo.set_media_type("image/jpeg");
  act(order, "mini-program", roles::reporter, report, [this, order, &category] { accept(order, category); });
}

void SimulatedCity::accept(const std::string& order, const Category& category) {
  later(around(0.15), [this, order, &category] {
    std::string& earlier = last_of_category_[static_cast<std::size_t>(&category - all_categories.data())];
    if (chance(0.025)) {
      Reject reject;
      reject.set_reason("not a matter of the city");
      reject.set_reply("This is private ground; please turn to its owner.");
      return act(order, "acceptor-1", roles::acceptor, reject);
    }
    if (!earlier.empty() && chance(0.05)) {
      Merge merge;
      merge.set_target(earlier);
      merge.set_reason("the same trouble");
      return act(order, "acceptor-1", roles::acceptor, merge);
    }
    earlier = order;
    Accept accept;
    accept.set_category(std::string(category.name));
    accept.set_grade(category.limit <= std::chrono::hours(8) ? GRADE_COMPLEX : GRADE_GENERAL);
    accept.set_deadline(to_micros(runtime_.now() + category.limit));
    act(order, "acceptor-1", roles::acceptor, accept, [this, order, &category] { dispatch(order, category); });
  });
}

void SimulatedCity::dispatch(const std::string& order, const Category& category) {
  later(around(0.25), [this, order, &category] {
    Dispatch dispatch;
    dispatch.set_lead(std::string(all_units[category.unit].name));
    act(order, "dispatcher-1", roles::dispatcher, dispatch, [this, order, &category] { acknowledge(order, category); });
  });
}

void SimulatedCity::acknowledge(const std::string& order, const Category& category) {
  later(around(0.5), [this, order, &category] {
    const double hours = category.hours_of_work * std::lognormal_distribution<double>(-0.12, 0.5)(dice_);
    act(order, "desk", roles::lead_department, Acknowledge(), [this, order, &category, hours] {
      enqueue({order, &category, hours});
    });
  });
}

void SimulatedCity::enqueue(Job job) {
  Yard& yard = yards_[job.category->unit];
  if (yard.free_crews == 0) return yard.waiting.push_back(std::move(job));
  --yard.free_crews;
  begin(std::move(job));
}

void SimulatedCity::begin(Job job) {
  const auto work = [this](const Job& begun) { later(begun.hours, [this, begun] { finish(begun); }); };
  if (job.started) return work(job);
  job.started = true;
  StartWork start;
  start.set_handler(fmt::format("crew-{}", job.category->unit));
  act(job.order, "desk", roles::lead_department, start, [work, job] { work(job); });
}

void SimulatedCity::finish(const Job& job) {
  SubmitResult result;
  result.set_outcome(chance(0.96) ? OUTCOME_RESOLVED : OUTCOME_PARTLY_RESOLVED);
  result.set_reply("The work is done; thank you for telling us.");
  result.add_evidence()->set_id(fmt::format("after-{}", job.order));
  act(job.order, fmt::format("crew-{}", job.category->unit), roles::handler, result, [this, job] { verify(job); });

  Yard& yard = yards_[job.category->unit];
  ++yard.free_crews;
  if (yard.waiting.empty()) return;
  Job next = std::move(yard.waiting.front());
  yard.waiting.pop_front();
  enqueue(std::move(next));
}

void SimulatedCity::verify(const Job& job) {
  later(around(1), [this, job] {
    if (chance(0.07)) {
      FailVerification fail;
      fail.set_reason("the photograph shows that half of it is left");
      Job again = job;
      again.hours = job.hours / 2;
      return act(job.order, "verifier-1", roles::verifier, fail, [this, again] { enqueue(again); });
    }
    act(job.order, "verifier-1", roles::verifier, PassVerification(), [this, job] { close(job); });
  });
}

void SimulatedCity::close(const Job& job) {
  later(around(0.3), [this, job] {
    answer_supervisions(job);
    act(job.order, "acceptor-1", roles::acceptor, Close(), [this, job] { call_back(job); });
  });
}

void SimulatedCity::answer_supervisions(const Job& job) {
  const auto snapshot = engine_.load(city::work_order_id(job.order));
  if (!snapshot) return;
  for (const Supervision& supervision : city::work_order(*snapshot->state)->supervisions()) {
    if (supervision.answered_at() != 0) continue;
    AnswerSupervision answer;
    answer.set_cause(supervision.cause());
    answer.set_answer("It is done; we had more orders than crews.");
    act(job.order, "desk", roles::lead_department, answer);
  }
}

void SimulatedCity::call_back(const Job& job) {
  later(8 + around(10), [this, job] {
    RecordCallback callback;
    Evaluation& evaluation = *callback.mutable_evaluation();
    evaluation.set_reached(chance(0.8));
    if (evaluation.reached()) {
      evaluation.set_responded(true);
      evaluation.set_resolved(chance(0.95));
      evaluation.set_satisfied(evaluation.resolved() && chance(0.97));
    }
    const bool unhappy = evaluation.reached() && !evaluation.resolved();
    act(job.order, "caller-1", roles::callback_agent, callback, [this, job, unhappy] {
      if (unhappy && chance(0.7)) reopen(job);
    });
  });
}

void SimulatedCity::reopen(const Job& job) {
  Reopen reopen;
  reopen.set_reason("the reporter says it is not solved");
  reopen.set_deadline(to_micros(runtime_.now() + std::chrono::hours(72)));
  Job again = job;
  again.hours = job.hours / 2;
  act(job.order, "caller-1", roles::callback_agent, reopen, [this, again] { enqueue(again); });
}

template <class Message>
void SimulatedCity::act(const std::string& order, std::string_view who, std::string_view role, const Message& message,
                        Then then) {
  Command command = make_command(city::work_order_id(order), message).by(Actor(std::string(who), {std::string(role)}));
  engine_.submit(std::move(command), [this, then = std::move(then)](const Result<Receipt>& receipt) {
    if (!receipt)
      ++refusals_[receipt.error().rule().empty() ? std::string(to_string(receipt.error().code()))
                                                 : receipt.error().rule()];
    else if (then)
      then();
  });
}

void SimulatedCity::later(double hours, Then then) {
  runtime_.post_at(runtime_.now() + duration(hours), std::move(then));
}
double SimulatedCity::around(double mean) { return std::exponential_distribution<double>(1 / mean)(dice_); }
bool SimulatedCity::chance(double probability) { return std::bernoulli_distribution(probability)(dice_); }

}  // namespace pavior::demo

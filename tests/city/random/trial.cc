#include "city/random/trial.h"

#include <memory>
#include <utility>

#include "city/calendars.h"
#include "city/random/shrink.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

constexpr std::chrono::days notice_after(7);

Calendar notice() {
  static const Calendar calendar = [] {
    auto data = testing::shipped_data("cn");
    data.set_version(data.version() + 1);
    auto& day = *data.add_days();
    day.set_date("2024-10-09");
    day.set_kind(v1::Calendar::Day::OFF);
    day.set_name("a holiday of this city");
    return Calendar::make(data).value();
  }();
  return calendar;
}

Time beginning() { return testing::at(notice(), "2024-09-12 08:00"); }

std::shared_ptr<const Workflow> workflow_of(const PolicyBook& book) {
  WorkOrderPolicy policy;
  policy.policies = book;
  return make_work_order_workflow(std::move(policy));
}

class Trial {
 public:
  Trial(const RandomCity& city, const Also& also)
      : book_(city.book()),
        workflow_(workflow_of(book_)),
        world_(workflow_, beginning()),
        invariants_(*workflow_, city.catalogue().bounds()),
        also_(also) {}

  [[nodiscard]] const OrderWorld& world() const { return world_; }
  [[nodiscard]] bool is_sound() const { return invariants_.violations().empty(); }

  void take(const Step& step) {
    world_.advance_by(step.wait, [&](const Command& command, const Result<Commit>& result) {
      if (result) return accepted(*result);
      invariants_.lapsed(command, result.error());
    });
    learn_of_holiday(book_, world_.now());
    const auto result = world_.submit(step.command);
    if (!result) return invariants_.refused(world_, step.command, result.error());
    ++accepted_;
    accepted(*result);
  }

  Verdict verdict() {
    if (is_sound()) invariants_.replay(world_);
    Verdict verdict;
    if (!is_sound()) verdict.violation = invariants_.violations().front();
    verdict.accepted = accepted_;
    verdict.rows = invariants_.rows();
    return verdict;
  }

 private:
  void accepted(const Commit& commit) {
    invariants_.accepted(world_, commit);
    if (also_) also_(world_, commit, invariants_);
  }

  PolicyBook book_;
  std::shared_ptr<const Workflow> workflow_;
  OrderWorld world_;
  Invariants invariants_;
  const Also& also_;
  std::size_t accepted_ = 0;
};

}  // namespace

void learn_of_holiday(PolicyBook book, Time now) {
  if (now < beginning() + notice_after) return;
  if (auto added = book.add(notice()); !added) FAIL(added.error());
}

Verdict play_random(const RandomCity& city, std::uint64_t seed, std::size_t commands, std::vector<Step>& steps,
                    const Also& also) {
  Trial trial(city, also);
  RandomCommands made_up(city, seed);
  while (steps.size() < commands && trial.is_sound()) {
    steps.push_back(made_up.next(trial.world()));
    trial.take(steps.back());
  }
  return trial.verdict();
}

Verdict play(const RandomCity& city, const std::vector<Step>& steps, const Also& also) {
  Trial trial(city, also);
  for (const Step& step : steps)
    if (trial.is_sound()) trial.take(step);
  return trial.verdict();
}

std::vector<Step> shortest(const RandomCity& city, const std::vector<Step>& steps, const Violation& violation,
                           const Also& also) {
  return shrunk(steps, [&](const std::vector<Step>& shorter) {
    const auto found = play(city, shorter, also).violation;
    return found && found->name == violation.name;
  });
}

std::string report(const RandomCity& city, std::uint64_t seed, const Violation& violation,
                   const std::vector<Step>& shortest) {
  std::string text = fmt::format("\"{}\" does not hold: {}\ncity: {}; PAVIOR_SEED={}\n", violation.name, violation.what,
                                 city.name, seed);
  for (const Step& step : shortest) text += "  " + step_text(step) + '\n';
  return text;
}

}  // namespace pavior::city::tests

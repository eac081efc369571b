// A workflow of the host's own: a permit on which a committee votes. The table is the whole lifecycle; the rules say what
// must hold; the rest says what a command records and what a fact means.
#include <algorithm>
#include <filesystem>
#include <string>

#include "fmt/format.h"
#include "pavior/diagram.h"
#include "pavior/engine.h"
#include "pavior/machine.h"
#include "pavior/proto.h"
#include "pavior/table.h"
#include "pavior/thread_runtime.h"
#include "permit.pb.h"

namespace permit {

using namespace pavior::machine;
using PermitView = View<Permit>;

struct has_not_voted {
  static constexpr std::string_view name = "has_not_voted";
  static constexpr std::string_view explanation = "the member has not voted before";
  static bool test(const PermitView& view) { return std::ranges::count(view.data.voters(), view.actor.id()) == 0; }
};

struct is_quorate {
  static constexpr std::string_view name = "is_quorate";
  static constexpr std::string_view explanation = "two members have voted";
  static bool test(const PermitView& view) { return view.data.voters_size() >= 2; }
};

struct is_carried {
  static constexpr std::string_view name = "is_carried";
  static constexpr std::string_view explanation = "more than half of the votes are in favour";
  static bool test(const PermitView& view) { return 2 * view.data.in_favour() > view.data.voters_size(); }
};

using applied = stage<1, "applied">;
using granted = stage<2, "granted">;
using denied = stage<3, "denied">;

struct PermitLifecycle {
  static constexpr std::string_view name = "permit";
  using Data = Permit;

  // clang-format off
  using Lifecycle = table<
  //  from      command  when                             event    to
  row<absent,   Apply,   always,                          Applied, applied>,
  row<applied,  Vote,    has_not_voted,                   Voted,   applied>,
  row<applied,  Decide,  all<is_quorate, is_carried>,     Granted, granted>,
  row<applied,  Decide,  all<is_quorate, no<is_carried>>, Denied,  denied >>;
  // clang-format on

  static Applied make(const Apply& command, const PermitView&, tag<Applied>) {
    Applied fact;
    fact.set_what(command.what());
    return fact;
  }
  static Voted make(const Vote& command, const PermitView& view, tag<Voted>) {
    Voted fact;
    fact.set_member(view.actor.id());
    fact.set_in_favour(command.in_favour());
    return fact;
  }
  static Granted make(const Decide&, const PermitView&, tag<Granted>) { return {}; }
  static Denied make(const Decide&, const PermitView&, tag<Denied>) { return {}; }

  static void apply(Permit& permit, const Applied& fact, const pavior::Event&) { permit.set_what(fact.what()); }
  static void apply(Permit& permit, const Voted& fact, const pavior::Event&) {
    permit.add_voters(fact.member());
    permit.set_in_favour(permit.in_favour() + (fact.in_favour() ? 1 : 0));
  }
  static void apply(Permit&, const Granted&, const pavior::Event&) {}
  static void apply(Permit&, const Denied&, const pavior::Event&) {}
};

}  // namespace permit

int main() {
  const auto folder = std::filesystem::temp_directory_path() / "pavior-example-own-workflow";
  std::filesystem::remove_all(folder);

  pavior::ThreadRuntime runtime(1);
  pavior::Options options;
  options.workflows.push_back(pavior::machine::make_workflow<permit::PermitLifecycle>());
  auto engine = pavior::Engine::open(folder, std::move(options), runtime);
  if (!engine) return fmt::print(stderr, "{}\n", engine.error().message()), 1;
  fmt::print("{}\n", pavior::to_markdown((*engine)->workflow("permit")->transitions()));

  const pavior::StreamId stream("permit", "market-stall");
  const auto say = [&](const char* who, const auto& message) {
    const auto receipt = (*engine)->submit_and_wait(pavior::make_command(stream, message).by(pavior::Actor(who)));
    const auto stage = [&] { return (*engine)->workflow("permit")->stage_name(receipt->stage); };
    const std::string answer = receipt
                                   ? fmt::format("{} at version {}", stage(), number(receipt->version))
                                   : fmt::format("no, by {}: {}", receipt.error().rule(), receipt.error().message());
    fmt::print("{}: {}\n", who, answer);
  };
  permit::Apply application;
  application.set_what("a stall on the market");
  permit::Vote in_favour;
  in_favour.set_in_favour(true);
  say("applicant", application);
  say("ada", in_favour);
  say("chair", permit::Decide());  // not quorate yet
  say("ada", in_favour);           // no second vote
  say("ben", in_favour);
  say("chair", permit::Decide());

  engine->reset();
  std::filesystem::remove_all(folder);
}

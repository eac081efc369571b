// Who may do what in a store: what is allowed now, who acts in whose place, what has to be accounted for.
#include "pavior/city/audit.h"

#include <string>

#include "city/orders.h"
#include "fmt/format.h"
#include "pavior/city/allowed.h"
#include "pavior/engine.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {
namespace {

/// Li handed the role of a dispatcher to Wang until the third of March.
struct Absences final : Directory {
  [[nodiscard]] std::vector<std::string> holders(std::string_view, const v1::WorkOrder&) const override { return {}; }
  [[nodiscard]] bool stands_in(std::string_view agent, std::string_view principal, std::string_view role,
                               Time now) const override {
    return agent == "wang" && principal == "li" && role == "dispatcher" && now < from_micros(3'000'000);
  }
};

struct Office {
  Office() {
    WorkOrderPolicy policy;
    policy.directory = std::make_shared<Absences>();
    Options options;
    options.workflows = {make_work_order_workflow(policy)};
    auto opened = Engine::open(folder.path(), std::move(options), runtime);
    if (!opened) FAIL(opened.error());
    engine = *std::move(opened);
    submit(build<v1::Report>([](auto& m) { m.set_title("hole"); }), machine_actor());
    submit(build<v1::Accept>([](auto& m) { m.set_category("roads"); }), machine_actor());
  }

  template <class M>
  Result<Receipt> try_it(const M& message, const Actor& who) {
    auto receipt = engine->submit_and_wait(make_command(work_order_id("A1"), message).by(who));
    runtime.run_ready();
    return receipt;
  }
  template <class M>
  void submit(const M& message, const Actor& who) {
    const auto receipt = try_it(message, who);
    if (!receipt) FAIL(receipt.error());
  }

  /// The last events, as `Dispatched by wang for li`.
  [[nodiscard]] std::string last() const {
    const auto history = engine->history(work_order_id("A1")).value();
    const Event& event = history[history.size() - 1];
    return fmt::format("{} by {}{}{}", short_name(event.type), event.actor, event.principal.empty() ? "" : " for ",
                       event.principal);
  }

  SimulatedRuntime runtime{from_micros(1'000'000)};
  test::StoreFolder folder;
  std::unique_ptr<Engine> engine;
};

const v1::Dispatch to_works = build<v1::Dispatch>([](auto& m) { m.set_lead("works"); });

TEST_CASE("who acts in somebody's place needs to be handed the role, and both stand in the trace") {
  Office office;
  const Actor wang_for_li("wang", {"dispatcher"}, "li");
  const auto not_handed = office.try_it(to_works, Actor("bo", {"dispatcher"}, "li"));
  REQUIRE(!not_handed);
  CHECK(not_handed.error().rule() == "delegation");
  CHECK(not_handed.error().message() == "li did not hand over the role dispatcher to bo for now");
  office.submit(to_works, wang_for_li);
  CHECK(office.last() == "Dispatched by wang for li");
}

TEST_CASE("a delegation ends when the directory says so") {
  Office office;
  office.runtime.advance_to(from_micros(3'000'000));
  const auto late = office.try_it(to_works, Actor("wang", {"dispatcher"}, "li"));
  REQUIRE(!late);
  CHECK(late.error().rule() == "delegation");
}

TEST_CASE("what follows from a deputy's command names both, too") {
  Office office;
  office.submit(build<v1::Dispatch>([](auto& m) { m.set_lead("works"); }), machine_actor());
  office.submit(v1::Acknowledge(), machine_actor());
  office.submit(v1::StartWork(), machine_actor());
  office.submit(build<v1::SubmitResult>([](auto& m) {
                  m.set_outcome(v1::OUTCOME_RESOLVED);
                  m.set_reply("filled");
                }),
                Actor("import", {"system"}, "li"));
  CHECK(office.last() == "ReplyPassed by import for li");
}

TEST_CASE("what is allowed lists what is granted, with what it requires, and nothing else") {
  Office office;
  std::string text;
  const auto possibilities = allowed(*office.engine, "A1", Actor("d", {"dispatcher"})).value();
  for (const auto& possible : possibilities) {
    if (possible.answer == Possibility::Answer::blocked) continue;
    text += possible.command + ": " + fmt::format("{}", fmt::join(possible.explanations, "; ")) + "\n";
  }
  CHECK(text.find("Dispatch: one lead department is named, or nobody is responsible") != std::string::npos);
  CHECK(text.find("Accept:") == std::string::npos);
  CHECK(text.find("Acknowledge:") == std::string::npos);
  const auto none = allowed(*office.engine, "A1", Actor("x", {"gardener"})).value();
  CHECK(none.empty());
  const auto fresh = allowed(*office.engine, "new", Actor("r", {"reporter"})).value();
  REQUIRE(fresh.size() == 1);
  CHECK(fresh[0].command == "Report");
}

TEST_CASE("an audited refusal is answered as it was, and leaves a trace in the order") {
  Office office;
  const auto command = make_command(work_order_id("A1"), to_works).by(Actor("eve", {"reporter"}));
  const auto plain = office.engine->submit_and_wait(command);
  CHECK(office.last() == "Accepted by import");
  const auto audited = submit_audited(*office.engine, command);
  REQUIRE(!audited);
  CHECK(audited.error().rule() == plain.error().rule());
  CHECK(audited.error().message() == plain.error().message());
  CHECK(office.last() == "RefusalRecorded by eve");
  const auto unknown =
      submit_audited(*office.engine, make_command(work_order_id("nowhere"), to_works).by(machine_actor()));
  REQUIRE(!unknown);
  CHECK(unknown.error().rule() == "stage");
}

TEST_CASE("an audited read is granted or refused, and recorded either way") {
  Office office;
  const auto refused = read_audited(*office.engine, "A1", Actor("eve", {"dispatcher"}), "curiosity");
  REQUIRE(!refused);
  CHECK(refused.error().rule() == "role");
  CHECK(office.last() == "RefusalRecorded by eve");
  const auto read = read_audited(*office.engine, "A1", machine_actor(), "complaint 17");
  REQUIRE(read);
  CHECK(work_order(*read->state)->category() == "roads");
  CHECK(office.last() == "ReadRecorded by import");
  const auto why = read_audited(*office.engine, "A1", machine_actor(), "");
  REQUIRE(!why);
  CHECK(why.error().rule() == "has_purpose");
}

}  // namespace
}  // namespace pavior::city::tests

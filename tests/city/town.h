/// \file
/// A store with a schedule and an account it deposits to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "city/schedules.h"
#include "support/bank.h"

namespace pavior::city::tests {

inline const Actor anna("anna", {"leader"});
inline const StreamId bulletin = schedule_id("bulletin");

struct Postman final : Courier {
  std::vector<v1::ScheduledRun> carried;
  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery& delivery, Done done) override {
    carried.push_back(unpack<v1::ScheduledRun>(delivery.type, delivery.payload).value());
    done({});
  }
};

/// An account "a" to deposit to, on Friday 2024-02-09 at 16:00.
struct Town : test::Bank {
  std::shared_ptr<Postman> postman = std::make_shared<Postman>();

  explicit Town(std::uint64_t seed = 1) : Bank(seed) {
    runtime.jump_clock(at("2024-02-09 16:00") - runtime.now());
    options.couriers = {postman};
    open_with(calendars());
    REQUIRE(send(test::to("a", "Deposit", "1")));
  }

  void open_with(const Calendars& with) {
    engine.reset();
    options.workflows = {std::make_shared<test::Ledger>(), make_schedule_workflow(with)};
    open();
    runtime.run_ready();
  }
  template <class M>
  Result<Receipt> say(const M& message, const Actor& actor = anna) {
    auto receipt = send(make_command(bulletin, message).by(actor));
    runtime.run_ready();
    return receipt;
  }
  [[nodiscard]] v1::Schedule schedule() const { return *city::schedule(*engine->load(bulletin)->state); }
  [[nodiscard]] std::int64_t deposits() const { return balance_of("a") - 1; }

  /// `2024-02-12 09:00 +2` for each run, the second part if it stands for more than its occurrence.
  [[nodiscard]] std::vector<std::string> runs() const {
    std::vector<std::string> runs;
    const auto history = engine->history(bulletin);
    for (const Event& event : *history) {
      const auto ran = unpack<v1::ScheduleRan>(event.type, event.payload);
      if (!ran) continue;
      CHECK(ran->number() == runs.size() + 1);
      CHECK(event.time >= from_micros(ran->occurrence()));
      runs.push_back(wall(ran->occurrence()) + (ran->missed() > 0 ? " +" + std::to_string(ran->missed()) : ""));
    }
    return runs;
  }
};

using Runs = std::vector<std::string>;

}  // namespace pavior::city::tests

/// \file
/// A scenario as it was read: what happens, statement by statement. docs/scenarios.md has the language.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/city/v1/grid_map.pb.h"
#include "pavior/city/v1/organisation.pb.h"
#include "pavior/event.h"
#include "scenario/written.h"
#include "text/city_clock.h"

namespace pavior::scenario {

// What the city is like. A change opens its store anew before the next step.
struct UseClocks {
  std::string plan;  ///< A shipped one or a file.
};
struct UseCalendar {
  std::string calendar;
};
/// Who has a role; with a unit, for the orders it leads.
struct Holds {
  std::string role, unit;
  std::vector<std::string> people;
};

// What happens.
struct MoveTo {
  Time time{};
};
struct ActAs {
  Actor actor;
};
/// The next version of the city's catalogue, organisation or grid map.
template <class Data>
struct Publish {
  std::shared_ptr<const Data> data;
};
/// What a submitted command is to be answered.
struct Answer {
  enum class Kind : std::uint8_t { accepted, repeated, refused, conflict, invalid };
  Kind kind = Kind::accepted;
  std::string rule, text;
  std::size_t line = 0;
};
struct Submit {
  std::string order;
  std::string id;
  Expected expected = Expected::any();
  Written command;
  Answer answer;
};
struct Restart {};
struct Recount {};

// What is to be.
struct ExpectOrder {
  std::string order;
  Written wanted;
};
struct ExpectStage {
  std::string order, stage;
};
struct ExpectNoOrder {
  std::string order;
};
struct ClockName {
  std::string name;
  std::uint32_t instance = 0;  ///< 0: the last one.
};
struct ExpectClock {
  std::string order;
  ClockName clock;
  std::string standing;            ///< running, paused, stopped met, stopped late or cancelled.
  std::vector<std::string> marks;  ///< breached, exempt.
  std::optional<Time> due;
};
struct ExpectNoClock {
  std::string order;
  ClockName clock;
};
struct WantedEvent {
  std::string name;
  std::optional<Time> time;  ///< To the second.
  std::string actor;         ///< Empty: whoever it was.
};
/// Those since the last time it was asked.
struct ExpectEvents {
  std::string order;
  std::vector<WantedEvent> events;
};
struct WantedNotice {
  std::size_t line = 0;
  std::string head;                 ///< `reporter r-1`, `staff reminder to wang, chen`.
  std::vector<std::string> pieces;  ///< Of the rest of its text.
};
/// Those since the last time it was asked.
struct ExpectNotices {
  std::vector<WantedNotice> notices;
};
struct WantedPossibility {
  std::string command, answer, rule;
};
struct ExpectAllowed {
  std::string order;
  std::optional<Actor> actor;  ///< The one who acts if there is none.
  std::vector<WantedPossibility> wanted;
};
struct ExpectSound {};

using Step = std::variant<UseClocks, UseCalendar, Holds, MoveTo, ActAs, Publish<city::v1::Catalogue>,
                          Publish<city::v1::Organisation>, Publish<city::v1::GridMap>, Submit, Restart, Recount,
                          ExpectOrder, ExpectStage, ExpectNoOrder, ExpectClock, ExpectNoClock, ExpectEvents,
                          ExpectNotices, ExpectAllowed, ExpectSound>;

struct Statement {
  std::size_t line = 0;
  std::string text;  ///< Its first line.
  Step step;
};

struct Script {
  std::filesystem::path file;
  cli::CityClock clock;
  Time start{};
  std::vector<Statement> statements;

  [[nodiscard]] std::string name() const { return file.stem().string(); }
};

}  // namespace pavior::scenario

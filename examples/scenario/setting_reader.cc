// What the city of a story is like.
#include <memory>
#include <type_traits>
#include <utility>

#include "fmt/format.h"
#include "pavior/city/grid_map.h"
#include "pavior/city/organisation.h"
#include "scenario/statement_reader.h"
#include "text/calendar_source.h"
#include "text/clock_source.h"
#include "text/policy_source.h"
#include "text/text_file.h"

namespace pavior::scenario {
namespace {

constexpr auto one_source_of_clocks =
    "a catalogue has clocks of its own, so a story has `policy` or `clocks`, not both; take one of them out";

template <class Read>
std::invoke_result_t<Read, std::string_view> read_file(const std::string& file, Read read) {
  const auto text = cli::read_text(file);
  if (!text) return text.error();
  auto data = read(std::string_view(*text));
  if (!data) return cli::of_file(file, data.error());
  return data;
}

}  // namespace

bool StatementReader::read_city(Words words) {
  const auto name = words.rest();
  if (name == "china") return use_zone("Asia/Shanghai") && (add(UseCalendar{"cn"}), true);
  if (name == "boston") return use_zone("America/New_York") && (add(UseCalendar{"us"}), true);
  return no(fmt::format("there is no city '{}'; write `city china`, `city boston`, or `zone` and `calendar`", name));
}

bool StatementReader::read_zone(Words words) { return use_zone(std::string(words.rest())); }

bool StatementReader::use_zone(const std::string& name) {
  if (clock_) return no("a story has one zone, and this one has it already; take the line out");
  auto clock = cli::CityClock::of(name);
  if (!clock) return no(clock.error().message());
  clock_ = *std::move(clock);
  return true;
}

std::string StatementReader::beside(const std::string& name) const { return (file_.parent_path() / name).string(); }

bool StatementReader::read_calendar(Words words) {
  std::string name(words.rest());
  if (cli::shipped_calendar(name).empty()) name = beside(name);
  const auto calendar = cli::open_calendar(name);
  if (!calendar) return no(calendar.error().message());
  add(UseCalendar{name});
  return true;
}

bool StatementReader::read_clocks(Words words) {
  std::string name(words.rest());
  if (cli::shipped_clock_plan(name).empty()) name = beside(name);
  const auto plan = cli::open_clock_plan(name, {});
  if (!plan) return no(plan.error().message());
  if (has_policy_) return no(one_source_of_clocks);
  has_clocks_ = true;
  add(UseClocks{name});
  return true;
}

template <class Data>
bool StatementReader::publish(Result<Data> data) {
  if (!data) return no(data.error().message());
  add(Publish<Data>{std::make_shared<const Data>(*std::move(data))});
  return true;
}

bool StatementReader::read_policy(Words words) {
  std::string name(words.rest());
  if (cli::shipped_catalogue(name).empty()) name = beside(name);
  if (has_clocks_) return no(one_source_of_clocks);
  has_policy_ = true;
  return publish(cli::open_catalogue(name, nullptr));
}

bool StatementReader::read_organisation(Words words) {
  return publish(read_file(beside(std::string(words.rest())), [](auto text) { return city::read_organisation(text); }));
}

bool StatementReader::read_map(Words words) {
  return publish(read_file(beside(std::string(words.rest())), [](auto text) { return city::read_grid_map(text); }));
}

bool StatementReader::read_holds(Words words) {
  const auto text = words.rest();
  const auto colon = text.find(':');
  Words who(text.substr(0, colon));
  Holds holds;
  holds.role = who.next();
  if (who.skip("of")) holds.unit = who.next();
  if (colon != std::string_view::npos) holds.people = split(text.substr(colon + 1), ',');
  if (holds.role.empty() || holds.people.empty() || !who.done())
    return no("write `holds ROLE: PERSON, PERSON` or `holds ROLE of UNIT: PERSON`");
  add(std::move(holds));
  return true;
}

}  // namespace pavior::scenario

#include "app.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "orders/likeness_text.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "text/event_text.h"

namespace pavior::cli {
namespace {

struct Order {
  StreamId stream;
  Snapshot snapshot;
  History history;
  std::vector<Possibility> possibilities;
};

Result<Order> load(const Engine& engine, const StreamId& stream) {
  auto snapshot = engine.load(stream);
  if (!snapshot) return std::move(snapshot).error();
  auto history = engine.history(stream);
  if (!history) return std::move(history).error();
  auto possible = engine.possibilities(stream, Actor("cli", {std::string(city::roles::system)}));
  if (!possible) return std::move(possible).error();
  return Order{stream, *std::move(snapshot), *std::move(history), *std::move(possible)};
}

// What can be done now, by someone who may do everything.
std::vector<std::string> possible_now(const Order& order) {
  std::vector<std::string> names;
  for (const auto& possibility : order.possibilities) {
    if (possibility.answer != Possibility::Answer::blocked) names.push_back(possibility.command);
  }
  return names;
}

void print_json(const Engine& engine, const CityClock& clock, const Order& order) {
  JsonObject json;
  json.add("stream", order.stream.text())
      .add("version", number(order.snapshot.version))
      .add("stage", stage_text(engine, order.stream.workflow(), order.snapshot.stage));
  std::string state;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  const auto* data = city::work_order(*order.snapshot.state);
  if (data != nullptr && google::protobuf::util::MessageToJsonString(*data, &state, options).ok())
    json.add_json("state", state);
  std::string events;
  for (const auto& event : order.history)
    events.append(events.empty() ? "" : ",").append(event_json(engine, event, clock).text());
  std::string possible;
  for (const auto& name : possible_now(order)) possible.append(possible.empty() ? "" : ",").append(json_string(name));
  fmt::print("{}\n", json.add_json("possible", '[' + possible + ']').add_json("events", '[' + events + ']').text());
}

std::string actor_text(const Event& event) {
  const auto actor = printable(event.actor);
  return event.principal.empty() ? actor : fmt::format("{} for {}", actor, printable(event.principal));
}

void print_line(std::string_view label, const std::string& text) {
  if (!text.empty()) fmt::print("  {:<12} {}\n", label, printable(text));
}

void print_text(const Engine& engine, const CityClock& clock, const Order& order) {
  fmt::print("{}  {}\n", order.stream.text(), stage_text(engine, order.stream.workflow(), order.snapshot.stage));
  if (const auto* data = city::work_order(*order.snapshot.state)) {
    print_line("title", data->title());
    print_line("category", data->category());
    print_line("at", data->location().address());
    print_line("channel", data->channel());
    print_line("lead", data->lead());
    print_line("deadline", data->deadline() == 0 ? "" : clock.text(from_micros(data->deadline())));
    print_line("breached", data->breached() ? "yes" : "");
    for (const auto& line : likeness_lines(*data, clock)) fmt::print("  {}\n", printable(line));
  }
  fmt::print("\n");
  for (const auto& event : order.history)
    fmt::print("  {}  {:<13} {}  ({})\n", clock.text(event.time), stage_text(engine, event.workflow, event.stage),
               fact_text(event, clock), actor_text(event));
  const auto possible = possible_now(order);
  fmt::print("\n  possible now: {}\n", possible.empty() ? "nothing" : fmt::format("{}", fmt::join(possible, ", ")));
}

Exit show(const App& app, const std::string& key) {
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    const auto order = load(engine, order_stream(key));
    if (!order) return fail(order.error());
    if (app.json) {
      print_json(engine, clock, *order);
    } else {
      print_text(engine, clock, *order);
    }
    return Exit::ok;
  });
}

}  // namespace

void add_show(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("show", "Shows one order: what it is, what happened, what can be done");
  const auto order = std::make_shared<std::string>();
  verb->add_option("ORDER", *order, "Its key, e.g. 101000295613")->required();
  verb->callback([&app, order] { app.run = [&app, order] { return show(app, *order); }; });
}

}  // namespace pavior::cli

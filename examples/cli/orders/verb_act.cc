#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app.h"
#include "fmt/format.h"
#include "orders/message_fields.h"
#include "pavior/city/allowed.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/testing.h"
#include "text/event_text.h"

namespace pavior::cli {
namespace {

using google::protobuf::Message;

struct ActWish {
  std::string order, command, id;
  std::vector<std::string> fields;
  std::string actor;
  std::vector<std::string> roles;

  [[nodiscard]] Actor who() const { return Actor(actor, roles); }
};

std::string needs_text(const Possibility& possibility) {
  return fmt::format("{}", fmt::join(possibility.explanations, "; "));
}

std::string forms_text(const std::string& type) {
  const auto message = make_message(type);
  return message == nullptr ? "" : fmt::format("{}", fmt::join(field_forms(*message->GetDescriptor()), " "));
}

void print_json(const std::vector<Possibility>& possibilities) {
  for (const auto& possibility : possibilities) {
    std::string needs;
    for (std::size_t i = 0; i < possibility.rules.size(); ++i)
      needs.append(needs.empty() ? "" : ",")
          .append(JsonObject().add("rule", possibility.rules[i]).add("requires", possibility.explanations[i]).text());
    fmt::print("{}\n", JsonObject()
                           .add("command", possibility.command)
                           .add("possible", possibility.answer != Possibility::Answer::blocked)
                           .add_json("needs", '[' + needs + ']')
                           .add("fields", forms_text(possibility.command_type))
                           .text());
  }
}

void print_text(const Engine& engine, const ActWish& wish, const std::vector<Possibility>& possibilities) {
  const auto snapshot = engine.load(order_stream(wish.order));
  const auto stage = snapshot ? stage_text(engine, city::work_order_workflow, snapshot->stage) : "not reported yet";
  fmt::print("{} is {}. {} ({}) can:\n", printable(wish.order), stage, printable(wish.actor),
             printable(fmt::format("{}", fmt::join(wish.roles, ", "))));
  std::size_t possible = 0;
  for (const auto& possibility : possibilities) {
    if (possibility.answer == Possibility::Answer::blocked) continue;
    ++possible;
    fmt::print("  {:<22} {}\n", possibility.command, forms_text(possibility.command_type));
    if (!possibility.rules.empty()) fmt::print("  {:<22} requires that {}\n", "", needs_text(possibility));
  }
  if (possible == 0) fmt::print("  nothing\n");
  if (possible == possibilities.size()) return;
  fmt::print("not now:\n");
  for (const auto& possibility : possibilities)
    if (possibility.answer == Possibility::Answer::blocked)
      fmt::print("  {:<22} requires that {}\n", possibility.command, needs_text(possibility));
}

Exit list(const App& app, const ActWish& wish) {
  return with_store(app, [&](Engine& engine) {
    const auto possibilities = city::allowed(engine, order_stream(wish.order).key(), wish.who());
    if (!possibilities) return fail(possibilities.error());
    if (app.json) {
      print_json(*possibilities);
    } else {
      print_text(engine, wish, *possibilities);
    }
    return Exit::ok;
  });
}

/// A person at a terminal who gives no field is asked for each; nothing skips it.
std::vector<std::string> asked_for(const Message& message) {
  std::vector<std::string> fields;
  for (const auto& form : field_forms(*message.GetDescriptor())) {
    fmt::print(stderr, "{} ", form);
    std::string line;
    if (!std::getline(std::cin, line)) break;
    if (!line.empty()) fields.push_back(form.substr(0, form.find('=') + 1) + line);
  }
  return fields;
}

Exit act(const App& app, const ActWish& wish) {
  const auto message = make_message("pavior.city.v1." + wish.command);
  if (message == nullptr)
    return fail(Exit::bad_input, fmt::format("there is no command '{}'; `pavior act {} --actor ... --role ...` lists "
                                             "those that are allowed",
                                             printable(wish.command), printable(wish.order)));
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto clock = city_clock(**engine);
  if (!clock) return fail_store(clock.error());
  const bool asks = wish.fields.empty() && message->GetDescriptor()->field_count() > 0 && isatty(STDIN_FILENO) == 1;
  for (const auto& field : asks ? asked_for(*message) : wish.fields)
    if (const auto set = set_field(*message, field, *clock); !set) return fail(set.error());
  const auto receipt =
      (*engine)->submit_and_wait(Command(order_stream(wish.order), message->GetTypeName(), message->SerializeAsString())
                                     .with_id(wish.id)
                                     .by(wish.who()));
  if (!receipt) {
    const auto code = fail(receipt.error());
    if (receipt.error().code() == ErrorCode::refused && !app.json)
      fmt::print(stderr, "fields of {}: {}\n", wish.command, forms_text(message->GetTypeName()));
    return code;
  }
  const auto stage = stage_text(**engine, receipt->stream.workflow(), receipt->stage);
  if (app.json) {
    fmt::print("{}\n", JsonObject()
                           .add("command_id", receipt->command_id)
                           .add("version", number(receipt->version))
                           .add("stage", stage)
                           .text());
  } else {
    fmt::print("{} is {}\n", receipt->stream.text(), stage);
    const auto history = (*engine)->history(receipt->stream);
    if (!history) return fail_store(history.error());
    for (const Event& event : *history)
      if (event.position >= receipt->first) fmt::print("  {}\n", fact_text(event, *clock));
  }
  return Exit::ok;
}

constexpr auto footer =
    R"(Without a COMMAND it lists what this person may do now, what each thing takes, and what it requires:
  $ pavior --store city act A1 --actor li --role acceptor
With one it does it. Values are NAME=VALUE; at a terminal, whoever gives none is asked for each:
  $ pavior --store city act A1 Accept category=01.03 condition=a grade=general --actor li --role acceptor
  $ pavior --store city act A1 RequestSuspension reason="waits for a tender" until=2024-06-01T12:00 \
        --actor chen --role lead_department@water)";

}  // namespace

void add_act(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("act", "Lists what somebody may do with an order, or does it");
  verb->footer(footer);
  const auto wish = std::make_shared<ActWish>();
  verb->add_option("ORDER", wish->order, "Its key, e.g. 101000295613")->required();
  verb->add_option("COMMAND", wish->command, "E.g. Accept; left out: lists what is allowed");
  verb->add_option("FIELD", wish->fields, "NAME=VALUE, e.g. reason=\"private land\" or reporter.id=r-7");
  verb->add_option("--actor", wish->actor, "Who acts")->required();
  verb->add_option("--role", wish->roles, "A role of the actor, with its unit or grid if it has one; may be repeated")
      ->required()
      ->allow_extra_args(false);
  verb->add_option("--id", wish->id, "The command's id: the same again is done once");
  verb->callback(
      [&app, wish] { app.run = [&app, wish] { return wish->command.empty() ? list(app, *wish) : act(app, *wish); }; });
}

}  // namespace pavior::cli

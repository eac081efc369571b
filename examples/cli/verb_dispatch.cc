#include <CLI/CLI.hpp>
#include <memory>
#include <sstream>
#include <string>

#include "app.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "organisation_source.h"
#include "pavior/city/dispatch.h"
#include "pavior/city/dispatch_review.h"
#include "pavior/city/dispatch_world.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/proto.h"
#include "policy_source.h"

namespace pavior::cli {
namespace {

struct Wish {
  std::string order;
  std::string catalogue;
  std::string organisation;
};

std::string json_of(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

/// The line ends stay.
std::string printable_lines(const std::string& text) {
  std::istringstream lines(text);
  std::string all;
  for (std::string line; std::getline(lines, line);) all += printable(line) + '\n';
  return all;
}

/// Each time the order was given to somebody, or to nobody.
Exit explain(const App& app, const Wish& wish) {
  return with_city(app, [&](Engine& engine, const CityClock& wall) {
    const auto history = engine.history(order_stream(wish.order));
    if (!history) return fail(history.error());
    bool found = false;
    for (const Event& event : *history) {
      const auto type = short_name(event.type);
      if (type != "Dispatched" && type != "LeftToDispatcher") continue;
      found = true;
      city::v1::Dispatched dispatched;
      city::v1::LeftToDispatcher left;
      const bool read = type == "Dispatched" ? parse(event.payload, dispatched) : parse(event.payload, left);
      if (!read) return fail(Exit::corrupt, fmt::format("event {} cannot be read", number(event.position)));
      const auto& explanation = type == "Dispatched" ? dispatched.explanation() : left.explanation();
      if (app.json) {
        fmt::print("{}\n", json_of(explanation));
      } else if (type == "Dispatched" && !dispatched.has_explanation()) {
        fmt::print("{}  {} dispatched it to {}{}; no rules were asked\n", wall.text(event.time),
                   printable(std::string(event.actor)), printable(dispatched.lead()),
                   dispatched.reason().empty() ? "" : ": " + printable(dispatched.reason()));
      } else {
        fmt::print("{}\n{}", wall.text(event.time), printable_lines(city::explain_text(explanation)));
      }
    }
    return found ? Exit::ok : fail(Exit::no, fmt::format("{} was not dispatched yet", printable(wish.order)));
  });
}

Exit review(const App& app, const Wish& wish) {
  const auto calendars = with_shipped_calendars({});
  auto catalogue = open_catalogue(wish.catalogue, &calendars);
  if (!catalogue) return fail(Exit::bad_input, printable(catalogue.error().message()));
  const auto policy = city::Policy::make(*std::move(catalogue), calendars);
  if (!policy) return fail(policy.error());
  std::shared_ptr<const city::DispatchWorld> world;
  if (!wish.organisation.empty()) {
    auto organisation = open_organisation(wish.organisation, calendars);
    if (!organisation) return fail(Exit::bad_input, printable(organisation.error().message()));
    world = city::make_dispatch_world(*std::move(organisation));
  }
  const auto findings = city::review_dispatch(*policy, world.get(), present());
  bool sound = true;
  for (const auto& finding : findings) {
    sound = sound && finding.severity != city::DispatchFinding::Severity::error;
    fmt::print("{}\n", printable(city::finding_text(finding)));
  }
  if (findings.empty() && !app.json) fmt::print("nothing is odd about the dispatch rules of {}\n", wish.catalogue);
  return sound ? Exit::ok : Exit::no;
}

constexpr auto explain_footer =
    R"(Which rules were asked when the order was dispatched, what each said, and which one won, as it was recorded:
  $ pavior --store city dispatch explain A1
With --json it is the explanation as protobuf JSON, one a line.)";
constexpr auto review_footer =
    R"(Cases without an owner, rows that fight, rows that never decide, units that nobody knows:
  $ pavior dispatch review town.textproto --organisation town-units.textproto
The exit code is 1 if any of them is an error.)";

}  // namespace

void add_dispatch(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("dispatch", "Who is responsible: explains decisions and reviews rules");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<Wish>();
  auto* explained = verb->add_subcommand("explain", "Why an order went where it went");
  explained->footer(explain_footer);
  explained->add_option("ORDER", wish->order, "Its key")->required();
  explained->final_callback([&app, wish] { app.run = [&app, wish] { return explain(app, *wish); }; });
  auto* reviewed = verb->add_subcommand("review", "What is odd about a catalogue's dispatch rules");
  reviewed->footer(review_footer);
  reviewed->add_option("CATALOGUE", wish->catalogue, "A file, or district or boston")->required();
  reviewed->add_option("--organisation", wish->organisation, "A file; without one, units are not looked for");
  reviewed->final_callback([&app, wish] {
    app.needs_store = false;
    app.run = [&app, wish] { return review(app, *wish); };
  });
}

}  // namespace pavior::cli

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "app.h"
#include "city/organisation_source.h"
#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/city/derive_dispatch.h"
#include "pavior/city/dispatch.h"
#include "pavior/city/dispatch_review.h"
#include "pavior/city/dispatch_world.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/proto.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

struct DispatchWish {
  std::string order;
  std::string catalogue;
  std::string organisation;
};

struct DeriveWish {
  std::string catalogue;
  std::string into;
  std::string organisation;
  std::string to;
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
Exit explain(const App& app, const DispatchWish& wish) {
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

Exit review(const App& app, const DispatchWish& wish) {
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

bool write(const std::string& file, const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  return static_cast<bool>(out);
}

Exit derive(const App& app, const DeriveWish& wish) {
  return with_city(app, [&](Engine& engine, const CityClock& wall) {
    const auto calendars = city_calendars(engine);
    if (!calendars) return fail_store(calendars.error());
    auto catalogue = open_catalogue(wish.catalogue, &*calendars);
    if (!catalogue) return fail(Exit::bad_input, printable(catalogue.error().message()));
    city::DeriveOptions options;
    if (!wish.to.empty()) {
      const auto to = parse_instant(wish.to, wall);
      if (!to) return fail(Exit::usage, fmt::format("{} is no time", printable(wish.to)));
      options.to = *to;
    }
    const auto policy = city::Policy::make(*catalogue, *calendars);
    if (!policy) return fail(policy.error());
    const auto derived = city::derive_dispatch(engine, *policy, options);
    if (!derived) return fail(derived.error());
    for (const auto& category : derived->unknown)
      fmt::print(stderr, "pavior: {} has no category {}; it gets no rows\n", catalogue->id(), printable(category));
    *catalogue->mutable_dispatch() = derived->rules;
    city::v1::Organisation organisation;
    organisation.set_id(catalogue->id());
    organisation.set_version(1);
    organisation.set_zone(catalogue->zone());
    for (const auto& unit : derived->units) organisation.add_units()->set_id(unit);
    if (!write(wish.into, *catalogue) || (!wish.organisation.empty() && !write(wish.organisation, organisation)))
      return fail(Exit::unavailable, "the files cannot be written");
    fmt::print("{} rows from {} dispatches, of which they name the unit of {}\n", derived->rules.tables(0).rows_size(),
               derived->dispatches, derived->named);
    return Exit::ok;
  });
}

constexpr auto derive_footer =
    R"(A first draft of rules, from what dispatchers did until then; read it, review it, and try it on what came later:
  $ pavior --store city dispatch derive boston draft.textproto --organisation units.textproto --to 2011-08-01
  $ pavior --store city what-if draft.textproto --organisation units.textproto --from 2011-08-01 --deadline)";
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
  const auto wish = std::make_shared<DispatchWish>();
  auto* explained = verb->add_subcommand("explain", "Why an order went where it went");
  explained->footer(explain_footer);
  explained->add_option("ORDER", wish->order, "Its key")->required();
  explained->final_callback([&app, wish] { app.run = [&app, wish] { return explain(app, *wish); }; });
  const auto derived = std::make_shared<DeriveWish>();
  auto* draft = verb->add_subcommand("derive", "Drafts rules from what dispatchers did");
  draft->footer(derive_footer);
  draft->add_option("CATALOGUE", derived->catalogue, "Whose rules are replaced: a file, or district or boston")
      ->required();
  draft->add_option("INTO", derived->into, "The file to be written: the catalogue with the rules")->required();
  draft->add_option("--organisation", derived->organisation, "Another one: the units that were dispatched to");
  draft->add_option("--to", derived->to, "First dispatches until just before then, by the city's clock");
  draft->final_callback([&app, derived] { app.run = [&app, derived] { return derive(app, *derived); }; });
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

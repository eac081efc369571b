#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <string>

#include "app.h"
#include "city/organisation_source.h"
#include "fmt/format.h"
#include "pavior/city/dispatch_world.h"
#include "pavior/city/what_if.h"
#include "text/policy_source.h"
#include "what_if/what_if_text.h"

namespace pavior::cli {
namespace {

struct WhatIfWish {
  std::string catalogue;
  std::string organisation;
  std::string clock = "HND";
  bool deadline = false;
  std::string from;
  std::string to;
  std::string plot;
};

/// By the city's clock; `otherwise` where nothing is given.
Result<Time> instant(const std::string& text, const CityClock& wall, Time otherwise) {
  if (text.empty()) return otherwise;
  const auto time = parse_instant(text, wall);
  if (!time) return Error(ErrorCode::invalid, fmt::format("{} is no time; write it as 2011-08-01T00:00", text));
  return *time;
}

Result<city::Proposal> proposal_of(const WhatIfWish& wish, const city::Calendars& calendars) {
  auto catalogue = open_catalogue(wish.catalogue, &calendars);
  if (!catalogue) return std::move(catalogue).error();
  auto policy = city::Policy::make(*std::move(catalogue), calendars);
  if (!policy) return std::move(policy).error();
  auto organisation = open_organisation(wish.organisation, calendars);
  if (!organisation) return std::move(organisation).error();
  return city::Proposal{*std::move(policy), city::make_dispatch_world(*std::move(organisation)), {}};
}

Exit what_if(const App& app, const WhatIfWish& wish) {
  return with_city(app, [&](Engine& engine, const CityClock& wall) {
    const auto calendars = city_calendars(engine);
    if (!calendars) return fail_store(calendars.error());
    const auto proposal = proposal_of(wish, *calendars);
    if (!proposal) return fail(Exit::bad_input, printable(proposal.error().message()));
    city::WhatIfOptions options;
    options.clock = wish.deadline ? "" : wish.clock;
    const auto from = instant(wish.from, wall, options.from);
    const auto to = instant(wish.to, wall, options.to);
    if (!from) return fail(from.error());
    if (!to) return fail(to.error());
    options.from = *from;
    options.to = *to;
    const auto answer = city::what_if(engine, *proposal, options);
    if (!answer) return fail(answer.error());
    fmt::print("{}{}", app.json ? what_if_json(*answer) : what_if_text(*answer), app.json ? "\n" : "");
    if (wish.plot.empty()) return Exit::ok;
    std::ofstream file(wish.plot, std::ios::binary);
    file << what_if_plot(*answer);
    file.close();
    return file ? Exit::ok : fail(Exit::unavailable, fmt::format("{} cannot be written", printable(wish.plot)));
  });
}

constexpr auto footer =
    R"(The store is only read. Every first dispatch is asked again, in the order of time, with the load of the trial itself;
docs/what_if.md says what is assumed. Other limits, calendars and rosters are tried the same way:
  $ pavior --store city what-if draft.textproto --organisation district.textproto --plot draft.svg)";

}  // namespace

void add_what_if(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("what-if", "Tries another catalogue or organisation on the recorded history");
  verb->footer(footer);
  const auto wish = std::make_shared<WhatIfWish>();
  verb->add_option("CATALOGUE", wish->catalogue, "To be tried: a file, or district or boston")->required();
  verb->add_option("--organisation", wish->organisation, "Its units and rosters: a file")->required();
  verb->add_option("--clock", wish->clock, "Whose limit says what is on time")->capture_default_str();
  verb->add_flag("--deadline", wish->deadline, "The orders' own deadlines say it instead");
  verb->add_option("--from", wish->from, "First dispatches from then on, 2011-08-01T00:00 by the city's clock");
  verb->add_option("--to", wish->to, "Until just before then");
  verb->add_option("--plot", wish->plot, "An SVG file to be written");
  verb->callback([&app, wish] { app.run = [&app, wish] { return what_if(app, *wish); }; });
}

}  // namespace pavior::cli

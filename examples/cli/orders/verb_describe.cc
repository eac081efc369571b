#include <CLI/CLI.hpp>

#include "app.h"
#include "fmt/format.h"
#include "pavior/city/work_orders.h"
#include "pavior/diagram.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

std::string json_list(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list.append(list.empty() ? "" : ",").append(json_string(name));
  return '[' + list + ']';
}

Exit describe(const App& app, const std::string& format) {
  const auto workflow = city::make_work_order_workflow();
  const auto rows = workflow->transitions();
  if (app.json) {
    for (const auto& row : rows)
      fmt::print("{}\n", JsonObject()
                             .add("from", row.from)
                             .add("command", row.command)
                             .add_json("when", json_list(row.when))
                             .add("event", row.event)
                             .add("to", row.to)
                             .text());
  } else {
    const auto text = format == "mermaid"    ? to_mermaid(rows)
                      : format == "graphviz" ? to_graphviz(rows)
                                             : to_markdown(rows);
    fmt::print("{}", text);
  }
  return Exit::ok;
}

}  // namespace

void add_describe(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("describe", "Prints what the program knows by itself");
  verb->require_subcommand(1);
  auto* lifecycle = verb->add_subcommand("lifecycle", "The stages of a work order and what leads from one to the next");
  const auto format = std::make_shared<std::string>("markdown");
  lifecycle->add_option("--format", *format, "markdown, mermaid or graphviz")
      ->capture_default_str()
      ->check(CLI::IsMember({"markdown", "mermaid", "graphviz"}));
  lifecycle->callback([&app, format] {
    app.needs_store = false;
    app.run = [&app, format] { return describe(app, *format); };
  });
}

}  // namespace pavior::cli

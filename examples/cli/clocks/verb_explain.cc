#include "clocks/order_clock.h"
#include "fmt/format.h"
#include "text/clock_text.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

struct ExplainWish {
  std::string order;
  std::string clock;
  std::uint32_t instance = 0;
  std::string as_of;
};

using city::Counted;

std::string_view why_text(Counted::Why why) {
  switch (why) {
    case Counted::Why::running: return "running";
    case Counted::Why::office_hours: return "office_hours";
    case Counted::Why::outside_hours: return "outside_hours";
    case Counted::Why::paused: return "paused";
  }
  return "?";
}

bool counted(const Counted& part) {
  return part.why == Counted::Why::running || part.why == Counted::Why::office_hours;
}

void print_text(const OrderClocks& order, const city::v1::Clock& clock, const city::Explanation& explained,
                std::chrono::microseconds left) {
  fmt::print("{}#{}  {}, {} by {} version {}, due {}\n", printable(clock.name()), clock.instance(),
             standing_text(clock), limit_text(clock.rule().limit()), clock.calendar().id(), clock.calendar().version(),
             order.wall.text(from_micros(clock.course().due())));
  for (const auto& part : explained.parts)
    fmt::print("  {} - {}  {:>14}  {}{}\n", order.wall.text(part.begin), order.wall.text(part.end),
               counted(part) ? duration_text(part.end - part.begin) : "-", why_text(part.why),
               part.reason.empty() ? "" : ": " + printable(part.reason));
  fmt::print("  counted {}, left {}; pauses took {}\n", duration_text(explained.used), duration_text(left),
             duration_text(explained.pauses));
}

void print_json(const OrderClocks& order, const city::v1::Clock& clock, const city::Explanation& explained,
                std::chrono::microseconds left) {
  std::string parts;
  for (const auto& part : explained.parts) {
    JsonObject json;
    json.add("begin", order.wall.iso_text(part.begin))
        .add("end", order.wall.iso_text(part.end))
        .add("why", why_text(part.why))
        .add("counted", counted(part));
    if (!part.reason.empty()) json.add("reason", part.reason);
    parts += (parts.empty() ? "" : ",") + json.text();
  }
  const auto seconds = [](std::chrono::microseconds time) {
    return fmt::format("{}", static_cast<double>(time.count()) / 1e6);
  };
  JsonObject json;
  json.add("clock", clock.name())
      .add("instance", std::uint64_t{clock.instance()})
      .add("standing", standing_text(clock))
      .add("due", order.wall.iso_text(from_micros(clock.course().due())))
      .add_json("used_seconds", seconds(explained.used))
      .add_json("left_seconds", seconds(left))
      .add_json("pauses_seconds", seconds(explained.pauses))
      .add_json("parts", '[' + parts + ']');
  fmt::print("{}\n", json.text());
}

Exit explain(const App& app, const ExplainWish& wish) {
  return with_order_clocks(app, wish.order, wish.as_of, [&](const OrderClocks& order) {
    const city::v1::Clock* found = nullptr;
    for (const auto& clock : order.data.clocks())
      if (clock.name() == wish.clock && (wish.instance == 0 || clock.instance() == wish.instance)) found = &clock;
    if (found == nullptr)
      return fail(Exit::no, fmt::format("{} has no clock {}; 'clocks {}' lists them", printable(wish.order),
                                        printable(wish.clock), printable(wish.order)));
    const city::ClockView view(*found, order.calendars);
    const auto explained = view.explain(order.now);
    if (!explained) return fail(explained.error());
    const auto left = view.left(order.now);
    if (!left) return fail(left.error());
    (app.json ? print_json : print_text)(order, *found, *explained, *left);
    return Exit::ok;
  });
}

}  // namespace

void add_explain(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("explain", "Lists what a clock counted, and why");
  const auto wish = std::make_shared<ExplainWish>();
  verb->add_option("ORDER", wish->order, "Its key")->required();
  verb->add_option("CLOCK", wish->clock, "E.g. HND")->required();
  verb->add_option("--instance", wish->instance, "1, 2, ...; the last one if left out");
  verb->add_option("--as-of", wish->as_of, "2025-09-30T16:30 by the city's clock, or with an offset; now if left out");
  verb->callback([&app, wish] { app.run = [&app, wish] { return explain(app, *wish); }; });
}

}  // namespace pavior::cli

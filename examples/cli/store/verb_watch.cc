#include <chrono>
#include <thread>

#include "app.h"
#include "fmt/format.h"
#include "text/event_text.h"

namespace pavior::cli {
namespace {

constexpr auto between_looks = std::chrono::milliseconds(250);

struct WatchWish {
  std::optional<std::uint64_t> after;
  std::uint64_t count = 0;
};

Exit watch(const App& app, const WatchWish& wish) {
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    auto seen = wish.after ? Position{*wish.after} : engine.last();
    std::uint64_t shown = 0;
    for (;;) {
      const auto read = engine.read(seen, [&](const Event& event) {
        if (app.json) {
          fmt::print("{}\n", event_json(engine, event, clock).text());
        } else {
          fmt::print("{} {}  {}  {}  ({})\n", number(event.position), clock.text(event.time), event.stream().text(),
                     fact_text(event, clock), printable(event.actor));
        }
        return ++shown != wish.count;
      });
      if (!read) return fail_store(read.error());
      std::fflush(stdout);
      if (wish.count != 0 && shown >= wish.count) return Exit::ok;
      seen = *read;
      std::this_thread::sleep_for(between_looks);
      if (const auto fresh = engine.refresh(); !fresh) return fail_store(fresh.error());
    }
  });
}

}  // namespace

void add_watch(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("watch", "Prints events as they are written by whoever owns the store");
  const auto wish = std::make_shared<WatchWish>();
  verb->add_option("--after", wish->after, "Begins after this position; now if left out");
  verb->add_option("--count", wish->count, "Ends after so many events; never if left out");
  verb->callback([&app, wish] { app.run = [&app, wish] { return watch(app, *wish); }; });
}

}  // namespace pavior::cli

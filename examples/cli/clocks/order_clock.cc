#include "clocks/order_clock.h"

#include "fmt/format.h"
#include "pavior/city/work_orders.h"
#include "settings.h"

namespace pavior::cli {

Exit with_order_clocks(const App& app, const std::string& key, const std::string& as_of,
                       const std::function<Exit(const OrderClocks&)>& use) {
  return with_city(app, [&](Engine& engine, const CityClock& wall) {
    const auto now = as_of.empty() ? std::optional<Time>(present()) : parse_instant(as_of, wall);
    if (!now)
      return fail(Exit::bad_input,
                  fmt::format("--as-of '{}' is no time; write it as 2025-09-30T16:30", printable(as_of)));
    const auto settings = city_settings(engine);
    if (!settings) return fail_store(settings.error());
    const auto snapshot = engine.load(order_stream(key));
    if (!snapshot) return fail(snapshot.error());
    const auto* order = city::work_order(*snapshot->state);
    if (order == nullptr) return fail(Exit::no, fmt::format("{} is no work order", printable(key)));
    return use({*order, settings->clocks.calendars(), wall, *now});
  });
}

}  // namespace pavior::cli

/// \file
/// An order, as far as its clocks are asked about.
#pragma once

#include <functional>
#include <string>

#include "app.h"
#include "pavior/city/clock.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/proto.h"

namespace pavior::cli {

struct OrderClocks {
  const city::v1::WorkOrder& data;
  const city::Calendars& calendars;
  const CityClock& wall;
  Time now;
};

/// Loads the order and calls `use` with the instant that `as_of` names; the present if it is empty.
Exit with_order_clocks(const App& app, const std::string& key, const std::string& as_of,
                       const std::function<Exit(const OrderClocks&)>& use);

}  // namespace pavior::cli

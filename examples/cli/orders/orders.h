/// \file
/// The rows of the view "orders", as fresh as the log.
#pragma once

#include <functional>
#include <string_view>

#include "pavior/city/v1/views.pb.h"
#include "pavior/engine.h"

namespace pavior::cli {

/// Visits the row of every order in the order of keys until `visit` returns false. What the owner's view has not read
/// yet, after a crash say, is applied in memory.
[[nodiscard]] Result<void> visit_orders(
    const Engine& engine, const std::function<bool(std::string_view key, const city::v1::OrderRow& row)>& visit);

}  // namespace pavior::cli

/// \file
/// The one place where what host code throws is caught.
#pragma once

#include <exception>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "pavior/result.h"

namespace pavior::inline v0 {

/// Calls `function`, which returns a Result, and turns an exception into an `invalid` error that names the culprit.
template <class Function>
auto call_host(std::string_view who, std::string_view what, Function&& function) -> decltype(function()) {
  try {
    return function();
  } catch (const std::exception& thrown) {
    return Error(ErrorCode::invalid, fmt::format("{} of '{}' threw: {}", what, who, thrown.what()));
  } catch (...) {
    return Error(ErrorCode::invalid, fmt::format("{} of '{}' threw something that is no std::exception", what, who));
  }
}

/// Calls a callback whose answer is of no use. What it throws is dropped: others wait behind it.
template <class Function, class... Arguments>
void call_back(const Function& function, Arguments&&... arguments) noexcept {
  try {
    function(std::forward<Arguments>(arguments)...);
  } catch (...) {
  }
}

}  // namespace pavior::inline v0

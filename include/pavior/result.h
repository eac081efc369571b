/// \file
/// What can go wrong, and the value-or-error every fallible call returns.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "pavior/export.h"

namespace pavior::inline v0 {

/// The kinds of failure a caller may want to tell apart. The numbers are stable.
enum class ErrorCode : std::uint8_t {
  refused = 1,    ///< A business "no": `Error::rule()` names the rule that said it.
  conflict = 2,   ///< The stream is not at the version the command expected, or an id was reused for other content.
  not_found = 3,  ///< The stream, view or file does not exist.
  invalid = 4,    ///< The input cannot be understood; the message says where and what to mend.
  corrupt = 5,    ///< Stored data contradicts itself. Nothing was changed.
  unavailable =
      6,       ///< The store cannot be used now (locked, full, failing). A command's outcome is unknown: send it again.
  closed = 7,  ///< The engine is closing or closed.
  limit = 8,   ///< A named limit was reached; for `queue_commands_max`, try again later.
};

/// The stable lower-case name of a code, as used in logs and JSON.
[[nodiscard]] PAVIOR_EXPORT std::string_view to_string(ErrorCode code) noexcept;

/// Why something did not happen. Messages begin in lower case and end without a full stop.
class Error {
 public:
  Error(ErrorCode code, std::string message) : code_(code), message_(std::move(message)) {}

  /// A business refusal: `rule` is the stable name hosts may switch on.
  [[nodiscard]] static Error refused(std::string rule, std::string message) {
    Error error(ErrorCode::refused, std::move(message));
    error.rule_ = std::move(rule);
    return error;
  }

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  /// The rule that refused; empty for every other code.
  [[nodiscard]] const std::string& rule() const noexcept { return rule_; }

  friend bool operator==(const Error&, const Error&) = default;
  PAVIOR_EXPORT friend std::ostream& operator<<(std::ostream& out, const Error& error);

 private:
  ErrorCode code_;
  std::string message_;
  std::string rule_;
};

namespace detail {
[[noreturn]] PAVIOR_EXPORT void missing_value(const Error& error) noexcept;
}

/// A value or an Error; `std::expected<T, Error>` by shape, until C++23 may be assumed.
/// Reading the value of an error is a programmer error and ends the program with the error's text.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & { return check(), std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return check(), std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return check(), std::get<0>(std::move(state_)); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  void check() const {
    if (!has_value()) detail::missing_value(std::get<1>(state_));
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }
  void value() const {
    if (error_) detail::missing_value(*error_);
  }
  [[nodiscard]] const Error& error() const& { return *error_; }
  [[nodiscard]] Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace pavior::inline v0

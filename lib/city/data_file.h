/// \file
/// Data that people write: protobuf text or JSON, with mistakes told by their place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// What is wrong with which field, e.g. of `days[3].date`.
struct DataMistake {
  std::string path;
  std::string what;  ///< And how to mend it.
};
using Mistake = std::optional<DataMistake>;

/// Fills `data` from a text, JSON if it begins with `{`, otherwise protobuf text; then asks `check` about it.
/// `what` is the data's name with its article, e.g. "a calendar".
/// Errors: invalid; the message begins with line and column where the text has them.
Result<void> read_data(std::string_view text, std::string_view what, google::protobuf::Message& data,
                       const std::function<Mistake()>& check);

}  // namespace pavior::city::inline v0

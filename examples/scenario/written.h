/// \file
/// Messages as a story writes them: protobuf text, in which an instant may stand as the wall clock shows it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "scenario/lines.h"
#include "text/city_clock.h"

namespace pavior::scenario {

/// A message, and which fields of it are written where: `reworks: 0` says something.
struct Written {
  std::size_t line = 0;  ///< The first one of the text.
  std::shared_ptr<const google::protobuf::Message> message;
  std::shared_ptr<const google::protobuf::TextFormat::ParseInfoTree> places;
};

/// Reads `text`, which begins at `line`. `until: 2024-03-11 17:30` stands for the microseconds of that instant.
[[nodiscard]] std::variant<Written, Mistake> read_message(const google::protobuf::Message& prototype, std::string text,
                                                          std::size_t line, const cli::CityClock& clock);

struct Difference {
  std::size_t line = 0;
  std::string field;  ///< `reporter.id`
  std::string wanted;
  std::string was;
};

/// The first field that is written and is otherwise in `message`; what is not written may be anything. Repeated fields
/// are as written, element by element.
[[nodiscard]] std::optional<Difference> first_difference(const Written& written,
                                                         const google::protobuf::Message& message,
                                                         const cli::CityClock& clock);

/// `2024-03-08 10:00`; with seconds if there are any.
[[nodiscard]] std::string time_text(Time time, const cli::CityClock& clock);

}  // namespace pavior::scenario

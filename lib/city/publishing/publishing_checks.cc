#include "city/publishing/publishing_checks.h"

#include <algorithm>

namespace pavior::city::inline v0::publishing {

std::string named(std::vector<std::string> missing) {
  const bool more = missing.size() > missing_named_max;
  missing.resize(std::min(missing.size(), missing_named_max));
  return fmt::format("{}{}", fmt::join(missing, ", "), more ? " ..." : "");
}

Result<void> may_publish(std::string_view command, const Actor& actor, const PublishingPolicy& city) {
  if (actor.has_role(roles::system)) return {};
  if (std::ranges::any_of(city.publishers, [&](const std::string& role) { return actor.has_role(role); })) return {};
  return Error::refused("role", fmt::format("{} may be submitted by {} only, not by {}", command,
                                            fmt::join(city.publishers, ", "), actor.id()));
}

Error mistake_error(std::string_view noun, const DataMistake& mistake) {
  return {ErrorCode::invalid, fmt::format("{}.{}: {}", noun, mistake.path, mistake.what)};
}

Result<void> check_stream(std::string_view noun, const std::string& id, const StreamId& stream) {
  if (id == stream.key()) return {};
  return Error(ErrorCode::invalid, fmt::format("{}.id: {} does not belong into the stream {}; send it to {}/{}", noun,
                                               id, stream.text(), stream.workflow(), id));
}

}  // namespace pavior::city::inline v0::publishing

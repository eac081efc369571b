#include "pavior/event.h"

#include <algorithm>

#include "fmt/format.h"

namespace pavior::inline v0 {

StreamId StreamId::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

bool Actor::has_role(std::string_view role) const noexcept { return std::ranges::find(roles_, role) != roles_.end(); }

bool Expected::admits(Version current) const noexcept {
  switch (kind_) {
    case Kind::any: return true;
    case Kind::none: return current == Version::none;
    case Kind::exists: return current != Version::none;
    case Kind::exact: return current == version_;
  }
  return false;
}

std::string Expected::text() const {
  switch (kind_) {
    case Kind::any: return "any version";
    case Kind::none: return "no events";
    case Kind::exists: return "at least one event";
    case Kind::exact: break;
  }
  return fmt::format("version {}", number(version_));
}

}  // namespace pavior::inline v0

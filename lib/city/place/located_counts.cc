#include "fmt/format.h"
#include "pavior/city/places.h"

namespace pavior::city::inline v0 {

void LocatedCounts::add(const Located& located) noexcept {
  switch (located.how) {
    case Located::How::inside: ++inside; break;
    case Located::How::border: ++border; break;
    case Located::How::near: ++near; break;
    case Located::How::outside: ++outside; break;
    case Located::How::no_position: ++no_position; break;
  }
  if (located.swapped) ++swapped;
}

std::string LocatedCounts::text() const {
  std::string text;
  const auto tell = [&](std::uint64_t count, std::string_view how) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, how);
  };
  tell(inside, "inside");
  tell(border, "on a border");
  tell(near, "near");
  tell(outside, "outside");
  tell(no_position, "without a position");
  if (text.empty()) return "none";
  if (swapped > 0) text += fmt::format("; {} of them swapped", swapped);
  return text;
}

}  // namespace pavior::city::inline v0

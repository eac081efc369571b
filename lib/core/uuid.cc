#include "core/uuid.h"

#include <chrono>

#include "fmt/format.h"

namespace pavior::inline v0 {

std::string uuid_v7(Time now, std::uint64_t random_high, std::uint64_t random_low) {
  const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const auto milliseconds = static_cast<std::uint64_t>(since_epoch) & 0xffff'ffff'ffff;
  const std::uint64_t variant = (random_low & 0x3fff'ffff'ffff'ffff) | 0x8000'0000'0000'0000;
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", milliseconds >> 16, milliseconds & 0xffff,
                     random_high & 0xfff, variant >> 48, variant & 0xffff'ffff'ffff);
}

}  // namespace pavior::inline v0

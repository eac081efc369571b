#include "support/written_reports.h"

#include <string>
#include <utility>

#include "fmt/format.h"
#include "support/responsibilities.h"

namespace pavior::bench {
namespace {

void append_han(std::string& text, std::uint32_t point) {
  text += static_cast<char>(0xe0 | point >> 12);
  text += static_cast<char>(0x80 | (point >> 6 & 0x3f));
  text += static_cast<char>(0x80 | (point & 0x3f));
}

}  // namespace

city::LabelledText WrittenReports::next(std::size_t letters) {
  const auto number = numbers_() % categories_;
  std::string text;
  for (std::size_t length = 0; length < letters; ++length) {
    // Half of what a report says is about its category, from 40 letters or words of its own.
    const auto word = numbers_() % 2 == 0 ? numbers_() % 600 : 600 + number * 40 + numbers_() % 40;
    if (chinese_) {
      append_han(text, 0x4e00 + static_cast<std::uint32_t>(word) % 20'000);
    } else {
      text += fmt::format("{:c}{:c}{:c}{:c} ", 'a' + word % 26, 'a' + word / 26 % 26, 'a' + word / 676 % 26, 'e');
      length += 4;
    }
  }
  return {std::move(text), category(number)};
}

}  // namespace pavior::bench

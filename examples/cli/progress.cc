#include "progress.h"

#include <unistd.h>

#include <cstdio>

#include "fmt/format.h"

namespace pavior::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto silence = 2s;
constexpr auto between_bars = 200ms;
constexpr auto between_lines = 10s;
constexpr std::uint64_t calls_between_looks = 256;
constexpr std::size_t bar_width = 40;

}  // namespace

Progress::Progress(std::string task, std::uint64_t total)
    : task_(std::move(task)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) != 0),
      next_(std::chrono::steady_clock::now() + silence) {}

Progress::~Progress() {
  if (drawn_ && terminal_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::reached(std::uint64_t done) {
  if (++calls_ % calls_between_looks != 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds(between_bars) : std::chrono::milliseconds(between_lines));
  drawn_ = true;
  draw(done);
}

void Progress::draw(std::uint64_t done) {
  if (total_ == 0 || done > total_) {
    fmt::print(stderr, "{}{}: {}{}", terminal_ ? "\r\x1b[K" : "", task_, done, terminal_ ? "" : "\n");
  } else if (terminal_) {
    const auto full = static_cast<std::size_t>(bar_width * done / total_);
    fmt::print(stderr, "\r\x1b[K{} [{}{}] {:3}%", task_, std::string(full, '#'), std::string(bar_width - full, '.'),
               100 * done / total_);
  } else {
    fmt::print(stderr, "{}: {} of {}\n", task_, done, total_);
  }
  std::fflush(stderr);
}

}  // namespace pavior::cli

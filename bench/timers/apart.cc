#include "timers/apart.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

#include "support/arguments.h"

namespace pavior::bench {
namespace {

[[noreturn]] void fail(const char* what) { give_up(Error(ErrorCode::unavailable, what)); }

void write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(to, text.data(), text.size());
    if (written < 0) fail("cannot hand over what was measured");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(from, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  return text;
}

}  // namespace

Rows apart(const std::function<Rows()>& measure) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) fail("cannot make a pipe");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) fail("cannot start a process");
  if (child == 0) {
    ::close(ends[0]);
    std::string text;
    for (const Row& row : measure()) text += csv_line(row) + '\n';
    write_all(ends[1], text);
    std::fflush(nullptr);
    ::_exit(0);
  }
  ::close(ends[1]);
  const std::string text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  if (::waitpid(child, &status, 0) != child || status != 0) fail("a part of the measurement failed");

  Rows rows;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    auto row = parse_csv_line(std::string_view(text).substr(start, end - start));
    if (!row) fail("a part of the measurement told something else");
    rows.push_back(*std::move(row));
    start = end + 1;
  }
  return rows;
}

}  // namespace pavior::bench

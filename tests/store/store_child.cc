// What a test does to a store from another process. Usage: store_child VERB FOLDER [ARGUMENT...]
//   open FOLDER                      opens and closes it
//   open-unprivileged FOLDER         the same, as nobody
//   fill FOLDER BYTES                submits until no file may grow beyond BYTES, and twice more
//   submit FOLDER DURABILITY RUN     submits until killed
// Prints "ok", errors as "code: message", and every accepted command as "n position version".
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "pavior/thread_runtime.h"
#include "support/store_folder.h"
#include "support/traffic.h"

using namespace pavior;
using namespace pavior::test;

namespace {

// One write a line: a line that was begun when the process is killed is either whole or not there.
void say(const std::string& line) {
  const std::string text = line + '\n';
  if (::write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::_Exit(3);
}

std::string text_of(const Error& error) { return fmt::format("{}: {}", to_string(error.code()), error.message()); }

struct Postman final : Courier {
  std::string_view topic() const noexcept override { return "post"; }
  void deliver(const Delivery&, Done done) override { done({}); }
};

Options child_options() {
  Options options = tiny_options();
  options.couriers = {std::make_shared<Postman>()};
  return options;
}

int open_store(const std::string& folder) {
  ThreadRuntime runtime(1);
  auto engine = Engine::open(folder, child_options(), runtime);
  say(engine ? "ok" : text_of(engine.error()));
  return 0;
}

int open_unprivileged(const std::string& folder) {
  constexpr unsigned nobody = 65534;
  if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0)) return 4;
  return open_store(folder);
}

std::string told(std::uint64_t n, const Receipt& receipt) {
  return fmt::format("{} {} {}", n, number(receipt.first), number(receipt.version));
}

int fill(const std::string& folder, rlim_t bytes) {
  ThreadRuntime runtime(1);
  auto engine = Engine::open(folder, child_options(), runtime).value();
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 4;
  int failures = 0;
  for (std::uint64_t n = 0; failures < 3; ++n) {
    auto answer = engine->submit_and_wait(traffic("fill", n));
    if (answer) {
      say(told(n, *answer));
    } else if (answer.error().code() != ErrorCode::refused) {
      say(text_of(answer.error()));
      ++failures;
    }
  }
  return 0;
}

/// Two threads that wait for each answer, and one that has many commands on their way.
int submit(const std::string& folder, Durability durability, const std::string& run) {
  ThreadRuntime runtime(2);
  Options options = child_options();
  options.durability = durability;
  auto engine = Engine::open(folder, options, runtime).value();
  std::atomic<std::uint64_t> next = 0;
  std::atomic<int> on_their_way = 0;
  const auto tell = [](std::uint64_t n, const Result<Receipt>& answer) {
    if (answer) say(told(n, *answer));
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&] {
      for (;;) {
        const std::uint64_t n = next++;
        tell(n, engine->submit_and_wait(traffic(run, n)));
      }
    });
  for (;;) {
    while (on_their_way >= 64) std::this_thread::yield();
    const std::uint64_t n = next++;
    ++on_their_way;
    engine->submit(traffic(run, n), [&, n](const Result<Receipt>& answer) {
      tell(n, answer);
      --on_their_way;
    });
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 2 && words[0] == "open") return open_store(words[1]);
  if (words.size() == 2 && words[0] == "open-unprivileged") return open_unprivileged(words[1]);
  if (words.size() == 3 && words[0] == "fill") return fill(words[1], std::stoul(words[2]));
  if (words.size() == 4 && words[0] == "submit")
    return submit(words[1], words[2] == "power_loss" ? Durability::power_loss : Durability::process_crash, words[3]);
  return 2;
}

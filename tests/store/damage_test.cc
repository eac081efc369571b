#include <fstream>
#include <iterator>
#include <random>

#include "pavior/testing.h"
#include "support/catch.h"
#include "support/seed.h"
#include "support/store_folder.h"
#include "support/traffic.h"

using namespace pavior;
using namespace pavior::test;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// The largest file of a kind: the log that is in use, or a table with rows.
std::filesystem::path largest(const std::filesystem::path& folder, const std::string& extension) {
  std::filesystem::path found;
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != extension || file.file_size() <= bytes) continue;
    found = file.path();
    bytes = file.file_size();
  }
  REQUIRE(bytes > 0);
  return found;
}

/// A store with some commands in it, one a write, and what happens when a copy of it is opened.
struct Victim {
  StoreFolder folder;
  SimulatedRuntime runtime{Time(std::chrono::hours(1))};
  std::uint64_t accepted = 0;
  std::uint64_t last = 0;
  std::uint64_t first_of_last = 0;

  static Options options(std::size_t buffer_bytes, Durability durability) {
    Options options = tiny_options();
    options.durability = durability;
    options.write_buffer_bytes = buffer_bytes;
    options.run_timers = false;
    return options;
  }
  Victim(std::uint64_t commands, std::size_t buffer_bytes) {
    const auto durability = commands < 100 ? Durability::power_loss : Durability::process_crash;
    auto engine = Engine::open(path(), options(buffer_bytes, durability), runtime).value();
    for (std::uint64_t n = 0; n < commands; ++n)
      if (auto receipt = engine->submit_and_wait(traffic("victim", n))) {
        ++accepted;
        first_of_last = number(receipt->first);
      }
    last = number(engine->last());
  }
  std::filesystem::path path() const { return folder.path() / "store"; }

  struct Seen {
    std::string error;  ///< Of opening.
    std::uint64_t last = 0;
    std::vector<std::string> problems;
  };
  /// What opening a copy shows whose file `file` is `bytes`.
  Seen open_with(const std::filesystem::path& file, const std::string& bytes,
                 Durability durability = Durability::power_loss) const {
    StoreFolder other;
    const auto copy = other.path() / "store";
    std::filesystem::copy(path(), copy);
    write_file(copy / file.filename(), bytes);
    SimulatedRuntime here{Time(std::chrono::hours(1))};
    auto engine = Engine::open(copy, options(64 << 10, durability), here);
    if (!engine) {
      CHECK(engine.error().message().find(copy.string()) != std::string::npos);
      return {std::string(to_string(engine.error().code())) + ": " + engine.error().message(), 0, {}};
    }
    Seen seen;
    seen.last = number((*engine)->last());
    auto verified = (*engine)->verify();
    if (verified)
      seen.problems = verified->problems;
    else
      seen.problems = {verified.error().message()};
    return seen;
  }
};

}  // namespace

TEST_CASE("a log cut short at any byte opens with the commits before the cut, as after a crash") {
  const Victim victim(60, 1 << 20);
  const auto log = largest(victim.path(), ".log");
  const std::string bytes = read_file(log);
  const std::uint64_t seed = seed_of_the_day();
  INFO("PAVIOR_SEED=" << seed);
  std::mt19937_64 random(seed);
  std::uint64_t most = 0;
  for (int round = 0; round < 25; ++round) {
    const std::size_t size = round == 0 ? 0 : round == 1 ? bytes.size() - 1 : random() % bytes.size();
    INFO("cut to " << size << " of " << bytes.size());
    const auto seen = victim.open_with(log, bytes.substr(0, size));
    CHECK(seen.error == "");
    CHECK(seen.problems == std::vector<std::string>{});
    CHECK(seen.last < victim.last);
    most = std::max(most, seen.last);
  }
  CHECK(most == victim.first_of_last - 1);
}

TEST_CASE("zeros or garbage after the last write, as a power loss leaves them, do not keep a store from opening") {
  const Victim victim(60, 1 << 20);
  const auto log = largest(victim.path(), ".log");
  const std::string bytes = read_file(log);
  for (const std::string& tail : {std::string(5000, '\0'), std::string(5000, '\x5a'), std::string(7, '\xff')}) {
    const auto seen = victim.open_with(log, bytes + tail);
    CHECK(seen.error == "");
    CHECK(seen.last == victim.last);
    CHECK(seen.problems == std::vector<std::string>{});
    const auto torn = victim.open_with(log, bytes.substr(0, bytes.size() - 20) + tail);
    CHECK(torn.error == "");
    CHECK(torn.last == victim.first_of_last - 1);
    CHECK(torn.problems == std::vector<std::string>{});
  }
}

TEST_CASE("a byte altered in the log before its last writes is never passed over in silence") {
  const Victim victim(60, 1 << 20);
  const auto log = largest(victim.path(), ".log");
  const std::string bytes = read_file(log);
  const std::uint64_t seed = seed_of_the_day();
  INFO("PAVIOR_SEED=" << seed);
  std::mt19937_64 random(seed);
  int refused = 0;
  for (int round = 0; round < 60; ++round) {
    const std::size_t place = random() % bytes.size();
    std::string altered = bytes;
    altered[place] = static_cast<char>(static_cast<unsigned char>(altered[place]) ^ (1 + random() % 255));
    INFO("altered at " << place << " of " << bytes.size());
    const auto seen = victim.open_with(log, altered);
    if (!seen.error.empty()) {
      ++refused;
      CHECK(seen.error.starts_with("corrupt: "));
      CHECK(seen.error.find("damaged, and acknowledged commits from position") != std::string::npos);
      const auto accepted = victim.open_with(log, altered, Durability::process_crash);
      CHECK(accepted.error == "");
      CHECK(accepted.last < victim.last);
      CHECK(accepted.problems == std::vector<std::string>{});
    } else {
      // What the last two writes suffer could be a crash; and a byte between records does not matter.
      CHECK(seen.last + 8 >= victim.last);
      CHECK(seen.problems == std::vector<std::string>{});
    }
  }
  CHECK(refused > 30);
}

TEST_CASE("a batch of which a power loss kept the middle and not the beginning does not keep a store from opening") {
  StoreFolder folder;
  SimulatedRuntime runtime{Time(std::chrono::hours(1))};
  const auto options = Victim::options(1 << 20, Durability::power_loss);
  {
    auto engine = Engine::open(folder.path(), options, runtime).value();
    REQUIRE(engine->submit_and_wait(to("a", "Deposit", "1")));
    int answered = 0;
    for (int i = 0; i < 20; ++i)
      engine->submit(to("a", "Huge", "8192"), [&](const Result<Receipt>& answer) { answered += answer ? 1 : 0; });
    runtime.run_ready();
    CHECK(answered == 20);
    CHECK(engine->metrics().batches == 2);
  }
  const auto log = largest(folder.path(), ".log");
  std::string bytes = read_file(log);
  REQUIRE(bytes.size() > 5 * 32768);
  bytes.replace(4096, 4096, std::string(4096, '\0'));
  write_file(log, bytes);
  auto engine = Engine::open(folder.path(), options, runtime);
  REQUIRE(engine);
  CHECK(number((*engine)->last()) == 1);
}

TEST_CASE("a byte altered in a table is never passed over in silence") {
  const Victim victim(800, 64 << 10);
  const auto table = largest(victim.path(), ".sst");
  const std::string bytes = read_file(table);
  const std::uint64_t seed = seed_of_the_day();
  INFO("PAVIOR_SEED=" << seed);
  std::mt19937_64 random(seed);
  int told = 0;
  for (int round = 0; round < 15; ++round) {
    const std::size_t place = random() % bytes.size();
    std::string altered = bytes;
    altered[place] = static_cast<char>(static_cast<unsigned char>(altered[place]) ^ (1 + random() % 255));
    INFO("altered at " << place << " of " << bytes.size());
    const auto seen = victim.open_with(table, altered);
    UNSCOPED_INFO(seen.error);
    told += seen.error.empty() && seen.problems.empty() ? 0 : 1;
    if (!seen.error.empty()) CHECK(seen.error.starts_with("corrupt: "));
    if (seen.error.empty() && seen.problems.empty()) CHECK(seen.last == victim.last);
  }
  CHECK(told > 7);
}

TEST_CASE("a table that is missing or cut short is told when opening") {
  const Victim victim(800, 64 << 10);
  const auto table = largest(victim.path(), ".sst");
  const std::string bytes = read_file(table);
  CHECK(victim.open_with(table, bytes.substr(0, bytes.size() / 2)).error.starts_with("corrupt: "));
  CHECK(victim.open_with(table, "").error.starts_with("corrupt: "));
}

TEST_CASE("a catalogue of files that is damaged is told when opening") {
  const Victim victim(20, 1 << 20);
  for (const char* name : {"CURRENT", "MANIFEST-000005"}) {
    const std::string bytes = read_file(victim.path() / name);
    std::string altered = bytes;
    altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 0x20);
    const auto seen = victim.open_with(victim.path() / name, altered);
    CHECK(seen.error.starts_with("corrupt: "));
    CHECK(seen.error.find("restore it from a backup") != std::string::npos);
  }
}

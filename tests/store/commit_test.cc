#include "core/commit.h"

#include <random>

#include "pavior/v1/envelope.pb.h"
#include "support/catch.h"
#include "support/seed.h"

using namespace pavior;

namespace {

v1::Commit example() {
  v1::Commit commit;
  commit.set_command_id("one");
  commit.set_command_type("Deposit");
  commit.set_fingerprint(0x0102030405060708);
  commit.set_actor("clerk");
  commit.set_trace("t-1");
  commit.set_time(-5);
  for (std::uint64_t version : {7U, 8U}) {
    v1::Recorded& event = *commit.add_events();
    event.set_workflow("ledger");
    event.set_key("a");
    event.set_version(version);
    event.set_stage(-2);
    event.set_type("Deposited");
    event.set_payload(std::string("\0\xff", 2));
  }
  commit.mutable_timer()->set_workflow("ledger");
  commit.mutable_timer()->set_key("a");
  commit.mutable_timer()->set_name("t");
  commit.mutable_timer()->set_armed_at(3);
  commit.mutable_timer()->set_due(-1);
  commit.mutable_effect()->set_position(4);
  commit.mutable_effect()->set_index(2);
  return commit;
}

ErrorCode code_of(const Result<void>& result) { return result ? ErrorCode{} : result.error().code(); }

/// Decoding says yes or corrupt, and reads nothing but the bytes.
void check_decodes_or_not(const std::string& bytes) {
  CommitView commit;
  const auto decoded = decode_commit(bytes, Position{1}, commit);
  if (!decoded) {
    CHECK(decoded.error().code() == ErrorCode::corrupt);
    return;
  }
  std::size_t read = 0;  // every view lies within the bytes: the address sanitizer watches
  for (const Event& event : commit.events)
    for (const std::string_view part : {event.workflow, event.key, event.type, event.payload, event.actor})
      for (const char c : part) read += static_cast<unsigned char>(c);
  CHECK(read <= 255 * bytes.size() * commit.events.size());
}

}  // namespace

TEST_CASE("a commit is read as protobuf writes it") {
  CommitView commit;
  const std::string bytes = example().SerializeAsString();
  REQUIRE(decode_commit(bytes, Position{40}, commit));
  CHECK(commit.command_id == "one");
  CHECK(commit.command_type == "Deposit");
  CHECK(commit.fingerprint == 0x0102030405060708);
  CHECK(commit.time == time_of(-5));
  REQUIRE(commit.events.size() == 2);
  const Event& second = commit.events[1];
  CHECK(number(second.position) == 41);
  CHECK(number(second.version) == 8);
  CHECK(number(second.stage) == -2);
  CHECK(second.time == time_of(-5));
  CHECK(second.stream() == StreamId("ledger", "a"));
  CHECK(second.type == "Deposited");
  CHECK(second.payload == std::string_view("\0\xff", 2));
  CHECK(second.actor == "clerk");
  CHECK(second.command_id == "one");
  CHECK(second.trace == "t-1");
  REQUIRE(commit.timer);
  CHECK(commit.timer->name == "t");
  CHECK(commit.timer->armed_at == Position{3});
  CHECK(commit.timer->due == time_of(-1));
  CHECK(commit.effect == EffectKey{Position{4}, 2});
}

TEST_CASE("fields of a later version are passed over") {
  const std::string later = example().SerializeAsString() + std::string("\xfa\x06\x03new\xf8\x06\x05", 9);
  CommitView commit;
  REQUIRE(decode_commit(later, Position{1}, commit));
  CHECK(commit.events.size() == 2);
}

TEST_CASE("a commit without events, or no commit at all, is corrupt") {
  CommitView commit;
  v1::Commit empty = example();
  empty.clear_events();
  CHECK(code_of(decode_commit(empty.SerializeAsString(), Position{9}, commit)) == ErrorCode::corrupt);
  CHECK(code_of(decode_commit("", Position{9}, commit)) == ErrorCode::corrupt);
  const auto garbage = decode_commit("garbage", Position{9}, commit);
  CHECK(code_of(garbage) == ErrorCode::corrupt);
  CHECK(garbage.error().message().find("position 9") != std::string::npos);
}

TEST_CASE("a commit cut short at any byte is corrupt, unless a whole commit is what is left") {
  const std::string bytes = example().SerializeAsString();
  CommitView commit;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    INFO("cut to " << size << " of " << bytes.size());
    v1::Commit parsed;
    const bool is_whole = parsed.ParseFromString(cut) && parsed.events_size() > 0;
    CHECK(decode_commit(cut, Position{1}, commit).has_value() == is_whole);
  }
}

TEST_CASE("altered and random bytes never do worse than corrupt") {
  const std::uint64_t seed = test::seed_of_the_day();
  INFO("PAVIOR_SEED=" << seed);
  std::mt19937_64 random(seed);
  const std::string good = example().SerializeAsString();
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = good;
    for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t place = random() % bytes.size();
      const std::uint64_t kind = random() % 3;
      if (kind == 0) bytes[place] = static_cast<char>(random());
      if (kind == 1) bytes.erase(place, 1 + random() % 8);
      if (kind == 2) bytes.insert(place, 1 + random() % 8, static_cast<char>(random()));
      if (bytes.empty()) bytes = good;
    }
    check_decodes_or_not(bytes);
    std::string noise(random() % 64, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    check_decodes_or_not(noise);
  }
}

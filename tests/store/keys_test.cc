#include "store/keys.h"

#include <algorithm>
#include <limits>

#include "support/catch.h"

using namespace pavior;
using namespace pavior::store;

namespace {

const std::vector<std::uint64_t> numbers = {
    0, 1, 127, 128, 255, 256, 65535, 1u << 31, std::uint64_t{1} << 63, std::numeric_limits<std::uint64_t>::max()};

Time at(std::int64_t microseconds) { return time_of(microseconds); }

template <class Key>
void check_sorted(const std::vector<Key>& keys) {
  CHECK(std::is_sorted(keys.begin(), keys.end()));
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

}  // namespace

TEST_CASE("keys of positions and versions sort as their numbers, and are read back") {
  std::vector<std::string> positions;
  std::vector<std::string> versions;
  for (const std::uint64_t n : numbers) {
    positions.push_back(position_key(Position{n}));
    versions.push_back(version_key(stream_key("w", "k"), Version{n}));
    CHECK(parse_position_key(positions.back()) == Position{n});
  }
  check_sorted(positions);
  check_sorted(versions);
  CHECK_FALSE(parse_position_key("1234567"));
  CHECK_FALSE(parse_position_key("123456789"));
}

TEST_CASE("timer keys sort by due time, also before 1970, and are read back") {
  std::vector<std::string> keys;
  for (const std::int64_t due :
       {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1'000'000}, std::int64_t{-1}, std::int64_t{0},
        std::int64_t{1}, std::int64_t{1'700'000'000'000'000}, std::numeric_limits<std::int64_t>::max()}) {
    keys.push_back(timer_key(at(due), Position{7}, stream_key("work", "a/b"), "deadline"));
    const auto timer = parse_timer_key(keys.back());
    REQUIRE(timer);
    CHECK(timer->due == at(due));
    CHECK(timer->armed_at == Position{7});
    CHECK(timer->workflow == "work");
    CHECK(timer->key == "a/b");
    CHECK(timer->name == "deadline");
  }
  check_sorted(keys);
  check_sorted(std::vector<std::string>{timer_key(at(5), Position{1}, stream_key("w", "b"), "x"),
                                        timer_key(at(5), Position{2}, stream_key("w", "a"), "x"),
                                        timer_key(at(6), Position{1}, stream_key("w", "a"), "x")});
}

TEST_CASE("a timer's name may be empty, and whatever is no timer key is none") {
  const std::string key = timer_key(at(1), Position{1}, stream_key("w", "k"), "");
  CHECK(parse_timer_key(key)->name.empty());
  for (std::size_t size = 0; size < key.size(); ++size)
    CHECK_FALSE(parse_timer_key(std::string_view(key).substr(0, size)));
}

TEST_CASE("effect keys sort by position and index, and are read back") {
  std::vector<std::string> keys;
  for (const EffectKey effect : {EffectKey{Position{1}, 0}, EffectKey{Position{1}, 1}, EffectKey{Position{1}, 256},
                                 EffectKey{Position{2}, 0}, EffectKey{Position{256}, 0}}) {
    keys.push_back(effect_key(effect));
    CHECK(parse_effect_key(keys.back()) == effect);
  }
  check_sorted(keys);
  CHECK_FALSE(parse_effect_key("12345678901"));
  CHECK_FALSE(parse_effect_key(""));
}

TEST_CASE("a stream's index rows lie together, and none of a stream whose key begins alike") {
  for (const char* other : {"aa", "a b", "a/1", "a\xff", "b", "A"}) {
    const std::string own = stream_key("ledger", "a") + '\0';
    for (const std::uint64_t version : numbers) {
      const std::string stranger = version_key(stream_key("ledger", other), Version{version});
      CHECK((stranger < own || stranger >= prefix_end(own)));
      const std::string row = version_key(stream_key("ledger", "a"), Version{version});
      CHECK((row >= own && row < prefix_end(own)));
    }
  }
  CHECK(stream_of(stream_key("ledger", "a/b")) == StreamId("ledger", "a/b"));
  CHECK(is_stream_key(stream_key("ledger", "")));
  CHECK_FALSE(is_stream_key("ledger"));
}

TEST_CASE("generations of a view lie apart, and the end of a prefix is the first key after it") {
  CHECK(view_prefix("view", 1) < view_prefix("view", 2));
  CHECK(prefix_end(view_prefix("view", 255)) <= view_prefix("view", 256));
  CHECK(prefix_end("ab") == "ac");
  CHECK(prefix_end("a\xff\xff") == "b");
  CHECK(readable(std::string("a\0\xff~", 4)) == "a\\x00\\xff~");
}

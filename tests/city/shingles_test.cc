// How alike texts are.
#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string>

#include "city/duplicate/shingles.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

constexpr std::size_t most = 64;

double alike(std::string_view one, std::string_view other) {
  return likeness(shingles(one, most), shingles(other, most), most);
}

TEST_CASE("texts that differ in width, case, punctuation and blanks are the same") {
  for (const auto& [one, other] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"Street Light Outage", "street-light  OUTAGE!"},
                                                                  {"ＡＢＣ１２３", "abc123"},
                                                                  {"人民路，路灯不亮。", "人民路 路灯不亮"},
                                                                  {"3号楼", "3 号楼"},
                                                                  {"Straße", "STRAßE"},
                                                                  {"ÉCOLE", "école"},
                                                                  {"УЛИЦА", "улица"}}) {
    INFO(one);
    CHECK(alike(one, other) == 1);
    CHECK(text_digest(one) == text_digest(other));
  }
}

TEST_CASE("the share of common pieces is what one counts by hand") {
  // " ab", "ab " of " ab", "abc", "bc ".
  CHECK(alike("ab", "abc") == 1.0 / 4);
  // 路灯, 灯不, 不亮 of these and 灯坏, 坏了.
  CHECK(alike("路灯不亮", "路灯坏了") == 1.0 / 5);
  // 灯 alone is a piece of its own.
  CHECK(shingles("灯", most).size() == 1);
  CHECK(alike("灯", "灯") == 1);
  CHECK(alike("灯", "路灯") == 0);
  CHECK(alike("12", "13") == 0);
}

TEST_CASE("what has no word is like nothing") {
  for (const std::string_view text : {"", "  ", "，。！", "?-?", "\xff\xfe"}) {
    CHECK(shingles(text, most).empty());
    CHECK(text_digest(text) == 0);
    CHECK(alike(text, text) == 0);
  }
}

TEST_CASE("bytes that are no UTF-8 part words and do nothing else") {
  CHECK(alike("broken \xe4\xba light", "broken light") == 1);
  CHECK(text_digest("\xf0\x9f") == 0);
}

TEST_CASE("order and number of the sides make no difference, and a text is wholly like itself") {
  const std::vector<std::string> texts = {"a", "abc", "路灯不亮", "人民路 12 号 street light", std::string(500, 'x')};
  for (const auto& one : texts)
    for (const auto& other : texts) {
      CHECK(alike(one, other) == alike(other, one));
      CHECK((alike(one, other) == 1) == (one == other));
    }
}

TEST_CASE("of long texts a sample is compared, which is near the whole") {
  const auto seed = test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  const auto character = [&] {
    const auto point = 0x4e00 + static_cast<int>(numbers() % 3000);
    return std::string{static_cast<char>(0xe0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3f)),
                       static_cast<char>(0x80 | (point & 0x3f))};
  };
  double error_squares = 0;
  constexpr int trials = 200;
  for (int trial = 0; trial < trials; ++trial) {
    std::string common, one, other;
    const auto shared = numbers() % 200;
    for (std::size_t i = 0; i < shared; ++i) common += character();
    for (int i = 0; i < 100; ++i) one += character(), other += character();
    const auto whole = likeness(shingles(common + " " + one, 10'000), shingles(common + " " + other, 10'000), 10'000);
    const auto sampled = alike(common + " " + one, common + " " + other);
    error_squares += (whole - sampled) * (whole - sampled);
  }
  CHECK(shingles(std::string(100, 'x') + " a b c d", most).size() <= most);
  // The standard error of 64 pieces is below 0.0625.
  CHECK(std::sqrt(error_squares / trials) < 0.075);
  CHECK(error_squares > 0);
}

}  // namespace
}  // namespace pavior::city::tests

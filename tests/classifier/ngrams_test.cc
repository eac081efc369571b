#include "city/classifier/ngrams.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>

#include "city/classifier/letters.h"
#include "support/catch.h"

using namespace pavior::city;

namespace {

using Texts = std::multiset<std::string>;

Texts texts_of(const std::string& text) {
  Texts texts;
  for (const auto& ngram : ngrams_of(text)) texts.insert(text.substr(ngram.begin, ngram.end - ngram.begin));
  return texts;
}

std::multiset<std::uint64_t> hashes_of(const std::string& text) {
  std::multiset<std::uint64_t> hashes;
  for (const auto& ngram : ngrams_of(text)) hashes.insert(ngram.hash);
  return hashes;
}

}  // namespace

TEST_CASE("ideographs go by one, two and three, and never across punctuation") {
  CHECK(texts_of("路灯不亮") == Texts{"路", "灯", "不", "亮", "路灯", "灯不", "不亮", "路灯不", "灯不亮"});
  CHECK(texts_of("路灯，不亮") == Texts{"路", "灯", "不", "亮", "路灯", "不亮"});
  CHECK(hashes_of("路灯 不亮") == hashes_of("路灯，不亮"));
}

TEST_CASE("a word goes by two to five of its letters and edges, and as a whole") {
  // With its two edges "leak" has six letters. An edge has no bytes: "le" stands for itself and for edge, l, e.
  CHECK(texts_of("leak") ==
        Texts{"l", "le", "lea", "leak", "le", "lea", "leak", "leak", "ea", "eak", "eak", "ak", "ak", "k", "leak"});
  CHECK(hashes_of("no leak") == hashes_of("leak no"));
  CHECK(hashes_of("a") != hashes_of("an"));
}

TEST_CASE("an end of a word is told from the same letters within one") {
  const auto within = hashes_of("ringlet"), at_the_end = hashes_of("fing");
  std::multiset<std::uint64_t> common;
  std::ranges::set_intersection(within, at_the_end, std::inserter(common, common.end()));
  CHECK(common.size() == 3);  // in, ng, ing: but not with the edge behind them.
}

TEST_CASE("case and width make no difference") {
  CHECK(hashes_of("Street LIGHT out") == hashes_of("street light out"));
  CHECK(hashes_of("Ａ３区") == hashes_of("a3区"));
  CHECK(hashes_of("ÉCOLE") == hashes_of("école"));
  CHECK(hashes_of("УЛИЦА") == hashes_of("улица"));
  CHECK(hashes_of("路灯　坏了") == hashes_of("路灯 坏了"));
  CHECK(hashes_of("A") != hashes_of("B"));
}

TEST_CASE("a letter and an ideograph side by side are not one n-gram") { CHECK(hashes_of("a区") == hashes_of("a 区")); }

TEST_CASE("a text without letters has no n-grams") {
  for (const std::string text : {"", " ", "!?…", "\t\n", "——", "、。"}) CHECK(ngrams_of(text).empty());
}

TEST_CASE("bytes that are no UTF-8 part what stands around them") {
  CHECK(hashes_of("路\xff灯") == hashes_of("路 灯"));
  CHECK(hashes_of("路\xe7\x81") == hashes_of("路"));       // Cut off within a letter.
  CHECK(hashes_of("\xe7灯") == hashes_of("灯"));           // A lead byte before a whole letter.
  CHECK(hashes_of("a\xc1\x81z") == hashes_of("a z"));      // An overlong form is not the letter.
  CHECK(hashes_of("a\xed\xa0\x80z") == hashes_of("a z"));  // Nor half a surrogate.
}

TEST_CASE("any bytes are read, and every n-gram lies within them") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937 numbers(seed);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(numbers() % 40, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(numbers());
    for (const auto& ngram : ngrams_of(bytes)) {
      REQUIRE(ngram.begin < ngram.end);
      REQUIRE(ngram.end <= bytes.size());
    }
    REQUIRE(hashes_of(bytes) == hashes_of(bytes));
  }
}

TEST_CASE("a document is read up to its limit") {
  std::string text;
  for (std::size_t i = 0; i < letters_max; ++i) text += "路";
  CHECK(hashes_of(text) == hashes_of(text + "灯坏了"));
  CHECK(ngrams_of(text).size() == 3 * letters_max - 3);
}

// Models in the field know n-grams by these numbers.
TEST_CASE("the hashes of n-grams are what they were") {
  CHECK(ngrams_of("路灯").at(0).hash == 0xafef624c29006372);
  CHECK(ngrams_of("路灯").at(1).hash == 0xe3355909abe8d5aa);
  CHECK(ngrams_of("a").at(0).hash == 0x08393307bcc9cd2b);
}

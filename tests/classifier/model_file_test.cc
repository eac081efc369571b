#include "city/classifier/model_file.h"

#include <functional>
#include <limits>

#include "classifier/reports.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

std::string refusal(std::string_view file) {
  const auto read = TextModel::read(file);
  REQUIRE_FALSE(read);
  CHECK(read.error().code() == ErrorCode::invalid);
  return read.error().message();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a model file with any byte changed is refused") {
  auto small = training();
  small.ngrams_max = 8;
  const auto file = TextModel::train(reports(), small)->file();
  REQUIRE(TextModel::read(file));
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      auto damaged = file;
      damaged[i] = static_cast<char>(damaged[i] ^ flip);
      INFO("byte " << i << " with " << flip);
      REQUIRE_FALSE(TextModel::read(damaged));
    }
  }
}

TEST_CASE("a model file that ends early, or goes on, is refused") {
  const auto file = model().file();
  for (std::size_t size = 0; size < file.size(); size += size < 100 ? 1 : 37) {
    INFO(size << " bytes");
    REQUIRE_FALSE(TextModel::read(std::string_view(file).substr(0, size)));
  }
  CHECK(contains(refusal(file + '\0'), "damaged"));
}

TEST_CASE("the refusal says what to do") {
  auto file = model().file();
  CHECK(contains(refusal("title,category\n"), "no model file: train one"));
  CHECK(contains(refusal(""), "no model file"));
  CHECK(contains(refusal(std::string_view(file).substr(0, 20)), "cut off in its head"));
  file[8] = 2;
  CHECK(contains(refusal(file), "has format 2, and this program reads 1: train the model again"));
  file[8] = 1;
  file.back() = static_cast<char>(file.back() ^ 1);
  CHECK(contains(refusal(file), "its digest differs: copy or train it again"));
}

// The digest only shows that the file is as someone wrote it.
TEST_CASE("a whole file that contradicts itself is refused") {
  const auto sound = read_model(model().file()).value().data;
  REQUIRE(TextModel::read(write_model(sound)));
  const auto refused_after = [&](const std::function<void(v1::TextModelData&)>& change, std::string_view why) {
    auto data = sound;
    change(data);
    CHECK(contains(refusal(write_model(data)), why));
  };
  refused_after([](auto& data) { data.clear_categories(); }, "fewer than two categories");
  refused_after([](auto& data) { data.set_categories(0, data.categories(1)); }, "a category stands twice");
  refused_after([](auto& data) { data.set_categories(0, ""); }, "a category is empty");
  refused_after([](auto& data) { data.clear_name(); }, "its name is empty");
  refused_after([](auto& data) { data.set_ngrams(1, data.ngrams(0)); }, "its n-grams do not rise");
  refused_after([](auto& data) { data.add_rarities(1); }, "not every n-gram has a rarity");
  refused_after([](auto& data) { data.add_weights(1); }, "a weight for every category");
  refused_after([](auto& data) { data.add_categories("more"); }, "a weight for every category");
  refused_after([](auto& data) { data.set_weights(0, std::numeric_limits<float>::quiet_NaN()); }, "no number");
  refused_after([](auto& data) { data.set_rarity_of_unknown(std::numeric_limits<float>::infinity()); }, "no number");
}

}  // namespace pavior::city::tests

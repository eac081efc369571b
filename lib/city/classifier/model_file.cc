#include "city/classifier/model_file.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "core/digest.h"
#include "core/text.h"
#include "fmt/format.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using namespace std::string_view_literals;

// As PNG's: a file that went through a text mode, or that is a text, is told at once.
constexpr auto magic = "\x89PVRCLS\n"sv;
constexpr unsigned char format_version = 1;
constexpr std::size_t digest_bytes = std::tuple_size_v<Digest>;
constexpr std::size_t head_bytes = magic.size() + 1 + digest_bytes;

Error unreadable(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

Digest digest_of(std::string_view bytes) { return Sha256().add(bytes).finish(); }

// A sum of what `read_model` has found to be whole can still be one that no trainer wrote.
Result<void> check(const v1::TextModelData& data) {
  const auto wrong = [](std::string_view what) {
    return unreadable(fmt::format("the model contradicts itself: {}", what));
  };
  const auto& categories = data.categories();
  const auto& ngrams = data.ngrams();
  if (categories.size() < 2) return wrong("it has fewer than two categories");
  if (std::set<std::string>(categories.begin(), categories.end()).size() != static_cast<std::size_t>(categories.size()))
    return wrong("a category stands twice");
  if (std::ranges::any_of(categories, [](const auto& name) { return name.empty() || !is_printable_utf8(name); }))
    return wrong("a category is empty or not printable");
  if (data.name().empty() || !is_printable_utf8(data.name())) return wrong("its name is empty or not printable");
  if (std::ranges::adjacent_find(ngrams, std::greater_equal{}) != ngrams.end()) return wrong("its n-grams do not rise");
  if (data.rarities_size() != data.ngrams_size()) return wrong("not every n-gram has a rarity");
  if (std::size_t(data.weights_size()) != (std::size_t(data.ngrams_size()) + 1) * std::size_t(categories.size()))
    return wrong("not every n-gram has a weight for every category");
  const auto is_finite = [](float number) { return std::isfinite(number); };
  if (!std::ranges::all_of(data.weights(), is_finite) || !std::ranges::all_of(data.rarities(), is_finite) ||
      !is_finite(data.rarity_of_unknown()))
    return wrong("a weight is no number");
  return {};
}

}  // namespace

std::string write_model(const v1::TextModelData& data) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    data.SerializeToCodedStream(&coded);
  }
  std::string file(magic);
  file += static_cast<char>(format_version);
  file += bytes_of(digest_of(bytes));
  return file + bytes;
}

Result<ModelFile> read_model(std::string_view file) {
  if (!file.starts_with(magic)) return unreadable("this is no model file: train one with `pavior classify train`");
  if (file.size() < head_bytes) return unreadable("the model file is cut off in its head: copy or train it again");
  const auto version = static_cast<unsigned char>(file[magic.size()]);
  if (version != format_version)
    return unreadable(
        fmt::format("the model file has format {}, and this program reads {}: train the model again with it", version,
                    format_version));
  const auto bytes = file.substr(head_bytes);
  const auto digest = digest_of(bytes);
  if (file.substr(magic.size() + 1, digest_bytes) != bytes_of(digest))
    return unreadable("the model file is damaged or cut off, its digest differs: copy or train it again");
  ModelFile read;
  if (!parse(bytes, read.data)) return unreadable("the model file holds something else than a model");
  if (auto checked = check(read.data); !checked) return std::move(checked).error();
  read.version = hex(digest);
  return read;
}

}  // namespace pavior::city::inline v0

#include "support/arguments.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "fmt/core.h"

namespace pavior::bench {
namespace {

[[noreturn]] void usage(std::string_view about, int status) {
  fmt::print(status == 0 ? stdout : stderr,
             "{}\n\n"
             "  --quick        small runs: a sign of life, no figures to quote\n"
             "  --dir DIR      where stores are made and removed (default: the folder of temporary files)\n"
             "  --seconds N    of each measurement (default 3)\n"
             "  --rounds N     runs of each measurement, of which the median is told (default 5)\n",
             about);
  std::exit(status);
}

}  // namespace

Arguments parse_arguments(int argc, char** argv, std::string_view about) {
  Arguments arguments;
  arguments.dir = std::filesystem::temp_directory_path();
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help" || name == "-h") usage(about, 0);
    if (name == "--quick") {
      arguments.quick = true;
      arguments.seconds = 0.3;
      arguments.rounds = 1;
      continue;
    }
    if (i + 1 == argc) usage(about, 2);
    const char* value = argv[++i];
    if (name == "--dir")
      arguments.dir = value;
    else if (name == "--seconds")
      arguments.seconds = std::atof(value);
    else if (name == "--rounds")
      arguments.rounds = static_cast<std::size_t>(std::atoi(value));
    else
      usage(about, 2);
  }
  if (arguments.seconds <= 0 || arguments.rounds == 0) usage(about, 2);
  return arguments;
}

void give_up(const Error& error) {
  fmt::print(stderr, "{}: {}\n", to_string(error.code()), error.message());
  std::exit(1);
}

Scratch::Scratch(const std::filesystem::path& dir) {
  std::string name = (dir / "pavior-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    give_up(Error(ErrorCode::unavailable, fmt::format("cannot make a folder in {}", dir.string())));
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path Scratch::fresh(std::string_view name) const {
  const auto path = folder_ / name;
  std::filesystem::remove_all(path);
  return path;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace pavior::bench

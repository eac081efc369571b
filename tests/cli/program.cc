#include "program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "folder.h"
#include "google/protobuf/util/json_util.h"

namespace pavior::test {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Streams {
  std::filesystem::path in, out, err;
};

pid_t start(const std::vector<std::string>& arguments, const Streams& streams) {
  std::vector<char*> words{const_cast<char*>(PAVIOR_PROGRAM)};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  const auto redirect = [](const std::filesystem::path& path, int to) {
    ::dup2(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), to);
  };
  ::dup2(::open(streams.in.c_str(), O_RDONLY), STDIN_FILENO);
  redirect(streams.out, STDOUT_FILENO);
  redirect(streams.err, STDERR_FILENO);
  ::execv(PAVIOR_PROGRAM, words.data());
  ::_exit(127);
}

Ran run_for(const std::vector<std::string>& arguments, const std::string& input,
            std::optional<std::chrono::microseconds> patience) {
  const Folder folder;
  const Streams streams{folder.write("in", input), folder / "out", folder / "err"};
  const pid_t child = start(arguments, streams);
  REQUIRE(child > 0);
  if (patience) {
    std::this_thread::sleep_for(*patience);
    ::kill(child, SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), content(streams.out), content(streams.err)};
}

google::protobuf::Value field(const Ran& ran, const std::string& name) {
  const auto object = ran.json();
  INFO(name);
  REQUIRE(object.fields().count(name) == 1);
  return object.fields().at(name);
}

}  // namespace

google::protobuf::Struct Ran::json() const {
  auto line = out.substr(0, out.find_last_not_of('\n') + 1);
  line = line.substr(line.rfind('\n') + 1);
  google::protobuf::Struct object;
  INFO(out << err);
  REQUIRE(google::protobuf::util::JsonStringToMessage(line, &object).ok());
  return object;
}

double Ran::number(const std::string& name) const { return field(*this, name).number_value(); }

std::string Ran::text(const std::string& name) const { return field(*this, name).string_value(); }

Ran run(const std::vector<std::string>& arguments, const std::string& input) {
  return run_for(arguments, input, std::nullopt);
}

Ran run_and_kill(const std::vector<std::string>& arguments, std::chrono::microseconds patience) {
  return run_for(arguments, {}, patience);
}

}  // namespace pavior::test

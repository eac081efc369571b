// A little of everything that has to come out of the library: a workflow of our own runs in a real store.
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "pavior/engine.h"
#include "pavior/thread_runtime.h"

namespace {

class Count final : public pavior::State {};

class Counter final : public pavior::Workflow {
 public:
  std::string_view name() const noexcept override { return "counter"; }
  pavior::Result<pavior::Decision> decide(const pavior::State*, const pavior::Command& command,
                                          const pavior::Context&) const override {
    if (command.type() != "Add") return pavior::Error::refused("adds_only", "a counter can only add");
    return pavior::Decision{{{"Added", command.payload(), pavior::Stage{1}}}, {}};
  }
  pavior::Result<pavior::StatePtr> evolve(pavior::StatePtr, std::span<const pavior::Event>) const override {
    return pavior::StatePtr(std::make_shared<Count>());
  }
};

int fail(const pavior::Error& error) {
  std::cerr << error << '\n';
  return 1;
}

}  // namespace

int main(int, char** argv) {
  const auto store = std::filesystem::path(argv[0]).parent_path() / "store";
  pavior::ThreadRuntime runtime;
  pavior::Options options;
  options.workflows.push_back(std::make_shared<Counter>());
  auto engine = pavior::Engine::open(store, std::move(options), runtime);
  if (!engine) return fail(engine.error());

  const auto added = (*engine)->submit_and_wait({pavior::StreamId::parse("counter/7"), "Add", "1"});
  if (!added) return fail(added.error());
  const auto refused = (*engine)->submit_and_wait({added->stream, "Subtract", "1"});
  if (refused || refused.error().rule() != "adds_only") return 1;

  const auto found = (*engine)->verify();
  if (!found) return fail(found.error());
  std::cout << added->stream << ": " << refused.error() << "; " << found->events << " event\n";
  return found->events == 1 && found->problems.empty() ? 0 : 1;
}

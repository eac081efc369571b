// Uses a little of everything that has to come out of the library: functions, a virtual base, an error.
#include <iostream>

#include "pavior/engine.h"

namespace {

class Counter final : public pavior::Workflow {
 public:
  std::string_view name() const noexcept override { return "counter"; }
  pavior::Result<pavior::Decision> decide(const pavior::State*, const pavior::Command&,
                                          const pavior::Context&) const override {
    return pavior::Error::refused("never", "this counter does not count");
  }
  pavior::Result<pavior::StatePtr> evolve(const pavior::StatePtr& before,
                                          std::span<const pavior::Event>) const override {
    return before;
  }
};

}  // namespace

int main() {
  const Counter counter;
  const auto decision = counter.decide(nullptr, pavior::Command(), pavior::Context());
  std::cout << pavior::StreamId::parse("counter/7") << " is " << decision.error() << '\n';
  return counter.transitions().empty() && !decision ? 0 : 1;
}

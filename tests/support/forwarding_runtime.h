/// \file
/// A runtime in front of another, for tests that count or disturb what the engine asks of it.
#pragma once

#include <utility>

#include "pavior/runtime.h"

namespace pavior::test {

class ForwardingRuntime : public Runtime {
 public:
  explicit ForwardingRuntime(Runtime& behind) : behind_(behind) {}

  [[nodiscard]] Time now() const override { return behind_.now(); }
  void post(Task task) override { behind_.post(std::move(task)); }
  void post_at(Time when, Task task) override { behind_.post_at(when, std::move(task)); }
  void post_after(std::chrono::microseconds delay, Task task) override { behind_.post_after(delay, std::move(task)); }
  [[nodiscard]] std::uint64_t random() override { return behind_.random(); }

 private:
  Runtime& behind_;
};

}  // namespace pavior::test

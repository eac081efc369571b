/// \file
/// A value that many read while it changes now and then: the versions in a book.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Readers take the snapshot and go; writers make the next one from it.
/// Threads: any, several at once.
template <class Value>
class Snapshots {
 public:
  explicit Snapshots(std::shared_ptr<const Value> first) : last_(std::move(first)) {}

  [[nodiscard]] std::shared_ptr<const Value> last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  /// `change` is called with what is to be the next one and answers a `Result<void>`; an error leaves all as it was.
  template <class Change>
  Result<void> change(const Change& change) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<Value>(*last_);
    if (Result<void> changed = change(*next); !changed) return changed;
    last_ = std::move(next);
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Value> last_;
};

}  // namespace pavior::city::inline v0

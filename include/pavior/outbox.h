/// \file
/// How effects reach the outside world.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::inline v0 {

/// One effect on its way out. Owns its data.
struct Delivery {
  std::string id;  ///< The same at every attempt: receivers drop repeats by it.
  StreamId stream;
  Position caused_by{};  ///< The event it follows from.
  std::string topic;
  std::string type;
  std::string payload;
  std::uint32_t attempt = 1;
};

/// Takes effects of one topic to their destination.
/// Threads: `deliver` is called by one thread at a time and must not block for long; `done` may be called from any
/// thread, once.
/// Errors: an error is retried with backoff up to `Options::delivery_attempts_max`; `refused` and `invalid` give up at
/// once. Giving up submits the effect's give-up command. A `deliver` that throws has failed; a second answer is ignored.
class PAVIOR_EXPORT Courier {
 public:
  using Done = std::function<void(Result<void>)>;

  virtual ~Courier() = default;
  [[nodiscard]] virtual std::string_view topic() const noexcept = 0;
  virtual void deliver(const Delivery& delivery, Done done) = 0;
};

}  // namespace pavior::inline v0

/// \file
/// The decision tables of a catalogue, checked and ready to be asked. docs/dispatch.md.
#pragma once

#include <memory>
#include <utility>

#include "pavior/city/calendars.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/city/v1/dispatch.pb.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Threads: immutable; copy and share freely.
class PAVIOR_EXPORT DispatchTables {
 public:
  /// None: a person dispatches.
  DispatchTables();
  /// Of a catalogue's `dispatch`. `calendars` are all that its rows may name, the catalogue's own among them.
  /// Errors: invalid (the message names the field, as `dispatch.tables[0].rows[3].when.grids[0]`, and the mend).
  [[nodiscard]] static Result<DispatchTables> make(const v1::Catalogue& catalogue, const Calendars& calendars);

  [[nodiscard]] const v1::DispatchRules& data() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return data().tables().empty() && data().fallback_unit().empty(); }

  struct Compiled;
  /// For the library itself.
  [[nodiscard]] const Compiled& compiled() const noexcept { return *compiled_; }

 private:
  explicit DispatchTables(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace pavior::city::inline v0

/// \file
/// Who a command is by that a verb makes.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "pavior/event.h"

namespace pavior::cli {

struct Author {
  std::string actor;
  std::vector<std::string> roles;

  [[nodiscard]] Actor as_actor() const { return Actor(actor, roles); }
};

/// The options `--actor`, described by `who`, and `--role`. What `author` has is taken if they are left out.
void add_author(CLI::App& verb, Author& author, const std::string& who);

}  // namespace pavior::cli

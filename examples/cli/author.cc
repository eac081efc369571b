#include "author.h"

#include <CLI/CLI.hpp>

namespace pavior::cli {

void add_author(CLI::App& verb, Author& author, const std::string& who) {
  verb.add_option("--actor", author.actor, who)->capture_default_str();
  verb.add_option("--role", author.roles, "A role of the actor; may be given more than once")
      ->allow_extra_args(false)
      ->capture_default_str();
}

}  // namespace pavior::cli

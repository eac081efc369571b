#include "pavior/city/allowed.h"

#include <algorithm>

#include "pavior/city/work_orders.h"

namespace pavior::city::inline v0 {
namespace {

bool is_denied(const Possibility& possibility) {
  return possibility.answer == Possibility::Answer::blocked &&
         (possibility.rules == std::vector<std::string>{"role"} ||
          possibility.rules == std::vector<std::string>{"scope"} ||
          possibility.rules == std::vector<std::string>{"delegation"});
}

}  // namespace

Result<std::vector<Possibility>> allowed(const Engine& engine, const std::string& order, const Actor& actor) {
  auto all = engine.possibilities(work_order_id(order), actor);
  if (all) std::erase_if(*all, is_denied);
  return all;
}

}  // namespace pavior::city::inline v0

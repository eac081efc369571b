/// \file
/// Commands that follow from a number alone, so that another process can send them again.
#pragma once

#include <cstdint>
#include <string>

#include "support/ledger.h"

namespace pavior::test {

/// Deposits, withdrawals, transfers, timers near and far, letters with and without a courier, over a few accounts.
inline Command traffic(const std::string& run, std::uint64_t n) {
  const auto account = [](std::uint64_t i) { return "account-" + std::to_string(i % 5); };
  const std::string id = run + '.' + std::to_string(n);
  const std::uint64_t kind = n * 7919 % 11;
  Command command = to(account(n), "Deposit", "3");
  if (kind == 1) command = to(account(n), "Withdraw", "1");
  if (kind == 2) command = to(account(n), "Transfer", "1 " + account(n + 1));
  if (kind == 3) command = to(account(n), "Wait", "soon 1");
  if (kind == 4) command = to(account(n), "Wait", "t" + std::to_string(n % 40) + " 4102444800000000");
  if (kind == 5) command = to(account(n), "Send", "post " + id);
  if (kind == 6) command = to(account(n), "Send", "pigeon " + id);
  return command.with_id(id).by(Actor("traffic"));
}

}  // namespace pavior::test

/// \file
/// What must hold of orders whatever happens to them (DOMAIN 4.4), asked after every command.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "city/random/order_world.h"
#include "pavior/city/v1/catalogue.pb.h"

namespace pavior::city::tests {

/// The name of what must hold, and how it does not.
struct Violation {
  std::string name;
  std::string what;
};

class Invariants {
 public:
  /// How often things may happen, by the catalogue; what it leaves out has the library's default.
  Invariants(const Workflow& workflow, const v1::Bounds& bounds);

  void accepted(const OrderWorld& world, const Commit& commit);
  void refused(const OrderWorld& world, const Command& command, const Error& error);
  /// A timer's command that found nobody to hear it.
  void lapsed(const Command& command, const Error& error);
  /// At the end: every order again from its log.
  void replay(const OrderWorld& world);

  [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }
  /// Ids of the rows that were taken.
  [[nodiscard]] const std::set<std::string>& rows() const { return rows_; }
  /// For tests of the tests.
  void add(std::string name, std::string what) { violations_.push_back({std::move(name), std::move(what)}); }

 private:
  struct Memory {
    std::set<std::string> missed;                ///< Clocks, by name and instance.
    std::set<std::string> reached;               ///< Thresholds of clocks.
    std::map<std::string, std::string> results;  ///< Of stopped clocks.
    std::string bytes;                           ///< Of the order's state.
  };

  void check_row(const Written& written);
  void check_reason(const Written& written, const Transition& row);
  void check_unit(const Written& written);
  void check_bounds(const Written& written);
  void check_closing(const Written& written);
  void check_reached(const Written& written);
  void check_clocks(const std::string& key, const v1::WorkOrder& order);
  void check_timers(const std::string& key, const OrderWorld::Order& order);
  void check_merges(const OrderWorld& world);
  void check_families(const OrderWorld& world);

  const Workflow& workflow_;
  v1::Bounds bounds_;
  std::multimap<std::string, const Transition*> by_facts_;  ///< By command and event.
  std::set<std::string> rules_;
  std::set<std::string> rows_;
  std::map<std::string, Memory> memory_;
  std::vector<Violation> violations_;
};

}  // namespace pavior::city::tests

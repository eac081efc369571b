/// \file
/// Commands at random: mostly what is possible for an order, said as its state asks for; some nonsense.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "city/random/order_world.h"
#include "city/random/random_city.h"
#include "google/protobuf/message.h"

namespace pavior::city::tests {

/// A command, and how long nothing is done before it.
struct Step {
  std::chrono::microseconds wait{};
  Command command;
};

/// `2024-09-12 10:00 A Dispatch{lead: "water"} by machine (system)`, without the date.
[[nodiscard]] std::string step_text(const Step& step);

class RandomCommands {
 public:
  RandomCommands(const RandomCity& city, std::uint64_t seed);
  [[nodiscard]] Step next(const OrderWorld& world);

 private:
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return numbers_() % bound; }
  [[nodiscard]] bool one_in(std::uint64_t bound) { return below(bound) == 0; }
  template <class List>
  [[nodiscard]] auto any_of(const List& list) -> const typename List::value_type& {
    return *std::next(list.begin(), static_cast<std::ptrdiff_t>(below(static_cast<std::uint64_t>(list.size()))));
  }

  [[nodiscard]] std::chrono::microseconds wait();
  [[nodiscard]] std::string key_of_next(const OrderWorld& world);
  [[nodiscard]] std::string type_of_next(const OrderWorld& world, const std::string& key);
  [[nodiscard]] Actor actor_of(const std::string& command, const v1::WorkOrder& order);
  [[nodiscard]] std::string place_of(const v1::WorkOrder& order, v1::Grant::Scope scope);

  /// Fields that mean the same in every command, by their names; then those that only the order can tell.
  void fill(google::protobuf::Message& message);
  void fill_text(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void fill_number(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  [[nodiscard]] std::string word_for(const std::string& field);
  void fit(google::protobuf::Message& message, const v1::WorkOrder& order, const std::string& key, Time now);

  const RandomCity& city_;
  std::mt19937_64 numbers_;
  std::vector<std::string> keys_;
  std::vector<std::string> types_;  ///< Of all commands.
};

}  // namespace pavior::city::tests

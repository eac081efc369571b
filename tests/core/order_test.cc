// Boost.MSM asks guards from its last row to its first. These tests see a Boost that does it differently.
#include <string>

#include "google/protobuf/wrappers.pb.h"
#include "pavior/machine.h"
#include "pavior/row_walker.h"
#include "support/catch.h"
#include "support/story.h"

namespace pavior::tests {
namespace {

using namespace machine;  // NOLINT
using google::protobuf::BoolValue;
using google::protobuf::BytesValue;
using google::protobuf::Int32Value;
using google::protobuf::Int64Value;
using google::protobuf::StringValue;
using google::protobuf::UInt32Value;
using google::protobuf::UInt64Value;

using MaskView = View<StringValue>;

/// Holds when its bit is set in the command.
template <std::size_t Bit>
struct bit {
  static constexpr char digits[] = {'b', 'i', 't', static_cast<char>('0' + Bit)};
  static constexpr std::string_view name{digits, sizeof(digits)};
  static constexpr std::string_view explanation{digits, sizeof(digits)};
  static bool test(const UInt32Value& command, const MaskView&) { return (command.value() >> Bit & 1) != 0; }
};

using left = stage<1, "left">;
using right = stage<2, "right">;

/// Which rules a row asks, and which event tells that it won.
template <std::size_t N>
struct Choice;
template <>
struct Choice<0> {
  using When = bit<0>;
  using Won = BoolValue;
};
template <>
struct Choice<1> {
  using When = all<bit<1>, bit<2>>;
  using Won = Int32Value;
};
template <>
struct Choice<2> {
  using When = any<bit<3>, no<bit<2>>>;
  using Won = Int64Value;
};
template <std::size_t N>
using ChoiceRow = row<any_of<left, right>, UInt32Value, typename Choice<N>::When, typename Choice<N>::Won, same>;

/// The three rows in one of their orders.
template <std::size_t A, std::size_t B, std::size_t C>
struct Ordered {
  static constexpr std::string_view name = "ordered";
  using Data = StringValue;
  using Lifecycle =
      table<row<absent, UInt64Value, always, BytesValue, left>, row<left, Int64Value, always, StringValue, right>,  //
            ChoiceRow<A>, ChoiceRow<B>, ChoiceRow<C>>;
  template <class Command, class E>
  static E make(const Command&, const MaskView&, tag<E>) {
    return {};
  }
  template <class E>
  static void apply(StringValue&, E&&, const Event&) {}
};

bool holds(std::size_t choice, std::uint32_t mask) {
  const auto is_set = [&](int n) { return (mask >> n & 1) != 0; };
  switch (choice) {
    case 0: return is_set(0);
    case 1: return is_set(1) && is_set(2);
    default: return is_set(3) || !is_set(2);
  }
}

template <std::size_t A, std::size_t B, std::size_t C>
int check_order() {
  const auto msm = make_workflow<Ordered<A, B, C>>();
  const auto walked = make_walked_workflow<Ordered<A, B, C>>();
  const std::string events[] = {message_type<BoolValue>(), message_type<Int32Value>(), message_type<Int64Value>()};
  int refusals = 0;
  for (const bool moved : {false, true}) {
    testing::Story given(msm, StreamId("ordered", "1"));
    given.fact(BytesValue(), left::number);
    if (moved) given.fact(StringValue(), right::number);
    for (std::uint32_t mask = 0; mask < 16; ++mask) {
      UInt32Value command;
      command.set_value(mask);
      const auto decided = given.decide(command);
      const auto expected = walked->decide(given.state(), make_command(given.stream(), command), given.context());
      INFO("order " << A << B << C << " mask " << mask << " moved " << moved);
      CHECK(testing::decision_text(*msm, decided) == testing::decision_text(*walked, expected));
      std::string first;
      for (const std::size_t choice : {A, B, C})
        if (first.empty() && holds(choice, mask)) first = events[choice];
      REQUIRE(decided.has_value() == !first.empty());
      if (decided) {
        CHECK(decided->facts.at(0).type == first);
      } else {
        ++refusals;
      }
    }
  }
  return refusals;
}

TEST_CASE("rows of one command are tried from the top, in any order of rows and for every outcome of their rules") {
  int refusals = 0;
  refusals += check_order<0, 1, 2>();
  refusals += check_order<0, 2, 1>();
  refusals += check_order<1, 0, 2>();
  refusals += check_order<1, 2, 0>();
  refusals += check_order<2, 0, 1>();
  refusals += check_order<2, 1, 0>();
  CHECK(refusals == 6 * 2 * 1);  // Bit 2 alone lets no row through.
}

/// As above, but the rows can all say no: the nearest one is named.
struct Strict {
  static constexpr std::string_view name = "strict";
  using Data = StringValue;
  using Lifecycle = table<row<absent, UInt32Value, all<bit<0>, bit<1>, bit<2>>, BoolValue, left>,
                          row<absent, UInt32Value, all<bit<0>, bit<3>>, Int32Value, right>>;
  template <class E>
  static E make(const UInt32Value&, const MaskView&, tag<E>) {
    return {};
  }
  template <class E>
  static void apply(StringValue&, E&&, const Event&) {}
};

TEST_CASE("of rows that all say no, the one in which most rules held names the rule; of equals, the first") {
  const testing::Story given(make_workflow<Strict>(), StreamId("strict", "1"));
  const auto rule_of = [&](std::uint32_t mask) {
    UInt32Value command;
    command.set_value(mask);
    const auto decided = given.decide(command);
    return decided ? std::string("none") : decided.error().rule();
  };
  CHECK(rule_of(0b0000) == "bit0");
  CHECK(rule_of(0b0001) == "bit1");
  CHECK(rule_of(0b0011) == "bit2");
  CHECK(rule_of(0b1110) == "bit0");
  CHECK(rule_of(0b0111) == "none");
  CHECK(rule_of(0b1001) == "none");
}

}  // namespace
}  // namespace pavior::tests

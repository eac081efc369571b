// Chapters beside the main table, facts that are completed, and facts that cannot be made.
#include <string>

#include "google/protobuf/wrappers.pb.h"
#include "pavior/diagram.h"
#include "pavior/machine.h"
#include "pavior/row_walker.h"
#include "support/catch.h"
#include "support/story.h"

namespace pavior::tests {
namespace {

using namespace machine;  // NOLINT
using google::protobuf::BoolValue;
using google::protobuf::BytesValue;
using google::protobuf::DoubleValue;
using google::protobuf::FloatValue;
using google::protobuf::Int32Value;
using google::protobuf::Int64Value;
using google::protobuf::StringValue;
using google::protobuf::UInt32Value;
using google::protobuf::UInt64Value;

using up = stage<1, "up">;
using down = stage<2, "down">;
using gone = stage<3, "gone">;

using BellView = View<UInt32Value>;

struct is_loud {
  static constexpr std::string_view name = "is_loud";
  static constexpr std::string_view explanation = "the stroke is above 10";
  static bool test(const Int64Value& command, const BellView&) { return command.value() > 10; }
};

template <class Stage>
struct was {
  static constexpr std::string_view name = "was";
  static constexpr std::string_view explanation = "it hung there";
  static bool test(const BellView& view) { return (view.data.value() % 2 == 0) == (Stage::number == up::number); }
};

/// It is loud once it rang three times, and silent again when a loud bell is struck low.
struct Ringing {
  static constexpr std::string_view name = "loudness";
  using soft = stage<0, "soft">;
  using loud = stage<1, "loud">;
  static int state(const UInt32Value& rung) { return rung.value() >= 3 ? 1 : 0; }

  // clang-format off
  using Table = table<
  //     id    while             from                command      when     event        to
  beside<"R1", any_of<up, down>, any_of<soft, loud>, Int64Value,  is_loud, Int64Value,  same>,
  beside<"R2", down,             loud,               Int64Value,  always,  Int32Value,  soft>>;
  // clang-format on

  static Int64Value make(const Int64Value& command, const BellView&, tag<Int64Value>) { return command; }
  static Int32Value make(const Int64Value&, const BellView&, tag<Int32Value>) { return {}; }
  static void apply(UInt32Value& rung, Int64Value&&, const Event&) { rung.set_value(rung.value() + 1); }
  static void apply(UInt32Value& rung, Int32Value&&, const Event&) { rung.set_value(0); }
  static std::vector<Command> follow_up(const Int32Value& fact, const BellView& view) {
    return {make_command(view.stream, fact)};
  }
};

/// A chapter without states, which also makes a fact of the main table.
struct Painting {
  static constexpr std::string_view name = "painting";
  using Table = table<beside<"P1", up, DoubleValue, always, FloatValue>>;
  static FloatValue make(const DoubleValue&, const BellView&, tag<FloatValue>) { return {}; }
  static void apply(UInt32Value&, FloatValue&&, const Event&) {}
  static UInt64Value make(const UInt64Value&, const BellView&, tag<UInt64Value>) { return {}; }
  static void apply(UInt32Value&, UInt64Value&&, const Event&) {}
};

/// Hung, lowered and taken away, and brought back to where it hung.
struct Bell {
  static constexpr std::string_view name = "bell";
  using Data = UInt32Value;  // How often it rang.
  using Chapters = chapters<Ringing, Painting>;
  // clang-format off
  using Lifecycle = table<
  //    id    from    command      when    event        to
  entry<"M1", absent, BoolValue,   always, StringValue, up>,
  entry<"M2", up,     Int32Value,  always, BytesValue,  down>,
  entry<"M3", any_of<up, down>, UInt32Value, always, BoolValue, gone>,
  entry<"M4", gone,   UInt64Value, always, UInt64Value, back_to<was, any_of<up, down>>>>;
  // clang-format on

  static StringValue make(const BoolValue&, const BellView&, tag<StringValue>) { return {}; }
  static Result<BytesValue> make(const Int32Value& command, const BellView&, tag<BytesValue>) {
    if (command.value() < 0) return Error(ErrorCode::unavailable, "the rope is broken");
    return BytesValue();
  }
  static BoolValue make(const UInt32Value&, const BellView&, tag<BoolValue>) { return {}; }
  static Result<void> complete(Int64Value& fact, const BellView& view) {
    if (fact.value() == 13) return Error(ErrorCode::invalid, "thirteen");
    fact.set_value(fact.value() * 100 + view.data.value());
    return {};
  }
  static void apply(UInt32Value&, StringValue&&, const Event&) {}
  static void apply(UInt32Value&, BytesValue&&, const Event&) {}
  static void apply(UInt32Value&, BoolValue&&, const Event&) {}
};

template <class M, class V>
M of(V value) {
  M message;
  message.set_value(value);
  return message;
}

struct Two {
  testing::Story msm{make_workflow<Bell>(), StreamId("bell", "1")};
  testing::Story walked{make_walked_workflow<Bell>(), StreamId("bell", "1")};

  template <class C>
  std::string when(const C& command) const {
    CHECK(msm.when(command) == walked.when(command));
    return msm.when(command);
  }
  template <class C>
  void happens(const C& command) {
    msm.happens(command);
    walked.happens(command);
  }
};

TEST_CASE("a chapter's row leaves the stage as it is, and is not there in others") {
  Two bell;
  CHECK(bell.when(of<Int64Value>(20)) ==
        "refused by stage: Int64Value is not possible in stage absent, only in up, down");
  bell.happens(BoolValue());
  CHECK(bell.when(of<Int64Value>(20)) == "Int64Value{value: 2000} -> up");
  CHECK(bell.when(of<Int64Value>(5)) == "refused by is_loud: Int64Value requires that the stroke is above 10");
  bell.happens(of<Int64Value>(20));
  bell.happens(of<Int32Value>(1));
  CHECK(bell.when(of<Int64Value>(20)) == "Int64Value{value: 2001} -> down");
  CHECK(bell.when(DoubleValue()) == "refused by stage: DoubleValue is not possible in stage down, only in up");
  bell.happens(UInt32Value());
  CHECK(bell.when(of<Int64Value>(20)).starts_with("refused by stage"));
}

TEST_CASE("a chapter's row holds in its states, and the chapter is the rule that refuses in others") {
  Two bell;
  bell.happens(BoolValue());
  bell.happens(of<Int32Value>(1));
  for (int i = 0; i < 3; ++i) bell.happens(of<Int64Value>(20));
  CHECK(bell.when(of<Int64Value>(5)) == "Int32Value{} -> down; then bell/1 Int32Value{}");
  bell.happens(of<Int64Value>(5));
  CHECK(bell.when(of<Int64Value>(5)) == "refused by is_loud: Int64Value requires that the stroke is above 10");
  CHECK(testing::possibilities_text(bell.msm, Actor()) == "UInt32Value yes; Int64Value depends on is_loud");
}

TEST_CASE("a fact that led to one of several stages is replayed to that one") {
  for (const bool lowered : {false, true}) {
    Two bell;
    bell.happens(BoolValue());
    if (lowered) bell.happens(of<Int32Value>(1));
    if (lowered) bell.happens(of<Int64Value>(20));
    bell.happens(UInt32Value());
    CHECK(bell.when(UInt64Value()) == (lowered ? "UInt64Value{} -> down" : "UInt64Value{} -> up"));
    bell.happens(UInt64Value());
  }
}

TEST_CASE("a fact that cannot be made or completed is the command's answer") {
  Two bell;
  bell.happens(BoolValue());
  CHECK(bell.when(of<Int32Value>(-1)) == "unavailable: the rope is broken");
  CHECK(bell.when(of<Int64Value>(13)) == "invalid: thirteen");
}

TEST_CASE("what is possible and the printed table have the rows of all tables") {
  Two bell;
  bell.happens(BoolValue());
  CHECK(testing::possibilities_text(bell.msm, Actor()) ==
        "Int32Value yes; UInt32Value yes; Int64Value depends on is_loud; DoubleValue yes");
  CHECK(to_markdown(bell.msm.workflow().transitions()) ==
        "| id | from | command | when | event | to |\n"
        "|---|---|---|---|---|---|\n"
        "| M1 | absent | BoolValue | always | StringValue | up |\n"
        "| M2 | up | Int32Value | always | BytesValue | down |\n"
        "| M3 | up, down | UInt32Value | always | BoolValue | gone |\n"
        "| M4 | gone | UInt64Value | was | UInt64Value | up, down |\n"
        "\n### Loudness\n\n"
        "| id | while | from | command | when | event | to |\n"
        "|---|---|---|---|---|---|---|\n"
        "| R1 | up, down | soft, loud | Int64Value | is_loud | Int64Value | same |\n"
        "| R2 | down | loud | Int64Value | always | Int32Value | soft |\n"
        "\n### Painting\n\n"
        "| id | while | command | when | event |\n"
        "|---|---|---|---|---|\n"
        "| P1 | up | DoubleValue | always | FloatValue |\n");
}

TEST_CASE("the states of a chapter are drawn without what leaves them as they are; one without states has no picture") {
  Two bell;
  const auto rows = bell.msm.workflow().transitions();
  CHECK(to_mermaid(rows, "loudness") == "stateDiagram-v2\n  loud --> soft : Int64Value\n");
  CHECK(to_mermaid(rows, "painting").empty());
  CHECK(to_mermaid(rows, "no such chapter").empty());
}

}  // namespace
}  // namespace pavior::tests

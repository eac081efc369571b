// A table beside the main one, facts that are completed, and facts that cannot be made.
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

using up = stage<1, "up">;
using down = stage<2, "down">;
using gone = stage<3, "gone">;

using BellView = View<UInt32Value>;

struct is_loud {
  static constexpr std::string_view name = "is_loud";
  static constexpr std::string_view explanation = "the stroke is above 10";
  static bool test(const Int64Value& command, const BellView&) { return command.value() > 10; }
};

/// Hung, lowered and taken away; rung wherever it hangs.
struct Bell {
  static constexpr std::string_view name = "bell";
  using Data = UInt32Value;  // How often it rang.
  using Lifecycle =
      table<row<absent, BoolValue, always, StringValue, up>, row<up, Int32Value, always, BytesValue, down>,
            row<down, BoolValue, always, StringValue, gone>>;
  using Beside = table<row<any_of<up, down>, Int64Value, is_loud, Int64Value, same>,
                       row<down, Int64Value, always, Int32Value, same>>;

  static StringValue make(const BoolValue&, const BellView&, tag<StringValue>) { return {}; }
  static Result<BytesValue> make(const Int32Value& command, const BellView&, tag<BytesValue>) {
    if (command.value() < 0) return Error(ErrorCode::unavailable, "the rope is broken");
    return BytesValue();
  }
  static Int64Value make(const Int64Value& command, const BellView&, tag<Int64Value>) { return command; }
  static Int32Value make(const Int64Value&, const BellView&, tag<Int32Value>) { return {}; }
  static Result<void> complete(Int64Value& fact, const BellView& view) {
    if (fact.value() == 13) return Error(ErrorCode::invalid, "thirteen");
    fact.set_value(fact.value() * 100 + view.data.value());
    return {};
  }
  static void applying(UInt32Value& rung, const Int64Value&, const Event&) { rung.set_value(rung.value() + 1); }
  template <class E>
  static void apply(UInt32Value&, E&&, const Event&) {}
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

TEST_CASE("a row beside the main table leaves the stage as it is, and is not there in others") {
  Two bell;
  CHECK(bell.when(of<Int64Value>(20)) ==
        "refused by stage: Int64Value is not possible in stage absent, only in up, down");
  bell.happens(BoolValue());
  CHECK(bell.when(of<Int64Value>(20)) == "Int64Value{value: 2000} -> up");
  CHECK(bell.when(of<Int64Value>(5)) == "refused by is_loud: Int64Value requires that the stroke is above 10");
  bell.happens(of<Int64Value>(20));
  bell.happens(of<Int32Value>(1));
  // Rows are tried from the top, and facts are folded before the next is completed.
  CHECK(bell.when(of<Int64Value>(20)) == "Int64Value{value: 2001} -> down");
  CHECK(bell.when(of<Int64Value>(5)) == "Int32Value{} -> down");
  bell.happens(BoolValue());
  CHECK(bell.when(of<Int64Value>(20)).starts_with("refused by stage"));
}

TEST_CASE("a fact that cannot be made or completed is the command's answer") {
  Two bell;
  bell.happens(BoolValue());
  CHECK(bell.when(of<Int32Value>(-1)) == "unavailable: the rope is broken");
  CHECK(bell.when(of<Int64Value>(13)) == "invalid: thirteen");
}

TEST_CASE("what is possible and the printed table have the rows of both tables") {
  Two bell;
  bell.happens(BoolValue());
  CHECK(testing::possibilities_text(bell.msm, Actor()) == "Int32Value yes; Int64Value depends on is_loud");
  CHECK(bell.msm.workflow().transitions().size() == 6);
}

}  // namespace
}  // namespace pavior::tests

// Tables that must not compile. MISTAKE chooses one; tests/core/CMakeLists.txt knows the sentence each must cause.
#include <string_view>

#include "google/protobuf/wrappers.pb.h"
#include "pavior/detail/table_checks.h"

namespace pavior::tests {

using namespace machine;  // NOLINT
using google::protobuf::BoolValue;
using google::protobuf::Int32Value;
using google::protobuf::Int64Value;
using google::protobuf::StringValue;

using on = stage<1, "on">;
using off = stage<2, "off">;

struct nameless {
  static bool test(const View<StringValue>&) { return true; }
};

struct Mistaken {
  static constexpr std::string_view name = "mistaken";
  using Data = StringValue;
  using Lifecycle = table<row<absent, Int32Value, always, BoolValue, on>,
#if MISTAKE == 1
                          row<absent, Int64Value, always, BoolValue, off>>;
#elif MISTAKE == 2
                          row<on, Int64Value, always, BoolValue, off>, row<on, Int64Value, always, Int32Value, on>>;
#elif MISTAKE == 3
                          row<on, Int64Value, nameless, BoolValue, off>>;
#elif MISTAKE == 4
                          row<on, StringValue, always, BoolValue, off>>;
#elif MISTAKE == 5
                          row<on, Int64Value, always, StringValue, off>>;
#elif MISTAKE == 6
                          row<on, Int64Value, always, BoolValue, absent>>;
#elif MISTAKE == 7
                          row<on, Int64Value, always, BoolValue, stage<1, "other">>>;
#elif MISTAKE == 8
                          row<on, int, always, BoolValue, off>>;
#else
                          row<on, Int64Value, always, BoolValue, off>>;
#endif
#if MISTAKE == 9
  struct Chapter {
    static constexpr std::string_view name = "chapter";
    using Table = table<beside<"", off, Int64Value, always, BoolValue>>;
  };
  using Chapters = chapters<Chapter>;
#endif

  template <class E>
  static E make(const Int32Value&, const View<StringValue>&, tag<E>);
  template <class E>
  static E make(const Int64Value&, const View<StringValue>&, tag<E>);
  static void apply(StringValue&, const BoolValue&, const Event&);
  static void apply(StringValue&, const Int32Value&, const Event&);
};

static_assert(machine::detail::checked<Mistaken>());

}  // namespace pavior::tests

// The bytes of facts are in stores for ever, so they must not change unnoticed.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/message.h"
#include "pavior/city/work_orders.h"
#include "support/catch.h"
#include "support/golden.h"

namespace pavior::city::tests {
namespace {

namespace pb = google::protobuf;

/// What messages were given after facts of their kind had been written: old facts do not have it.
const std::set<std::string> later_fields = {
    "pavior.city.v1.Reported.profile",       "pavior.city.v1.Reported.policy",
    "pavior.city.v1.Reported.handled",       "pavior.city.v1.Accepted.condition",
    "pavior.city.v1.Accepted.profile",       "pavior.city.v1.Dispatched.no_responsible_body",
    "pavior.city.v1.ResultSubmitted.basis",  "pavior.city.v1.ReporterUnreachable.attempt",
    "pavior.city.v1.Reclassified.condition", "pavior.city.v1.Reporter.agent",
    "pavior.city.v1.Reported.alert",         "pavior.city.v1.Reported.grid",
    "pavior.city.v1.Reported.whereabouts",   "pavior.city.v1.Reported.asks_classifier",
    "pavior.city.v1.Corrected.grid",         "pavior.city.v1.Corrected.whereabouts",
    "pavior.city.v1.Dispatched.assists",     "pavior.city.v1.Dispatched.explanation",
};

/// Gives every field, however deep, a value that tells which one it is. False if a later one was left out.
bool fill(pb::Message& message, bool with_later) {
  bool whole = true;
  const auto& r = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto& field = *message.GetDescriptor()->field(i);
    const int number = field.number();
    if (!with_later && later_fields.count(field.full_name()) == 1) {
      whole = false;
      continue;
    }
    if (field.is_repeated()) {
      switch (field.cpp_type()) {
        case pb::FieldDescriptor::CPPTYPE_STRING: r.AddString(&message, &field, fmt::format("s{}", number)); break;
        case pb::FieldDescriptor::CPPTYPE_UINT64:
          r.AddUInt64(&message, &field, 300 + static_cast<unsigned>(number));
          break;
        case pb::FieldDescriptor::CPPTYPE_MESSAGE: whole &= fill(*r.AddMessage(&message, &field), with_later); break;
        default: FAIL("no values for " << field.full_name());
      }
      continue;
    }
    switch (field.cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_MESSAGE: whole &= fill(*r.MutableMessage(&message, &field), with_later); break;
      case pb::FieldDescriptor::CPPTYPE_STRING: r.SetString(&message, &field, fmt::format("s{}", number)); break;
      case pb::FieldDescriptor::CPPTYPE_INT64: r.SetInt64(&message, &field, 1000 + number); break;
      case pb::FieldDescriptor::CPPTYPE_UINT32:
        r.SetUInt32(&message, &field, 200 + static_cast<unsigned>(number));
        break;
      case pb::FieldDescriptor::CPPTYPE_DOUBLE: r.SetDouble(&message, &field, number + 0.5); break;
      case pb::FieldDescriptor::CPPTYPE_BOOL: r.SetBool(&message, &field, true); break;
      case pb::FieldDescriptor::CPPTYPE_ENUM: r.SetEnumValue(&message, &field, 1); break;
      default: FAIL("no value for " << field.full_name());
    }
  }
  return whole;
}

/// `pavior.city.v1.Voided: 0a02....`
std::string bytes_text(const std::string& type, const std::string& note, bool with_later, bool& whole) {
  const auto* descriptor = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  REQUIRE(descriptor != nullptr);
  const std::unique_ptr<pb::Message> fact(pb::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  whole = fill(*fact, with_later);
  const auto bytes = fact->SerializeAsString();
  return fmt::format("{}{}: {:02x}.\n", type, note,
                     fmt::join(std::vector<unsigned char>(bytes.begin(), bytes.end()), ""));
}

TEST_CASE("the bytes of every fact are those of the first release, and what was added to it stands after them") {
  std::set<std::string> facts;
  const auto workflow = make_work_order_workflow();
  for (const auto& row : workflow->transitions()) facts.insert(row.event_type);
  std::string text;
  for (const auto& type : facts) {
    bool whole = true;
    text += bytes_text(type, "", false, whole);
    if (!whole) text += bytes_text(type, " with what was added", true, whole);
  }
  testing::check_golden("tests/golden/work_order_facts.txt", text);
}

}  // namespace
}  // namespace pavior::city::tests

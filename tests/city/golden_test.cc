// What must not change unnoticed: the lifecycle as documented, the matrix of stages and commands, the bytes of facts.
#include <map>
#include <string>

#include "city/order/lifecycle.h"
#include "city/orders.h"
#include "city/samples.h"
#include "fmt/format.h"
#include "pavior/diagram.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/rules_text.h"

namespace pavior::city::tests {
namespace {

namespace pb = google::protobuf;

std::string permissions_text() {
  std::string text = "| command | roles |\n|---|---|\n";
  for (const auto& grant : default_grants())
    text += fmt::format("| {} | {} |\n", grant.command(), fmt::join(grant.roles(), ", "));
  return text;
}

TEST_CASE("docs/lifecycle.md is the table") {
  const auto workflow = make_work_order_workflow();
  testing::check_golden(
      "docs/lifecycle.md",
      fmt::format("# The lifecycle of a work order\n\n"
                  "Printed from the table in `lib/city/order/lifecycle.h` by a test; do not edit.\n\n"
                  "A command is possible where a row says so and every rule of the row holds. Rows of one stage and "
                  "command are\ntried from the top. The row's event is recorded with the stage it leads to, and replay "
                  "reads nothing else.\n\n"
                  "{}\n```mermaid\n{}```\n\n"
                  "## Rules\n\nA refusal names the rule and says what the command requires. Two rules are not in the "
                  "table: `role` (the actor may\nnot submit the command) and `stage` (no row for the command starts "
                  "there).\n\n{}\n"
                  "## Who may\n\nThe default, which a host may replace. The role `system`, for timers and imports, may "
                  "submit every command;\ncommands not named here are left to it.\n\n{}",
                  to_markdown(workflow->transitions()), to_mermaid(workflow->transitions()),
                  testing::rules_text<lifecycle::WorkOrderLifecycle>(), permissions_text()));
}

TEST_CASE("every command in every stage either leads where it always led or is refused as it always was") {
  std::string text;
  for (auto& order : orders_in_every_stage(policy_with_new_calendar())) {
    order.at(from_micros(deadline + 1));
    text += fmt::format("in {}\n", order.workflow().stage_name(order.state() ? order.state()->stage() : Stage::absent));
    for (const auto& sample : sample_commands()) {
      if (!sample.sound) continue;
      Command command = sample.command;
      command.by(machine_actor());
      const auto decided = order.workflow().decide(order.state(), command, order.context());
      text += fmt::format("  {:<19}", short_name(command.type()));
      if (decided) {
        const auto& fact = decided->facts.at(0);
        text += fmt::format("{} -> {}\n", short_name(fact.type), order.workflow().stage_name(fact.stage));
      } else {
        text += fmt::format("refused by {}\n", decided.error().rule());
      }
    }
  }
  testing::check_golden("tests/golden/work_order_matrix.txt", text);
}

/// Gives every field, however deep, a value that tells which one it is.
void fill(pb::Message& message) {
  const auto& r = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto& field = *message.GetDescriptor()->field(i);
    const int number = field.number();
    if (field.is_repeated()) {
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING)
        r.AddString(&message, &field, fmt::format("s{}", number));
      else
        fill(*r.AddMessage(&message, &field));
      continue;
    }
    switch (field.cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_MESSAGE: fill(*r.MutableMessage(&message, &field)); break;
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
}

TEST_CASE("the bytes of every fact are those of the first release") {
  std::map<std::string, std::string> facts;
  const auto workflow = make_work_order_workflow();
  for (const auto& row : workflow->transitions()) facts[row.event_type];
  std::string text;
  for (auto& [type, bytes] : facts) {
    const auto* descriptor = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
    REQUIRE(descriptor != nullptr);
    const std::unique_ptr<pb::Message> fact(pb::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
    fill(*fact);
    bytes = fact->SerializeAsString();
    text += fmt::format("{}: {:02x}.\n", type, fmt::join(std::vector<unsigned char>(bytes.begin(), bytes.end()), ""));
  }
  testing::check_golden("tests/golden/work_order_facts.txt", text);
}

}  // namespace
}  // namespace pavior::city::tests

// What a policy says, and what holds where its catalogue says nothing.
#include <set>
#include <string>

#include "city/catalogues.h"
#include "fmt/ranges.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"

namespace pavior::city::tests {
namespace {

/// `acceptor; mayor in GRID`
std::string grants_text(const Policy& policy, std::string_view command) {
  std::string text;
  for (const auto& grant : policy.grants(command)) {
    text += fmt::format("{}{}", text.empty() ? "" : "; ", fmt::join(grant.roles(), ", "));
    if (grant.scope() > v1::Grant::ANY_ORDER) text += " in " + v1::Grant::Scope_Name(grant.scope());
  }
  return text;
}

TEST_CASE("a policy finds what its catalogue names, and nothing else") {
  const auto policy = policy_of(town());
  CHECK(policy.category("01.01")->name() == "Pothole");
  CHECK(policy.category("01") == nullptr);
  CHECK(policy.major_of("01.02")->name() == "Roads");
  CHECK(policy.major_of("01") == nullptr);
  CHECK(policy.condition("01.01", "b")->text() == "Any other");
  CHECK(policy.condition("01.01", "c") == nullptr);
  CHECK(policy.condition("01.09", "a") == nullptr);
  CHECK(policy.channel("snap")->profile() == "careful");
  CHECK(policy.channel("fax") == nullptr);
  CHECK(policy.profile("careful")->nodes_size() == 2);
  CHECK(policy.profile("") == nullptr);
  CHECK(policy.default_profile().id() == "plain");
  CHECK(policy.clocks().data().clocks_size() == 1);
  CHECK(policy.clocks().calendars().newest("works").has_value());
}

TEST_CASE("a reply's template is found by its version, the newest without one") {
  const auto policy = policy_of(town());
  CHECK(policy.reply_template("done")->version() == 2);
  CHECK(policy.reply_template("done", 1)->text() == "We {measures} by {limit}.");
  CHECK(policy.reply_template("done", 3) == nullptr);
  CHECK(policy.reply_template("do") == nullptr);
  CHECK(policy.reply_template("zeal") == nullptr);
}

TEST_CASE("a policy takes effect by the wall clock of its zone, and one that does not say always has") {
  using namespace std::chrono;  // NOLINT
  CHECK(policy_of(town()).effective_from() == sys_days(2024y / 5 / 1) + 1h);
  CHECK(policy_of(town("2024-05-01T09:00", "2024-05-01")).effective_from() == sys_days(2024y / 4 / 30) + 16h);
  CHECK(policy_of(town("effective_from: \"2024-05-01T09:00\"", "")).effective_from() == Time::min());
  const Time later = sys_days(2025y / 1 / 1);
  CHECK(policy_of(town()).taking_effect(later).effective_from() == later);
  CHECK(policy_of(town()).taking_effect(later).category("01.01") != nullptr);
}

TEST_CASE("grants are the catalogue's, or the library's where it has none") {
  const auto policy = policy_of(town());
  CHECK(grants_text(policy, "Accept") == "acceptor; mayor in GRID");
  CHECK(policy.grants("Reject").empty());
  const Policy nothing;
  CHECK(grants_text(nothing, "Reject") == "acceptor");
  CHECK(nothing.grants("Escalate").empty());
}

TEST_CASE("a policy that says nothing has a profile that confirms results and passes replies, and no categories") {
  const Policy policy;
  CHECK(fmt::format("{}", fmt::join(policy.default_profile().automatic(), " ")) == "ConfirmResult PassReply");
  CHECK(policy.category("01.01") == nullptr);
  CHECK(policy.clocks().data().clocks().empty());
  CHECK(policy.effective_from() == Time::min());
}

TEST_CASE("what is handed out lives as long as any copy") {
  const v1::MinorCategory* pothole = nullptr;
  const Policy copy = [&] {
    const auto policy = policy_of(town());
    pothole = policy.category("01.01");
    return policy;
  }();
  CHECK(copy.category("01.01") == pothole);
  CHECK(pothole->name() == "Pothole");
}

TEST_CASE("the default grants name each command once, and somebody for any order") {
  std::set<std::string> commands;
  for (const auto& grant : default_grants()) {
    INFO(grant.command());
    CHECK(commands.insert(grant.command()).second);
    CHECK(!grant.roles().empty());
    CHECK(grant.scope() == v1::Grant::ANY_ORDER);
  }
}

}  // namespace
}  // namespace pavior::city::tests

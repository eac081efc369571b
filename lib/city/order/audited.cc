#include "pavior/city/audit.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

Result<void> record(Engine& engine, const Command& refused, const Error& why) {
  v1::RecordRefusal refusal;
  refusal.set_command(std::string(short_name(refused.type())));
  refusal.set_rule(why.rule());
  refusal.set_message(why.message());
  for (const auto& role : refused.actor().roles()) refusal.add_roles(role);
  const Actor& actor = refused.actor();
  const auto receipt =
      engine.submit_and_wait(make_command(refused.stream(), refusal)
                                 .by(Actor(actor.id(), {std::string(roles::system)}, actor.principal()))
                                 .with_trace(refused.trace()));
  if (receipt || receipt.error().rule() == "stage") return {};  // There is no such order.
  return receipt.error();
}

}  // namespace

Result<Receipt> submit_audited(Engine& engine, Command command) {
  auto receipt = engine.submit_and_wait(command);
  if (receipt || receipt.error().code() != ErrorCode::refused) return receipt;
  if (auto recorded = record(engine, command, receipt.error()); !recorded) return std::move(recorded).error();
  return receipt;
}

Result<Snapshot> read_audited(Engine& engine, const std::string& order, const Actor& reader,
                              const std::string& purpose) {
  v1::Read read;
  read.set_purpose(purpose);
  const auto receipt = submit_audited(engine, make_command(work_order_id(order), read).by(reader));
  if (!receipt) return receipt.error();
  return engine.load(work_order_id(order));
}

}  // namespace pavior::city::inline v0

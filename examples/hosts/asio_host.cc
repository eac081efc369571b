// A platform with its own io_context: one coroutine a person, and a courier that carries notices to reporters.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <string>

#include "fmt/format.h"
#include "pavior/asio.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/notices.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/engine.h"
#include "pavior/proto.h"

namespace asio = boost::asio;
namespace city = pavior::city;
using asio::use_awaitable;

namespace {

/// Where a real platform would send a message.
class Phone final : public pavior::Courier {
 public:
  std::string_view topic() const noexcept override { return city::reporter_notice_topic; }
  void deliver(const pavior::Delivery& delivery, Done done) override {
    const auto notice = pavior::unpack<city::v1::ReporterNotice>(delivery.type, delivery.payload);
    if (!notice) return done(notice.error());
    fmt::print("to {}: order {} was {}: {}\n", notice->reporter(), notice->order(), notice->outcome(), notice->text());
    ++carried;
    done({});
  }
  int carried = 0;
};

/// Submits one command; a refusal ends the program, since this story has none.
template <class Message>
asio::awaitable<void> act(pavior::Engine& engine, std::string order, pavior::Actor actor, Message message) {
  pavior::Command command = pavior::make_command(city::work_order_id(order), message).by(std::move(actor));
  const auto receipt = co_await pavior::submit(engine, std::move(command), use_awaitable);
  fmt::print("{}: {}\n", order,
             receipt ? pavior::short_name(pavior::message_type<Message>()) : receipt.error().message());
}

asio::awaitable<void> one_order(pavior::Engine& engine, std::string order, std::string reporter) {
  // Actors have names here: g++ 12 cannot compile a braced list inside a co_await expression.
  const pavior::Actor citizen(reporter, {"reporter"});
  const pavior::Actor desk("desk", {"acceptor", "dispatcher"});
  const pavior::Actor roads("roads", {"lead_department", "handler"});
  const pavior::Actor vera("vera", {"verifier"});

  city::v1::Report report;
  report.set_title("pavement is broken");
  report.mutable_reporter()->set_id(reporter);
  co_await act(engine, order, citizen, report);

  city::v1::Accept accept;
  accept.set_category("pavement");
  co_await act(engine, order, desk, accept);
  city::v1::Dispatch dispatch;
  dispatch.set_lead("roads");
  co_await act(engine, order, desk, dispatch);
  co_await act(engine, order, roads, city::v1::Acknowledge());
  co_await act(engine, order, roads, city::v1::StartWork());

  city::v1::SubmitResult result;
  result.set_outcome(city::v1::OUTCOME_RESOLVED);
  result.set_reply("three slabs were relaid");
  co_await act(engine, order, roads, result);
  co_await act(engine, order, vera, city::v1::PassVerification());
  co_await act(engine, order, desk, city::v1::Close());
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / "pavior-example-asio-host";
  std::filesystem::remove_all(folder);

  asio::io_context context;
  pavior::AsioRuntime runtime(context.get_executor());
  const auto phone = std::make_shared<Phone>();
  pavior::Options options;
  options.workflows.push_back(city::make_work_order_workflow());
  options.couriers.push_back(phone);
  auto engine = pavior::Engine::open(folder, std::move(options), runtime);
  if (!engine) return fmt::print(stderr, "{}\n", engine.error().message()), 1;

  for (const auto& [order, reporter] : {std::pair("A1", "rider-7"), std::pair("A2", "rider-9")})
    asio::co_spawn(context, one_order(**engine, order, reporter), asio::detached);
  context.run();  // everything happens on this one thread, the disk included

  fmt::print("{} notices left, {} facts are in the log\n", phone->carried, number((*engine)->last()));
  engine->reset();
  std::filesystem::remove_all(folder);
  return phone->carried == 2 ? 0 : 1;
}

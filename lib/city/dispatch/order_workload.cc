#include <string>
#include <string_view>
#include <unordered_map>

#include "pavior/city/dispatch_world.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

bool is_at_work(Stage stage) {
  const auto number = static_cast<v1::Stage>(stage);
  return number >= v1::STAGE_DISPATCHED && number <= v1::STAGE_SUSPENDED;
}

}  // namespace

struct OrderWorkload::Counts {
  explicit Counts(std::size_t units) : loads(units) {}

  MemoryWorkload loads;
  std::unordered_map<std::string, std::size_t> numbers;  // Of units.
  // The last unit of each order that may be worked on again, by its number, and whether it is at work.
  struct Has {
    std::size_t unit = 0;
    bool at_work = false;
  };
  std::unordered_map<std::string, Has> orders;

  void give(const std::string& order, const std::string& unit, Time at) {
    end(order);
    const auto number = numbers.find(unit);
    if (number == numbers.end()) {
      orders.erase(order);
      return;
    }
    orders[order] = {number->second, true};
    loads.dispatched(number->second, to_micros(at));
  }

  void end(const std::string& order) {
    const auto found = orders.find(order);
    if (found == orders.end() || !found->second.at_work) return;
    found->second.at_work = false;
    loads.ended(found->second.unit);
  }

  /// After a failed check, say: the unit's turn has not come again by it.
  void go_on(const std::string& order) {
    const auto found = orders.find(order);
    if (found == orders.end() || found->second.at_work) return;
    found->second.at_work = true;
    UnitLoad load = loads.of(found->second.unit);
    ++load.at_work;
    loads.set(found->second.unit, load);
  }
};

OrderWorkload::OrderWorkload(const DispatchWorld& world) : counts_(std::make_unique<Counts>(world.unit_count())) {
  for (std::size_t i = 0; i < world.unit_count(); ++i) counts_->numbers.emplace(world.unit(i).id(), i);
}

OrderWorkload::~OrderWorkload() = default;

void OrderWorkload::observe(const Event& event) {
  if (event.workflow != work_order_workflow) return;
  const std::string order(event.key);
  const auto type = short_name(event.type);
  if (type == "Dispatched" || type == "Designated") {
    v1::Dispatched fact;  // Both name the lead in the same field.
    if (parse(event.payload, fact)) counts_->give(order, fact.lead(), event.time);
  } else if (is_at_work(event.stage)) {
    counts_->go_on(order);
  } else {
    counts_->end(order);
    if (static_cast<v1::Stage>(event.stage) >= v1::STAGE_ARCHIVED) counts_->orders.erase(order);
  }
}

UnitLoad OrderWorkload::of(std::size_t unit) const { return counts_->loads.of(unit); }

}  // namespace pavior::city::inline v0

#include "pavior/city/orders_view.h"

#include "core/check.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/v1/views.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using v1::OrderRow;

// What the facts mean for a row. Facts without an overload change stage and version only.

void apply(OrderRow& row, const v1::Reported& fact, std::int64_t at) {
  row.set_reported(at);
  row.set_title(fact.title());
  row.set_category(fact.suggested_category());
  row.set_channel(fact.channel());
}

void begin_round(OrderRow& row, std::int64_t deadline, std::int64_t at) {
  auto& round = *row.add_rounds();
  round.set_begun(at);
  round.set_deadline(deadline);
}

void apply(OrderRow& row, const v1::Accepted& fact, std::int64_t at) {
  row.set_category(fact.category());
  begin_round(row, fact.deadline(), at);
}

void apply(OrderRow& row, const v1::Reopened& fact, std::int64_t at) { begin_round(row, fact.deadline(), at); }
void apply(OrderRow& row, const v1::ReopenedForDispatch& fact, std::int64_t at) {
  begin_round(row, fact.deadline(), at);
}

void apply(OrderRow& row, const v1::Dispatched& fact, std::int64_t at) {
  auto& assignment = *row.add_assignments();
  assignment.set_since(at);
  assignment.set_unit(fact.lead());
}

void apply(OrderRow& row, const v1::Closed&, std::int64_t at) {
  if (!row.rounds().empty()) row.mutable_rounds()->rbegin()->set_closed(at);
}

void apply(OrderRow& row, const v1::Rejected&, std::int64_t at) { row.set_ended(at); }
void apply(OrderRow& row, const v1::Voided&, std::int64_t at) { row.set_ended(at); }
void apply(OrderRow& row, const v1::MergedInto&, std::int64_t at) { row.set_ended(at); }

template <class Fact>
bool apply_if(OrderRow& row, const Event& event) {
  if (event.type != message_type<Fact>()) return false;
  Fact fact;
  // The engine folded the same bytes when it wrote them.
  PAVIOR_CHECK(parse(event.payload, fact), "event {} is not a {}", number(event.position), event.type);
  apply(row, fact, to_micros(event.time));
  return true;
}

template <class... Facts>
bool apply_one_of(OrderRow& row, const Event& event) {
  return (apply_if<Facts>(row, event) || ...);
}

class OrdersView final : public Projection {
 public:
  std::string_view name() const noexcept override { return orders_view; }

  void apply(const Event& event, Rows& rows) override {
    if (event.workflow != work_order_workflow) return;
    OrderRow row;
    const auto before = rows.get(event.key);
    PAVIOR_CHECK(!before || parse(*before, row), "the row of order {} in the view '{}' is damaged", event.key, name());
    row.set_stage(static_cast<v1::Stage>(number(event.stage)));
    row.set_version(number(event.version));
    apply_one_of<v1::Reported, v1::Accepted, v1::Dispatched, v1::Closed, v1::Reopened, v1::ReopenedForDispatch,
                 v1::Rejected, v1::Voided, v1::MergedInto>(row, event);
    rows.put(event.key, row.SerializeAsString());
  }
};

// Whether something happened, and no later than `limit`.
bool happened_by(std::int64_t instant, std::int64_t limit) { return instant != 0 && instant <= limit; }

}  // namespace

std::shared_ptr<Projection> make_orders_view() { return std::make_shared<OrdersView>(); }

OrderStanding standing(const OrderRow& row, Time as_of) {
  const auto now = to_micros(as_of);
  OrderStanding result;
  if (row.reported() > now) return result;
  result.created = true;
  bool closed = false;
  for (const auto& round : row.rounds()) {
    if (round.begun() > now) break;
    closed = happened_by(round.closed(), now);
    const bool due = round.deadline() != 0 && round.deadline() < now;
    const bool in_time = happened_by(round.closed(), round.deadline()) || happened_by(row.ended(), round.deadline());
    result.breached |= due && !in_time;
  }
  result.open = !closed && !happened_by(row.ended(), now);
  for (const auto& assignment : row.assignments()) {
    if (assignment.since() <= now) result.unit = assignment.unit();
  }
  return result;
}

void OrderCounts::add(const OrderStanding& standing) {
  created += standing.created;
  open += standing.open;
  breached += standing.breached;
  breached_open += standing.breached && standing.open;
}

void OrderStatistics::add(const OrderRow& row) {
  const auto now = standing(row, as_of_);
  if (!now.created) return;
  all_.add(now);
  auto unit = by_unit_.find(now.unit);
  if (unit == by_unit_.end()) unit = by_unit_.emplace(now.unit, OrderCounts{}).first;
  unit->second.add(now);
}

}  // namespace pavior::city::inline v0

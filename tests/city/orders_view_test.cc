#include "pavior/city/orders_view.h"

#include <map>

#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/v1/views.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "support/catch.h"

using namespace pavior;
using city::OrderStanding;
using city::standing;
namespace v1 = pavior::city::v1;

namespace {

class MapRows final : public Rows {
 public:
  std::optional<std::string> get(std::string_view key) const override {
    const auto found = rows_.find(key);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }
  void put(std::string_view key, std::string value) override { rows_[std::string(key)] = std::move(value); }
  void erase(std::string_view key) override { rows_.erase(std::string(key)); }
  std::size_t size() const { return rows_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> rows_;
};

// One order's facts, each at its microsecond, applied as they are told.
class Story {
 public:
  template <class Fact>
  Story& at(std::int64_t time, const Fact& fact, v1::Stage stage) {
    const auto payload = fact.SerializeAsString();
    Event event;
    event.version = Version{++version_};
    event.stage = static_cast<Stage>(stage);
    event.time = from_micros(time);
    event.workflow = city::work_order_workflow;
    event.key = "1";
    event.type = message_type<Fact>();
    event.payload = payload;
    view_->apply(event, rows_);
    return *this;
  }

  // Reported at 100, accepted with this deadline at 110, sent to "roads" at 120.
  Story& begin(std::int64_t deadline) {
    v1::Reported reported;
    reported.set_title("hole");
    v1::Accepted accepted;
    accepted.set_category("street");
    accepted.set_deadline(deadline);
    at(100, reported, v1::STAGE_REPORTED).at(110, accepted, v1::STAGE_ACCEPTED);
    return dispatch(120, "roads");
  }
  Story& dispatch(std::int64_t time, const std::string& unit) {
    v1::Dispatched dispatched;
    dispatched.set_lead(unit);
    return at(time, dispatched, v1::STAGE_DISPATCHED);
  }
  Story& close(std::int64_t time) { return at(time, v1::Closed(), v1::STAGE_CLOSED); }
  Story& reopen(std::int64_t time, std::int64_t deadline) {
    v1::ReopenedForDispatch reopened;
    reopened.set_deadline(deadline);
    return at(time, reopened, v1::STAGE_ACCEPTED);
  }

  v1::OrderRow row() const {
    v1::OrderRow row;
    REQUIRE(row.ParseFromString(rows_.get("1").value()));
    return row;
  }
  // E.g. "open breached roads".
  std::string as_of(std::int64_t time) const {
    const auto order = row();
    const auto now = standing(order, from_micros(time));
    if (!now.created) return "not created";
    return std::string(now.open ? "open" : "ended") + (now.breached ? " breached " : " ") + std::string(now.unit);
  }

 private:
  std::shared_ptr<Projection> view_ = city::make_orders_view();
  MapRows rows_;
  std::uint64_t version_ = 0;
};

}  // namespace

TEST_CASE("an order is created when reported and has a unit once dispatched") {
  const auto story = Story().begin(0);
  CHECK(story.as_of(99) == "not created");
  CHECK(story.as_of(100) == "open ");
  CHECK(story.as_of(120) == "open roads");
  CHECK(story.row().title() == "hole");
  CHECK(story.row().category() == "street");
  CHECK(story.row().stage() == v1::STAGE_DISPATCHED);
  CHECK(story.row().version() == 3);
}

TEST_CASE("an open order is breached after its deadline, not at it, though no timer has fired") {
  const auto story = Story().begin(200);
  CHECK(story.as_of(200) == "open roads");
  CHECK(story.as_of(201) == "open breached roads");
}

TEST_CASE("closing at the deadline is on time, and one microsecond later is not") {
  CHECK(Story().begin(200).close(200).as_of(1000) == "ended roads");
  const auto late = Story().begin(200).close(201);
  CHECK(late.as_of(200) == "open roads");
  CHECK(late.as_of(201) == "ended breached roads");
  CHECK(late.as_of(1000) == "ended breached roads");
}

TEST_CASE("the past does not know of a later close") {
  const auto story = Story().begin(200).close(300);
  CHECK(story.as_of(250) == "open breached roads");
  CHECK(story.as_of(300) == "ended breached roads");
}

TEST_CASE("a deadline that had passed before the order was filed is breached from the start") {
  CHECK(Story().begin(50).as_of(110) == "open breached ");
}

TEST_CASE("a reopened order has a new deadline, and an old breach stays") {
  const auto on_time = Story().begin(200).close(150).reopen(400, 500).dispatch(410, "parks");
  CHECK(on_time.as_of(399) == "ended roads");
  CHECK(on_time.as_of(400) == "open roads");
  CHECK(on_time.as_of(500) == "open parks");
  CHECK(on_time.as_of(501) == "open breached parks");
  const auto late = Story().begin(200).close(300).reopen(400, 0).close(450);
  CHECK(late.as_of(1000) == "ended breached roads");
  CHECK(late.row().rounds_size() == 2);
}

TEST_CASE("an order that was voided or merged away by its deadline is not breached, later it is") {
  CHECK(Story().begin(200).at(200, v1::Voided(), v1::STAGE_VOIDED).as_of(1000) == "ended roads");
  CHECK(Story().begin(200).at(150, v1::MergedInto(), v1::STAGE_MERGED).as_of(1000) == "ended roads");
  CHECK(Story().begin(200).at(201, v1::Voided(), v1::STAGE_VOIDED).as_of(1000) == "ended breached roads");
}

TEST_CASE("a rejected order is not open") {
  Story story;
  story.at(100, v1::Reported(), v1::STAGE_REPORTED).at(130, v1::Rejected(), v1::STAGE_REJECTED);
  CHECK(story.as_of(129) == "open ");
  CHECK(story.as_of(130) == "ended ");
}

TEST_CASE("statistics count each order once, whole and by the unit of the time") {
  city::OrderStatistics statistics(from_micros(300));
  statistics.add(Story().begin(200).row());
  statistics.add(Story().begin(200).close(250).row());
  statistics.add(Story().begin(400).dispatch(290, "parks").row());
  v1::OrderRow later;
  later.set_reported(301);
  statistics.add(later);
  CHECK(statistics.all() == city::OrderCounts{3, 2, 2, 1});
  CHECK(statistics.by_unit().size() == 2);
  CHECK(statistics.by_unit().at("roads") == city::OrderCounts{2, 1, 2, 1});
  CHECK(statistics.by_unit().at("parks") == city::OrderCounts{1, 1, 0, 0});
}

TEST_CASE("events of other workflows leave no row") {
  MapRows rows;
  Event event;
  event.workflow = "settings";
  event.key = "1";
  city::make_orders_view()->apply(event, rows);
  CHECK(rows.size() == 0);
}

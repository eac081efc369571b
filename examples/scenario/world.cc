#include "scenario/world.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "pavior/city/calendar_file.h"
#include "pavior/city/organisation_directory.h"
#include "text/calendar_source.h"
#include "text/clock_source.h"

namespace pavior::scenario {
namespace {

std::filesystem::path make_folder() {
  auto name = (std::filesystem::temp_directory_path() / "pavior-scenario-XXXXXX").string();
  return ::mkdtemp(name.data()) == nullptr ? std::filesystem::path() : std::filesystem::path(name);
}

Result<city::ClockPlan> plan_of(const cli::PlanSource& source) {
  std::vector<city::v1::Calendar> calendars;
  for (const auto& text : source.calendars) {
    auto data = city::read_calendar(text);
    if (!data) return std::move(data).error();
    calendars.push_back(*std::move(data));
  }
  return cli::make_clock_plan(source.plan, calendars);
}

}  // namespace

void Offices::hold(Holds holds) {
  std::erase_if(offices_, [&](const Holds& old) { return old.role == holds.role && old.unit == holds.unit; });
  offices_.push_back(std::move(holds));
}

std::vector<std::string> Offices::holders(std::string_view role, const city::v1::WorkOrder& order) const {
  const std::vector<std::string>* people = nullptr;
  for (const Holds& office : offices_) {
    if (office.role != role) continue;
    if (office.unit == order.lead()) return office.people;
    if (office.unit.empty()) people = &office.people;
  }
  if (people != nullptr) return *people;
  return organisation_ == nullptr ? std::vector<std::string>() : organisation_->holders(role, order);
}

World::World(Time start, std::uint64_t seed, WorkflowMaker make)
    : make_(std::move(make)), folder_(make_folder()), runtime_(start, seed) {}

World::~World() {
  engine_.reset();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void World::use(UseClocks clocks) {
  plan_ = std::move(clocks.plan);
  changed_ = true;
}

void World::use(UseCalendar calendar) {
  calendars_.push_back(std::move(calendar.calendar));
  changed_ = true;
}

// A book of the clock plan alone, or one that waits for what the store has published.
Result<void> World::read_policy() {
  if (!plan_.empty()) {
    const auto source = cli::open_clock_plan(plan_, calendars_);
    if (!source) return source.error();
    auto clocks = plan_of(*source);
    if (!clocks) return std::move(clocks).error();
    host_ = clocks->calendars();
    book_ = city::PolicyBook::of(city::Policy::of_clocks(*std::move(clocks)), host_);
    return {};
  }
  host_ = city::Calendars();
  for (const auto& name : calendars_) {
    auto opened = cli::open_calendar(name);
    if (!opened) return std::move(opened).error();
    if (auto added = host_.add(std::move(opened->calendar)); !added) return added;
  }
  book_ = city::PolicyBook(host_);
  return {};
}

Result<void> World::read_organisation(city::WorkOrderPolicy& policy) {
  if (!organisation_) return {};
  const auto world = city::make_dispatch_world(*organisation_);
  workload_ = std::make_shared<city::OrderWorkload>(*world);
  counted_ = Position::none;
  auto dispatcher = city::RuleDispatcher::make(world, workload_);
  if (!dispatcher) return std::move(dispatcher).error();
  policy.dispatcher = std::make_shared<city::RuleDispatcher>(*std::move(dispatcher));
  offices_->organise(city::make_directory(city::OrganisationBook::of(*organisation_, host_), [this] { return now(); }));
  return {};
}

Result<void> World::open() {
  if (folder_.empty()) return Error(ErrorCode::unavailable, "no temporary folder can be made");
  if (auto read = read_policy(); !read) return read;
  city::WorkOrderPolicy policy;
  policy.policies = book_;
  policy.directory = offices_;
  policy.maps = maps_;
  if (auto read = read_organisation(policy); !read) return read;
  Options options;
  options.workflows = {noted(make_(std::move(policy)), live_), city::make_policy_workflow(host_),
                       city::make_organisation_workflow(host_), city::make_grid_map_workflow()};
  options.couriers = couriers_to(box_);
  options.durability = Durability::process_crash;
  options.block_cache_bytes = 1 << 20;
  options.write_buffer_bytes = 1 << 20;
  engine_.reset();
  auto engine = Engine::open(folder_ / "store", std::move(options), runtime_);
  if (!engine) return std::move(engine).error();
  engine_ = *std::move(engine);
  if (auto loaded = city::refresh_policies(book_, *engine_); !loaded) return loaded;
  changed_ = false;
  settle();
  return {};
}

Result<void> World::ready() { return changed_ ? open() : Result<void>(); }

Result<void> World::restart() { return open(); }

void World::advance_to(Time time) {
  runtime_.advance_to(time);
  count_work();
}

void World::settle() {
  runtime_.run_ready();
  count_work();
}

void World::count_work() {
  if (workload_ == nullptr) return;
  const auto read = engine_->read(counted_, [&](const Event& event) { return workload_->observe(event), true; });
  if (read) counted_ = *read;  // A store that cannot be read is told by `verify`, at the end.
}

Result<city::Recount> World::recount() {
  auto counted = city::recount_clocks(*engine_, book_.versions()->calendars());
  settle();
  return counted;
}

Result<void> World::publish(Command command) {
  const auto receipt = submit(std::move(command).by(Actor("city", {std::string(city::roles::system)})));
  return receipt ? Result<void>() : receipt.error();
}

Result<void> World::publish(const city::v1::Catalogue& catalogue) {
  if (auto published = publish(city::publish_command(catalogue)); !published) return published;
  return city::refresh_policies(book_, *engine_);
}

Result<void> World::publish(const city::v1::Organisation& organisation) {
  if (auto published = publish(city::publish_organisation_command(organisation)); !published) return published;
  organisation_ = city::Organisation::make(organisation, host_).value().taking_effect(now());
  changed_ = true;
  return {};
}

Result<void> World::publish(const city::v1::GridMap& map) {
  auto command = city::publish_grid_map_command(map);
  if (!command) return std::move(command).error();
  if (auto published = publish(*std::move(command)); !published) return published;
  return city::refresh_grid_maps(maps_, *engine_);
}

Result<std::shared_ptr<const city::v1::WorkOrder>> World::order(const std::string& key) const {
  const auto snapshot = engine_->load(city::work_order_id(key));
  if (snapshot) return std::shared_ptr<const city::v1::WorkOrder>(snapshot->state, city::work_order(*snapshot->state));
  if (snapshot.error().code() == ErrorCode::not_found) return std::shared_ptr<const city::v1::WorkOrder>();
  return snapshot.error();
}

}  // namespace pavior::scenario

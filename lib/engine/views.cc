#include "engine/views.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "engine/host_code.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"
#include "store/log.h"

namespace pavior::inline v0 {
namespace {

std::string state_key(std::string_view projection) { return fmt::format("view/{}", projection); }

/// Rows of one generation, with the slice's writes on top.
class Overlay final : public Rows {
 public:
  Overlay(const store::Database& database, std::string prefix) : database_(database), prefix_(std::move(prefix)) {}

  std::optional<std::string> get(std::string_view key) const override {
    const auto written = written_.find(key);
    if (written != written_.end()) return written->second;
    auto row = database_.get(store::Family::views, prefix_ + std::string(key));
    if (!row) return failure_ = std::move(row).error(), std::nullopt;
    return std::move(*row);
  }
  void put(std::string_view key, std::string value) override {
    written_.insert_or_assign(std::string(key), std::move(value));
  }
  void erase(std::string_view key) override { written_.insert_or_assign(std::string(key), std::nullopt); }

  Result<void> flush(store::Batch& batch) const {
    if (failure_) return *failure_;
    for (const auto& [key, value] : written_) {
      if (value)
        batch.put(store::Family::views, prefix_ + key, *value);
      else
        batch.erase(store::Family::views, prefix_ + key);
    }
    return {};
  }

 private:
  const store::Database& database_;
  std::string prefix_;
  std::map<std::string, std::optional<std::string>, std::less<>> written_;
  mutable std::optional<Error> failure_;
};

}  // namespace

Result<ViewState> ViewState::read(const store::Database& database, std::string_view projection,
                                  const store::Database::MomentPtr& at) {
  auto value = database.get(store::Family::meta, state_key(projection), at);
  if (!value) return std::move(value).error();
  if (!value->has_value()) return ViewState{};
  v1::ViewState row;
  if (!row.ParseFromString(**value))
    return Error(ErrorCode::corrupt, fmt::format("the checkpoint of view {} cannot be read", projection));
  return ViewState{row.revision(),
                   row.generation(),
                   Position{row.position()},
                   row.building(),
                   Position{row.building_position()},
                   row.building_revision()};
}

void ViewState::put(store::Batch& batch, std::string_view projection) const {
  v1::ViewState row;
  row.set_revision(revision);
  row.set_generation(generation);
  row.set_position(number(position));
  row.set_building(building);
  row.set_building_position(number(building_position));
  row.set_building_revision(building_revision);
  batch.put(store::Family::meta, state_key(projection), row.SerializeAsString());
}

View::View(store::Database& database, Tasks& tasks, std::shared_ptr<Projection> projection)
    : database_(database), tasks_(tasks), projection_(std::move(projection)) {}

Result<void> View::open() {
  const std::lock_guard lock(mutex_);
  auto state = ViewState::read(database_, name());
  if (!state) return std::move(state).error();
  state_ = *state;
  const std::uint32_t wanted = projection_->revision();
  if (state_.revision == 0) {  // the first rows are live from the start
    state_.revision = wanted;
    state_.generation = 1;
    return {};
  }
  const bool up_to_date = state_.revision == wanted && state_.building == 0;
  return up_to_date || builds_wanted() ? Result<void>() : start_building();
}

bool View::builds_wanted() const { return state_.building != 0 && state_.building_revision == projection_->revision(); }

/// Rows of an earlier attempt go first: they may be another revision's.
Result<void> View::start_building() {
  const ViewState before = state_;
  state_.building = state_.generation + 1;
  state_.building_position = Position::none;
  state_.building_revision = projection_->revision();
  store::Batch batch(database_);
  const std::string rows = store::view_prefix(name(), state_.building);
  batch.erase_range(store::Family::views, rows, store::prefix_end(rows));
  state_.put(batch, name());
  auto written = database_.write(batch, false);
  if (!written) state_ = before;
  return written ? Result<void>() : std::move(written).error();
}

void View::hint() {
  {
    const std::lock_guard lock(hint_mutex_);
    if (std::exchange(scheduled_, true)) return;
  }
  tasks_.post([this] {
    {
      const std::lock_guard lock(hint_mutex_);
      scheduled_ = false;
    }
    const std::lock_guard lock(mutex_);
    auto more = work_once();
    if (!more)
      tasks_.post_after(std::chrono::seconds(1), [this] { hint(); });
    else if (*more)
      hint();
  });
}

Result<void> View::catch_up() {
  const std::lock_guard lock(mutex_);
  for (;;) {
    auto more = work_once();
    if (!more) return std::move(more).error();
    if (!*more) return {};
  }
}

Result<void> View::rebuild() {
  {
    const std::lock_guard lock(mutex_);
    if (!builds_wanted())
      if (auto started = start_building(); !started) return started;
  }
  for (;;) {  // slice by slice, so that live events get in between
    const std::lock_guard lock(mutex_);
    auto more = work_once();
    if (!more) return std::move(more).error();
    if (state_.building == 0) return {};
  }
}

/// One slice for the live rows and one for those being built. Rows of an older revision stay as they are until replaced.
Result<bool> View::work_once() {
  Result<bool> live = false;
  if (state_.revision == projection_->revision()) live = step(state_.generation, state_.position);
  if (!live || state_.building == 0) return live;
  auto built = step(state_.building, state_.building_position);
  if (!built) return built;
  return *live || *built || state_.building != 0;
}

Result<bool> View::step(std::uint32_t generation, Position& position) {
  auto slice = store::read_slice(database_, position, slice_events_max);
  if (!slice) return std::move(slice).error();
  const std::vector<Event>& events = slice->events.events();
  const bool building = generation == state_.building;
  if (events.empty() && !building) return false;

  Overlay rows(database_, store::view_prefix(name(), generation));
  auto applied = call_host(name(), "apply", [&]() -> Result<void> {
    for (const Event& event : events) projection_->apply(event, rows);
    return {};
  });
  if (!applied) return std::move(applied).error();
  store::Batch batch(database_);
  if (auto flushed = rows.flush(batch); !flushed) return std::move(flushed).error();

  const ViewState before = state_;
  if (!events.empty()) position = events.back().position;
  if (building && slice->at_end) swap(batch);
  state_.put(batch, name());
  if (auto written = database_.write(batch, false); !written) {
    state_ = before;
    return std::move(written).error();
  }
  return !slice->at_end;
}

/// The generation being built becomes the live one; the old rows go in the same write.
void View::swap(store::Batch& batch) {
  const std::string old = store::view_prefix(name(), state_.generation);
  batch.erase_range(store::Family::views, old, store::prefix_end(old));
  state_.revision = state_.building_revision;
  state_.generation = state_.building;
  state_.position = state_.building_position;
  state_.building = 0;
  state_.building_position = Position::none;
  state_.building_revision = 0;
}

}  // namespace pavior::inline v0

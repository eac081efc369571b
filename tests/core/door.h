// The door's lifecycle: no city, no policy, no permissions.
#pragma once

#include <memory>
#include <string_view>

#include "door.pb.h"
#include "pavior/event.h"
#include "pavior/table.h"
#include "pavior/workflow.h"

namespace pavior::tests {

using namespace machine;  // NOLINT
using DoorView = View<Door>;

struct fits {
  static constexpr std::string_view name = "fits";
  static constexpr std::string_view explanation = "the key fits";
  static bool test(const Open& command, const DoorView& view) { return command.key() == view.data.key(); }
};

struct worn_out {
  static constexpr std::string_view name = "worn_out";
  static constexpr std::string_view explanation = "the door was opened twice";
  static bool test(const DoorView& view) { return view.data.times() >= 2; }
};

using shut = stage<1, "shut">;
using open = stage<2, "open">;
using wall = stage<3, "wall">;

struct DoorLifecycle {
  static constexpr std::string_view name = "door";
  using Data = Door;

  // clang-format off
  using Lifecycle = table<
  //  from                command  when                     event    to
  row<absent,             Build,   always,                  Built,   shut  >,
  row<shut,               Open,    all<fits, no<worn_out>>, Opened,  open  >,
  row<open,               Shut,    always,                  Closed,  shut  >,
  row<any_of<shut, open>, Brick,   any<worn_out, no<worn_out>>, Bricked, wall >>;
  // Doors were painted once; their streams must still be read.
  using Legacy = table<edge<any_of<shut, open>, Painted, same>>;
  // clang-format on

  static Built make(const Build& command, const DoorView&, tag<Built>) {
    Built fact;
    fact.set_key(command.key());
    return fact;
  }
  static Opened make(const Open&, const DoorView& view, tag<Opened>) {
    Opened fact;
    fact.set_times(view.data.times() + 1);
    return fact;
  }
  static Closed make(const Shut&, const DoorView&, tag<Closed>) { return {}; }
  static Bricked make(const Brick&, const DoorView&, tag<Bricked>) { return {}; }

  static void apply(Door& door, Built&& fact, const Event&) { door.set_key(std::move(*fact.mutable_key())); }
  static void apply(Door& door, const Opened& fact, const Event&) { door.set_times(fact.times()); }
  static void apply(Door&, const Closed&, const Event&) {}
  static void apply(Door&, const Bricked&, const Event&) {}
  static void apply(Door& door, const Painted&, const Event&) { door.set_painted(true); }
};

std::shared_ptr<const Workflow> make_door_workflow();  // door.cc

}  // namespace pavior::tests

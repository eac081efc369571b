#include "door.h"

#include "pavior/machine.h"

namespace pavior::tests {

std::shared_ptr<const Workflow> make_door_workflow() { return make_workflow<DoorLifecycle>(); }

}  // namespace pavior::tests

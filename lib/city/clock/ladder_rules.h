/// \file
/// Whether a ladder of thresholds makes sense.
#pragma once

#include <optional>

#include "city/data_file.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/v1/clock.pb.h"

namespace pavior::city::inline v0 {

using Ladder = google::protobuf::RepeatedPtrField<v1::Threshold>;

/// The first mistake; its path begins with the index, as `[1].roles`, or is empty if it is of the whole.
[[nodiscard]] Mistake ladder_mistake(const Ladder& ladder);

}  // namespace pavior::city::inline v0

/// \file
/// What the checks of a catalogue's parts have in common.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "city/data_file.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/v1/calendar.pb.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::inline v0 {

using Texts = google::protobuf::RepeatedPtrField<std::string>;

/// What codes, ids and names that others refer to may have at most, and what people read.
inline constexpr std::size_t name_bytes_max = 64;
inline constexpr std::size_t text_bytes_max = 4096;

/// The mistake of a part, told by the path of the whole.
[[nodiscard]] Mistake within(std::string_view path, Mistake mistake);

/// `what` has its article: "a channel".
[[nodiscard]] Mistake name_mistake(std::string path, const std::string& name, std::string_view what);

/// For people; may be empty.
[[nodiscard]] Mistake text_mistake(std::string path, const std::string& text);

/// A limit that must be there, or may be missing.
[[nodiscard]] Mistake needed_limit_mistake(std::string path, bool given, const v1::Limit& limit);
[[nodiscard]] Mistake given_limit_mistake(std::string path, bool given, const v1::Limit& limit);

/// A span of time by the clock: minutes or hours, a year at most.
[[nodiscard]] Mistake window_mistake(std::string path, const v1::Limit& window);
/// A distance that may be left out. `most` is no longer than what the rule can stand for.
[[nodiscard]] Mistake metres_mistake(std::string path, double metres, double most);

[[nodiscard]] Mistake outcomes_mistake(std::string_view path, const google::protobuf::RepeatedField<int>& outcomes);

/// Names of one kind, which must all differ.
class Names {
 public:
  /// With its article: "a channel".
  explicit Names(std::string_view kind) : kind_(kind) {}

  /// The mistake of one more name.
  [[nodiscard]] Mistake add(std::string path, const std::string& name);
  [[nodiscard]] bool contains(const std::string& name) const { return seen_.contains(name); }
  [[nodiscard]] bool empty() const { return seen_.empty(); }
  /// Where the name stands. REQUIRES: it is here.
  [[nodiscard]] const std::string& place(const std::string& name) const { return seen_.at(name); }
  /// Some of them, for a message: "a, b, c".
  [[nodiscard]] std::string some() const;

 private:
  std::string_view kind_;
  std::map<std::string, std::string> seen_;
};

/// Of a list: each is a name, and none stands twice.
[[nodiscard]] Mistake list_mistake(std::string_view path, const Texts& names, std::string_view kind);

}  // namespace pavior::city::inline v0

/// \file
/// JSON objects on one line, their fields in the order they were added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pavior::cli {

class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view text);
  JsonObject& add(std::string_view name, std::uint64_t number);
  JsonObject& add(std::string_view name, bool yes);
  JsonObject& add(std::string_view name, const JsonObject& object) { return add_json(name, object.text()); }
  /// `json` is any JSON value.
  JsonObject& add_json(std::string_view name, std::string_view json);

  [[nodiscard]] std::string text() const { return '{' + fields_ + '}'; }

 private:
  std::string fields_;
};

/// `text` as a JSON string, with its quotes. Control characters are escaped.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace pavior::cli

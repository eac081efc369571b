#include "text/json.h"

#include "fmt/format.h"

namespace pavior::cli {

JsonObject& JsonObject::add(std::string_view name, std::string_view text) { return add_json(name, json_string(text)); }

JsonObject& JsonObject::add(std::string_view name, std::uint64_t number) {
  return add_json(name, fmt::format("{}", number));
}

JsonObject& JsonObject::add(std::string_view name, bool yes) { return add_json(name, yes ? "true" : "false"); }

JsonObject& JsonObject::add_json(std::string_view name, std::string_view json) {
  if (!fields_.empty()) fields_ += ',';
  fields_.append(json_string(name)).append(":").append(json);
  return *this;
}

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted.append({'\\', c});
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\u{:04x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted += '"';
}

}  // namespace pavior::cli

#include "city/policy/check_words.h"

#include "city/calendar/calendar_rules.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {

Mistake within(std::string_view path, Mistake mistake) {
  if (mistake) mistake->path = mistake->path.empty() ? std::string(path) : fmt::format("{}.{}", path, mistake->path);
  return mistake;
}

Mistake name_mistake(std::string path, const std::string& name, std::string_view what) {
  if (name.empty()) return DataMistake{std::move(path), fmt::format("is missing; give {} one", what)};
  if (name.size() > name_bytes_max || !is_printable_utf8(name))
    return DataMistake{std::move(path), fmt::format("\"{}\" names nothing; {} has 1 to {} printable bytes",
                                                    printable(name.substr(0, name_bytes_max)), what, name_bytes_max)};
  return {};
}

Mistake text_mistake(std::string path, const std::string& text) {
  if (text.size() <= text_bytes_max) return {};
  return DataMistake{std::move(path), fmt::format("has {} bytes; shorten it to {}", text.size(), text_bytes_max)};
}

Mistake needed_limit_mistake(std::string path, bool given, const v1::Limit& limit) {
  if (!given) return DataMistake{std::move(path), "is missing; write e.g. { amount: 3 unit: UNIT_WORK_DAY }"};
  return within(path, limit_mistake(limit));
}

Mistake given_limit_mistake(std::string path, bool given, const v1::Limit& limit) {
  return given ? within(path, limit_mistake(limit)) : Mistake();
}

Mistake window_mistake(std::string path, const v1::Limit& window) {
  constexpr std::int64_t minutes_max = 366 * 24 * 60;
  if (auto mistake = within(path, limit_mistake(window))) return mistake;
  if (window.unit() != v1::UNIT_MINUTE && window.unit() != v1::UNIT_HOUR)
    return DataMistake{path + ".unit", "a window counts by the clock; use UNIT_MINUTE or UNIT_HOUR"};
  const std::int64_t most = window.unit() == v1::UNIT_HOUR ? minutes_max / 60 : minutes_max;
  if (window.amount() > most)
    return DataMistake{path + ".amount", fmt::format("is longer than a year; write {} or less", most)};
  return {};
}

Mistake metres_mistake(std::string path, double metres, double most) {
  if (metres > 0 && metres <= most) return {};
  return DataMistake{std::move(path), fmt::format("is more than 0 and at most {} metres, not {}", most, metres)};
}

Mistake outcomes_mistake(std::string_view path, const google::protobuf::RepeatedField<int>& outcomes) {
  for (int i = 0; i < outcomes.size(); ++i)
    if (!v1::Outcome_IsValid(outcomes[i]) || outcomes[i] == v1::OUTCOME_UNSPECIFIED)
      return DataMistake{fmt::format("{}[{}]", path, i),
                         "is no outcome; write OUTCOME_RESOLVED, OUTCOME_PARTLY_RESOLVED or OUTCOME_NOT_RESOLVED"};
  return {};
}

Mistake Names::add(std::string path, const std::string& name) {
  if (auto mistake = name_mistake(path, name, kind_)) return mistake;
  const auto [known, fresh] = seen_.emplace(name, path);
  if (fresh) return {};
  return DataMistake{std::move(path),
                     fmt::format("\"{}\" is in {} already; keep one of the two, or rename it", name, known->second)};
}

std::string Names::some() const {
  constexpr std::size_t some_max = 8;
  if (seen_.empty()) return "none";
  std::string text;
  std::size_t count = 0;
  for (const auto& [name, place] : seen_) {
    if (++count > some_max) return text + " ...";
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

Mistake list_mistake(std::string_view path, const Texts& names, std::string_view kind) {
  Names seen(kind);
  for (int i = 0; i < names.size(); ++i)
    if (auto mistake = seen.add(fmt::format("{}[{}]", path, i), names[i])) return mistake;
  return {};
}

}  // namespace pavior::city::inline v0

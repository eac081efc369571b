#include <string_view>

#include "city/policy/catalogue_check.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Mistake placeholder_mistake(std::string_view name) {
  if (!name.empty() && name.size() <= name_bytes_max && name.find_first_of(" \t\r\n") == std::string_view::npos &&
      is_printable_utf8(name))
    return {};
  return DataMistake{"text", fmt::format("\"{{{}}}\" is no placeholder; write a name without blanks, as {{measures}}",
                                         printable(name))};
}

// Every brace belongs to a placeholder.
Mistake template_text_mistake(std::string_view text) {
  for (auto open = text.find_first_of("{}"); open != std::string_view::npos; open = text.find_first_of("{}")) {
    if (text[open] == '}') return DataMistake{"text", "has a \"}\" without its \"{\" before it"};
    const auto close = text.find_first_of("{}", open + 1);
    if (close == std::string_view::npos || text[close] == '{')
      return DataMistake{
          "text", fmt::format("has a \"{{\" that is not closed: \"{}\"",
                              printable(text.substr(
                                  open, close == std::string_view::npos ? std::string_view::npos : close - open)))};
    if (auto mistake = placeholder_mistake(text.substr(open + 1, close - open - 1))) return mistake;
    text.remove_prefix(close + 1);
  }
  return {};
}

Mistake template_mistake(const v1::ReplyTemplate& reply, const CatalogueNames& names) {
  if (reply.text().empty()) return DataMistake{"text", "is missing; write what the reply says"};
  if (auto mistake = text_mistake("text", reply.text())) return mistake;
  if (auto mistake = template_text_mistake(reply.text())) return mistake;
  if (auto mistake = outcomes_mistake("outcomes", reply.outcomes())) return mistake;
  if (auto mistake = list_mistake("categories", reply.categories(), "a category")) return mistake;
  if (names.minors.empty()) return {};
  for (int i = 0; i < reply.categories_size(); ++i)
    if (const auto& code = reply.categories(i); !names.minors.contains(code) && !names.majors.contains(code))
      return DataMistake{fmt::format("categories[{}]", i),
                         fmt::format("there is no category \"{}\"; write the code of a major or a minor", code)};
  return {};
}

Mistake what_mistake(const v1::ReplyRule& rule) {
  switch (rule.what_case()) {
    case v1::ReplyRule::kForbiddenPhrase: return name_mistake("forbidden_phrase", rule.forbidden_phrase(), "a phrase");
    case v1::ReplyRule::kRequiredPhrase: return name_mistake("required_phrase", rule.required_phrase(), "a phrase");
    case v1::ReplyRule::kCharactersMin:
      if (rule.characters_min() > 0 && rule.characters_min() <= text_bytes_max) return {};
      return DataMistake{"characters_min", fmt::format("is a number from 1 to {}", text_bytes_max)};
    case v1::ReplyRule::kRequiredElement:
      if (v1::ReplyElement_IsValid(rule.required_element()) && rule.required_element() != v1::REPLY_ELEMENT_UNSPECIFIED)
        return {};
      return DataMistake{"required_element", "use ACCEPTED_AT, CONTACT, MEASURES or TIME_LIMIT"};
    case v1::ReplyRule::kTemplateRequired:
      if (rule.template_required()) return {};
      return DataMistake{"template_required", "is false, so the rule asks for nothing; leave the rule out"};
    default:
      return DataMistake{"",
                         "asks for nothing; give it one of forbidden_phrase, required_phrase, characters_min, "
                         "required_element and template_required"};
  }
}

}  // namespace

Mistake templates_mistake(const v1::Catalogue& data, const CatalogueNames& names) {
  std::map<std::pair<std::string, std::uint32_t>, int> seen;
  for (int i = 0; i < data.templates_size(); ++i) {
    const auto& reply = data.templates(i);
    const auto path = fmt::format("templates[{}]", i);
    if (auto mistake = name_mistake(path + ".id", reply.id(), "a template")) return mistake;
    if (reply.version() == 0) return DataMistake{path + ".version", "is 0 or missing; versions are 1, 2, 3 ..."};
    const auto [known, fresh] = seen.emplace(std::pair(reply.id(), reply.version()), i);
    if (!fresh)
      return DataMistake{path + ".version", fmt::format("version {} of {} is in templates[{}] already; give the new "
                                                        "text the next number",
                                                        reply.version(), reply.id(), known->second)};
    if (auto mistake = within(path, template_mistake(reply, names))) return mistake;
  }
  return {};
}

Mistake reply_rules_mistake(const v1::Catalogue& data) {
  Names ids("a reply rule");
  for (int i = 0; i < data.reply_rules_size(); ++i) {
    const auto& rule = data.reply_rules(i);
    const auto path = fmt::format("reply_rules[{}]", i);
    if (auto mistake = ids.add(path + ".id", rule.id())) return mistake;
    if (auto mistake = text_mistake(path + ".text", rule.text())) return mistake;
    if (auto mistake = within(path, what_mistake(rule))) return mistake;
    if (auto mistake = outcomes_mistake(path + ".outcomes", rule.outcomes())) return mistake;
  }
  return {};
}

}  // namespace pavior::city::inline v0

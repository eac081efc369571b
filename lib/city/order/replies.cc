#include "city/order/replies.h"

#include <algorithm>

#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

const std::string* bound(const ReplyBasis& basis, std::string_view name) {
  const auto binding = std::ranges::find_if(basis.bindings(), [&](const auto& each) { return each.name() == name; });
  return binding == basis.bindings().end() || binding->value().empty() ? nullptr : &binding->value();
}

/// Names in braces; the catalogue was checked, so every brace has its other.
std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    names.emplace_back(text.substr(open + 1, text.find('}', open) - open - 1));
  return names;
}

std::vector<std::string> unbound(const ReplyTemplate& chosen, const ReplyBasis& basis) {
  auto names = placeholders(chosen.text());
  std::erase_if(names, [&](const std::string& name) { return bound(basis, name) != nullptr; });
  return names;
}

std::string filled(const ReplyTemplate& chosen, const ReplyBasis& basis) {
  std::string text;
  std::string_view rest = chosen.text();
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    text += rest.substr(0, open);
    text += *bound(basis, rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  return text.append(rest);
}

/// Of UTF-8, bytes that begin one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool breaks(const ReplyRule& rule, std::string_view text, const ReplyBasis& basis) {
  switch (rule.what_case()) {
    case ReplyRule::kForbiddenPhrase: return text.find(rule.forbidden_phrase()) != std::string_view::npos;
    case ReplyRule::kRequiredPhrase: return text.find(rule.required_phrase()) == std::string_view::npos;
    case ReplyRule::kCharactersMin: return characters(text) < rule.characters_min();
    case ReplyRule::kTemplateRequired: return rule.template_required() && basis.template_id().empty();
    default: return false;
  }
}

bool lacks(const ReplyBasis& basis, ReplyElement element) {
  switch (element) {
    case ACCEPTED_AT: return basis.accepted_at() == 0;
    case CONTACT: return basis.contact().empty();
    case MEASURES: return basis.measures().empty();
    case TIME_LIMIT: return basis.time_limit().empty();
    default: return false;
  }
}

}  // namespace

const ReplyTemplate* template_of(const ReplyBasis& basis, const OrderView& view) {
  if (basis.template_id().empty()) return nullptr;
  return view.policy.policy.reply_template(basis.template_id(), basis.template_version());
}

std::string reply_text(const SubmitResult& command, const OrderView& view) {
  if (command.basis().template_id().empty()) return command.reply();
  const ReplyTemplate* chosen = template_of(command.basis(), view);
  if (chosen == nullptr || !unbound(*chosen, command.basis()).empty()) return {};
  return filled(*chosen, command.basis());
}

std::vector<const ReplyRule*> broken_rules(const SubmitResult& command, const OrderView& view) {
  std::vector<const ReplyRule*> broken;
  const std::string text = reply_text(command, view);
  for (const ReplyRule& rule : view.policy.policy.data().reply_rules())
    if (fits(rule.outcomes(), command.outcome()) && breaks(rule, text, command.basis())) broken.push_back(&rule);
  return broken;
}

std::vector<std::string> missing_elements(const OrderView& view) {
  std::vector<std::string> names;
  for (const ReplyRule& rule : view.policy.policy.data().reply_rules())
    if (rule.what_case() == ReplyRule::kRequiredElement && fits(rule.outcomes(), view.data.outcome()) &&
        lacks(view.data.reply_basis(), rule.required_element()))
      names.push_back(fmt::format("{} ({})", ReplyElement_Name(rule.required_element()), rule.id()));
  return names;
}

std::string has_reply_or_template::explain(const SubmitResult& command, const OrderView& view) {
  const ReplyBasis& basis = command.basis();
  if (basis.template_id().empty()) return std::string(explanation);
  const ReplyTemplate* chosen = template_of(basis, view);
  if (chosen == nullptr)
    return fmt::format("the reply is made of a template the city has, which \"{}\"{} is not", basis.template_id(),
                       basis.template_version() == 0 ? "" : fmt::format(" version {}", basis.template_version()));
  return fmt::format("the template {} is given all its bindings; these are missing: {}", basis.template_id(),
                     fmt::join(unbound(*chosen, basis), ", "));
}

bool template_fits::test(const SubmitResult& command, const OrderView& view) {
  const ReplyTemplate* chosen = template_of(command.basis(), view);
  if (chosen == nullptr) return true;
  const MajorCategory* major = view.policy.policy.major_of(view.data.category());
  return fits(chosen->outcomes(), command.outcome()) &&
         (fits(chosen->categories(), view.data.category()) ||
          (major != nullptr && fits(chosen->categories(), major->code())));
}

std::string reply_keeps_the_rules::explain(const SubmitResult& command, const OrderView& view) {
  std::vector<std::string> rules;
  for (const ReplyRule* rule : broken_rules(command, view)) rules.push_back(rule->id() + " (" + rule->text() + ")");
  return fmt::format("the reply keeps the rules it breaks: {}", fmt::join(rules, ", "));
}

std::string reply_has_its_elements::lacking(const OrderView& view) {
  return fmt::format("the reply has the elements the city wants; it lacks {}", fmt::join(missing_elements(view), ", "));
}

}  // namespace pavior::city::inline v0::lifecycle

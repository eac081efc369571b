// 答复: texts from templates, and what a reply must not say or leave out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/result.h"

namespace pavior::city::inline v0::lifecycle {

/// The text of a result's reply: as given, or of its template. Null text: the template cannot be filled.
[[nodiscard]] std::string reply_text(const v1::SubmitResult& command, const OrderView& view);
/// The template that is named, of the version that is named or the newest.
[[nodiscard]] const v1::ReplyTemplate* template_of(const v1::ReplyBasis& basis, const OrderView& view);
/// The reply rules that a result breaks. Those about elements are left to the review.
[[nodiscard]] std::vector<const v1::ReplyRule*> broken_rules(const v1::SubmitResult& command, const OrderView& view);
/// Of the four elements, those the city wants and the reply lacks.
[[nodiscard]] std::vector<std::string> missing_elements(const OrderView& view);

struct has_reply_or_template {
  static constexpr std::string_view name = "has_reply_or_template";
  static constexpr std::string_view explanation =
      "a reply to the reporter is given: its text, or one of the city's templates with all its bindings";
  static bool test(const v1::SubmitResult& command, const OrderView& view) {
    return !reply_text(command, view).empty();
  }
  static std::string explain(const v1::SubmitResult& command, const OrderView& view);
};

struct template_fits {
  static constexpr std::string_view name = "template_fits";
  static constexpr std::string_view explanation = "the template is one for this outcome and category";
  static bool test(const v1::SubmitResult& command, const OrderView& view);
};

struct reply_keeps_the_rules {
  static constexpr std::string_view name = "reply_keeps_the_rules";
  static constexpr std::string_view explanation = "the reply breaks no rule of the negative list";
  static bool test(const v1::SubmitResult& command, const OrderView& view) {
    return broken_rules(command, view).empty();
  }
  static std::string explain(const v1::SubmitResult& command, const OrderView& view);
};

struct reply_has_its_elements {
  static constexpr std::string_view name = "reply_has_its_elements";
  static constexpr std::string_view explanation = "the reply has the elements the city wants";
  static bool test(const OrderView& view) { return missing_elements(view).empty(); }
  static std::string explain(const auto&, const OrderView& view) { return lacking(view); }

 private:
  static std::string lacking(const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle

// Asking and naming rules.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/table.h"

namespace pavior::inline v0::machine::detail {

namespace mp = boost::mp11;

template <class R, class V>
concept AskedOfView = requires(const V& view) {
  { R::test(view) } -> std::same_as<bool>;
};

template <class R, class C, class V>
concept AskedOfCommand = requires(const C& command, const V& view) {
  { R::test(command, view) } -> std::same_as<bool>;
};

template <class R>
concept Named = requires {
  { R::name } -> std::convertible_to<std::string_view>;
  { R::explanation } -> std::convertible_to<std::string_view>;
};

template <class R>
struct Rule {
  template <class C, class V>
  static constexpr bool valid = Named<R> && (AskedOfView<R, V> || AskedOfCommand<R, C, V>);
  template <class V>
  static constexpr bool needs_command = !AskedOfView<R, V>;

  template <class V>
  static bool holds(const V& view) {
    return R::test(view);
  }
  template <class C, class V>
  static bool holds(const C& command, const V& view) {
    if constexpr (AskedOfView<R, V>) {
      return R::test(view);
    } else {
      return R::test(command, view);
    }
  }
  static std::string name() { return std::string(R::name); }
  static std::string explanation() { return std::string(R::explanation); }
  /// What is wanting in this case, if the rule can tell.
  template <class C, class V>
  static std::string explanation(const C& command, const V& view) {
    if constexpr (requires { R::explain(command, view); }) {
      return R::explain(command, view);
    } else {
      return explanation();
    }
  }
};

template <class R>
struct Rule<no<R>> {
  template <class C, class V>
  static constexpr bool valid = Rule<R>::template valid<C, V>;
  template <class V>
  static constexpr bool needs_command = Rule<R>::template needs_command<V>;

  static bool holds(const auto&... asked) { return !Rule<R>::holds(asked...); }
  static std::string name() { return "not_" + Rule<R>::name(); }
  static std::string explanation() { return "it is not so that " + Rule<R>::explanation(); }
};

template <class First, class... Rest>
struct Rule<any<First, Rest...>> {
  template <class C, class V>
  static constexpr bool valid = Rule<First>::template valid<C, V> && (Rule<Rest>::template valid<C, V> && ...);
  template <class V>
  static constexpr bool needs_command = Rule<First>::template needs_command<V> ||
                                        (Rule<Rest>::template needs_command<V> || ...);

  static bool holds(const auto&... asked) {
    return Rule<First>::holds(asked...) || (Rule<Rest>::holds(asked...) || ...);
  }
  static std::string name() { return (Rule<First>::name() + ... + ("_or_" + Rule<Rest>::name())); }
  static std::string explanation() {
    return (Rule<First>::explanation() + ... + (", or " + Rule<Rest>::explanation()));
  }
};

/// Within `any` or `no`; elsewhere `Conjunction` flattens it.
template <class First, class... Rest>
struct Rule<all<First, Rest...>> {
  template <class C, class V>
  static constexpr bool valid = Rule<First>::template valid<C, V> && (Rule<Rest>::template valid<C, V> && ...);
  template <class V>
  static constexpr bool needs_command = Rule<any<First, Rest...>>::template needs_command<V>;

  static bool holds(const auto&... asked) {
    return Rule<First>::holds(asked...) && (Rule<Rest>::holds(asked...) && ...);
  }
  static std::string name() { return (Rule<First>::name() + ... + ("_and_" + Rule<Rest>::name())); }
  static std::string explanation() {
    return (Rule<First>::explanation() + ... + (", and " + Rule<Rest>::explanation()));
  }
};

/// A `when` as the list of rules that must all hold; a nested `all` is flattened.
template <class R>
struct Conjunction {
  using type = mp::mp_list<R>;
};
template <class... Rs>
struct Conjunction<all<Rs...>> {
  using type = mp::mp_append<mp::mp_list<>, typename Conjunction<Rs>::type...>;
};

/// Of several rows that say no, the refusal names the rule of the row that came nearest: the one in which most rules
/// held before the first that did not; of equals, the first.
class NearestNo {
 public:
  template <class R, class C, class V>
  void note(std::size_t held, const C& command, const V& view) {
    if (!name_.empty() && held <= held_) return;
    held_ = held;
    name_ = Rule<R>::name();
    if constexpr (requires { Rule<R>::explanation(command, view); }) {
      explanation_ = Rule<R>::explanation(command, view);
    } else {
      explanation_ = Rule<R>::explanation();
    }
  }
  explicit operator bool() const noexcept { return !name_.empty(); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& explanation() const { return explanation_; }

 private:
  std::size_t held_ = 0;
  std::string name_;
  std::string explanation_;
};

/// Asks rules from the left up to the first that does not hold, which is noted.
template <class... Rs, class C, class V>
bool all_hold(mp::mp_list<Rs...>, const C& command, const V& view, NearestNo& nearest) {
  std::size_t held = 0;
  return ((Rule<Rs>::holds(command, view) ? (++held, true) : (nearest.template note<Rs>(held, command, view), false)) &&
          ...);
}

}  // namespace pavior::inline v0::machine::detail

// The workflow made of a lifecycle class. Only which row wins is left to the decider: Boost.MSM, or the row walker.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "pavior/detail/owners.h"
#include "pavior/detail/possibility_list.h"
#include "pavior/detail/rows.h"
#include "pavior/detail/runtime_table.h"
#include "pavior/detail/table_checks.h"
#include "pavior/proto.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

template <class Row>
LegacyNumbers describe_legacy() {
  LegacyNumbers legacy;
  legacy.event = message_type<typename Row::Event>();
  for (const StageName& from : stage_names(typename Row::While{})) legacy.from.push_back(from.stage);
  if constexpr (!std::is_same_v<typename Row::To, same>) {
    legacy.to = Row::To::number;
    legacy.stays = false;
  }
  return legacy;
}

template <class W>
RuntimeTable make_runtime_table() {
  using M = Model<W>;
  const auto names = []<class... Ms>(mp::mp_list<Ms...>) { return std::vector<std::string>{message_type<Ms>()...}; };
  return RuntimeTable(
      W::name, stage_names(typename M::Stages{}), names(typename M::Commands{}), names(typename M::Events{}),
      []<class... Rs>(mp::mp_list<Rs...>) { return std::vector<WrittenRow>{describe<Rs>()...}; }(typename M::Rows{}),
      []<class... Rs>(mp::mp_list<Rs...>) {
        return std::vector<LegacyNumbers>{describe_legacy<Rs>()...};
      }(typename M::Legacy{}));
}

/// `Decider::decide<W>(message, attempt)` records the fact of the first row from the view's stage whose rules hold.
template <class W, class Decider>
class TableWorkflow final : public Workflow {
  static_assert(checked<W>());

 public:
  explicit TableWorkflow(W lifecycle) : lifecycle_(std::move(lifecycle)) {}

  std::string_view name() const noexcept override { return W::name; }
  std::span<const Transition> transitions() const override { return table_.transitions(); }
  std::string_view stage_name(Stage stage) const override { return table_.stage_name(stage); }

  Result<Decision> decide(const State* state, const Command& command, const Context& context) const override {
    const std::size_t index = table_.commands().find(command.type());
    if (index == TypeIndex::npos) return table_.unknown_command(command);
    return with_view(state, command.stream(), command.actor(), context,
                     [&](const ViewOf& view) -> Result<Decision> { return deciders[index](*this, command, view); });
  }

  Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const override {
    if (events.empty()) return before;
    const std::shared_ptr<Folded> next = mutable_copy(std::move(before));
    for (const Event& event : events) {
      const std::size_t index = table_.events().find(event.type);
      if (index == TypeIndex::npos) return table_.unknown_event(event, next->stage());
      if (!table_.has_edge(index, next->stage(), event.stage)) return table_.impossible_event(event, next->stage());
      if (!appliers[index](next->data(), event)) return table_.unreadable_event(event, next->stage());
      next->enter(event.stage);
    }
    return StatePtr(next);
  }

  Reaction react(const State& after, const Event& event) const override {
    Reaction reaction;
    const std::size_t index = table_.events().find(event.type);
    if (index != TypeIndex::npos && reactors[index])
      check_readable(reactors[index](own(after).data(), event, reaction), event);
    return reaction;
  }

  std::vector<Possibility> possibilities(const State* state, const Actor& actor,
                                         const Context& context) const override {
    static const StreamId unknown;
    PossibilityList list;
    const auto fill = [&](const ViewOf& view) -> Result<void> {
      [&]<class... Rs>(mp::mp_list<Rs...>) {
        ((stands_in(typename Rs::While{}, view.stage)
              ? list.add(message_type<typename Rs::Command>(), without_command<Rs>(view))
              : void()),
         ...);
      }(typename M::Rows{});
      if constexpr (has_may) {
        list.restrict([&](std::string_view command) -> Result<void> { return lifecycle_.may(command, view); });
      }
      return {};
    };
    if (!with_view(state, unknown, actor, context, fill)) return {};
    return std::move(list).take();
  }

 private:
  using M = Model<W>;
  using Data = typename M::Data;
  using ViewOf = typename M::ViewOf;
  using Folded = MessageState<Data>;
  static constexpr bool has_may = requires(const W& lifecycle, const ViewOf& view) {
    { lifecycle.may(std::string_view{}, view) } -> std::same_as<Result<void>>;
  };
  // A right that nobody asks would be a door left open.
  static_assert(
      has_may || !requires { &W::may; }, "may(command, view) has other parameters or another result");
  static constexpr bool has_policy_of_stream = requires(const W& lifecycle, const Data& data, Time now) {
    { lifecycle.policy(data, now) } -> std::same_as<Result<typename M::Policy>>;
  };

  template <class E>
  static constexpr bool reacts = !std::is_void_v<typename ReactorOf<W, E>::type>;
  template <class E>
  static constexpr bool all_react = requires(const Data& data, const E& fact, const Event& event, Reaction& reaction) {
    W::reacting(data, fact, event, reaction);
  };

  static const Folded& own(const State& state) {
    const auto* folded = dynamic_cast<const Folded*>(&state);
    check_own_state(folded != nullptr, W::name);
    return *folded;
  }

  /// The state itself if nobody else can see it.
  static std::shared_ptr<Folded> mutable_copy(StatePtr before) {
    if (!before) return std::make_shared<Folded>();
    const Folded& folded = own(*before);
    if (before.use_count() > 1) return std::make_shared<Folded>(folded);
    // It was made by this class, and not const.
    return std::const_pointer_cast<Folded>(std::static_pointer_cast<const Folded>(std::move(before)));
  }

  /// Calls `use` with the view of a stream; its policy's error is the answer.
  template <class Use>
  auto with_view(const State* state, const StreamId& stream, const Actor& actor, const Context& context,
                 const Use& use) const -> decltype(use(std::declval<const ViewOf&>())) {
    const Data& data = state ? own(*state).data() : Data::default_instance();
    const auto with = [&](const typename M::Policy& policy) {
      return use(
          ViewOf{data, policy, state ? state->stage() : Stage::absent, stream, actor, context.now, context.version});
    };
    if constexpr (std::is_same_v<typename M::Policy, NoPolicy>) {
      return with(NoPolicy());
    } else if constexpr (has_policy_of_stream) {
      const Result<typename M::Policy> policy = lifecycle_.policy(data, context.now);
      if (!policy) return policy.error();
      return with(*policy);
    } else {
      return with(lifecycle_.policy());
    }
  }

  template <class C>
  static Result<Decision> decide_as(const TableWorkflow& self, const Command& command, const ViewOf& view) {
    C message;
    if (!parse(command.payload(), message)) return self.table_.unreadable_command(command);
    if constexpr (has_may) {
      if (auto may = self.lifecycle_.may(short_name(command.type()), view); !may) return std::move(may).error();
    }
    Attempt<W> attempt{view, {}, {}, {}};
    Decider::template decide<W>(message, attempt);
    if (attempt.error) return *std::move(attempt.error);
    if (attempt.decision) return *std::move(attempt.decision);
    if (const NearestNo& no = attempt.nearest_no) return self.table_.refused_by(no.name(), no.explanation(), command);
    return self.table_.wrong_place(command, view.stage, state_of<typename ChapterOfCommand<W, C>::type>(message, view));
  }

  /// Its name; empty where no chapter has states.
  template <class K, class C>
  static std::string_view state_of(const C& message, const ViewOf& view) {
    if constexpr (std::is_void_v<K>) {
      return {};
    } else {
      std::string_view name;
      const Stage state = chapter_state<K>(message, view);
      [&]<class... Ss>(mp::mp_list<Ss...>) {
        (void)((Ss::number == state && (name = Ss::name, true)) || ...);
      }(NamedIn<RowsOf<K>, FromOf>{});
      return name;
    }
  }

  template <class E>
  static bool apply_as(Data& data, const Event& event) {
    E fact;
    if (!parse(event.payload, fact)) return false;
    if constexpr (requires { W::applying(data, fact, event); }) W::applying(data, fact, event);
    ApplierOf<W, E>::type::apply(data, std::move(fact), event);
    return true;
  }

  template <class E>
  static bool react_as(const Data& after, const Event& event, Reaction& reaction) {
    E fact;
    if (!parse(event.payload, fact)) return false;
    if constexpr (all_react<E>) W::reacting(after, fact, event, reaction);
    if constexpr (reacts<E>) ReactorOf<W, E>::type::react(after, fact, event, reaction);
    return true;
  }

  using DecideAs = Result<Decision> (*)(const TableWorkflow&, const Command&, const ViewOf&);
  using ApplyAs = bool (*)(Data&, const Event&);
  using ReactAs = bool (*)(const Data&, const Event&, Reaction&);

  template <class E>
  static constexpr ReactAs reactor() {
    if constexpr (all_react<E> || reacts<E>) {
      return &react_as<E>;
    } else {
      return nullptr;
    }
  }

  static constexpr auto deciders = []<class... Cs>(mp::mp_list<Cs...>) {
    return std::array<DecideAs, sizeof...(Cs)>{&decide_as<Cs>...};
  }(typename M::Commands{});
  static constexpr auto appliers = []<class... Es>(mp::mp_list<Es...>) {
    return std::array<ApplyAs, sizeof...(Es)>{&apply_as<Es>...};
  }(typename M::Events{});
  static constexpr auto reactors = []<class... Es>(mp::mp_list<Es...>) {
    return std::array<ReactAs, sizeof...(Es)>{reactor<Es>()...};
  }(typename M::Events{});

  W lifecycle_;
  RuntimeTable table_ = make_runtime_table<W>();
};

}  // namespace pavior::inline v0::machine::detail

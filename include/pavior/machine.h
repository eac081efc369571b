/// \file
/// Makes a workflow of a lifecycle table (`table.h`), decided by Boost.MSM.
/// Include it in one .cc per lifecycle only: MSM costs seconds and hundreds of megabytes to compile. Compile that file
/// with -g1, and with Boost as a system include.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include "boost/mp11/mpl.hpp"
#include "boost/mpl/vector.hpp"
#include "boost/msm/back/state_machine.hpp"
#include "boost/msm/front/functor_row.hpp"
#include "boost/msm/front/state_machine_def.hpp"
#include "pavior/detail/table_workflow.h"

namespace pavior::inline v0::machine {
namespace detail {

template <class S>
struct MsmState : boost::msm::front::state<> {};

template <class W, std::size_t I>
struct MsmGuard {
  template <class C, class Machine, class From, class To>
  bool operator()(const C& command, Machine& machine, From&, To&) const {
    return all_hold(typename Model<W>::template RowAt<I>::Rules{}, command, machine.attempt->view,
                    machine.attempt->nearest_no);
  }
};

template <class W, std::size_t I>
struct MsmAction {
  template <class C, class Machine, class From, class To>
  void operator()(const C& command, Machine& machine, From&, To&) const {
    using Row = typename Model<W>::template RowAt<I>;
    record<Row>(command, Row::To::number, *machine.attempt);
  }
};

template <class Row, class W, std::size_t I>
using MsmRowOf = boost::msm::front::Row<MsmState<typename Row::From>, typename Row::Command, MsmState<typename Row::To>,
                                        MsmAction<W, I>, MsmGuard<W, I>>;

/// Named by its index: MSM repeats every row's name in every symbol.
template <class W, std::size_t I>
struct MsmRow : MsmRowOf<typename Model<W>::template RowAt<I>, W, I> {};

template <class W, class K, std::size_t I>
struct BesideGuard {
  using Row = mp::mp_at_c<BesideRowsIn<K>, I>;
  template <class C, class Machine, class From, class To>
  bool operator()(const C& command, Machine& machine, From&, To&) const {
    Attempt<W>& attempt = *machine.attempt;
    return stands_in(typename Row::While{}, attempt.view.stage) &&
           all_hold(typename Row::Rules{}, command, attempt.view, attempt.nearest_no);
  }
};

template <class W, class K, std::size_t I>
struct BesideAction {
  template <class C, class Machine, class From, class To>
  void operator()(const C& command, Machine& machine, From&, To&) const {
    record<typename BesideGuard<W, K, I>::Row>(command, machine.attempt->view.stage, *machine.attempt);
  }
};

/// A chapter without states has one state.
template <class B>
using StatesFromOf = mp::mp_if<std::is_void<typename B::StateTo>, mp::mp_list<absent>, typename B::StatesFrom>;
template <class B, class From>
using StateToOf = mp::mp_if<std::is_void<typename B::StateTo>, absent, Target<From, typename B::StateTo>>;
template <class K>
using ChapterStates = mp::mp_unique<mp::mp_flatten<mp::mp_transform<StatesFromOf, BesideRowsIn<K>>>>;

/// The J-th source of a chapter's I-th row.
template <class W, class K, std::size_t I, std::size_t J, class Row = mp::mp_at_c<BesideRowsIn<K>, I>,
          class From = mp::mp_at_c<StatesFromOf<Row>, J>>
using MsmBesideRowOf = boost::msm::front::Row<MsmState<From>, typename Row::Command, MsmState<StateToOf<Row, From>>,
                                              BesideAction<W, K, I>, BesideGuard<W, K, I>>;
template <class W, class K, std::size_t I, std::size_t J>
struct MsmBesideRow : MsmBesideRowOf<W, K, I, J> {};

template <class W, std::size_t... Is>
mp::mp_list<MsmRow<W, Is>...> msm_rows(std::index_sequence<Is...>);

template <class W, class K, std::size_t I, std::size_t... Js>
mp::mp_list<MsmBesideRow<W, K, I, Js>...> msm_row_of_chapter(std::index_sequence<Js...>);
template <class W, class K, std::size_t I>
using MsmRowsAt = decltype(msm_row_of_chapter<W, K, I>(
    std::make_index_sequence<mp::mp_size<StatesFromOf<mp::mp_at_c<BesideRowsIn<K>, I>>>::value>{}));
template <class W, class K, std::size_t... Is>
mp::mp_append<mp::mp_list<>, MsmRowsAt<W, K, Is>...> msm_rows_of_chapter(std::index_sequence<Is...>);

template <class W, class Initial, class Rows>
struct MsmFrontEnd : boost::msm::front::state_machine_def<MsmFrontEnd<W, Initial, Rows>> {
  // Without these two, an exception or an event from inside leaves the machine deaf.
  using no_exception_thrown = int;
  using no_message_queue = int;

  using initial_state = boost::mpl::vector<Initial>;
  // MSM asks guards from the last row to the first; the table's order is ours.
  using transition_table = mp::mp_reverse<Rows>;

  template <class Machine, class C>
  void no_transition(const C&, Machine&, int) {}

  Attempt<W>* attempt = nullptr;
};

template <class W>
struct MainFrontEnd : MsmFrontEnd<W, MsmState<typename Model<W>::template RowAt<0>::From>,
                                  decltype(msm_rows<W>(std::make_index_sequence<Model<W>::main_rows>{}))> {};
template <class W, class K>
struct ChapterFrontEnd : MsmFrontEnd<W, MsmState<mp::mp_front<ChapterStates<K>>>,
                                     decltype(msm_rows_of_chapter<W, K>(
                                         std::make_index_sequence<mp::mp_size<BesideRowsIn<K>>::value>{}))> {};

/// MSM numbers states in the order of rows; -1 for one that no row starts from.
template <class Machine, class... Stages>
int msm_state(Stage stage, mp::mp_list<Stages...>) {
  using States = typename Machine::stt;
  int id = -1;
  (void)((Stages::number == stage && (id = boost::msm::back::get_state_id<States, MsmState<Stages>>::value, true)) ||
         ...);
  return id;
}

template <class FrontEnd, class W, class Stages, class C>
void decide_from(Stage stage, Stages stages, const C& command, Attempt<W>& attempt) {
  // A machine lives for one command: never started (that would reset it), never copied (that would, too).
  using Machine = boost::msm::back::state_machine<FrontEnd>;
  const int state = msm_state<Machine>(stage, stages);
  if (state < 0) return;
  Machine machine;
  machine.attempt = &attempt;
  // The array is not const; MSM has no other way to set a state without running entry actions.
  *const_cast<int*>(machine.current_state()) = state;
  machine.process_event(command);
}

struct Msm {
  template <class W, class C>
  static void decide(const C& command, Attempt<W>& attempt) {
    using K = typename ChapterOf<W, C>::type;
    if constexpr (std::is_void_v<K>) {
      decide_from<MainFrontEnd<W>>(attempt.view.stage, typename Model<W>::MainStages{}, command, attempt);
    } else {
      decide_from<ChapterFrontEnd<W, K>>(chapter_state<K>(command, attempt.view), ChapterStates<K>{}, command, attempt);
    }
  }
};

}  // namespace detail

/// A workflow of the lifecycle class `W`. Not before `main`: MSM's tables may not be there yet.
template <class W>
[[nodiscard]] std::shared_ptr<const Workflow> make_workflow(W lifecycle = {}) {
  return std::make_shared<const detail::TableWorkflow<W, detail::Msm>>(std::move(lifecycle));
}

}  // namespace pavior::inline v0::machine

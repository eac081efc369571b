/// \file
/// Makes a workflow of a lifecycle table (`table.h`), decided by Boost.MSM.
/// Include it in one .cc per lifecycle only: MSM costs seconds and hundreds of megabytes to compile. Compile that file
/// with -g1, and with Boost as a system include.
#pragma once

#include <cstddef>
#include <memory>
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
    return ask_row<W, I>(command, *machine.attempt);
  }
};

template <class W, std::size_t I>
struct MsmAction {
  template <class C, class Machine, class From, class To>
  void operator()(const C& command, Machine& machine, From&, To&) const {
    record_row<W, I>(command, *machine.attempt);
  }
};

template <class Row, class W, std::size_t I>
using MsmRowOf = boost::msm::front::Row<MsmState<typename Row::From>, typename Row::Command, MsmState<typename Row::To>,
                                        MsmAction<W, I>, MsmGuard<W, I>>;

/// Named by its index: MSM repeats every row's name in every symbol.
template <class W, std::size_t I>
struct MsmRow : MsmRowOf<typename Model<W>::template RowAt<I>, W, I> {};

template <class W, std::size_t I>
struct WideGuard {
  using Row = mp::mp_at_c<typename Model<W>::WideRows, I>;
  template <class C, class Machine, class From, class To>
  bool operator()(const C& command, Machine& machine, From&, To&) const {
    Attempt<W>& attempt = *machine.attempt;
    return stands_in(typename Row::From{}, attempt.view.stage) &&
           all_hold(typename Row::Rules{}, command, attempt.view, attempt.nearest_no);
  }

 private:
  template <class... Stages>
  static bool stands_in(mp::mp_list<Stages...>, Stage stage) {
    return ((Stages::number == stage) || ...);
  }
};

template <class W, std::size_t I>
struct WideAction {
  template <class C, class Machine, class From, class To>
  void operator()(const C& command, Machine& machine, From&, To&) const {
    record<typename WideGuard<W, I>::Row::Event>(command, machine.attempt->view.stage, *machine.attempt);
  }
};

/// The only state of the machine for the table beside the main one: its guards look at the stage.
using Anywhere = MsmState<absent>;

template <class W, std::size_t I>
struct MsmWideRow : boost::msm::front::Row<Anywhere, typename WideGuard<W, I>::Row::Command, Anywhere, WideAction<W, I>,
                                           WideGuard<W, I>> {};

template <template <class, std::size_t> class Row, class W, std::size_t... Is>
mp::mp_list<Row<W, Is>...> msm_rows(std::index_sequence<Is...>);

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
                                  decltype(msm_rows<MsmRow, W>(std::make_index_sequence<Model<W>::main_rows>{}))> {};
template <class W>
struct WideFrontEnd
    : MsmFrontEnd<W, Anywhere, decltype(msm_rows<MsmWideRow, W>(std::make_index_sequence<Model<W>::wide_rows>{}))> {};

template <class W>
using MsmMachine = boost::msm::back::state_machine<MainFrontEnd<W>>;
template <class W>
using WideMachine = boost::msm::back::state_machine<WideFrontEnd<W>>;

/// MSM numbers states in the order of rows; -1 for a stage the main rows do not know.
template <class W, class... Stages>
int msm_state(Stage stage, mp::mp_list<Stages...>) {
  using States = typename MsmMachine<W>::stt;
  int id = -1;
  (void)((Stages::number == stage && (id = boost::msm::back::get_state_id<States, MsmState<Stages>>::value, true)) ||
         ...);
  return id;
}

struct Msm {
  template <class W, class C>
  static void decide(const C& command, Attempt<W>& attempt) {
    // A machine lives for one command: never started (that would reset it), never copied (that would, too).
    if constexpr (mp::mp_contains<typename Model<W>::WideCommands, C>::value) {
      WideMachine<W> machine;
      machine.attempt = &attempt;
      machine.process_event(command);
    } else {
      const int state = msm_state<W>(attempt.view.stage, typename Model<W>::MainStages{});
      if (state < 0) return;
      MsmMachine<W> machine;
      machine.attempt = &attempt;
      // The array is not const; MSM has no other way to set a state without running entry actions.
      *const_cast<int*>(machine.current_state()) = state;
      machine.process_event(command);
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

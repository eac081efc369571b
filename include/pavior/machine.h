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

/// The rows of the main table for void, else of a chapter.
template <class W, class K>
struct TableRows {
  using type = RowsOf<K>;
};
template <class W>
struct TableRows<W, void> {
  using type = typename Model<W>::MainRows;
};
template <class W, class K, std::size_t I>
using TableRowAt = mp::mp_at_c<typename TableRows<W, K>::type, I>;

template <class W, class K, std::size_t I>
struct MsmGuard {
  template <class C, class Machine, class From, class To>
  bool operator()(const C& command, Machine& machine, From&, To&) const {
    return holds<TableRowAt<W, K, I>>(command, *machine.attempt);
  }
};

template <class W, class K, std::size_t I>
struct MsmAction {
  template <class C, class Machine, class From, class To>
  void operator()(const C& command, Machine& machine, From&, To&) const {
    record<TableRowAt<W, K, I>>(command, *machine.attempt);
  }
};

template <class From, class To>
using Target = mp::mp_if<std::is_same<To, same>, From, To>;

/// The J-th source of the I-th row.
template <class W, class K, std::size_t I, std::size_t J, class Row = TableRowAt<W, K, I>,
          class From = mp::mp_at_c<typename Row::From, J>>
using MsmRowOf = boost::msm::front::Row<MsmState<From>, typename Row::Command, MsmState<Target<From, typename Row::To>>,
                                        MsmAction<W, K, I>, MsmGuard<W, K, I>>;

/// Named by its indices: MSM repeats every row's name in every symbol.
template <class W, class K, std::size_t I, std::size_t J>
struct MsmRow : MsmRowOf<W, K, I, J> {};

template <class W, class K, std::size_t I, std::size_t... Js>
mp::mp_list<MsmRow<W, K, I, Js>...> msm_rows_of_row(std::index_sequence<Js...>);
template <class W, class K, std::size_t I>
using MsmRowsAt = decltype(msm_rows_of_row<W, K, I>(
    std::make_index_sequence<mp::mp_size<typename TableRowAt<W, K, I>::From>::value>{}));
template <class W, class K, std::size_t... Is>
mp::mp_append<mp::mp_list<>, MsmRowsAt<W, K, Is>...> msm_rows(std::index_sequence<Is...>);

template <class W, class K>
using MsmPlaces = mp::mp_unique<mp::mp_flatten<mp::mp_transform<FromOf, typename TableRows<W, K>::type>>>;

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

template <class W, class K>
struct TableFrontEnd
    : MsmFrontEnd<W, MsmState<mp::mp_front<MsmPlaces<W, K>>>,
                  decltype(msm_rows<W, K>(
                      std::make_index_sequence<mp::mp_size<typename TableRows<W, K>::type>::value>{}))> {};

/// MSM numbers states in the order of rows; -1 for one that no row starts from.
template <class Machine, class... Stages>
int msm_state(Stage stage, mp::mp_list<Stages...>) {
  using States = typename Machine::stt;
  int id = -1;
  (void)((Stages::number == stage && (id = boost::msm::back::get_state_id<States, MsmState<Stages>>::value, true)) ||
         ...);
  return id;
}

struct Msm {
  template <class W, class C>
  static void decide(const C& command, Attempt<W>& attempt) {
    using K = typename ChapterOfCommand<W, C>::type;
    // A machine lives for one command: never started (that would reset it), never copied (that would, too).
    using Machine = boost::msm::back::state_machine<TableFrontEnd<W, K>>;
    const int state = msm_state<Machine>(place_of<K>(command, attempt.view), MsmPlaces<W, K>{});
    if (state < 0) return;
    Machine machine;
    machine.attempt = &attempt;
    // The array is not const; MSM has no other way to set a state without running entry actions.
    *const_cast<int*>(machine.current_state()) = state;
    machine.process_event(command);
  }
};

}  // namespace detail

/// A workflow of the lifecycle class `W`. Not before `main`: MSM's tables may not be there yet.
template <class W>
[[nodiscard]] std::shared_ptr<const Workflow> make_workflow(W lifecycle = {}) {
  return std::make_shared<const detail::TableWorkflow<W, detail::Msm>>(std::move(lifecycle));
}

}  // namespace pavior::inline v0::machine

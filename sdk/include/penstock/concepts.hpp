// What a class must be like to be exported, each as one sentence that the compiler says. conforms() of conforms.hpp asks
// the same functions with Voice::silent: they then only answer, and no class is a hard error.
#pragma once
#include <penstock/form.hpp>
#include <penstock/life_cycle.hpp>
#include <penstock/member.hpp>
#include <penstock/member_concepts.hpp>
#include <penstock/method_names.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace penstock {
inline namespace v1 {

template <class F, class... Results>
inline constexpr bool returns = (std::is_same_v<typename F::Result, Results> || ...);

// conforms_in_<method>_name<C, V>(): has C one method of this name that can be called? If not, a sentence says what it has.
#define PENSTOCK_CONFORMS_IN_NAME_(method, interface, needs)                                                           \
  template <class C>                                                                                                   \
  inline constexpr bool has_one_##method = names_##method<C>() && nameable_##method<base_of_t<C>>;                     \
  template <class C, Voice V>                                                                                          \
  consteval bool conforms_in_##method##_name() {                                                                       \
    if constexpr (has_one_##method<C>)                                                                                 \
      return true;                                                                                                     \
    else if constexpr (secretly_has_##method<C>)                                                                       \
      static_assert(                                                                                                   \
          V == Voice::silent || has_one_##method<C>,                                                                   \
          "`" #method                                                                                                  \
          "` of a " interface " must be public, unless it overrides that of `penstock::" interface "<...>` [PS0201]"); \
    else if constexpr (names_##method<C>() && befriends_access<C>)                                                     \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "`" #method "` of a " interface " must not be overloaded: keep one of them [PS0201]");             \
    else if constexpr (names_##method<C>())                                                                            \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "`" #method "` of a " interface " must be public, and not overloaded [PS0201]");                   \
    else if constexpr (names_stream<C>())                                                                              \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "this class has `stream`: export it as a Source; a " interface " has " needs " [PS0201]");         \
    else if constexpr (names_process<C>())                                                                             \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "this class has `process`: export it as a Stage; a " interface " has " needs " [PS0201]");         \
    else if constexpr (names_consume<C>())                                                                             \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "this class has `consume`: export it as a Sink; a " interface " has " needs " [PS0201]");          \
    else if constexpr (std::is_final_v<C>)                                                                             \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "a " interface " needs " needs                                                                     \
                    ", and this final class has no public method of that name, "                                       \
                    "or more than one: look for a misspelling [PS0201]");                                              \
    else                                                                                                               \
      static_assert(V == Voice::silent || has_one_##method<C>,                                                         \
                    "a " interface " needs " needs                                                                     \
                    ", and this class has no method of that name: look for a "                                         \
                    "misspelling [PS0201]");                                                                           \
    return false;                                                                                                      \
  }
PENSTOCK_CONFORMS_IN_NAME_(stream, "Source", "`penstock::Generator stream(penstock::Output<Record>&)`")
PENSTOCK_CONFORMS_IN_NAME_(process, "Stage", "`process(penstock::Batch<Record>&)` or `process(Record&)`")
PENSTOCK_CONFORMS_IN_NAME_(consume, "Sink", "`consume(const penstock::Batch<Record>&)`")
#undef PENSTOCK_CONFORMS_IN_NAME_

/// The main method of C, told in one sentence if it is not as the interface wants it.
template <class C, Interface I, Voice V>
consteval bool conforms_in_main_method() {
  if constexpr (derived<C> && !openly_derived<C>) {
    static_assert(V == Voice::silent || openly_derived<C>,
                  "a class derives from one of penstock::Source, Stage and Sink, and publicly [PS0201]");
  } else if constexpr (derived<C> && std::is_abstract_v<C>) {
    using Base = base_of_t<C>;
    static_assert(V == Voice::silent || !nameable_stream<Base>,
                  "a class that derives from `penstock::Source<Record>` overrides `penstock::Generator "
                  "stream(penstock::Output<Record>&)`, and this one does not [PS0201]");
    static_assert(
        V == Voice::silent || !nameable_process<Base>,
        "a class that derives from `penstock::Stage<Record>` overrides `void process(penstock::Batch<Record>&)`, "
        "from `penstock::Stage<In, Out>` `void process(const penstock::Batch<In>&, penstock::Output<Out>&)`, "
        "from a signature, such as `penstock::Stage<bool(Record&)>`, what that says, here `bool "
        "process(Record&)`, and this one does not [PS0201]");
    static_assert(
        V == Voice::silent || !nameable_consume<Base>,
        "a class that derives from `penstock::Sink<Record>` overrides `void consume(const "
        "penstock::Batch<Record>&)`, from `penstock::Sink<penstock::Flow(const penstock::Batch<Record>&)>` the "
        "same that returns `penstock::Flow`, and this one does not [PS0201]");
  } else if constexpr (I == Interface::source) {
    if constexpr (conforms_in_stream_name<C, V>()) {
      using F = form_of<C, I>;
      if constexpr (F::takes != Takes::output) {
        static_assert(V == Voice::silent || (F::takes == Takes::output),
                      "`stream` of a Source takes `penstock::Output<Record>&` [PS0201]");
      } else {
        static_assert(V == Voice::silent || returns<F, Generator>,
                      "`stream` of a Source returns `penstock::Generator`, and is a coroutine: it does `if "
                      "(out.full()) co_yield out;` before each `out.push(...)` [PS0201]");
        return returns<F, Generator>;
      }
    }
  } else if constexpr (I == Interface::stage) {
    if constexpr (conforms_in_process_name<C, V>()) {
      using F = form_of<C, I>;
      if constexpr (F::takes == Takes::copy) {
        static_assert(V == Voice::silent || F::takes != Takes::copy,
                      "`process(Record)` of a Stage takes a copy of the row, and what it stores is lost: write "
                      "`process(Record&)` [PS0201]");
      } else if constexpr (F::takes == Takes::unknown || F::takes == Takes::output) {
        static_assert(V == Voice::silent || (F::takes == Takes::batch),
                      "`process` of a Stage takes `penstock::Batch<Record>&`, or `Record&`, or `const "
                      "penstock::Batch<In>&, penstock::Output<Out>&`, where a record is a struct whose members are "
                      "declared by PENSTOCK_READS, PENSTOCK_WRITES and PENSTOCK_ADDS [PS0201]");
      } else if constexpr (F::takes == Takes::record) {
        static_assert(V == Voice::silent || returns<F, void, bool, Verdict>,
                      "`process(Record&)` of a Stage changes the row that it is given, and returns void, bool or "
                      "`penstock::Verdict` [PS0201]");
        return returns<F, void, bool, Verdict>;
      } else {
        static_assert(V == Voice::silent || returns<F, void, Flow>,
                      "`process` of a Stage that takes a batch returns void or `penstock::Flow` [PS0201]");
        return returns<F, void, Flow>;
      }
    }
  } else {
    if constexpr (conforms_in_consume_name<C, V>()) {
      using F = form_of<C, I>;
      if constexpr (F::takes != Takes::batch) {
        static_assert(V == Voice::silent || (F::takes == Takes::batch),
                      "`consume` of a Sink takes `const penstock::Batch<Record>&` [PS0201]");
      } else if constexpr (F::may_drop) {
        static_assert(V == Voice::silent || !F::may_drop,
                      "`consume` of a Sink takes its batch by const reference [PS0201]");
      } else {
        static_assert(V == Voice::silent || returns<F, void, Flow>,
                      "`consume` of a Sink returns void or `penstock::Flow` [PS0201]");
        return returns<F, void, Flow>;
      }
    }
  }
  return false;
}

template <class R>
concept nothing = std::same_as<R, void>;

/// A stage that passes its rows on, with columns that it learns and says at run time.
template <class Face, class F>
concept binds_with_output = F::takes ==
                            Takes::batch&& F::may_drop&& requires(Face& c, const Schema& in, NewColumns& out) {
  { c.bind(in, out) } -> nothing;
};

/// Where columns are known at run time, `bind` is shown those that come and says those that are new.
template <class C, Interface I, Voice V>
consteval bool conforms_in_bind() {
  using Face = face_of<C>;
  using F = form_of<C, I>;
  if constexpr (says_columns<F> && !names_bind<C>()) {
    static_assert(V == Voice::silent || names_bind<C>(),
                  "a type with a `penstock::Output<>` needs `bind`, which says its columns [PS0201]");
    return false;
  } else if constexpr (I == Interface::source && says_columns<F>) {
    constexpr bool bind = requires(Face & c, NewColumns & out) {
      { c.bind(out) } -> nothing;
    };
    static_assert(V == Voice::silent || bind,
                  "`bind` of a Source must be public, take a `penstock::NewColumns&` and return void [PS0201]");
    return bind;
  } else if constexpr (says_columns<F>) {
    constexpr bool bind = requires(Face & c, const Schema& in, NewColumns& out) {
      { c.bind(in, out) } -> nothing;
    };
    static_assert(
        V == Voice::silent || bind,
        "`bind` of a Stage with a `penstock::Output<>` must be public, take a `const penstock::Schema&` and a "
        "`penstock::NewColumns&` and return void [PS0201]");
    return bind;
  } else if constexpr (is_dynamic<F>) {
    constexpr bool bind = !names_bind<C>() || binds_with_output<Face, F> || requires(Face & c, const Schema& in) {
      { c.bind(in) } -> nothing;
    };
    static_assert(V == Voice::silent || bind,
                  "`bind` must be public, take a `const penstock::Schema&` and return void [PS0201]");
    return bind;
  } else {
    static_assert(V == Voice::silent || !names_bind<C>(),
                  "only a type that takes `penstock::Batch<>` has `bind`: nobody would call it here, where the columns "
                  "are those of a record [PS0201]");
    return !names_bind<C>();
  }
}

/// The other methods that an author may write: each is as the interface wants it, or not there at all.
template <class C, Interface I, Voice V>
consteval bool conforms_in_other_methods() {
  using Face = face_of<C>;
  constexpr bool configure = !names_configure<C>() || requires(Face & c) {
    { c.configure() } -> nothing;
  };
  static_assert(V == Voice::silent || configure, "`configure` must be public, take nothing and return void [PS0201]");
  constexpr bool open = !names_open<C>() || requires(Face & c) {
    { c.open() } -> nothing;
  };
  static_assert(V == Voice::silent || open,
                "`open` must be public, take nothing and return void; it throws `penstock::Failed` where it "
                "cannot [PS0201]");
  constexpr bool close = !names_close<C>() || requires(Face & c) {
    { c.close() } -> nothing;
  };
  static_assert(V == Voice::silent || close, "`close` must be public, take nothing and return void [PS0201]");
  bool all = configure && open && close;
  all = conforms_in_bind<C, I, V>() && all;
  if constexpr (I == Interface::source) {
    constexpr bool seek = !names_seek<C>() || requires(Face & c, std::string_view position) {
      { c.seek(position) } -> nothing;
    };
    static_assert(V == Voice::silent || seek,
                  "`seek` must be public, take a `std::string_view` and return void [PS0201]");
    constexpr bool acknowledge = !names_acknowledge<C>() || requires(Face & c, std::string_view position) {
      { c.acknowledge(position) } -> nothing;
    };
    static_assert(V == Voice::silent || acknowledge,
                  "`acknowledge` must be public, take a `std::string_view` and return void [PS0201]");
    constexpr bool uncalled = offers_flush<C>() || offers_tick<C>();
    static_assert(V == Voice::silent || !uncalled,
                  "a Source has no `flush` and no `tick`: nobody would call them; `stream` is called again when its "
                  "`wait` is over [PS0201]");
    all = all && seek && acknowledge && !uncalled;
  } else if constexpr (offers_seek<C>() || offers_acknowledge<C>()) {
    static_assert(V == Voice::silent || (!offers_seek<C>() && !offers_acknowledge<C>()),
                  "only a Source has `seek` and `acknowledge`: nobody would call them here [PS0201]");
    all = false;
  } else if constexpr (form_of<C, I>::takes == Takes::batch_and_output) {
    using Out = Output<typename form_of<C, I>::Out>;
    constexpr bool flush = !names_flush<C>() || requires(Face & c, Out & out) {
      { c.flush(out) } -> nothing;
    };
    static_assert(V == Voice::silent || flush,
                  "`flush` of a Stage that emits must be public, take the same `penstock::Output<Out>&` as `process` "
                  "and return void [PS0201]");
    constexpr bool tick = !names_tick<C>() || requires(Face & c, Out & out) {
      { c.tick(out) } -> nothing;
    };
    static_assert(V == Voice::silent || tick,
                  "`tick` of a Stage that emits must be public, take the same `penstock::Output<Out>&` as `process` "
                  "and return void [PS0201]");
    all = all && flush && tick;
  } else {
    constexpr bool flush = !names_flush<C>() || requires(Face & c) {
      { c.flush() } -> nothing;
    };
    static_assert(V == Voice::silent || flush, "`flush` must be public, take nothing and return void [PS0201]");
    constexpr bool tick = !names_tick<C>() || requires(Face & c) {
      { c.tick() } -> nothing;
    };
    static_assert(V == Voice::silent || tick, "`tick` must be public, take nothing and return void [PS0201]");
    all = all && flush && tick;
  }
  return all;
}

template <class R>
consteval bool has_only(char kind) {
  bool only = true;
  for_each(fields<R>{}, [&]<class Tag>(Tag) { only = only && Tag::kind == kind; });
  return only;
}
template <class R>
constexpr bool has_column(std::string_view name, bool is_added) {
  bool found = false;
  for_each(fields<R>{}, [&]<class Tag>(Tag) {
    found = found || (Tag::description().name == name && (Tag::kind == 'a') == is_added);
  });
  return found;
}

/// Columns that come and go are those that the interface has: an Output counts its fields among the added ones.
template <class C, Interface I, Voice V>
consteval bool conforms_in_access() {
  using F = form_of<C, I>;
  constexpr bool adds = has_only<typename F::Out>('a');
  static_assert(V == Voice::silent || adds,
                "the record of a `penstock::Output` has PENSTOCK_ADDS only: all of its columns are new [PS0309]");
  constexpr bool keeps_to_reading = I == Interface::sink || F::takes == Takes::batch_and_output;
  constexpr bool reads = !keeps_to_reading || has_only<typename F::In>('r');
  static_assert(V == Voice::silent || reads,
                "a Sink, and a Stage with a `penstock::Output`, pass on no row that comes: their record has "
                "PENSTOCK_READS only [PS0309]");
  return adds && reads;
}

template <class C, Interface I, Voice V>
consteval bool conforms_in_all() {
  constexpr bool constructible =
      std::is_abstract_v<C> || std::is_constructible_v<C, Host&> || std::is_default_constructible_v<C>;
  static_assert(V == Voice::silent || constructible,
                "a type has a public constructor that takes nothing or a `penstock::Host&` [PS0201]");
  bool all = constructible && conforms_in_macros<C, V>() && conforms_in_describe<C, V>();
  for_each(members<C>{}, [&]<class Tag>(Tag) {
    if constexpr (!conforms_in_form<Tag, V>() || !conforms_in_attributes<Tag, V>())
      all = false;
    else if constexpr (Tag::kind == 'p')
      all = conforms_as_param<Tag, V>() && all;
    else
      all = conforms_as_metric<Tag, V>() && all;
  });
  constexpr bool main = conforms_in_main_method<C, I, V>();
  if constexpr (main) {
    using F = form_of<C, I>;
    all = conforms_as_record<typename F::In, V>() && all;
    all = conforms_as_record<typename F::Out, V>() && all;
    all = conforms_in_access<C, I, V>() && all;
    all = conforms_in_other_methods<C, I, V>() && all;
    all = conforms_in_life_cycle<C, I, V>() && all;
  }
  return main && all;
}

/// Everything that is known at compile time. The host checks it again all the same.
template <class C, Interface I, Voice V = Voice::aloud>
consteval bool conforms_to() {
  if constexpr (!std::is_destructible_v<C>) {
    static_assert(V == Voice::silent || std::is_destructible_v<C>, "a type has a public destructor [PS0201]");
    return false;
  } else {
    return conforms_in_all<C, I, V>();
  }
}

/// State is of one kind.
template <class... Attributes>
consteval bool has_one_state(const Attributes&...) {
  return (0 + ... +
          (std::is_same_v<Attributes, attributes::is_stateless> || std::is_same_v<Attributes, attributes::keyed_by>)) <=
         1;
}

/// The column of keyed_by() is one that comes; of a Source it is one that it adds. Those of a Batch<> are known at run time
/// only.
template <class C, Interface I, class... Attributes>
consteval bool has_key_column(Attributes... attributes) {
  [[maybe_unused]] const auto has = []<class A>(const A& attribute) {
    if constexpr (std::is_same_v<A, attributes::keyed_by>) {
      if constexpr (!conforms_to<C, I>())
        return true;  // it has been told already
      else if constexpr (I == Interface::source)
        return says_columns<form_of<C, I>> || has_column<typename form_of<C, I>::Out>(attribute.column, true);
      else
        return is_dynamic<form_of<C, I>> || has_column<typename form_of<C, I>::In>(attribute.column, false);
    }
    return true;
  };
  return (has(attributes) && ...);
}

/// The column of ordered_by() is one that a Source adds.
template <class C, Interface I, class... Attributes>
consteval bool has_order_column(Attributes... attributes) {
  [[maybe_unused]] const auto has = []<class A>(const A& attribute) {
    if constexpr (std::is_same_v<A, attributes::ordered_by>) {
      if constexpr (conforms_to<C, I>())
        return I == Interface::source &&
               (says_columns<form_of<C, I>> || has_column<typename form_of<C, I>::Out>(attribute.column, true));
    }
    return true;
  };
  return (has(attributes) && ...);
}

}  // namespace v1
}  // namespace penstock

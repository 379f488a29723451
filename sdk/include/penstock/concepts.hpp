// What a class must be like to be exported, each as one sentence that the compiler says.
//
// A method's name may be missing, private, overloaded, or taken by something else; these are told apart, because "has no
// `process`" about a private one would send its author looking in the wrong place.
#pragma once
#include <penstock/form.hpp>
#include <penstock/member.hpp>
#include <penstock/member_concepts.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace penstock {
inline namespace v1 {

template <class C>
consteval bool is_member_named(std::string_view name) {
  bool found = false;
  for_each(members<C>{}, [&]<class Tag>(Tag) { found = found || Tag::description().name == name; });
  return found;
}

// names_<method><C>(): does C have a function of this name, of any access and form? offers_<method><C>(): a public one?
// A name that a base class and another both declare is ambiguous, and the lookup that finds so comes before access and
// overloads.
#define PENSTOCK_NAMES_(method, result, arguments, need, since, signature) \
  struct Other_##method {                                                  \
    int method;                                                            \
  };                                                                       \
  template <class C>                                                       \
  struct Both_##method : C, Other_##method {};                             \
  template <class C>                                                       \
  consteval bool names_##method() {                                        \
    if (is_member_named<C>(#method)) return false;                         \
    if constexpr (std::is_final_v<C>) return requires {                    \
        &C::method;                                                        \
      };                                                                   \
    else                                                                   \
      return !requires { &Both_##method<C>::method; };                     \
  }                                                                        \
  template <class C>                                                       \
  concept nameable_##method = requires {                                   \
    &C::method;                                                            \
  };                                                                       \
  template <class C>                                                       \
  consteval bool offers_##method() {                                       \
    return names_##method<C>() && nameable_##method<C>;                    \
  }
PENSTOCK_ALL_METHODS(PENSTOCK_NAMES_)
#undef PENSTOCK_NAMES_

template <class F, class... Results>
inline constexpr bool returns = (std::is_same_v<typename F::Result, Results> || ...);

/// The main method of C, told in one sentence if it is not as the interface wants it.
template <class C, Interface I>
consteval bool conforms_in_main_method() {
  if constexpr (I == Interface::source) {
    if constexpr (!names_stream<C>()) {
      static_assert(
          names_stream<C>(),
          "a Source needs `penstock::Generator stream(penstock::Output<Record>&)` and this class has none [PS0201]");
    } else if constexpr (!nameable_stream<C>) {
      static_assert(nameable_stream<C>, "`stream` of a Source must be public, and not overloaded [PS0201]");
    } else {
      using F = form_of<C, I>;
      if constexpr (F::takes != Takes::output) {
        static_assert(F::takes == Takes::output, "`stream` of a Source takes `penstock::Output<Record>&` [PS0201]");
      } else {
        static_assert(returns<F, Generator>, "`stream` of a Source returns `penstock::Generator` [PS0201]");
        return returns<F, Generator>;
      }
    }
  } else if constexpr (I == Interface::stage) {
    if constexpr (!names_process<C>()) {
      static_assert(
          names_process<C>(),
          "a Stage needs `process(penstock::Batch<Record>&)` or `process(Record&)` and this class has none [PS0201]");
    } else if constexpr (!nameable_process<C>) {
      static_assert(nameable_process<C>, "`process` of a Stage must be public, and not overloaded [PS0201]");
    } else {
      using F = form_of<C, I>;
      if constexpr (F::takes == Takes::unknown || F::takes == Takes::output) {
        static_assert(F::takes == Takes::batch,
                      "`process` of a Stage takes `penstock::Batch<Record>&`, or `Record&`, or `const "
                      "penstock::Batch<In>&, penstock::Output<Out>&` [PS0201]");
      } else if constexpr (F::takes == Takes::record) {
        static_assert(returns<F, void, bool, Verdict>,
                      "`process(Record&)` of a Stage returns void, bool or `penstock::Verdict` [PS0201]");
        return returns<F, void, bool, Verdict>;
      } else {
        static_assert(returns<F, void, Flow>,
                      "`process` of a Stage that takes a batch returns void or `penstock::Flow` [PS0201]");
        return returns<F, void, Flow>;
      }
    }
  } else {
    if constexpr (!names_consume<C>()) {
      static_assert(names_consume<C>(),
                    "a Sink needs `consume(const penstock::Batch<Record>&)` and this class has none [PS0201]");
    } else if constexpr (!nameable_consume<C>) {
      static_assert(nameable_consume<C>, "`consume` of a Sink must be public, and not overloaded [PS0201]");
    } else {
      using F = form_of<C, I>;
      if constexpr (F::takes != Takes::batch) {
        static_assert(F::takes == Takes::batch, "`consume` of a Sink takes `const penstock::Batch<Record>&` [PS0201]");
      } else if constexpr (F::may_drop) {
        static_assert(!F::may_drop, "`consume` of a Sink takes its batch by const reference [PS0201]");
      } else {
        static_assert(returns<F, void, Flow>, "`consume` of a Sink returns void or `penstock::Flow` [PS0201]");
        return returns<F, void, Flow>;
      }
    }
  }
  return false;
}

template <class R>
concept nothing = std::same_as<R, void>;

/// The other methods that an author may write: each is as the interface wants it, or not there at all.
template <class C, Interface I>
consteval bool conforms_in_other_methods() {
  constexpr bool configure = !names_configure<C>() || requires(C & c) {
    { c.configure() } -> nothing;
  };
  static_assert(configure, "`configure` must be public, take nothing and return void [PS0201]");
  constexpr bool open = !names_open<C>() || requires(C & c) {
    { c.open() } -> nothing;
  };
  static_assert(open, "`open` must be public, take nothing and return void [PS0201]");
  constexpr bool close = !names_close<C>() || requires(C & c) {
    { c.close() } -> nothing;
  };
  static_assert(close, "`close` must be public, take nothing and return void [PS0201]");
  bool all = configure && open && close;
  if constexpr (is_dynamic<form_of<C, I>>) {
    constexpr bool bind = !names_bind<C>() || requires(C & c, const Schema& schema) {
      { c.bind(schema) } -> nothing;
    };
    static_assert(bind, "`bind` must be public, take a `const penstock::Schema&` and return void [PS0201]");
    all = all && bind;
  } else {
    static_assert(!names_bind<C>(),
                  "only a type that takes `penstock::Batch<>` has `bind`: nobody would call it here, where the columns "
                  "are those of a record [PS0201]");
    all = all && !names_bind<C>();
  }
  if constexpr (I == Interface::source) {
    constexpr bool seek = !names_seek<C>() || requires(C & c, std::string_view position) {
      { c.seek(position) } -> nothing;
    };
    static_assert(seek, "`seek` must be public, take a `std::string_view` and return void [PS0201]");
    constexpr bool acknowledge = !names_acknowledge<C>() || requires(C & c, std::string_view position) {
      { c.acknowledge(position) } -> nothing;
    };
    static_assert(acknowledge, "`acknowledge` must be public, take a `std::string_view` and return void [PS0201]");
    constexpr bool uncalled = offers_flush<C>() || offers_tick<C>();
    static_assert(!uncalled,
                  "a Source has no `flush` and no `tick`: nobody would call them; `stream` is called again when its "
                  "`wait` is over [PS0201]");
    all = all && seek && acknowledge && !uncalled;
  } else if constexpr (offers_seek<C>() || offers_acknowledge<C>()) {
    static_assert(!offers_seek<C>() && !offers_acknowledge<C>(),
                  "only a Source has `seek` and `acknowledge`: nobody would call them here [PS0201]");
    all = false;
  } else if constexpr (form_of<C, I>::takes == Takes::batch_and_output) {
    using Out = Output<typename form_of<C, I>::Out>;
    constexpr bool flush = !names_flush<C>() || requires(C & c, Out & out) {
      { c.flush(out) } -> nothing;
    };
    static_assert(flush,
                  "`flush` of a Stage that emits must be public, take the same `penstock::Output<Out>&` as `process` "
                  "and return void [PS0201]");
    constexpr bool tick = !names_tick<C>() || requires(C & c, Out & out) {
      { c.tick(out) } -> nothing;
    };
    static_assert(tick,
                  "`tick` of a Stage that emits must be public, take the same `penstock::Output<Out>&` as `process` "
                  "and return void [PS0201]");
    all = all && flush && tick;
  } else {
    constexpr bool flush = !names_flush<C>() || requires(C & c) {
      { c.flush() } -> nothing;
    };
    static_assert(flush, "`flush` must be public, take nothing and return void [PS0201]");
    constexpr bool tick = !names_tick<C>() || requires(C & c) {
      { c.tick() } -> nothing;
    };
    static_assert(tick, "`tick` must be public, take nothing and return void [PS0201]");
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
template <class C, Interface I>
consteval bool conforms_in_access() {
  using F = form_of<C, I>;
  constexpr bool adds = has_only<typename F::Out>('a');
  static_assert(adds, "the record of a `penstock::Output` has PENSTOCK_ADDS only: all of its columns are new [PS0309]");
  constexpr bool keeps_to_reading = I == Interface::sink || F::takes == Takes::batch_and_output;
  constexpr bool reads = !keeps_to_reading || has_only<typename F::In>('r');
  static_assert(reads,
                "a Sink, and a Stage with a `penstock::Output`, pass on no row that comes: their record has "
                "PENSTOCK_READS only [PS0309]");
  return adds && reads;
}

/// Everything that is known at compile time. The host checks it again all the same.
template <class C, Interface I>
consteval bool conforms_to() {
  constexpr bool constructible = std::is_constructible_v<C, Host&> || std::is_default_constructible_v<C>;
  static_assert(constructible, "a type has a public constructor that takes nothing or a `penstock::Host&` [PS0201]");
  bool all = constructible;
  for_each(members<C>{}, [&]<class Tag>(Tag) {
    if constexpr (!conforms_in_attributes<Tag>())
      all = false;
    else if constexpr (Tag::kind == 'p')
      all = conforms_as_param<Tag>() && all;
    else
      all = conforms_as_metric<Tag>() && all;
  });
  constexpr bool main = conforms_in_main_method<C, I>();
  if constexpr (main) {
    using F = form_of<C, I>;
    all = conforms_as_record<typename F::In>() && all;
    all = conforms_as_record<typename F::Out>() && all;
    all = conforms_in_access<C, I>() && all;
    all = conforms_in_other_methods<C, I>() && all;
  }
  return main && all;
}

/// State is of one kind.
template <class... Attributes>
consteval bool has_one_state(const Attributes&...) {
  return (0 + ... +
          (std::is_same_v<Attributes, attributes::stateless> || std::is_same_v<Attributes, attributes::keyed_by>)) <= 1;
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
        return has_column<typename form_of<C, I>::Out>(attribute.column, true);
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
        return I == Interface::source && has_column<typename form_of<C, I>::Out>(attribute.column, true);
    }
    return true;
  };
  return (has(attributes) && ...);
}

}  // namespace v1
}  // namespace penstock

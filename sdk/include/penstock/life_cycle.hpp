// Methods by which other libraries begin and end a life cycle, and which nobody would call here.
#pragma once
#include <penstock/form.hpp>
#include <penstock/member_concepts.hpp>
#include <penstock/method_names.hpp>

#include <type_traits>

namespace penstock {
inline namespace v1 {

/// What is `configure` and `open` here, and what is `flush` and `close`.
#define PENSTOCK_BEGINNINGS(M) M(init) M(initialize) M(setup) M(start)
#define PENSTOCK_ENDS(M) M(finish) M(finalize) M(shutdown) M(teardown) M(cleanup) M(stop)

/// Has C itself a public method of this name that takes nothing, gives nothing and changes something? Nothing else of
/// the name would be such a method: a getter, a static function, what a base class has.
#define PENSTOCK_SHOWS_(method)                                       \
  template <class C>                                                  \
  concept shows_##method = requires {                                 \
    requires std::is_same_v<decltype(&C::method), void (C::*)()> ||   \
        std::is_same_v<decltype(&C::method), void (C::*)() noexcept>; \
  };
PENSTOCK_BEGINNINGS(PENSTOCK_SHOWS_)
PENSTOCK_ENDS(PENSTOCK_SHOWS_)
#undef PENSTOCK_SHOWS_

/// Refuses these where the class has none of the methods that the host calls then.
template <class C, Interface I, Voice V>
consteval bool conforms_in_life_cycle() {
  bool all = true;
#define PENSTOCK_IS_CALLED_(method, instead)                                                               \
  static_assert(V == Voice::silent || !shows_##method<C>, "the host does not call `" #method "`: " instead \
                                                          "; make it private if the class calls it"        \
                                                          " itself [PS0201]");                             \
  all = all && !shows_##method<C>;
#define PENSTOCK_IS_NO_BEGINNING_(method) \
  PENSTOCK_IS_CALLED_(method, "it calls `configure` when all parameters have their values, and `open` before a run")
#define PENSTOCK_IS_NO_END_(method) \
  PENSTOCK_IS_CALLED_(method, "it calls `flush` at the end of the data, and `close` at the end of a run")
#define PENSTOCK_IS_NO_END_OF_A_SOURCE_(method) \
  PENSTOCK_IS_CALLED_(method, "it calls `close` at the end of a run, and `out.stopping()` says when to return")
  if constexpr (!names_configure<C>() && !names_open<C>()) {
    PENSTOCK_BEGINNINGS(PENSTOCK_IS_NO_BEGINNING_)
  }
  if constexpr (I == Interface::source && !names_close<C>()) {
    PENSTOCK_ENDS(PENSTOCK_IS_NO_END_OF_A_SOURCE_)
  } else if constexpr (I != Interface::source && !names_flush<C>() && !names_close<C>()) {
    PENSTOCK_ENDS(PENSTOCK_IS_NO_END_)
  }
#undef PENSTOCK_IS_NO_END_OF_A_SOURCE_
#undef PENSTOCK_IS_NO_END_
#undef PENSTOCK_IS_NO_BEGINNING_
#undef PENSTOCK_IS_CALLED_
  return all;
}

#undef PENSTOCK_ENDS
#undef PENSTOCK_BEGINNINGS

}  // namespace v1
}  // namespace penstock

// Which methods a class has, by their names.
//
// A method's name may be missing, private, overloaded, or taken by something else; these are told apart, because "has no
// `process`" about a private one would send its author looking in the wrong place.
#pragma once
#include <penstock/form.hpp>
#include <penstock/member.hpp>
#include <penstock/member_concepts.hpp>

#include <type_traits>

namespace penstock {
inline namespace v1 {

// names_<method><C>(): does C have a function of this name, of any access and form? offers_<method><C>(): a public one?
// A name that a base class and another both declare is ambiguous, and the lookup that finds so comes before access and
// overloads. What a class that derives from penstock::Source, Stage or Sink does not override, it does not have; what it
// overrides may be private, for it is called through the base.
#define PENSTOCK_NAMES_(method, result, arguments, need, since, signature)                \
  struct Other_##method {                                                                 \
    int method;                                                                           \
  };                                                                                      \
  template <class C>                                                                      \
  struct Both_##method : C, Other_##method {};                                            \
  template <class C>                                                                      \
  concept nameable_##method = requires {                                                  \
    &C::method;                                                                           \
  };                                                                                      \
  template <class C>                                                                      \
  consteval bool overrides_##method() {                                                   \
    if constexpr (nameable_##method<C>)                                                   \
      return !std::is_same_v<decltype(&C::method), decltype(&base_of_t<C>::method)>;      \
    else                                                                                  \
      return true;                                                                        \
  }                                                                                       \
  template <class C>                                                                      \
  consteval bool names_##method() {                                                       \
    if (is_member_named<C>(#method)) return false;                                        \
    if constexpr (openly_derived<C> && nameable_##method<base_of_t<C>>)                   \
      return overrides_##method<C>();                                                     \
    else if constexpr (std::is_final_v<C>)                                                \
      return nameable_##method<C>;                                                        \
    else                                                                                  \
      return !requires { &Both_##method<C>::method; };                                    \
  }                                                                                       \
  template <class C>                                                                      \
  consteval bool hides_##method() {                                                       \
    return openly_derived<C> && nameable_##method<base_of_t<C>> && !nameable_##method<C>; \
  }                                                                                       \
  template <class C>                                                                      \
  consteval bool offers_##method() {                                                      \
    return names_##method<C>() && nameable_##method<C>;                                   \
  }
PENSTOCK_ALL_METHODS(PENSTOCK_NAMES_)
#undef PENSTOCK_NAMES_

/// What the methods of C are called through: C itself, unless it overrides some that nobody else may call.
template <class C>
consteval bool hides_any() {
  bool any = false;
  if constexpr (openly_derived<C>) {
#define PENSTOCK_HIDES_(method, result, arguments, need, since, signature) any = any || hides_##method<C>();
    PENSTOCK_ALL_METHODS(PENSTOCK_HIDES_)
#undef PENSTOCK_HIDES_
  }
  return any;
}
template <class C>
using face_of = std::conditional_t<hides_any<C>(), base_of_t<C>, C>;

/// Has C a macro of its own? Then `access` is its friend, and sees what nobody else may: a name that it does not see either
/// is overloaded.
template <class C, class T>
void is_declared_in(T C::*);
template <class C>
concept befriends_access = has_member_macros<C> && requires {
  is_declared_in<C>(decltype(access::last_member<C>())::template pointer<C>());
};

/// Has C a private or protected method of this name?
#define PENSTOCK_SECRETLY_HAS_(method)                                         \
  template <class C>                                                           \
  concept secretly_has_##method = !nameable_##method<C> && requires {          \
    requires std::is_member_function_pointer_v<decltype(access::method<C>())>; \
  };
PENSTOCK_SECRETLY_HAS_(stream)
PENSTOCK_SECRETLY_HAS_(process)
PENSTOCK_SECRETLY_HAS_(consume)
#undef PENSTOCK_SECRETLY_HAS_

}  // namespace v1
}  // namespace penstock

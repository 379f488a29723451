// Whether a class is a type of an interface, as a value.
#pragma once
#include <penstock/concepts.hpp>
#include <penstock/sink.hpp>
#include <penstock/source.hpp>
#include <penstock/stage.hpp>

#include <type_traits>

namespace penstock {
inline namespace v1 {

template <template <class...> class Base>
inline constexpr bool is_interface = false;
template <>
inline constexpr bool is_interface<Source> = true;
template <>
inline constexpr bool is_interface<Stage> = true;
template <>
inline constexpr bool is_interface<Sink> = true;

template <template <class...> class Base>
consteval Interface interface_of() {
  if constexpr (std::is_same_v<Base<>, Source<>>)
    return Interface::source;
  else if constexpr (std::is_same_v<Base<>, Stage<>>)
    return Interface::stage;
  else
    return Interface::sink;
}

/// `penstock::conforms<penstock::Stage, Class>()`: could Class be exported as a Stage? It makes no difference whether it
/// derives from the base or only has the methods. Asks what PENSTOCK_EXPORT asks, of the same functions (concepts.hpp), and
/// answers false where that says a sentence and does not compile: to learn why, export it. What the export adds, such as
/// keyed_by(), is not asked. Class is complete; what is no class conforms to nothing.
template <template <class...> class Base, class Class>
consteval bool conforms() {
  if constexpr (std::is_class_v<Class>)
    return conforms_to<Class, interface_of<Base>(), Voice::silent>();
  else
    return false;
}

}  // namespace v1
}  // namespace penstock

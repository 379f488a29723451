// What the bases penstock::Source, Stage and Sink share, and how a class that derives from one is seen.
//
// The base declares all methods of its interface. One that is not overridden is as if nobody had written it: the name then
// belongs to the base, which the type of a pointer to it tells.
#pragma once
#include <penstock/any_batch.hpp>
#include <penstock/bind.hpp>

#include <type_traits>

namespace penstock {
inline namespace v1 {

/// Methods of every interface. Override what is wanted; abi/interface.h says when each is called.
class Derivable {
 public:
  Derivable(const Derivable&) = delete;
  Derivable& operator=(const Derivable&) = delete;
  virtual ~Derivable() = default;

  /// Checks the parameters, at the start and at a reload. Throws penstock::Refused, and the old ones stand.
  virtual void configure() {}
  virtual void open() {}
  virtual void close() {}

 protected:
  Derivable() = default;
};

template <class C>
concept derived = std::is_base_of_v<Derivable, C>;

/// Derives publicly, and from one of the bases.
template <class C>
concept openly_derived = derived<C> && requires {
  typename C::penstock_base;
} && requires(C* object) {
  static_cast<typename C::penstock_base*>(object);
};

template <class C>
struct base_of {
  using type = C;
};
template <class C>
requires openly_derived<C>
struct base_of<C> {
  using type = typename C::penstock_base;
};
/// The base that declares the methods of C; C itself if it derives from none.
template <class C>
using base_of_t = typename base_of<C>::type;

}  // namespace v1
}  // namespace penstock

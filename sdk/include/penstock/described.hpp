// The form without macros: a class lists its parameters and metrics, a record its columns, in `static consteval auto
// describe()`. Both forms say the same manifest and are checked alike.
//
//     class Clamp {
//       penstock::Param<double> min, max;
//       penstock::Metric<std::uint64_t> clamped;
//
//      public:
//       static consteval auto describe() {
//         using namespace penstock::attributes;
//         return penstock::described(param("min", &Clamp::min, 0.0, "lowest value passed on", reloadable()),
//                                    param("max", &Clamp::max, 100.0, "highest value passed on", reloadable()),
//                                    metric("clamped", &Clamp::clamped, "readings changed", never_decreasing()));
//       }
//
// A member learns what describe() says of it when its instance has been made: in the constructor a parameter has no value
// yet but T{}, and a metric keeps what it is given, which is checked and recorded after the constructor.
#pragma once
#include <penstock/member.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace penstock {
inline namespace v1 {

/// What describe() says of one member: Kind as in PENSTOCK_DESCRIBED_, or this if the member has the type of no such.
inline constexpr char wrong_kind = 'x';
template <char Kind, class T, class Member>
struct Entry {
  Member member;
  Description description;
};

/// What describe() returns.
template <class... Entries>
struct Described {
  std::tuple<Entries...> entries;
};
template <class... Entries>
consteval auto described(Entries... entries) {
  return Described<Entries...>{{entries...}};
}

template <class... Entries>
inline constexpr bool is_described<Described<Entries...>> = true;

template <class M>
inline constexpr bool is_param = false;
template <class T, class Tag>
inline constexpr bool is_param<Param<T, Tag>> = true;
template <class M>
inline constexpr bool is_metric = false;
template <class T, class Tag>
inline constexpr bool is_metric<Metric<T, Tag>> = true;

namespace attributes {

/// A parameter: its name, `penstock::Param<T>` member, default or penstock::required, and what it is, then its attributes.
template <class C, class T, class... Said>
consteval auto param(std::string_view name, Param<T, void> C::*member, Said... said) {
  return Entry<'p', T, decltype(member)>{member, describe<'p', T>(name, said...)};
}
template <class C, class T, class Item = const char*, class... Rest>
consteval auto param(std::string_view name, Param<T, void> C::*member, std::initializer_list<Item> list, Rest... rest) {
  return Entry<'p', T, decltype(member)>{member, describe<'p', T>(name, list, rest...)};
}
template <class C, class Member, class... Rest>
requires(!is_param<Member>) consteval auto param(std::string_view, Member C::*member, Rest...) {
  return Entry<wrong_kind, void, Member C::*>{member, {}};
}
/// A metric: its name, `penstock::Metric<T>` member, and what it is, then its attributes.
template <class C, class T, class... Said>
consteval auto metric(std::string_view name, Metric<T, void> C::*member, Said... said) {
  return Entry<'m', T, decltype(member)>{member, describe<'m', T>(name, said...)};
}
template <class C, class Member, class... Rest>
requires(!is_metric<Member>) consteval auto metric(std::string_view, Member C::*member, Rest...) {
  return Entry<wrong_kind, void, Member C::*>{member, {}};
}

// Columns of a record, in the order of its members.

/// A column that is read. The member is const: writing it does not compile.
template <class R, class T>
consteval auto reads(std::string_view name, T R::*member, std::string_view doc) {
  return Entry<'r', std::remove_const_t<T>, decltype(member)>{member, describe<'r', T>(name, doc)};
}
/// A column that is read and changed in place.
template <class R, class T>
consteval auto writes(std::string_view name, T R::*member, std::string_view doc) {
  return Entry<'w', T, decltype(member)>{member, describe<'w', T>(name, doc)};
}
/// A new column. Give the member an initial value: `double mean = 0`.
template <class R, class T>
consteval auto adds(std::string_view name, T R::*member, std::string_view doc) {
  return Entry<'a', T, decltype(member)>{member, describe<'a', T>(name, doc)};
}

}  // namespace attributes

/// What the macros make of a member: one type for each entry of C::describe().
template <class C, std::size_t I, int Index, int Order, class E>
struct EntryTag;
template <class C, std::size_t I, int Index, int Order, char Kind, class T, class Member>
struct EntryTag<C, I, Index, Order, Entry<Kind, T, Member>> {
  using value_type = T;
  static constexpr int index = Index;
  static constexpr char kind = Kind;
  static constexpr int order = Order;
  static constexpr Member member = std::get<I>(C::describe().entries).member;
  static constexpr bool is_const = std::is_const_v<std::remove_reference_t<decltype(std::declval<C&>().*member)>>;
  static consteval Description description() { return std::get<I>(C::describe().entries).description; }
  template <class Self>
  static constexpr auto& of(Self& self) {
    return self.*member;
  }
  template <class Self>
  static constexpr auto pointer() {
    return member;
  }
};

/// The entries that `describe()` has of members of a class (of fields of a record), in their order.
template <class C, bool OfRecord, class Result, int Params, int Metrics, std::size_t I, class... Entries>
struct entries_of {
  using type = Result;
};
template <class C, bool OfRecord, class Result, int Params, int Metrics, std::size_t I, char Kind, class T,
          class Member, class... Rest>
struct entries_of<C, OfRecord, Result, Params, Metrics, I, Entry<Kind, T, Member>, Rest...> {
  static constexpr bool is_param = Kind == 'p', is_metric = Kind == 'm';
  static constexpr bool is_listed = Kind != wrong_kind && (is_param || is_metric) != OfRecord;
  using Tag = EntryTag<C, I, static_cast<int>(Result::size) + 1, is_param ? Params : Metrics, Entry<Kind, T, Member>>;
  using type =
      typename entries_of<C, OfRecord, std::conditional_t<is_listed, typename Result::template append<Tag>, Result>,
                          Params + is_param, Metrics + is_metric, I + 1, Rest...>::type;
};
template <class Described>
inline constexpr bool has_wrong_kind = false;
template <char... Kind, class... T, class... Member>
inline constexpr bool has_wrong_kind<Described<Entry<Kind, T, Member>...>> = ((Kind == wrong_kind) || ...);

template <class C, bool OfRecord, class... Entries>
struct entries_in<C, OfRecord, Described<Entries...>> : entries_of<C, OfRecord, Tags<>, 0, 0, 0, Entries...> {};

}  // namespace v1
}  // namespace penstock

// The list of a class's described members, without a second mention of any.
//
// Each macro declares, beside the member, an overload of a static function for rank<N>, where N is one more than that of
// the overload before it. Asking for the overload for a higher rank gives the last one, its `before` the one before.
// No member at all finds the function of this namespace, by argument-dependent lookup. Members and record fields have functions of
// different names, else a record that is nested in its class would continue the class's list.
#pragma once
#include <penstock/attributes.hpp>
#include <penstock/value.hpp>

#include <atomic>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace penstock {
inline namespace v1 {

template <int N>
struct rank : rank<N - 1> {};
template <>
struct rank<0> {};

inline constexpr int most_members = 100;

// Tag says what is known of the member when it is compiled; void: its class describes it in describe().
template <class T, class Tag = void>
class Param;
template <class T, class Tag = void>
class Metric;

/// Counts the parameters and metrics that an instance makes, which `create` compares with those that its class describes.
/// One instance at a time: a count for each thread would need the loader's help, and on Windows a library's.
class CountOfMembers {
 public:
  static inline constinit std::atomic<int> params_made{0}, metrics_made{0};

  CountOfMembers() {
    while (is_counting_.test_and_set(std::memory_order_acquire)) {
    }  // hosts make one instance after the other
    params_before_ = params_made;
    metrics_before_ = metrics_made;
  }
  ~CountOfMembers() { is_counting_.clear(std::memory_order_release); }
  CountOfMembers(const CountOfMembers&) = delete;
  CountOfMembers& operator=(const CountOfMembers&) = delete;

  int params() const { return params_made - params_before_; }
  int metrics() const { return metrics_made - metrics_before_; }

 private:
  static inline constinit std::atomic_flag is_counting_{};

  int params_before_ = 0, metrics_before_ = 0;
};

struct no_member {
  static constexpr int index = 0;
};
no_member penstock_member(rank<0>);
no_member penstock_field(rank<0>);

// A friend of every described class: its lists may be private.
struct access {
  // clang 14 crashes on `rank<most_members>{}` in these places; `rank<most_members>()` is fine.
  template <class C>
  static auto last_member() -> decltype(C::penstock_member(rank<most_members + 1>()));
  template <class C>
  static auto last_field() -> decltype(C::penstock_field(rank<most_members + 1>()));
  // So may be its main method, and a sentence then says so.
  template <class C>
  static auto stream() -> decltype(&C::stream);
  template <class C>
  static auto process() -> decltype(&C::process);
  template <class C>
  static auto consume() -> decltype(&C::consume);
};

template <class... Tag>
struct Tags {
  static constexpr std::size_t size = sizeof...(Tag);
  template <class Next>
  using append = Tags<Tag..., Next>;
};

template <class Last>
struct collect {
  using type = typename collect<typename Last::before>::type::template append<Last>;
};
template <>
struct collect<no_member> {
  using type = Tags<>;
};

// What describe() returns, and the tags of its entries; described.hpp has them.
template <class T>
inline constexpr bool is_described = false;
template <class C, bool OfRecord, class Described>
struct entries_in;

template <auto Value>
struct Constant;

/// Has it a public `describe()` that lists its members?
template <class C>
concept lists_members = requires {
  C::describe();
  requires is_described<decltype(C::describe())>;
};
// A name that two bases declare is ambiguous, and the lookup that finds so comes before access, overloads and kinds.
struct Other_describe {
  int describe;
};
template <class C>
struct Both_describe : C, Other_describe {};
/// Has it any member `describe`, also a private one?
template <class C>
consteval bool names_describe() {
  if constexpr (!std::is_class_v<C>)
    return false;
  else if constexpr (std::is_final_v<C>)
    return requires { &C::describe; };
  else
    return !requires { &Both_describe<C>::describe; };
}

/// One that can be asked when the class is compiled.
template <class C>
concept describes = lists_members<C> && requires {
  typename Constant<(static_cast<void>(C::describe()), true)>;
};

template <class C>
concept has_member_macros = requires {
  access::last_member<C>();
};
template <class C>
concept has_field_macros = requires {
  access::last_field<C>();
};

/// What a macro says of a member, as constants: false after a name in it that is unknown to the compiler.
template <class Tag>
concept is_understood = requires {
  typename Constant<(static_cast<void>(Tag::description()), true)>;
};
template <class List>
inline constexpr bool are_understood = false;
template <class... Tag>
inline constexpr bool are_understood<Tags<Tag...>> = (is_understood<Tag> && ...);

/// Those of a list; none if one of them is not understood, so that nobody stumbles over it again.
template <class List>
using understood = std::conditional_t<are_understood<List>, List, Tags<>>;

template <class C>
consteval auto members_of() {
  if constexpr (has_member_macros<C>)
    return understood<typename collect<decltype(access::last_member<C>())>::type>{};
  else if constexpr (describes<C>)
    return typename entries_in<C, false, decltype(C::describe())>::type{};
  else
    return Tags<>{};
}
template <class C>
consteval auto fields_of() {
  if constexpr (has_field_macros<C>)
    return understood<typename collect<decltype(access::last_field<C>())>::type>{};
  else if constexpr (describes<C>)
    return typename entries_in<C, true, decltype(C::describe())>::type{};
  else
    return Tags<>{};
}

/// Parameters and metrics of a class, fields of a record, in the order in which they were written.
template <class C>
using members = decltype(members_of<C>());
template <class R>
using fields = decltype(fields_of<R>());

template <std::size_t I, class List>
struct tag_at;
template <std::size_t I, class... T>
struct tag_at<I, Tags<T...>> {
  using type = std::tuple_element_t<I, std::tuple<T...>>;
};
template <std::size_t I, class List>
using tag_at_t = typename tag_at<I, List>::type;

/// Those of one kind: 'p' parameters, 'm' metrics.
template <char Kind, class Result, class... T>
struct of_kind {
  using type = Result;
};
template <char Kind, class Result, class First, class... Rest>
struct of_kind<Kind, Result, First, Rest...>
    : of_kind<Kind, std::conditional_t<First::kind == Kind, typename Result::template append<First>, Result>, Rest...> {
};
template <char Kind, class List>
struct select;
template <char Kind, class... T>
struct select<Kind, Tags<T...>> : of_kind<Kind, Tags<>, T...> {};
template <class C>
using params = typename select<'p', members<C>>::type;
template <class C>
using metrics = typename select<'m', members<C>>::type;

/// How many members of this kind come before.
template <class Before>
consteval int count_before(char kind) {
  if constexpr (Before::index == 0)
    return 0;
  else
    return (Before::kind == kind) + count_before<typename Before::before>(kind);
}

/// What a tag says, as a constant that can be referred to.
template <class Tag>
inline constexpr Description description_of = [] {
  if constexpr (is_understood<Tag>)
    return Tag::description();
  else
    return Description{};
}();

template <class... T, class F>
constexpr void for_each(Tags<T...>, F&& f) {
  (f(T{}), ...);
}

template <class A>
concept attribute_of_a_member = requires(const A& attribute, Description& d) {
  attribute.apply(d);
};

template <class T>
inline constexpr bool is_text = std::is_convertible_v<T, std::string_view>;

template <class T>
constexpr Description named(std::string_view name) {
  Description d;
  d.name = name;
  d.type = type_name<T>();
  d.nullable = is_nullable<std::remove_const_t<T>>;
  d.list = std::is_same_v<T, std::vector<std::string>>;
  return d;
}

// What follows a name. Of a metric or column: its description, then attributes.
constexpr void say(Description& d) { d.blame(Fault::wrong_doc); }
template <class Doc, class... Attributes>
constexpr void say(Description& d, Doc doc, Attributes... attributes) {
  [[maybe_unused]] const auto take = [&]<class A>(const A& attribute) {
    if constexpr (attribute_of_a_member<A>)
      attribute.apply(d);
    else
      d.blame(Fault::wrong_attribute);
  };
  if constexpr (is_text<Doc>)
    d.doc = doc;
  else
    d.blame(Fault::wrong_doc);
  (take(attributes), ...);
}

// Of a parameter: its default before them.
constexpr void say_of_param(Description& d) { d.blame(Fault::no_default); }
template <class Value, class... Rest>
constexpr void say_of_param(Description& d, Value value, Rest... rest) {
  constexpr bool has_doc = [] {
    if constexpr (sizeof...(Rest) > 0)
      return is_text<std::tuple_element_t<0, std::tuple<Rest...>>>;
    else
      return false;
  }();
  // One text alone is more likely the description than the default.
  if constexpr (attribute_of_a_member<Value> || (is_text<Value> && !has_doc))
    d.blame(Fault::no_default);
  else if constexpr (std::is_same_v<Value, Required>)
    d.required = true;
  else if constexpr (is_text<Value>)
    d.text = value;
  else if constexpr (std::is_constructible_v<Number, Value>)
    d.value = Number(value);
  else
    d.blame(Fault::wrong_default);
  say(d, rest...);
}

/// Kind as in PENSTOCK_DESCRIBED_.
template <char Kind, class T, class... Said>
consteval Description describe(std::string_view name, Said... said) {
  Description d = named<T>(name);
  if constexpr (Kind == 'p') {
    say_of_param(d, said...);
  } else {
    d.value = Number(0);
    if constexpr (Kind == 'm' && sizeof...(Said) > 1)
      if constexpr (std::is_same_v<std::tuple_element_t<0, std::tuple<Said...>>, Required> ||
                    std::is_constructible_v<Number, std::tuple_element_t<0, std::tuple<Said...>>>)
        d.blame(Fault::default_of_a_metric);
    say(d, said...);
  }
  return d;
}
/// A default in braces is none.
template <char Kind, class T, class Item = const char*, class... Rest>
consteval Description describe(std::string_view name, std::initializer_list<Item>, Rest...) {
  Description d = named<T>(name);
  d.blame(Kind == 'p' ? Fault::wrong_default : Kind == 'm' ? Fault::default_of_a_metric : Fault::wrong_doc);
  return d;
}

}  // namespace v1
}  // namespace penstock

// Kind is a character of its own: 'p' parameter, 'm' metric; 'r', 'w', 'a' fields of a record that is read, written, added.
#define PENSTOCK_DESCRIBED_(list, Kind, T, member, ...)                                            \
  friend struct ::penstock::access;                                                                \
  struct penstock_tag_##member {                                                                   \
    using before = decltype(list(::penstock::rank<::penstock::most_members + 1>()));               \
    using value_type = T;                                                                          \
    [[maybe_unused]] static constexpr int index = before::index + 1;                               \
    static_assert(index <= ::penstock::most_members,                                               \
                  "a class has at most 100 parameters and metrics, a record at most 100 columns"); \
    [[maybe_unused]] static constexpr char kind = Kind;                                            \
    [[maybe_unused]] static constexpr int order = ::penstock::count_before<before>(Kind);          \
    static consteval ::penstock::Description description() {                                       \
      using namespace ::penstock::attributes;                                                      \
      using namespace ::std::chrono_literals;                                                      \
      return ::penstock::describe<Kind, T>(#member __VA_OPT__(, ) __VA_ARGS__);                    \
    }                                                                                              \
    template <class Self>                                                                          \
    static constexpr auto& of(Self& self) {                                                        \
      return self.member;                                                                          \
    }                                                                                              \
    template <class Self>                                                                          \
    static constexpr auto pointer() {                                                              \
      return &Self::member;                                                                        \
    }                                                                                              \
  };                                                                                               \
  static penstock_tag_##member list(::penstock::rank<penstock_tag_##member::index>)

// What parameters, metrics, columns and records must be like, each as one sentence that the compiler says.
#pragma once
#include <penstock/any_batch.hpp>
#include <penstock/member.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {

/// Whom a fault is told: the author, by the compiler; or only who asked, by `false`.
enum class Voice { aloud, silent };

/// The keys that the host gives to every node of a pipeline file.
inline constexpr std::string_view node_keys[] = {
    "type",    "name",       "inputs",     "columns", "audit",       "retry",     "circuit_breaker",
    "timeout", "rate_limit", "on_bad_row", "rejects", "flush_every", "max_delay", "workers"};

constexpr bool is_line(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  return true;
}

/// A name in the manifest.
constexpr bool is_identifier(std::string_view name) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  for (const char c : name)
    if (!is_small(c) && !(c >= '0' && c <= '9') && c != '_') return false;
  return !name.empty() && name.size() <= 128 && is_small(name[0]);
}

/// What every parameter, metric and column keeps.
template <class Tag, Voice V>
consteval bool conforms_in_words() {
  constexpr Description d = Tag::description();
  constexpr bool named = is_identifier(d.name);
  static_assert(
      V == Voice::silent || named,
      "the name of a parameter, metric or column is a lower-case letter, then lower-case letters, digits and `_`, at "
      "most 128 bytes [PS0304]");
  constexpr bool words = is_line(d.doc) && is_line(d.text) && is_line(d.unit) && is_line(d.label) && is_line(d.example);
  static_assert(V == Voice::silent || words,
                "a description, default, unit, label or example holds a tab, a line break or another control "
                "character [PS0301]");
  return named && words;
}

template <class Tag, Voice V>
consteval bool conforms_in_number() {
  using T = typename Tag::value_type;
  constexpr Description d = Tag::description();
  constexpr bool has_bounds = d.low.exists() || d.high.exists();
  constexpr bool ordered = (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, Duration>;
  static_assert(V == Voice::silent || (ordered || !has_bounds),
                "only a number or a duration has at_least() and at_most() [PS0307]");
  if constexpr (!ordered && has_bounds) {
    return false;
  } else if constexpr (!ordered && !std::is_same_v<T, bool>) {
    return true;
  } else {
    constexpr bool is_time = std::is_same_v<T, Duration>;
    constexpr bool units =
        is_time ? (!d.value.exists() || d.value.has_unit) && (!d.example_number.exists() || d.example_number.has_unit)
                : !d.value.has_unit && !d.low.has_unit && !d.high.has_unit && !d.example_number.has_unit;
    static_assert(V == Voice::silent || units,
                  "the default or example of a penstock::Duration is written with its unit, `10s` or "
                  "`std::chrono::seconds(10)`, and what is said of a number without one [PS0307]");
    constexpr bool fits = (!d.value.exists() || d.value.fits<T>()) && (!d.low.exists() || d.low.fits<T>()) &&
                          (!d.high.exists() || d.high.fits<T>()) &&
                          (!d.example_number.exists() || d.example_number.fits<T>());
    static_assert(V == Voice::silent || fits,
                  "a default, a bound or an example is not a value of its parameter's or metric's type [PS0307]");
    if constexpr (units && fits) {
      constexpr bool in_order = !d.low.exists() || !d.high.exists() || d.low.as<T>() <= d.high.as<T>();
      static_assert(V == Voice::silent || in_order,
                    "at_least() is above at_most(): no value would be allowed [PS0307]");
      if constexpr (in_order && d.value.exists()) {
        constexpr bool inside = d.allows(d.value.as<T>());
        static_assert(V == Voice::silent || is_time || inside,
                      "the default of a parameter or metric lies outside its own bounds [PS0307]");
        static_assert(V == Voice::silent || !is_time || inside,
                      "the default of a penstock::Duration lies outside its bounds; a bound without a unit is in "
                      "nanoseconds [PS0307]");
        return inside;
      }
      return in_order;
    }
    return false;
  }
}

#define PENSTOCK_ATTRIBUTES_                                                                                       \
  "a parameter has the attributes at_least(), at_most(), unit(), one_of(), reloadable(), secret() and example(), " \
  "a metric at_least(), at_most(), never_negative(), never_decreasing(), unit() and label()"

/// Every macro of C is understood. Otherwise the compiler has named what it does not know, in an error of its own, and this
/// says what there is.
template <class C, Voice V>
consteval bool conforms_in_macros() {
  constexpr bool members = [] {
    if constexpr (has_member_macros<C>)
      return are_understood<typename collect<decltype(access::last_member<C>())>::type>;
    else
      return true;
  }();
  static_assert(V == Voice::silent || members,
                "a name in a PENSTOCK_PARAM or PENSTOCK_METRIC is unknown, or a value in it is no "
                "constant: " PENSTOCK_ATTRIBUTES_);
  constexpr bool fields = [] {
    if constexpr (has_field_macros<C>)
      return are_understood<typename collect<decltype(access::last_field<C>())>::type>;
    else
      return true;
  }();
  static_assert(V == Voice::silent || fields,
                "a name in a PENSTOCK_READS, PENSTOCK_WRITES or PENSTOCK_ADDS is unknown: the last thing in it is a "
                "description, a constant text");
  return members && fields;
}

/// What is said of a member stands in its place.
template <class Tag, Voice V>
consteval bool conforms_in_form() {
  constexpr Description d = Tag::description();
  static_assert(V == Voice::silent || d.fault != Fault::no_default,
                "a parameter has a default, or penstock::required, and behind it a description, and one of the two is "
                "missing: PENSTOCK_PARAM(type, name, default, description)");
  static_assert(V == Voice::silent || d.fault != Fault::wrong_default,
                "the default of a parameter is a number, a duration with its unit, a text or penstock::required; that "
                "of a list is one text with `|` between its items, such as A|B");
  static_assert(V == Voice::silent || d.fault != Fault::default_of_a_metric,
                "a metric has no default, it starts at 0: its description stands behind its name");
  static_assert(V == Voice::silent || d.fault != Fault::wrong_doc,
                "the description of a parameter, metric or column is a text, and stands before its attributes");
  static_assert(V == Voice::silent || d.fault != Fault::wrong_attribute,
                "what stands behind the description of a parameter or metric is none of its "
                "attributes: " PENSTOCK_ATTRIBUTES_);
  static_assert(V == Voice::silent || d.fault != Fault::wrong_bound,
                "at_least() and at_most() take a number or a duration [PS0307]");
  return d.fault == Fault::none;
}
#undef PENSTOCK_ATTRIBUTES_

/// Attributes of a metric say nothing of a parameter, and the other way round.
template <class Tag, Voice V>
consteval bool conforms_in_attributes() {
  constexpr Description d = Tag::description();
  if constexpr (Tag::kind == 'p') {
    constexpr bool fits = !d.never_negative && !d.rising && d.label.empty();
    static_assert(V == Voice::silent || fits,
                  "never_negative(), never_decreasing() and label() belong to a metric; a parameter has at_least()");
    return fits;
  } else {
    constexpr bool fits = !d.reload && !d.secret && d.example.empty() && !d.example_number.exists() && d.choices == 0;
    static_assert(V == Voice::silent || fits, "reloadable(), secret(), example() and one_of() belong to a parameter");
    return fits;
  }
}

template <class Tag, Voice V>
consteval bool conforms_as_param() {
  using T = typename Tag::value_type;
  constexpr Description d = Tag::description();
  constexpr bool type = std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, Duration> ||
                        std::is_same_v<T, std::string> || std::is_same_v<T, Path> ||
                        std::is_same_v<T, std::vector<std::string>> || (std::is_integral_v<T> && sizeof(T) == 8);
  static_assert(V == Voice::silent || type,
                "a parameter is a bool, std::int64_t, std::uint64_t, double, std::string, penstock::Path, "
                "penstock::Duration or std::vector<std::string> [PS0303]");
  constexpr bool reachable = [&] {
    for (const std::string_view key : node_keys)
      if (key == d.name) return false;
    return true;
  }();
  static_assert(
      V == Voice::silent || reachable,
      "a parameter has the name of a key that every node of a pipeline file has, and could not be set [PS0306]");
  if constexpr (type && (d.choices > 0)) {
    constexpr bool known = d.required || [&] {
      for (std::size_t i = 0; i < d.choices; ++i)
        if (d.choice[i] == d.text) return true;
      return false;
    }();
    static_assert(V == Voice::silent || std::is_same_v<T, std::string>, "one_of() belongs to a std::string [PS0307]");
    static_assert(V == Voice::silent || !std::is_same_v<T, std::string> || known,
                  "the default is none of the choices of one_of(): add it to them, or take one of them [PS0307]");
    constexpr bool words = [&] {
      for (std::size_t i = 0; i < d.choices; ++i) {
        if (d.choice[i].empty() || d.choice[i].find('|') != std::string_view::npos || !is_line(d.choice[i]))
          return false;
        for (std::size_t j = 0; j < i; ++j)
          if (d.choice[j] == d.choice[i]) return false;
      }
      return true;
    }();
    static_assert(V == Voice::silent || words,
                  "the choices of one_of() are distinct words without `|` or control characters [PS0305]");
    return std::is_same_v<T, std::string> && known && words && reachable && conforms_in_words<Tag, V>();
  } else if constexpr (type) {
    constexpr bool text = !std::is_arithmetic_v<T> && !std::is_same_v<T, Duration>;
    static_assert(V == Voice::silent || (d.required || text != d.value.exists()),
                  "the default of a parameter has another type than the parameter [PS0307]");
    constexpr bool has_brackets = d.list && d.text.starts_with('[') && d.text.ends_with(']');
    static_assert(V == Voice::silent || !has_brackets,
                  "the default of a list is one text with `|` between its items and no brackets, such as A|B: this one "
                  "would be a list of one item [PS0307]");
    return !has_brackets && reachable && (d.required || text != d.value.exists()) && conforms_in_number<Tag, V>() &&
           conforms_in_words<Tag, V>();
  }
  return false;
}

template <class Tag, Voice V>
consteval bool conforms_as_metric() {
  using T = typename Tag::value_type;
  static_assert(V == Voice::silent || is_metric_value<T>,
                "a metric is a bool, std::int64_t, std::uint64_t or double [PS0303]");
  if constexpr (is_metric_value<T>) {
    constexpr bool can_be_broken =
        !Tag::description().never_negative || !std::is_unsigned_v<T> || std::is_same_v<T, bool>;
    static_assert(V == Voice::silent || can_be_broken,
                  "never_negative() of an unsigned metric holds always, and below 0 it wraps around: use std::int64_t");
    if constexpr (can_be_broken) return conforms_in_number<Tag, V>() && conforms_in_words<Tag, V>();
  }
  return false;
}

template <class Tag, Voice V>
consteval bool conforms_as_column() {
  using T = std::remove_const_t<typename Tag::value_type>;
  constexpr bool type = is_column_value<T>;
  static_assert(V == Voice::silent || type,
                "a column is a number, bool, penstock::Key, Time, Duration, or a std::string_view that is read, or "
                "Nullable of one; a text that repeats, such as a sensor's name or a unit, is a penstock::Key, "
                "and `batch.text(&Record::x, r.x)` gives it [PS0303]");
  constexpr bool fixed = Tag::kind == 'r' || !std::is_same_v<plain_t<T>, std::string_view>;
  static_assert(V == Voice::silent || fixed,
                "a text column can be read, not written or added: use penstock::Key [PS0309]");
  constexpr bool constant = [] {
    if constexpr (requires { Tag::is_const; })
      return Tag::is_const == (Tag::kind == 'r');
    else
      return true;
  }();
  static_assert(V == Voice::silent || constant,
                "the member of a column is const if the column is only read, and not if it is written or added");
  return type && fixed && constant && conforms_in_form<Tag, V>() && conforms_in_words<Tag, V>();
}

// Converts to whatever a member is, to count the members of a record.
struct Anything {
  template <class T>
  operator T() const;
};
template <class R, std::size_t... I>
consteval bool has_more_members(std::index_sequence<I...>) {
  return requires { R{(static_cast<void>(I), Anything{})..., Anything{}}; };
}

// A value that differs from the one that is `off`.
template <class T>
constexpr T marked(bool on) {
  if constexpr (is_nullable<T>)
    return T(plain_t<T>{}, on);
  else if constexpr (std::is_same_v<T, std::string_view>)
    return on ? "on" : "";
  else if constexpr (std::is_same_v<T, Key> || std::is_same_v<T, Time>)
    return T{on};
  else
    return static_cast<T>(on);
}
template <class T>
constexpr bool is_marked(const T& value) {
  if constexpr (is_nullable<T>)
    return value.valid;
  else
    return value != marked<T>(false);
}
template <class R, class... Tag>
consteval bool is_in_order(Tags<Tag...>) {
  if constexpr (requires { R{marked<typename Tag::value_type>(false)...}; }) {
    const auto is_at_its_place = []<class One>(One) {
      return is_marked(R{marked<typename Tag::value_type>(Tag::index == One::index)...}.*One::member);
    };
    return (is_at_its_place(Tag{}) && ...);
  }
  return false;
}

template <class Tag, class Other>
consteval bool says_the_same(Tag, Other) {
  if constexpr (Tag::index >= Other::index) return false;
  if constexpr (std::is_same_v<decltype(Tag::member), decltype(Other::member)>)
    if (Tag::member == Other::member) return true;
  return (Tag::kind == Other::kind) && Tag::description().name == Other::description().name;
}
template <class... Tag>
consteval bool has_pair(Tags<Tag...> all) {
  const auto has = [&]<class One>(One one) {
    bool found = false;
    for_each(all, [&]<class Other>(Other other) { found = found || says_the_same(one, other); });
    return found;
  };
  return (has(Tag{}) || ...);
}

/// What macros cannot get wrong: describe() is of one class or record, and lists each member once; those of a record in
/// their order.
template <class C, Voice V>
consteval bool conforms_as_list() {
  constexpr bool is_record = fields<C>::size > 0;
  using List = std::conditional_t<is_record, fields<C>, members<C>>;
  constexpr bool of_one = List::size == std::tuple_size_v<decltype(C::describe().entries)>;
  static_assert(V == Voice::silent || of_one,
                "`describe()` lists param() and metric() in a class, reads(), writes() and adds() in a record");
  constexpr bool fits = List::size <= static_cast<std::size_t>(most_members);
  static_assert(V == Voice::silent || fits,
                "a class has at most 100 parameters and metrics, a record at most 100 columns");
  constexpr bool once = !has_pair(List{});
  static_assert(V == Voice::silent || once, "`describe()` lists a member, or a name, twice [PS0305]");
  if constexpr (is_record && of_one && fits && once) {
    constexpr bool ordered = is_in_order<C>(List{});
    static_assert(V == Voice::silent || ordered,
                  "`describe()` lists the columns in another order than the members of its record");
    return ordered;
  }
  return of_one && fits && once;
}

template <class C>
consteval bool is_member_named(std::string_view name) {
  bool found = false;
  const auto is_it = [&]<class Tag>(Tag) { found = found || Tag::description().name == name; };
  for_each(members<C>{}, is_it);
  for_each(fields<C>{}, is_it);
  return found;
}

/// And it can be asked, stands alone, and describes members of the right types.
template <class C, Voice V>
consteval bool conforms_in_describe() {
  constexpr bool usable = lists_members<C> || !names_describe<C>() || is_member_named<C>("describe");
  static_assert(V == Voice::silent || usable,
                "`describe()` must be public, static, consteval or constexpr, take nothing, and return "
                "`penstock::described(...)`");
  constexpr bool constant = !lists_members<C> || describes<C>;
  static_assert(V == Voice::silent || constant,
                "`describe()` is consteval or constexpr: it is asked when the class is compiled");
  if constexpr (!usable) {
    return false;
  } else if constexpr (constant && lists_members<C>) {
    constexpr bool alone = !has_member_macros<C> && !has_field_macros<C>;
    static_assert(V == Voice::silent || alone,
                  "a class declares its members by macros or lists them in `describe()`, not both");
    constexpr bool typed = !has_wrong_kind<decltype(C::describe())>;
    static_assert(V == Voice::silent || typed,
                  "param() describes a member of type `penstock::Param<T>`, metric() one of `penstock::Metric<T>`");
    if constexpr (alone && typed) return conforms_as_list<C, V>();
    return false;
  }
  return constant;
}

/// A record is made from its fields in their order: a member that is none would take the value of one.
template <class R, Voice V>
consteval bool conforms_as_record() {
  if constexpr (std::is_void_v<R> || std::is_same_v<R, AnyRecord>) {
    return true;
  } else if constexpr (!conforms_in_macros<R, V>() || !conforms_in_describe<R, V>()) {
    return false;
  } else {
    constexpr bool declared = std::is_aggregate_v<R> && fields<R>::size > 0 &&
                              !has_more_members<R>(std::make_index_sequence<fields<R>::size>{});
    static_assert(V == Voice::silent || declared,
                  "a record is a plain struct with members, each declared by PENSTOCK_READS, PENSTOCK_WRITES or "
                  "PENSTOCK_ADDS, or listed by `describe()`");
    if constexpr (declared) {
      bool all = true;
      for_each(fields<R>{}, [&]<class Tag>(Tag) { all = conforms_as_column<Tag, V>() && all; });
      return all;
    }
    return false;
  }
}

}  // namespace v1
}  // namespace penstock

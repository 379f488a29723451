// What parameters, metrics, columns and records must be like, each as one sentence that the compiler says.
#pragma once
#include <penstock/any_batch.hpp>
#include <penstock/member.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {

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
template <class Tag>
consteval bool conforms_in_words() {
  constexpr Description d = Tag::description();
  constexpr bool named = is_identifier(d.name);
  static_assert(named,
                "the name of a parameter, metric or column is a small letter, then small letters, digits and `_`, at "
                "most 128 bytes [PS0304]");
  constexpr bool words = is_line(d.doc) && is_line(d.text) && is_line(d.unit) && is_line(d.label) && is_line(d.example);
  static_assert(words,
                "a description, default, unit, label or example holds a tab, a line break or another control "
                "character [PS0301]");
  return named && words;
}

template <class Tag>
consteval bool conforms_in_number() {
  using T = typename Tag::value_type;
  constexpr Description d = Tag::description();
  constexpr bool has_bounds = d.low.exists() || d.high.exists();
  constexpr bool ordered = (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, Duration>;
  static_assert(ordered || !has_bounds, "only a number or a duration has at_least() and at_most() [PS0301]");
  if constexpr (!ordered && has_bounds) {
    return false;
  } else if constexpr (!ordered && !std::is_same_v<T, bool>) {
    return true;
  } else {
    constexpr bool fits = (!d.value.exists() || d.value.fits<T>()) && (!d.low.exists() || d.low.fits<T>()) &&
                          (!d.high.exists() || d.high.fits<T>());
    static_assert(fits, "a default or a bound is not a value of its parameter's or metric's type [PS0301]");
    if constexpr (fits) {
      constexpr bool in_order = !d.low.exists() || !d.high.exists() || d.low.as<T>() <= d.high.as<T>();
      static_assert(in_order, "at_least() is above at_most(): no value would be allowed [PS0301]");
      if constexpr (in_order && d.value.exists()) {
        constexpr bool inside = d.allows(d.value.as<T>());
        static_assert(inside, "the default of a parameter or metric lies outside its own bounds [PS0301]");
        return inside;
      }
      return in_order;
    }
    return false;
  }
}

/// Attributes of a metric say nothing of a parameter, and the other way round.
template <class Tag>
consteval bool conforms_in_attributes() {
  constexpr Description d = Tag::description();
  if constexpr (Tag::kind == 'p') {
    constexpr bool fits = !d.never_negative && !d.rising && d.label.empty();
    static_assert(
        fits,
        "never_negative(), never_decreasing() and label() belong to a metric; a parameter has at_least() [PS0301]");
    return fits;
  } else {
    constexpr bool fits = !d.reload && !d.secret && d.example.empty() && d.choices == 0;
    static_assert(fits, "reloadable(), secret(), example() and one_of() belong to a parameter [PS0301]");
    return fits;
  }
}

template <class Tag>
consteval bool conforms_as_param() {
  using T = typename Tag::value_type;
  constexpr Description d = Tag::description();
  constexpr bool type = std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, Duration> ||
                        std::is_same_v<T, std::string> || std::is_same_v<T, Path> ||
                        std::is_same_v<T, std::vector<std::string>> || (std::is_integral_v<T> && sizeof(T) == 8);
  static_assert(type,
                "a parameter is a bool, std::int64_t, std::uint64_t, double, std::string, penstock::Path, "
                "penstock::Duration or std::vector<std::string> [PS0301]");
  constexpr bool reachable = [&] {
    for (const std::string_view key : node_keys)
      if (key == d.name) return false;
    return true;
  }();
  static_assert(
      reachable,
      "a parameter has the name of a key that every node of a pipeline file has, and could not be set [PS0301]");
  if constexpr (type && (d.choices > 0)) {
    constexpr bool known = d.required || [&] {
      for (std::size_t i = 0; i < d.choices; ++i)
        if (d.choice[i] == d.text) return true;
      return false;
    }();
    static_assert(std::is_same_v<T, std::string> && known,
                  "one_of() belongs to a std::string, and its default is one of the choices [PS0301]");
    constexpr bool words = [&] {
      for (std::size_t i = 0; i < d.choices; ++i) {
        if (d.choice[i].empty() || d.choice[i].find('|') != std::string_view::npos || !is_line(d.choice[i]))
          return false;
        for (std::size_t j = 0; j < i; ++j)
          if (d.choice[j] == d.choice[i]) return false;
      }
      return true;
    }();
    static_assert(words, "the choices of one_of() are distinct words without `|` or control characters [PS0305]");
    return std::is_same_v<T, std::string> && known && words && reachable && conforms_in_words<Tag>();
  } else if constexpr (type) {
    constexpr bool text = !std::is_arithmetic_v<T> && !std::is_same_v<T, Duration>;
    static_assert(d.required || text != d.value.exists(),
                  "the default of a parameter has another type than the parameter [PS0301]");
    return reachable && (d.required || text != d.value.exists()) && conforms_in_number<Tag>() &&
           conforms_in_words<Tag>();
  }
  return false;
}

template <class Tag>
consteval bool conforms_as_metric() {
  using T = typename Tag::value_type;
  static_assert(is_metric_value<T>, "a metric is a bool, std::int64_t, std::uint64_t or double [PS0301]");
  if constexpr (is_metric_value<T>) {
    constexpr bool can_be_broken =
        !Tag::description().never_negative || !std::is_unsigned_v<T> || std::is_same_v<T, bool>;
    static_assert(can_be_broken,
                  "never_negative() of an unsigned metric holds always, and below 0 it wraps around: use std::int64_t "
                  "[PS0301]");
    if constexpr (can_be_broken) return conforms_in_number<Tag>() && conforms_in_words<Tag>();
  }
  return false;
}

template <class Tag>
consteval bool conforms_as_column() {
  using T = std::remove_const_t<typename Tag::value_type>;
  constexpr bool type = is_column_value<T>;
  static_assert(type,
                "a column is a number, bool, penstock::Key, Time, Duration, or a std::string_view that is read, or "
                "Nullable of one [PS0301]");
  constexpr bool fixed = Tag::kind == 'r' || !std::is_same_v<plain_t<T>, std::string_view>;
  static_assert(fixed, "a text column can be read, not written or added: use penstock::Key [PS0301]");
  return type && fixed && conforms_in_words<Tag>();
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

/// A record is made from its fields in their order: a member that is none would take the value of one.
template <class R>
consteval bool conforms_as_record() {
  if constexpr (std::is_void_v<R> || std::is_same_v<R, AnyRecord>) {
    return true;
  } else {
    constexpr bool declared = std::is_aggregate_v<R> && fields<R>::size > 0 &&
                              !has_more_members<R>(std::make_index_sequence<fields<R>::size>{});
    static_assert(declared,
                  "a record is a plain struct with members, each declared by PENSTOCK_READS, PENSTOCK_WRITES or "
                  "PENSTOCK_ADDS [PS0301]");
    if constexpr (declared) {
      bool all = true;
      for_each(fields<R>{}, [&]<class Tag>(Tag) { all = conforms_as_column<Tag>() && all; });
      return all;
    }
    return false;
  }
}

}  // namespace v1
}  // namespace penstock

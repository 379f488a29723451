// What may be said about a parameter, a metric or a type, in any order, behind its description.
#pragma once
#include <penstock/decimal.hpp>
#include <penstock/value.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace penstock {
inline namespace v1 {

/// In place of a default: the operator has to give the parameter.
struct Required {};
inline constexpr Required required{};

/// A default or a bound as it was written, whatever the type of the member: an integer keeps all its 64 bits.
struct Number {
  enum class Kind { none, negative, natural, real };
  Kind kind = Kind::none;
  std::uint64_t bits = 0;
  double real = 0;
  bool has_unit = false;  // it was written as a duration: `10s`

  constexpr Number() = default;
  template <class T>
  requires std::is_arithmetic_v<T>
  constexpr explicit Number(T value) {
    if constexpr (std::is_floating_point_v<T>) {
      kind = Kind::real;
      real = static_cast<double>(value);
    } else {
      kind = value < T{} ? Kind::negative : Kind::natural;
      bits = static_cast<std::uint64_t>(value);
    }
  }
  template <class Rep, class Period>
  constexpr explicit Number(std::chrono::duration<Rep, Period> value) : Number(std::int64_t{Duration(value).count()}) {
    has_unit = true;
  }

  constexpr bool exists() const { return kind != Kind::none; }

  /// Can T hold it? A real number may stand for an integer if it is one.
  template <class T>
  constexpr bool fits() const {
    if constexpr (std::is_floating_point_v<T>)
      return kind != Kind::real || (real >= std::numeric_limits<T>::lowest() && real <= std::numeric_limits<T>::max());
    else if constexpr (std::is_same_v<T, Duration>)
      return fits<std::int64_t>();
    else if constexpr (std::is_same_v<T, bool>)
      return kind == Kind::natural && bits <= 1;
    else if (kind == Kind::negative)
      return std::is_signed_v<T>;
    else if (kind == Kind::natural)
      return std::in_range<T>(bits);
    else
      return real >= -9.2e18 && real <= 9.2e18 && (std::is_signed_v<T> || real >= 0) &&
             static_cast<double>(static_cast<std::int64_t>(real)) == real;
  }

  template <class T>
  constexpr T as() const {
    if constexpr (std::is_same_v<T, Duration>)
      return Duration(as<std::int64_t>());
    else if (kind == Kind::real)
      return static_cast<T>(real);
    else if (kind == Kind::negative)
      return static_cast<T>(static_cast<std::int64_t>(bits));
    else
      return static_cast<T>(bits);
  }
};

/// What was written of a member and is none of what may be.
enum class Fault { none, no_default, wrong_default, default_of_a_metric, wrong_doc, wrong_attribute, wrong_bound };

/// Everything that one PENSTOCK_PARAM, METRIC, READS, WRITES or ADDS says.
struct Description {
  std::string_view name, type, doc;
  std::string_view text, unit, label, example;
  Number value, low, high, example_number;
  std::string_view choice[16]{};
  std::size_t choices = 0;
  bool nullable = false, list = false, required = false, reload = false, secret = false, rising = false;
  bool never_negative = false;
  Fault fault = Fault::none;

  /// The first fault is told.
  constexpr void blame(Fault f) {
    if (fault == Fault::none) fault = f;
  }
  template <class T>
  constexpr bool allows(T x) const {
    return (!low.exists() || x >= low.as<T>()) && (!high.exists() || x <= high.as<T>());
  }
};

// An attribute that takes nothing is a value, so that it may be written with its () or without.
namespace attributes {

template <class T>
struct at_least {
  T value;
  constexpr explicit at_least(T v) : value(v) {}
  constexpr void apply(Description& d) const {
    if constexpr (std::is_constructible_v<Number, T>)
      d.low = Number(value);
    else
      d.blame(Fault::wrong_bound);
  }
};
template <class T>
struct at_most {
  T value;
  constexpr explicit at_most(T v) : value(v) {}
  constexpr void apply(Description& d) const {
    if constexpr (std::is_constructible_v<Number, T>)
      d.high = Number(value);
    else
      d.blame(Fault::wrong_bound);
  }
};
/// Of a metric: an assignment of less than 0, or of NaN, is rejected.
struct is_never_negative {
  constexpr is_never_negative operator()() const { return {}; }
  constexpr void apply(Description& d) const {
    d.low = Number(0);
    d.never_negative = true;
  }
};
inline constexpr is_never_negative never_negative{};
/// Of a metric: an assignment of less than the value until now is rejected. Metric::reset() is none.
struct is_never_decreasing {
  constexpr is_never_decreasing operator()() const { return {}; }
  constexpr void apply(Description& d) const { d.rising = true; }
};
inline constexpr is_never_decreasing never_decreasing{};
/// Of a parameter: may change while the pipeline runs, between two batches.
struct is_reloadable {
  constexpr is_reloadable operator()() const { return {}; }
  constexpr void apply(Description& d) const { d.reload = true; }
};
inline constexpr is_reloadable reloadable{};
/// Of a parameter: its value is never shown or logged.
struct is_secret {
  constexpr is_secret operator()() const { return {}; }
  constexpr void apply(Description& d) const { d.secret = true; }
};
inline constexpr is_secret secret{};
struct unit {
  std::string_view value;
  constexpr explicit unit(std::string_view v) : value(v) {}
  constexpr void apply(Description& d) const { d.unit = value; }
};
/// Of a metric: the name that people know it by.
struct label {
  std::string_view value;
  constexpr explicit label(std::string_view v) : value(v) {}
  constexpr void apply(Description& d) const { d.label = value; }
};
/// Of a parameter: a value that a test of the type can use, as a pipeline file has it or as the default is written.
struct example {
  std::string_view text;
  Number number;
  constexpr explicit example(std::string_view v) : text(v) {}
  constexpr explicit example(const char* v) : text(v) {}
  constexpr explicit example(bool v) : text(v ? "true" : "false") {}
  template <class T>
  requires std::is_constructible_v<Number, T>
  constexpr explicit example(T v) : number(v) {}
  constexpr void apply(Description& d) const {
    d.example = text;
    d.example_number = number;
  }
};
/// Of a text parameter: it is one of these, at most 16.
struct one_of {
  std::string_view choice[16]{};
  std::size_t count;
  template <class... T>
  constexpr explicit one_of(T... texts) : count(sizeof...(T) <= 16 ? sizeof...(T) : 0) {
    static_assert(sizeof...(T) > 0 && sizeof...(T) <= 16, "one_of() takes 1 to 16 choices [PS0305]");
    if constexpr (sizeof...(T) <= 16) {
      std::size_t i = 0;
      ((choice[i++] = texts), ...);
    }
  }
  constexpr void apply(Description& d) const {
    d.type = "choice";
    d.choices = count;
    for (std::size_t i = 0; i < count; ++i) d.choice[i] = choice[i];
  }
};

// Of a type, in PENSTOCK_EXPORT.

/// Any split of the rows over several instances gives the same result.
struct is_stateless {
  constexpr is_stateless operator()() const { return {}; }
  template <class Writer>
  constexpr void write(Writer& w) const {
    w.label("state", "none");
  }
};
inline constexpr is_stateless stateless{};
/// Rows of one key go to one instance, in order.
struct keyed_by {
  std::string_view column;
  constexpr explicit keyed_by(std::string_view c) : column(c) {}
  template <class Writer>
  constexpr void write(Writer& w) const {
    w.label("state", "keyed");
    w.label("key", column);
  }
};
/// The same input gives the same output.
struct is_deterministic {
  constexpr is_deterministic operator()() const { return {}; }
  template <class Writer>
  constexpr void write(Writer& w) const {
    w.label("deterministic", "yes");
  }
};
inline constexpr is_deterministic deterministic{};
/// Of a source: the column that never falls.
struct ordered_by {
  std::string_view column;
  constexpr explicit ordered_by(std::string_view c) : column(c) {}
  template <class Writer>
  constexpr void write(Writer& w) const {
    w.label("ordered", column);
  }
};

}  // namespace attributes
}  // namespace v1
}  // namespace penstock

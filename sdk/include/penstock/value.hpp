// The values that parameters, metrics and columns are made of.
#pragma once
#include <penstock/abi.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace penstock {
inline namespace v1 {

/// A span of time; `duration` in the manifest. Literals such as `60s` work in defaults and bounds.
using Duration = std::chrono::nanoseconds;

/// A point in time: nanoseconds since 1970-01-01T00:00:00Z. Sums and differences stop at the first and the last value that
/// 64 bits hold, so that `t + length` never lies before `t`.
struct Time {
  std::int64_t ns = 0;
  friend constexpr bool operator==(Time, Time) = default;
  friend constexpr auto operator<=>(Time, Time) = default;

  friend constexpr Duration operator-(Time end, Time begin) { return Duration(difference(end.ns, begin.ns)); }
  friend constexpr Time operator+(Time t, Duration d) { return {sum(t.ns, d.count())}; }
  friend constexpr Time operator+(Duration d, Time t) { return t + d; }
  friend constexpr Time operator-(Time t, Duration d) { return {difference(t.ns, d.count())}; }
  constexpr Time& operator+=(Duration d) { return *this = *this + d; }
  constexpr Time& operator-=(Duration d) { return *this = *this - d; }

 private:
  static constexpr std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? (b < 0 ? INT64_MIN : INT64_MAX) : result;
  }
  static constexpr std::int64_t difference(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    return __builtin_sub_overflow(a, b, &result) ? (b < 0 ? INT64_MAX : INT64_MIN) : result;
  }
};

struct Key;
/// A text, or what reads as one, such as a parameter; a type that is a Key as well compares as that.
template <class T>
concept text_beside_keys =
    (std::is_convertible_v<const T&, std::string_view> ||
     std::is_convertible_v<const T&, const std::string&>)&&!std::is_convertible_v<const T&, Key> &&
    !std::is_null_pointer_v<T>;

/// A short text that repeats, such as a sensor's name, as its code: equal texts have equal codes in the whole run. Made by
/// Host::intern. -1: none.
struct Key {
  std::int32_t code = -1;
  friend constexpr bool operator==(Key, Key) = default;

  // clang-format off
  template <text_beside_keys Text>
  friend bool operator==(Key, const Text&) = delete;  // a Key is the code of a text: compare `batch.text(&Record::x, r.x)`
  template <text_beside_keys Text>
  friend bool operator==(const Text&, Key) = delete;  // a Key is the code of a text: compare `batch.text(&Record::x, r.x)`
  // clang-format on
};

/// A text that names a file; the host has made it absolute, `-` stays. As a parameter its type is `path`.
class Path : public std::string {
 public:
  using std::string::string;
  Path() = default;
  explicit Path(std::string_view text) : std::string(text) {}
};

/// A value that may be missing, in a column. Two plain stores; std::optional copies conditionally, which stops the
/// vectoriser (three times slower).
template <class T>
struct Nullable {
  T value{};
  bool valid = false;

  constexpr Nullable() = default;
  constexpr Nullable(T v, bool is_valid = true) : value(v), valid(is_valid) {}

  constexpr bool has_value() const { return valid; }
  constexpr explicit operator bool() const { return valid; }
  constexpr const T& operator*() const { return value; }
  constexpr const T* operator->() const { return &value; }
};

template <class T>
inline constexpr bool is_nullable = false;
template <class T>
inline constexpr bool is_nullable<Nullable<T>> = true;

// To compute with what may be missing does not compile, and the compiler shows why. A conversion that is deleted would
// make `c ? x : nullable` ambiguous.
// clang-format off
template <class T, class Other>
bool operator==(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class T, class Other>
bool operator<=>(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class T, class Other>
T operator+(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class T, class Other>
T operator-(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class T, class Other>
T operator*(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class T, class Other>
T operator/(const Nullable<T>&, const Other&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class Other, class T> requires(!is_nullable<Other>)
T operator+(const Other&, const Nullable<T>&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class Other, class T> requires(!is_nullable<Other>)
T operator-(const Other&, const Nullable<T>&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class Other, class T> requires(!is_nullable<Other>)
T operator*(const Other&, const Nullable<T>&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class Other, class T> requires(!is_nullable<Other>)
T operator/(const Other&, const Nullable<T>&) = delete;  // it may hold no value: write `x.value` where `x.valid`
template <class Other, class T>
Other& operator+=(Other&, const Nullable<T>&) = delete;  // it may hold no value: write `x.value` where `x.valid`
// clang-format on

/// The type under Nullable and const.
template <class T>
struct plain {
  using type = T;
};
template <class T>
struct plain<const T> : plain<T> {};
template <class T>
struct plain<Nullable<T>> {
  using type = T;
};
template <class T>
using plain_t = typename plain<T>::type;

/// What the manifest calls a type; empty for one that cannot cross the boundary.
template <class T>
consteval std::string_view type_name() {
  using P = plain_t<T>;
  if constexpr (std::is_same_v<P, bool>)
    return "bool";
  else if constexpr (std::is_integral_v<P> && sizeof(P) <= 8) {
    constexpr std::string_view names[2][4] = {{"u8", "u16", "u32", "u64"}, {"i8", "i16", "i32", "i64"}};
    return names[std::is_signed_v<P>][sizeof(P) == 1 ? 0 : sizeof(P) == 2 ? 1 : sizeof(P) == 4 ? 2 : 3];
  } else if constexpr (std::is_same_v<P, float>)
    return "f32";
  else if constexpr (std::is_same_v<P, double>)
    return "f64";
  else if constexpr (std::is_same_v<P, Time>)
    return "time";
  else if constexpr (std::is_same_v<P, Duration>)
    return "duration";
  else if constexpr (std::is_same_v<P, Key>)
    return "key";
  else if constexpr (std::is_same_v<P, Path>)
    return "path";
  else if constexpr (std::is_same_v<P, std::string> || std::is_same_v<P, std::string_view>)
    return "text";
  else if constexpr (std::is_same_v<P, std::vector<std::string>>)
    return "text";
  else
    return "";
}

/// Whether the rows of a column can be of this type, or of Nullable of it.
template <class T>
inline constexpr bool is_column_value = !type_name<T>().empty() && !std::is_base_of_v<std::string, plain_t<T>> &&
                                        !std::is_same_v<plain_t<T>, std::vector<std::string>>;

/// Whether a metric can be of this type.
template <class T>
inline constexpr bool is_metric_value = std::is_same_v<T, bool> || std::is_same_v<T, double> ||
                                        (std::is_integral_v<T> && sizeof(T) == 8);

/// `low <= x && x <= high`, without the branch that mispredicts and stops the vectoriser. False for NaN.
template <class T>
constexpr bool between(T x, std::type_identity_t<T> low, std::type_identity_t<T> high) {
  return static_cast<bool>(static_cast<int>(low <= x) & static_cast<int>(x <= high));
}

}  // namespace v1
}  // namespace penstock

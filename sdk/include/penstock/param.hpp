// Parameters: what the operator may set.
#pragma once
#include <penstock/described.hpp>

#include <compare>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace penstock {
inline namespace v1 {

/// The default of a description.
template <class T>
T initial_value(const Description& d) {
  if (d.required) return T{};
  if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    // As the manifest spells a list: a|b|c.
    std::vector<std::string> items;
    for (std::string_view text = d.text; !text.empty();) {
      const std::size_t end = text.find('|');
      items.emplace_back(text.substr(0, end));
      text = end == text.npos ? std::string_view() : text.substr(end + 1);
    }
    return items;
  } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Duration>) {
    return d.value.exists() ? d.value.template as<T>() : T{};
  } else if constexpr (std::is_constructible_v<T, std::string_view>) {
    return T(d.text);
  } else {
    return T{};  // PENSTOCK_EXPORT says what it can be
  }
}

/// Reads as its value and cannot be assigned: the host sets all parameters at once, at the start and at a reload. `*param`
/// and `param->` give the plain value where a conversion is not tried (templates, calls of its members): `name->empty()`,
/// `for (const auto& one : *list)`, `std::max(*low, 0.0)`.
template <class T, class Tag>
class Param {
 public:
  static constexpr char kind = 'p';

  Param() : value_(initial()) { CountOfMembers::params_made.fetch_add(1, std::memory_order_relaxed); }
  Param(const Param&) = delete;
  Param& operator=(const Param&) = delete;
  template <class U>
  Param& operator=(U&&) = delete;  // the operator sets a parameter: keep a value of your own in a member of your own

  /// Which of the class's parameters it is, from 0.
  int index() const {
    if constexpr (is_described)
      return index_;
    else
      return Tag::order;
  }

  operator const T&() const { return value_; }
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }

  // Numbers compare by their conversion; a text, a duration or a list would not.
  template <class U>
  requires(!std::is_arithmetic_v<T> && !is_param<U>) && requires(const T& value, const U& other) { value == other; }
  friend bool operator==(const Param& param, const U& other) { return param.value_ == other; }
  template <class U>
  requires(!std::is_arithmetic_v<T> && !is_param<U>) && requires(const T& value, const U& other) { value <=> other; }
  friend auto operator<=>(const Param& param, const U& other) { return param.value_ <=> other; }

 private:
  friend struct param_access;

  static constexpr bool is_described = std::is_void_v<Tag>;
  struct Nothing {};

  static T initial() {
    if constexpr (is_described)
      return T{};
    else
      return initial_value<T>(description_of<Tag>);
  }

  T value_;
  [[no_unique_address]] std::conditional_t<is_described, int, Nothing> index_{};
};

// For the thunk of configure: nobody else may set a parameter.
struct param_access {
  template <class T, class Tag>
  static T& value(Param<T, Tag>& param) {
    return param.value_;
  }
  /// Tells it what describe() says of it.
  template <class Entry, class T, class Tag>
  static void describe([[maybe_unused]] Param<T, Tag>& param) {
    if constexpr (std::is_void_v<Tag>) {
      param.value_ = initial_value<T>(description_of<Entry>);
      param.index_ = Entry::order;
    }
  }
};

}  // namespace v1
}  // namespace penstock

/// PENSTOCK_PARAM(type, name, default or penstock::required, "what it is", attributes...)
/// Types: bool, std::int64_t, std::uint64_t, double, std::string, penstock::Path, penstock::Duration,
/// std::vector<std::string> (the default is "a|b|c").
#define PENSTOCK_PARAM(T, member, ...)                                             \
  PENSTOCK_DESCRIBED_(penstock_member, 'p', T, member __VA_OPT__(, ) __VA_ARGS__); \
  ::penstock::Param<T, penstock_tag_##member> member

// Literal rows of a test, and what came of them.
#pragma once
#include <penstock/text.hpp>
#include <penstock/value.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace penstock {
inline namespace v1 {
namespace testing {

struct Null {};
inline constexpr Null null{};

/// One value: null, a bool, a number, a text. Numbers are equal by their value, whatever their type, and NaN equals itself:
/// what a test expects can be written as it comes.
class Cell {
 public:
  Cell() = default;
  Cell(Null) {}
  Cell(std::nullptr_t) {}
  Cell(std::nullopt_t) {}
  Cell(bool value) : value_(value) {}
  template <class T>
  requires std::is_arithmetic_v<T> Cell(T value) {
    if constexpr (std::is_floating_point_v<T>)
      value_ = static_cast<double>(value);
    else if constexpr (std::is_signed_v<T>)
      value_ = std::int64_t{value};
    else
      value_ = std::uint64_t{value};
  }
  Cell(const char* text) : value_(std::string(text)) {}
  Cell(std::string_view text) : value_(std::string(text)) {}
  Cell(std::string text) : value_(std::move(text)) {}
  Cell(Time time) : value_(time.ns), type_("time") {}
  template <class Rep, class Period>
  Cell(std::chrono::duration<Rep, Period> time) : value_(std::int64_t{Duration(time).count()}), type_("duration") {}

  /// Whether there is a value or not: a column of such cells may be null.
  template <class T>
  Cell(const Nullable<T>& value) : Cell(value.value) {
    type_ = type();
    may_be_null_ = true;
    if (!value.valid) value_ = Null();
  }
  template <class T>
  Cell(const std::optional<T>& value) : Cell(value ? Nullable<T>(*value) : Nullable<T>()) {}

  bool is_null() const { return holds<Null>(); }
  bool may_be_null() const { return may_be_null_ || is_null(); }
  bool is_text() const { return holds<std::string>(); }
  bool is_bool() const { return holds<bool>(); }
  bool is_number() const { return !is_null() && !is_text() && !is_bool(); }

  /// The number as a T, 0 of what is none.
  template <class T>
  T as() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) return static_cast<T>(*whole);
    if (const auto* natural = std::get_if<std::uint64_t>(&value_)) return static_cast<T>(*natural);
    if (const auto* real = std::get_if<double>(&value_)) return static_cast<T>(*real);
    if (const auto* flag = std::get_if<bool>(&value_)) return static_cast<T>(*flag);
    return T{};
  }
  /// Can a T hold it, as the number that it is?
  template <class T>
  bool fits() const {
    const auto* const real = std::get_if<double>(&value_);
    if constexpr (std::is_floating_point_v<T>) {
      // Digits may be lost, as by any assignment; a size may not.
      return is_number() && (!real || !std::isfinite(*real) || std::abs(*real) <= std::numeric_limits<T>::max());
    } else {
      if (const auto* whole = std::get_if<std::int64_t>(&value_)) return std::in_range<T>(*whole);
      if (const auto* natural = std::get_if<std::uint64_t>(&value_)) return std::in_range<T>(*natural);
      if (!real || std::trunc(*real) != *real || *real < -0x1p63 || *real >= 0x1p64) return false;
      return *real < 0 ? std::in_range<T>(static_cast<std::int64_t>(*real))
                       : std::in_range<T>(static_cast<std::uint64_t>(*real));
    }
  }
  /// A time and a duration are no numbers of another type.
  bool suits(std::string_view type) const { return (type_ != "time" && type_ != "duration") || type_ == type; }
  /// The text; empty of what is none.
  const std::string& text() const {
    static const std::string none;
    const auto* text = std::get_if<std::string>(&value_);
    return text ? *text : none;
  }

  /// The type of a column in which only such cells stand, where no record declares it. A text is a key there.
  std::string_view type() const {
    constexpr std::string_view types[] = {"f64", "bool", "i64", "u64", "f64", "key"};
    return type_.empty() ? types[value_.index()] : type_;
  }

  friend bool operator==(const Cell& a, const Cell& b) {
    if (!a.is_number() || !b.is_number()) return a.value_.index() == b.value_.index() && a.plain_equals(b);
    if (a.holds<double>() || b.holds<double>()) {
      const auto x = a.as<double>(), y = b.as<double>();
      return x == y || (std::isnan(x) && std::isnan(y));
    }
    const bool is_below_0[] = {a.holds<std::int64_t>() && a.as<std::int64_t>() < 0,
                               b.holds<std::int64_t>() && b.as<std::int64_t>() < 0};
    return is_below_0[0] == is_below_0[1] && a.as<std::uint64_t>() == b.as<std::uint64_t>();
  }
  friend std::ostream& operator<<(std::ostream& out, const Cell& cell) {
    TextBuffer buffer;
    if (cell.is_null()) return out << "null";
    if (cell.is_text()) return out << '"' << cell.text() << '"';
    if (cell.is_bool()) return out << (cell.as<bool>() ? "true" : "false");
    if (cell.holds<double>()) return out << buffer.real(cell.as<double>());
    return cell.holds<std::uint64_t>() ? out << cell.as<std::uint64_t>() : out << cell.as<std::int64_t>();
  }

 private:
  template <class T>
  bool holds() const {
    return std::holds_alternative<T>(value_);
  }
  bool plain_equals(const Cell& other) const { return text() == other.text() && as<bool>() == other.as<bool>(); }

  std::variant<Null, bool, std::int64_t, std::uint64_t, double, std::string> value_;
  std::string_view type_;
  bool may_be_null_ = false;
};

/// A value under a name: a column of a row, or a parameter.
struct Field {
  std::string name;
  Cell value;
  friend bool operator==(const Field&, const Field&) = default;
};

/// One row: `{{"sensor_id", "T1"}, {"value", 21.5}}`. Rows with the same columns are equal, in whatever order they stand.
class Row {
 public:
  Row() = default;
  Row(std::initializer_list<Field> fields) : fields_(fields) {}

  const std::vector<Field>& fields() const { return fields_; }
  /// nullptr: no column of this name.
  const Cell* find(std::string_view name) const {
    for (const Field& field : fields_)
      if (field.name == name) return &field.value;
    return nullptr;
  }
  /// Null also if there is no column of this name.
  Cell operator[](std::string_view name) const {
    const Cell* const found = find(name);
    return found ? *found : Cell();
  }
  /// Adds a column, or gives it another value.
  void set(std::string_view name, Cell value) {
    for (Field& field : fields_)
      if (field.name == name) {
        field.value = std::move(value);
        return;
      }
    fields_.push_back({std::string(name), std::move(value)});
  }

  friend bool operator==(const Row& a, const Row& b) {
    if (a.fields_.size() != b.fields_.size()) return false;
    for (const Field& field : a.fields_) {
      const Cell* const other = b.find(field.name);
      if (!other || !(*other == field.value)) return false;
    }
    return true;
  }
  friend std::ostream& operator<<(std::ostream& out, const Row& row) {
    out << '{';
    const char* separator = "";
    for (const Field& field : row.fields_) {
      out << separator << field.name << ": " << field.value;
      separator = ", ";
    }
    return out << '}';
  }

 private:
  std::vector<Field> fields_;
};

using Rows = std::vector<Row>;

}  // namespace testing
}  // namespace v1
}  // namespace penstock

// One column as a class sees it: element i is row i. Columns do not own; they are valid until the call returns.
#pragma once
#include <penstock/abi.h>
#include <penstock/value.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace penstock {
inline namespace v1 {

/// Bits of a batch come in words of 64 rows.
inline bool bit_at(const std::uint64_t* words, std::size_t row) { return words[row / 64] >> (row % 64) & 1; }
inline void set_bit(std::uint64_t* words, std::size_t row, bool on) {
  const std::uint64_t bit = std::uint64_t{1} << (row % 64);
  words[row / 64] = on ? words[row / 64] | bit : words[row / 64] & ~bit;
}

/// The text of element `index` of an Arrow array of format u or z.
inline std::string_view arrow_text(const ArrowArray& array, std::int64_t index) {
  const auto* offset = static_cast<const std::int32_t*>(array.buffers[1]) + array.offset + index;
  return {static_cast<const char*>(array.buffers[2]) + offset[0], static_cast<std::size_t>(offset[1] - offset[0])};
}

/// The text of a key; empty for a code that its column's dictionary does not have.
inline std::string_view arrow_key_text(const ArrowArray* column, Key key) {
  if (!column || !column->dictionary || key.code < 0 || key.code >= column->dictionary->length) return {};
  return arrow_text(*column->dictionary, key.code);
}

/// Numbers, Time, Duration, Key: plain memory. Not const in a column that may be written.
template <class T>
class Column {
 public:
  Column(const penstock_column& column, std::size_t size)
      : values_(static_cast<T*>(column.values)), arrow_(column.arrow), size_(size) {}

  T& operator[](std::size_t row) const { return values_[row]; }
  T* data() const { return values_; }
  T* begin() const { return values_; }
  T* end() const { return values_ + size_; }
  std::size_t size() const { return size_; }

  /// What the key of this row stands for; empty in a column that is new.
  std::string_view text(std::size_t row) const requires std::is_same_v<std::remove_const_t<T>, Key> {
    return arrow_key_text(arrow_, values_[row]);
  }

 private:
  T* values_;
  const ArrowArray* arrow_;
  std::size_t size_;
};

/// A bool with members, as Nullable has them.
struct Bit {
  bool value = false;
  constexpr operator bool() const { return value; }
};

/// An element of a column that is bits, or has bits beside it: `column[i] = x` goes to the column. A variable, `auto y =
/// column[i]`, is a value of its own, as it was then.
template <class T, class Owner>
class Element : public std::conditional_t<std::is_same_v<T, bool>, Bit, T> {
  using Value = std::conditional_t<std::is_same_v<T, bool>, Bit, T>;

 public:
  Element(const Owner& column, std::size_t row, const T& x) : Value{x}, column_(column), row_(row) {}
  Element(const Element&) = default;
  void operator=(const Element& x) && { column_.set(row_, x); }
  void operator=(const T& x) && { column_.set(row_, x); }
  Element& operator=(const Element& x) & { return *this = static_cast<const Value&>(x); }
  Element& operator=(const Value& x) & {
    Value::operator=(x);
    return *this;
  }

 private:
  Owner column_;  // by value: what a function returns may outlive the column that it asked
  std::size_t row_;
};

/// What the two kinds of columns that are bits, or have bits beside them, share.
template <class T>
class BitColumn {
  static constexpr bool writable = !std::is_const_v<T>;
  using Plain = plain_t<T>;

 public:
  BitColumn(const penstock_column& column, std::size_t size)
      : values_(column.values), valid_(column.valid), arrow_(column.arrow), size_(size) {}

  std::size_t size() const { return size_; }
  std::conditional_t<writable, Element<std::remove_const_t<T>, BitColumn>, std::remove_const_t<T>> operator[](
      std::size_t row) const {
    if constexpr (writable)
      return {*this, row, at(row)};
    else
      return at(row);
  }
  void set(std::size_t row, std::remove_const_t<T> x) const requires writable {
    if constexpr (is_nullable<T>) {
      set_value(row, x.value);
      set_bit(valid_, row, x.valid);
    } else {
      set_value(row, x);
    }
  }
  /// What the key of this row stands for; empty for a null, and in a column that is new.
  std::string_view text(std::size_t row) const requires std::is_same_v<Plain, Key> {
    return !valid_ || bit_at(valid_, row) ? arrow_key_text(arrow_, value(row)) : std::string_view();
  }
  /// The values alone, whether valid or not. Not for bool, which is bits, nor for text, which has no width.
  auto* data() const requires(!std::is_same_v<Plain, bool> && !std::is_same_v<Plain, std::string_view>) {
    return static_cast<std::conditional_t<writable, Plain, const Plain>*>(values_);
  }
  /// A bit per row: there is a value. nullptr: no row is null (in a column that is read).
  auto* valid() const { return static_cast<std::conditional_t<writable, std::uint64_t, const std::uint64_t>*>(valid_); }
  /// How many rows have a value.
  std::size_t count_valid() const {
    if (!valid_) return size_;
    std::size_t count = 0;
    for (std::size_t row = 0; row < size_; row += 64) {
      const std::size_t unused = size_ - row < 64 ? 64 - (size_ - row) : 0;
      count += static_cast<std::size_t>(penstock_popcount(valid_[row / 64] << unused));
    }
    return count;
  }

 private:
  std::remove_const_t<T> at(std::size_t row) const {
    if constexpr (is_nullable<std::remove_const_t<T>>)
      return {value(row), !valid_ || bit_at(valid_, row)};
    else
      return value(row);
  }
  Plain value(std::size_t row) const {
    if constexpr (std::is_same_v<Plain, bool>)
      return bit_at(static_cast<const std::uint64_t*>(values_), row);
    else if constexpr (std::is_same_v<Plain, std::string_view>)
      return arrow_text(*arrow_, static_cast<std::int64_t>(row));
    else
      return static_cast<const Plain*>(values_)[row];
  }
  void set_value(std::size_t row, Plain x) const {
    if constexpr (std::is_same_v<Plain, bool>)
      set_bit(static_cast<std::uint64_t*>(values_), row, x);
    else
      static_cast<Plain*>(values_)[row] = x;
  }

  void* values_;
  std::uint64_t* valid_;
  const ArrowArray* arrow_;
  std::size_t size_;
};

template <class T>
class Column<Nullable<T>> : public BitColumn<Nullable<T>> {
  using BitColumn<Nullable<T>>::BitColumn;
};
template <class T>
class Column<const Nullable<T>> : public BitColumn<const Nullable<T>> {
  using BitColumn<const Nullable<T>>::BitColumn;
};
template <>
class Column<bool> : public BitColumn<bool> {
  using BitColumn<bool>::BitColumn;
};
template <>
class Column<const bool> : public BitColumn<const bool> {
  using BitColumn<const bool>::BitColumn;
};

/// A column of variable width can only be read.
template <>
class Column<const std::string_view> {
 public:
  Column(const penstock_column& column, std::size_t size) : arrow_(column.arrow), size_(size) {}
  std::string_view operator[](std::size_t row) const { return arrow_text(*arrow_, static_cast<std::int64_t>(row)); }
  std::size_t size() const { return size_; }

 private:
  const ArrowArray* arrow_;
  std::size_t size_;
};

}  // namespace v1
}  // namespace penstock

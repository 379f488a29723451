// Records: the columns of a batch, declared as the members of a struct.
#pragma once
#include <penstock/column.hpp>
#include <penstock/described.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

namespace penstock {
inline namespace v1 {

/// Has it fields of PENSTOCK_READS, WRITES or ADDS, or is it meant to have some?
template <class R>
concept record = std::is_class_v<R> &&(fields<R>::size != 0 || has_field_macros<R> || names_describe<R>());

template <class R, std::size_t I>
using field = tag_at_t<I, fields<R>>;

/// Which field of R a pointer to a member means; -1 for none.
template <class R, class M>
constexpr int field_index(M R::*member) {
  int found = -1;
  for_each(fields<R>{}, [&]<class Tag>(Tag) {
    if constexpr (std::is_same_v<decltype(Tag::template pointer<R>()), M R::*>)
      if (Tag::template pointer<R>() == member) found = Tag::index - 1;
  });
  return found;
}

/// The 64 bytes, each 0 or 1, as 64 bits, and back.
inline std::uint64_t pack64(const bool* byte) {
  std::uint64_t word = 0;
  for (int group = 0; group < 8; ++group) {
    std::uint64_t eight;
    std::memcpy(&eight, byte + 8 * group, 8);
    word |= (eight * 0x0102040810204080u >> 56) << (8 * group);
  }
  return word;
}
inline void unpack64(std::uint64_t word, bool* byte) {
  for (int group = 0; group < 8; ++group) {
    const std::uint64_t spread = (word >> (8 * group) & 0xff) * 0x0101010101010101u & 0x8040201008040201u;
    const std::uint64_t eight = (spread + 0x7f7f7f7f7f7f7f7fu) >> 7 & 0x0101010101010101u;
    std::memcpy(byte + 8 * group, &eight, 8);
  }
}

/// A condition on each of up to 64 rows, gathered into a word. A lane is all ones or all zeros and by its type a double,
/// because a choice between doubles is what compilers vectorise after a comparison of doubles, also for baseline x86-64;
/// g++ 12 does not vectorise what becomes a bool, an integer or a shifted bit (two to three times slower). Not cleared.
class RowMask {
 public:
  RowMask() {}
  void set(std::size_t i, bool on) { lane_[i] = on ? all : 0.0; }
  /// The first `count` rows; the others' bits are 0.
  std::uint64_t word(std::size_t count) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) bits |= std::bit_cast<std::uint64_t>(lane_[i]) & bit[i];
    return bits;
  }

 private:
  static constexpr double all = std::bit_cast<double>(~std::uint64_t{0});
  static constexpr auto bit = [] {
    std::array<std::uint64_t, 64> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = std::uint64_t{1} << i;
    return bits;
  }();

  double lane_[64];
};

/// The same for conditions beside which no double is computed.
class RowBytes {
 public:
  RowBytes() {}
  void set(std::size_t i, bool on) { byte_[i] = on; }
  std::uint64_t word(std::size_t count) {
    std::memset(byte_ + count, 0, 64 - count);
    return pack64(byte_);
  }

 private:
  bool byte_[64];
};

/// One field of up to 64 rows. What is stored goes to a local buffer first and to the column afterwards, so that no store
/// of the author's loop can alias a column that it reads, and the loop can be vectorised. The buffer is not cleared
/// (twice as slow), which is why Key and Time, whose members have initialisers, are kept as the integers that they are.
///
/// Without nulls in a batch, `valid` is a constant that the compiler sees, and the loop one that can be vectorised.
template <class Tag, bool HasNulls>
class FieldChunk {
  using T = std::remove_const_t<typename Tag::value_type>;
  using Value = plain_t<T>;
  using Element = std::conditional_t<std::is_same_v<Value, Key>, std::int32_t,
                                     std::conditional_t<std::is_same_v<Value, Time>, std::int64_t, Value>>;
  static constexpr bool is_bits = std::is_same_v<Value, bool>;
  static constexpr bool is_text = std::is_same_v<Value, std::string_view>;
  static constexpr bool loads = Tag::kind != 'a', stores = Tag::kind != 'r';
  static constexpr bool loads_valid = loads && is_nullable<T> && HasNulls;
  using Valid = std::conditional_t<std::is_same_v<Element, double>, RowMask, RowBytes>;

 public:
  FieldChunk() {}  // not `= default`: value-initialisation would clear the buffers

  void load(const penstock_column& column, std::size_t base) {
    if constexpr (loads) {
      if constexpr (is_text)
        column_ = &column, base_ = base;
      else if constexpr (is_bits)
        unpack64(static_cast<const std::uint64_t*>(column.values)[base / 64], bits_);
      else
        in_ = static_cast<const Element*>(column.values) + base;
      if constexpr (loads_valid) unpack64(column.valid ? column.valid[base / 64] : ~std::uint64_t{0}, in_valid_);
    }
  }

  T get(std::size_t i) const {
    if constexpr (!loads)
      return T{};
    else if constexpr (is_nullable<T>)
      return T(value(i), is_valid(i));
    else
      return value(i);
  }

  void put(std::size_t i, const T& x) {
    if constexpr (stores && is_column_value<T>) {
      if constexpr (is_nullable<T>) {
        out_[i] = std::bit_cast<Element>(x.value);
        out_valid_.set(i, x.valid);
      } else {
        out_[i] = std::bit_cast<Element>(x);
      }
    }
  }

  void store(const penstock_column& column, std::size_t base, std::size_t count) {
    if constexpr (stores) {
      if constexpr (is_bits)
        store_bits(static_cast<std::uint64_t*>(column.values), out_, base, count);
      else
        copy(static_cast<Element*>(column.values) + base, out_, count * sizeof(Element));
      // The host gives every column that is written or added and may be null its bits.
      if constexpr (is_nullable<T>) column.valid[base / 64] = out_valid_.word(count);
    }
  }

 private:
  Value value(std::size_t i) const {
    if constexpr (is_text)
      return arrow_text(*column_->arrow, static_cast<std::int64_t>(base_ + i));
    else if constexpr (is_bits)
      return bits_[i];
    else if constexpr (is_column_value<T>)
      return std::bit_cast<Value>(in_[i]);
    else
      return Value();  // refused, in a sentence of its own
  }

  bool is_valid(std::size_t i) const {
    if constexpr (loads_valid)
      return in_valid_[i];
    else
      return true;
  }

  static void store_bits(std::uint64_t* words, bool* byte, std::size_t base, std::size_t count) {
    std::memset(byte + count, 0, 64 - count);
    words[base / 64] = pack64(byte);
  }

  // The size is hidden from the compiler: g++ -O2 turns a known one into `rep movsq`, which starts slowly.
  static void copy(void* to, const void* from, std::size_t size) {
    asm("" : "+r"(size));
    std::memcpy(to, from, size);
  }

  struct Nothing {};
  template <bool Exists, class Type>
  using if_needed = std::conditional_t<Exists, Type, Nothing>;

  [[no_unique_address]] if_needed<loads && !is_bits && !is_text, const Element*> in_;
  [[no_unique_address]] if_needed<loads && is_bits, bool[64]> bits_;
  [[no_unique_address]] if_needed<loads_valid, bool[64]> in_valid_;
  [[no_unique_address]] if_needed<is_text, const penstock_column*> column_;
  [[no_unique_address]] if_needed<is_text, std::size_t> base_;
  [[no_unique_address]] if_needed<stores, Element[64]> out_;
  [[no_unique_address]] if_needed<stores && is_nullable<T>, Valid> out_valid_;
};

/// All fields of up to 64 rows of a record.
template <class R, bool HasNulls, class Indices = std::make_index_sequence<fields<R>::size>>
class RecordChunk;
template <class R, bool HasNulls, std::size_t... I>
class RecordChunk<R, HasNulls, std::index_sequence<I...>> : FieldChunk<field<R, I>, HasNulls>... {
  template <std::size_t N>
  using Field = FieldChunk<field<R, N>, HasNulls>;

 public:
  RecordChunk() {}
  void load(const penstock_column* column, std::size_t base) { (Field<I>::load(column[I], base), ...); }
  R get(std::size_t i) const { return R{Field<I>::get(i)...}; }
  void put(std::size_t i, const R& r) { (Field<I>::put(i, field<R, I>::of(r)), ...); }
  void store(const penstock_column* column, std::size_t base, std::size_t count) {
    (Field<I>::store(column[I], base, count), ...);
  }
};

/// One row, alone.
template <class R, std::size_t... I>
R load_record(const penstock_column* column, std::size_t row, std::index_sequence<I...>) {
  const auto one = [&]<class Tag>(Tag, const penstock_column& c) -> std::remove_const_t<typename Tag::value_type> {
    if constexpr (Tag::kind == 'a')
      return {};
    else
      return Column<const std::remove_const_t<typename Tag::value_type>>(c, row + 1)[row];
  };
  return R{one(field<R, I>{}, column[I])...};
}
template <class R, std::size_t... I>
void store_record(const penstock_column* column, std::size_t row, const R& r, std::index_sequence<I...>) {
  const auto one = [&]<class Tag>(Tag, const penstock_column& c) {
    using T = typename Tag::value_type;
    const Column<T> to(c, row + 1);
    if constexpr (requires { to.set(row, Tag::of(r)); })
      to.set(row, Tag::of(r));
    else
      to[row] = Tag::of(r);
  };
  (one(field<R, I>{}, column[I]), ...);
}

}  // namespace v1
}  // namespace penstock

/// A column that is read: writing the member does not compile.
#define PENSTOCK_READS(T, member, doc)                      \
  PENSTOCK_DESCRIBED_(penstock_field, 'r', T, member, doc); \
  const T member
/// A column that is read and changed in place.
#define PENSTOCK_WRITES(T, member, doc)                     \
  PENSTOCK_DESCRIBED_(penstock_field, 'w', T, member, doc); \
  T member
/// A new column.
#define PENSTOCK_ADDS(T, member, doc)                       \
  PENSTOCK_DESCRIBED_(penstock_field, 'a', T, member, doc); \
  T member = T {}

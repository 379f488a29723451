// A double as the shortest decimal text that reads back as the same double, at compile time: the manifest is a constant,
// and the host reads defaults and bounds from it.
//
// Free-format printing after R. G. Burger and R. K. Dybvig, "Printing Floating-Point Numbers Quickly and Accurately" (1996):
// the value is r / s, and digits are taken until what is left is within half the distance to a neighbouring double.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock {
inline namespace v1 {
namespace decimal {

// An unsigned integer of up to 1216 bits: the widest, of 2^-1074 and of 10^308, need about 1130.
class Big {
 public:
  constexpr explicit Big(std::uint64_t value = 0)
      : word_{static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value >> 32)} {
    size_ = word_[1] ? 2 : word_[0] ? 1 : 0;
  }

  constexpr void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += std::uint64_t{word_[i]} * factor;
      word_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry) word_[size_++] = static_cast<std::uint32_t>(carry);
  }

  constexpr void shift_left(int bits) {
    for (; bits >= 31; bits -= 31) multiply(std::uint32_t{1} << 31);
    multiply(std::uint32_t{1} << bits);
  }

  constexpr void add(const Big& other) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_ || i < other.size_ || carry; ++i) {
      carry += std::uint64_t{word_[i]} + other.word_[i];
      word_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
      if (i >= size_) size_ = i + 1;
    }
  }

  // The other is not greater.
  constexpr void subtract(const Big& other) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const std::uint64_t difference = std::uint64_t{word_[i]} - other.word_[i] - borrow;
      word_[i] = static_cast<std::uint32_t>(difference);
      borrow = difference >> 63;
    }
    while (size_ && word_[size_ - 1] == 0) --size_;
  }

  constexpr int compare(const Big& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (std::size_t i = size_; i-- > 0;)
      if (word_[i] != other.word_[i]) return word_[i] < other.word_[i] ? -1 : 1;
    return 0;
  }

 private:
  std::array<std::uint32_t, 38> word_{};
  std::size_t size_ = 0;
};

struct Digits {
  std::array<char, 24> digit{};
  int count = 0;
  int exponent = 0;  // the value is 0.d1d2d3... * 10^exponent
};

// Of a finite value above 0.
constexpr Digits shortest_digits(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
  const int biased = static_cast<int>(bits >> 52);
  const std::uint64_t mantissa = biased ? fraction | std::uint64_t{1} << 52 : fraction;
  const int exponent = (biased ? biased : 1) - 1075;  // value = mantissa * 2^exponent
  const bool even = mantissa % 2 == 0;
  const bool lower_is_nearer = fraction == 0 && biased > 1;

  // value = r / s; the neighbours' midpoints are value - minus / s and value + plus / s.
  Big r(mantissa), s(1), plus(1), minus(1);
  const int up = exponent > 0 ? exponent : 0, down = exponent < 0 ? -exponent : 0;
  r.shift_left(up + (lower_is_nearer ? 2 : 1));
  s.shift_left(down + (lower_is_nearer ? 2 : 1));
  plus.shift_left(up + (lower_is_nearer ? 1 : 0));
  minus.shift_left(up);

  Digits result;
  const auto reaches_s = [&] {
    Big high = r;
    high.add(plus);
    return even ? high.compare(s) >= 0 : high.compare(s) > 0;
  };
  while (reaches_s()) {
    s.multiply(10);
    ++result.exponent;
  }
  for (;;) {
    r.multiply(10);
    plus.multiply(10);
    minus.multiply(10);
    if (reaches_s()) break;
    --result.exponent;
  }
  for (;; r.multiply(10), plus.multiply(10), minus.multiply(10)) {
    char digit = '0';
    while (r.compare(s) >= 0) {
      r.subtract(s);
      ++digit;
    }
    const bool low = even ? r.compare(minus) <= 0 : r.compare(minus) < 0;
    const bool high = reaches_s();
    if (high && low) {
      Big twice = r;
      twice.multiply(2);
      const int half = twice.compare(s);
      if (half > 0 || (half == 0 && digit % 2 == 1)) ++digit;  // '0' is even
    } else if (high) {
      ++digit;
    }
    result.digit[static_cast<std::size_t>(result.count++)] = digit;
    if (low || high) return result;
  }
}

}  // namespace decimal

/// Text of a number, in a buffer of its own.
class Decimal {
 public:
  constexpr explicit Decimal(std::int64_t value) {
    if (value < 0) put('-');
    integer(value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
  }
  constexpr explicit Decimal(std::uint64_t value) { integer(value); }
  constexpr explicit Decimal(double value) { real(value); }

  constexpr std::string_view text() const { return {text_.data(), size_}; }

 private:
  constexpr void put(char c) { text_[size_++] = c; }
  constexpr void put(std::string_view s) {
    for (const char c : s) put(c);
  }
  constexpr void integer(std::uint64_t value) {
    char reversed[20]{};
    std::size_t n = 0;
    do reversed[n++] = static_cast<char>('0' + value % 10);
    while (value /= 10);
    while (n) put(reversed[--n]);
  }
  constexpr void real(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    if (value != value) return put("nan");
    if (bits >> 63) put('-');
    const double size = std::bit_cast<double>(bits & ~(std::uint64_t{1} << 63));
    if (size == 0) return put('0');
    if (size > 1.7976931348623157e308) return put("inf");
    const decimal::Digits d = decimal::shortest_digits(size);
    if (d.exponent > 21 || d.exponent < -4)
      scientific(d);
    else
      positional(d);
  }
  constexpr void positional(const decimal::Digits& d) {
    if (d.exponent <= 0) put("0.");
    for (int i = d.exponent; i < 0; ++i) put('0');
    for (int i = 0; i < d.count; ++i) {
      if (i > 0 && i == d.exponent) put('.');
      put(d.digit[static_cast<std::size_t>(i)]);
    }
    for (int i = d.count; i < d.exponent; ++i) put('0');
  }
  constexpr void scientific(const decimal::Digits& d) {
    put(d.digit[0]);
    if (d.count > 1) put('.');
    for (int i = 1; i < d.count; ++i) put(d.digit[static_cast<std::size_t>(i)]);
    put('e');
    const int exponent = d.exponent - 1;
    if (exponent < 0) put('-');
    integer(static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent));
  }

  std::array<char, 40> text_{};
  std::size_t size_ = 0;
};

}  // namespace v1
}  // namespace penstock

#include "real_text.hpp"

#include <penstock/text.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "digits.hpp"

namespace csv {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr auto powers_of_ten = [] {
  std::array<std::uint64_t, 22> power{1};  // the last two do not fit: they are only multiplied with 0
  for (std::size_t i = 1; i < power.size(); ++i) power[i] = power[i - 1] * 10;
  return power;
}();
std::uint64_t power_of_ten(int n) { return powers_of_ten[static_cast<std::size_t>(n)]; }

// A normal double below 2^53 is mantissa / 2^shift.
struct Parts {
  explicit Parts(double size)
      : mantissa((std::bit_cast<std::uint64_t>(size) & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52),
        shift(1075 - static_cast<int>(std::bit_cast<std::uint64_t>(size) >> 52)) {}

  std::uint64_t mantissa;
  int shift;
};

// units / 10^decimals
struct Decimal {
  std::uint64_t units;
  int decimals;
};

// Of a size from 1e-5 to 2^53 that is no integer and no power of two. What reads back as the same is no farther away than
// half of the distance to its neighbours, 2^-shift. Of the multiples of 10^-n, with the smallest n for which 10^-n is not
// more than that distance, one at least is so near, and of those of 10^(1-n), which are shorter, one at most.
struct Scale {
  int n;
  Wide unit;  // 2^-shift in units of 10^-n, as a fixed point number with 64 bits behind the point. It is exact: 10^n is
              // 5^n * 2^n, and n + 64 is never less than shift.
};
constexpr auto scale_of_shift = [] {
  std::array<Scale, 70> scale{};
  for (int shift = 1; shift < 70; ++shift) {
    const int n = shift * 1233 / 4096 + 1;  // the next integer after shift * log10(2)
    Wide unit = 1;
    for (int i = 0; i < n; ++i) unit *= 5;
    scale[static_cast<std::size_t>(shift)] = {n, unit << (n + 64 - shift)};
  }
  return scale;
}();

Decimal shortest(double size) {
  const Parts parts(size);
  const Scale& scale = scale_of_shift[static_cast<std::size_t>(parts.shift)];
  const Wide scaled = scale.unit * parts.mantissa;
  const auto units = static_cast<std::uint64_t>(scaled >> 64), rest = static_cast<std::uint64_t>(scaled);

  const std::uint64_t tens = units / 10;
  const Wide above = scaled - (Wide{tens * 10} << 64), below = (Wide{10} << 64) - above;
  const Wide reach = scale.unit / 2 - parts.mantissa % 2;  // a half is read as the even one
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  const std::uint64_t nearest = units + ((rest > half) | ((rest == half) & (units % 2)));
  // Which of the three it is, no branch predictor can know.
  const bool down = above <= reach, up = below <= reach, is_shorter = down | up;
  const std::uint64_t chosen = 0 - std::uint64_t{is_shorter};
  return {((tens + up) & chosen) | (nearest & ~chosen), scale.n - is_shorter};
}

// A fraction without the zeros at its end.
char* write_fraction(char* out, Decimal fraction) {
  if (fraction.decimals > 16) {
    std::memcpy(out, "0000", 4);
    out += fraction.decimals - 17;
    *out++ = static_cast<char>('0' + fraction.units / power_of_ten(16));
    fraction = {fraction.units % power_of_ten(16), 16};
  }
  fraction.units *= power_of_ten(16 - fraction.decimals);
  const std::uint64_t first = eight_digits(static_cast<std::uint32_t>(fraction.units / 100'000'000));
  const std::uint64_t second = eight_digits(static_cast<std::uint32_t>(fraction.units % 100'000'000));
  put_digits(out, first);
  put_digits(out + 8, second);
  return out + (second != 0 ? 8 + without_trailing_zeros(second) : without_trailing_zeros(first));
}

// All of its digits.
char* write_whole_fraction(char* out, Decimal fraction) {
  for (; fraction.decimals > 8; fraction.units %= power_of_ten(fraction.decimals)) {
    fraction.decimals -= 8;
    out = write_digits(out, static_cast<std::uint32_t>(fraction.units / power_of_ten(fraction.decimals)), 8);
  }
  return write_digits(out, static_cast<std::uint32_t>(fraction.units), static_cast<unsigned>(fraction.decimals));
}

}  // namespace

char* write_shortest(char* out, double value) {
  *out = '-';
  out += value < 0 || (value == 0 && std::signbit(value));
  const double size = std::abs(value);
  if (!(size < 0x1p53 && (size >= 1e-5 || size == 0))) {
    penstock::TextBuffer buffer;
    const std::string_view text = buffer.real(size);
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
  }
  const auto whole = static_cast<std::uint64_t>(static_cast<std::int64_t>(size));
  if (static_cast<double>(static_cast<std::int64_t>(whole)) == size) return write_integer(out, whole);
  if (std::bit_cast<std::uint64_t>(size) << 12 == 0)  // a power of two: its lower neighbour is nearer
    return std::to_chars(out, out + shortest_room - 1, size, std::chars_format::fixed).ptr;
  const Decimal found = shortest(size);
  out = write_integer(out, whole);
  *out++ = '.';
  return write_fraction(out, {found.units - whole * power_of_ten(found.decimals), found.decimals});
}

namespace {

// size * 10^decimals as an integer, a half to the even one.
std::uint64_t rounded(double size, int decimals) {
  const Parts parts(size);
  if (parts.shift > 127) return 0;
  const Wide scaled = Wide{power_of_ten(decimals)} * parts.mantissa;
  const auto units = static_cast<std::uint64_t>(scaled >> parts.shift);
  const Wide half = Wide{1} << (parts.shift - 1), rest = scaled - (Wide{units} << parts.shift);
  return units + ((rest > half) | ((rest == half) & (units % 2)));
}

}  // namespace

char* write_fixed(char* out, double value, int decimals) {
  const double size = std::abs(value);
  if (!(size < 0x1p53 && size * static_cast<double>(power_of_ten(decimals)) < 1e19))
    return std::to_chars(out, out + fixed_room, std::isnan(value) ? size : value, std::chars_format::fixed, decimals)
        .ptr;
  *out = '-';
  out += std::signbit(value);
  auto whole = static_cast<std::uint64_t>(static_cast<std::int64_t>(size));
  std::uint64_t fraction = 0;
  if (static_cast<double>(whole) != size) fraction = rounded(size, decimals) - whole * power_of_ten(decimals);
  if (fraction == power_of_ten(decimals)) {
    ++whole;
    fraction = 0;
  }
  out = write_integer(out, whole);
  if (decimals == 0) return out;
  *out++ = '.';
  return write_whole_fraction(out, {fraction, decimals});
}

}  // namespace csv

#include "plain_columns.hpp"

#include <bit>
#include <cstring>

namespace csv {

#ifdef __x86_64__
namespace {

// Written for vectors of any width, as every compiler of ours has them; only the width is chosen by the machine.
template <std::size_t bytes>
struct Vectors {
  using Words [[gnu::vector_size(bytes)]] = std::uint64_t;
  using Reals [[gnu::vector_size(bytes)]] = double;
  static constexpr std::size_t lanes = bytes / sizeof(std::uint64_t);
};

constexpr std::uint64_t top_bits = each_byte(0x80);

// Which rows have a word that is not 0.
template <std::size_t bytes>
class RowsLeft {
 public:
  using Words = typename Vectors<bytes>::Words;
  [[gnu::always_inline]] RowsLeft() {
    for (std::size_t lane = 0; lane < Vectors<bytes>::lanes; ++lane) bits_[lane] = std::uint64_t{1} << lane;
  }
  [[gnu::always_inline]] void add(const Words& words) {
    left_ |= -((words | -words) >> 63) & bits_;
    bits_ <<= Vectors<bytes>::lanes;
  }
  [[gnu::always_inline]] std::uint64_t rows() const {
    std::uint64_t all = 0;
    for (std::size_t lane = 0; lane < Vectors<bytes>::lanes; ++lane) all |= left_[lane];
    return all;
  }

 private:
  Words left_{}, bits_{};
};

// number_of() and the checks of plain_number(), a lane for each number.
template <std::size_t bytes>
[[gnu::always_inline]] inline std::uint64_t read_numbers(NumberWords& numbers, std::size_t rows, char point) {
  using Words = typename Vectors<bytes>::Words;
  using Reals = typename Vectors<bytes>::Reals;
  const std::uint64_t mark = each_byte(static_cast<unsigned char>(point ^ '0'));
  RowsLeft<bytes> left;
  for (std::size_t row = 0; row < rows; row += Vectors<bytes>::lanes) {
    Words word, shift, sign;
    std::memcpy(&word, &numbers.word[row], bytes);
    std::memcpy(&shift, &numbers.shift[row], bytes);
    std::memcpy(&sign, &numbers.sign[row], bytes);
    word = (word ^ each_byte('0')) >> shift << shift;

    const Words unlike = word ^ mark;
    const Words found = (unlike - each_byte(1)) & ~unlike & top_bits;
    const Words point_byte = (found & -found) >> 7;  // 1 in the byte of the point; 0: there is none
    const Words has_point = (found | -found) >> 63;
    const Words is_point_alone = has_point & (((shift ^ 56) - 1) >> 63);
    word = (word & -(point_byte << 8)) | (word & (point_byte - 1)) << (has_point << 3);
    left.add((((word + each_byte(0x76)) | word) & top_bits) | is_point_alone);

    word = word * 10 + (word >> 8);
    constexpr std::uint64_t pairs = 0x000000FF000000FF;
    word = ((word & pairs) * (100 + (std::uint64_t{1'000'000} << 32)) +
            (word >> 16 & pairs) * (1 + (std::uint64_t{10'000} << 32))) >>
           32;

    // Digits below 2^52 are the last bits of an f64; ten to the decimals is a product by the bits of how many they are.
    constexpr std::uint64_t two_to_52 = 0x4330000000000000, one = std::bit_cast<std::uint64_t>(1.0);
    Words ten, hundred, ten_thousand;
    ten = point_byte & 0x0001000100010001;  // bytes 6, 4, 2, 0 of a point: 1, 3, 5, 7 decimals
    ten = (-((ten | -ten) >> 63) & (std::bit_cast<std::uint64_t>(10.0) ^ one)) ^ one;
    hundred = point_byte & 0x0000010100000101;
    hundred = (-((hundred | -hundred) >> 63) & (std::bit_cast<std::uint64_t>(100.0) ^ one)) ^ one;
    ten_thousand = point_byte & 0x0000000001010101;
    ten_thousand = (-((ten_thousand | -ten_thousand) >> 63) & (std::bit_cast<std::uint64_t>(10'000.0) ^ one)) ^ one;
    const Reals digits = reinterpret_cast<Reals>(word | two_to_52) - std::bit_cast<double>(two_to_52);
    const Reals value = digits / (reinterpret_cast<Reals>(ten) * reinterpret_cast<Reals>(hundred) *
                                  reinterpret_cast<Reals>(ten_thousand));
    word = reinterpret_cast<Words>(value) ^ sign << 63;
    std::memcpy(&numbers.value[row], &word, bytes);
  }
  return left.rows();
}

template <std::size_t bytes>
[[gnu::always_inline]] inline std::uint64_t read_times(TimeWords& times, std::size_t rows, const MinuteWords& minute) {
  using Words = typename Vectors<bytes>::Words;
  // `:SS.mmmZ`, of which `:00.000Z` is all zeros. What makes the top bit of each byte that is not as it must be: at most 9,
  // 5 for the tens of seconds, 0 for what is no digit.
  constexpr std::uint64_t form = 0x5A3030302E30303A, beyond = 0x7F7676767F767A7F;
  RowsLeft<bytes> left;
  for (std::size_t row = 0; row < rows; row += Vectors<bytes>::lanes) {
    Words first, last, word;
    std::memcpy(&first, &times.first[row], bytes);
    std::memcpy(&last, &times.last[row], bytes);
    std::memcpy(&word, &times.rest[row], bytes);
    word ^= form;
    left.add((((word + beyond) | word) & top_bits) | (first ^ minute.first) | (last ^ minute.last));
    const Words pairs = word * 10 + (word >> 8);
    const Words seconds = pairs >> 8 & 0xFF;
    const Words milliseconds = (word >> 32 & 0xFF) * 100 + (pairs >> 40 & 0xFF);
    word = seconds * 1'000'000'000 + milliseconds * 1'000'000 + static_cast<std::uint64_t>(minute.ns);
    std::memcpy(&times.ns[row], &word, bytes);
  }
  return left.rows();
}

#define PENSTOCK_CSV_AVX2 gnu::target("avx2,bmi,bmi2"), gnu::flatten
#define PENSTOCK_CSV_AVX512 gnu::target("avx2,bmi,bmi2,avx512f,avx512dq,avx512vl"), gnu::flatten

[[PENSTOCK_CSV_AVX2]] std::uint64_t numbers_by_4(NumberWords& numbers, std::size_t rows, char point) {
  return read_numbers<32>(numbers, rows, point);
}
[[PENSTOCK_CSV_AVX512]] std::uint64_t numbers_by_8(NumberWords& numbers, std::size_t rows, char point) {
  return read_numbers<64>(numbers, rows, point);
}
[[PENSTOCK_CSV_AVX2]] std::uint64_t times_by_4(TimeWords& times, std::size_t rows, const MinuteWords& minute) {
  return read_times<32>(times, rows, minute);
}
[[PENSTOCK_CSV_AVX512]] std::uint64_t times_by_8(TimeWords& times, std::size_t rows, const MinuteWords& minute) {
  return read_times<64>(times, rows, minute);
}

bool has_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

}  // namespace

const ColumnsWay& columns_way(std::size_t index) {
  static const std::array<ColumnsWay, columns_ways> ways{{
      {"AVX2", numbers_by_4, times_by_4, has_avx2()},
      {"AVX-512", numbers_by_8, times_by_8, has_avx512()},
  }};
  return ways[index];
}
#else
const ColumnsWay& columns_way(std::size_t) {
  static const ColumnsWay none{"none", nullptr, nullptr, false};
  return none;
}
#endif

const ColumnsWay* fastest_columns_way() {
  const ColumnsWay* best = nullptr;
  for (std::size_t i = 0; i < columns_ways; ++i)
    if (columns_way(i).usable) best = &columns_way(i);
  return best;
}

}  // namespace csv

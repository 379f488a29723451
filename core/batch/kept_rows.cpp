#include "batch/kept_rows.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "batch/bits.hpp"
#include "batch/gather.hpp"

namespace penstock::batch {
namespace {

// For each byte: the places of its set bits, and their number.
struct Places {
  alignas(32) std::uint32_t of[256][8] = {};
  std::uint8_t count[256] = {};
};
constexpr Places places = [] {
  Places made;
  for (unsigned byte = 0; byte < 256; ++byte)
    for (std::uint32_t bit = 0; bit < 8; ++bit)
      if ((byte >> bit & 1) != 0) made.of[byte][made.count[byte]++] = bit;
  return made;
}();

#ifdef __x86_64__

// Whole groups of rows are loaded, squeezed in a register, and stored whole: what is stored behind the kept ones lies at
// rows that have been loaded already. Give the rows that are done, and in `kept` how many stayed.

[[gnu::target("avx2")]] std::int64_t squeeze_words_avx2(const std::uint64_t* keep, std::int64_t rows, const void* from,
                                                        void* to, std::int64_t& kept) noexcept {
  const auto* const in = static_cast<const std::uint32_t*>(from);
  auto* out = static_cast<std::uint32_t*>(to);
  const std::int64_t whole = rows & ~std::int64_t{7};
  const auto* const byte = reinterpret_cast<const std::uint8_t*>(keep);
  for (std::int64_t row = 0; row < whole; row += 8) {
    const std::uint8_t mask = byte[row / 8];
    const __m256i order = _mm256_load_si256(reinterpret_cast<const __m256i*>(places.of[mask]));
    const __m256i eight = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + row));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permutevar8x32_epi32(eight, order));
    out += places.count[mask];
  }
  kept = out - static_cast<std::uint32_t*>(to);
  return whole;
}

// For each four bits: their places, as pairs of 32-bit halves.
struct Halves {
  alignas(32) std::uint32_t of[16][8] = {};
};
constexpr Halves halves = [] {
  Halves made;
  for (unsigned four = 0; four < 16; ++four)
    for (unsigned i = 0; i < 4; ++i) {
      made.of[four][2 * i] = 2 * places.of[four][i];
      made.of[four][2 * i + 1] = 2 * places.of[four][i] + 1;
    }
  return made;
}();

[[gnu::target("avx2")]] std::int64_t squeeze_doublewords_avx2(const std::uint64_t* keep, std::int64_t rows,
                                                              const void* from, void* to, std::int64_t& kept) noexcept {
  const auto* const in = static_cast<const std::uint64_t*>(from);
  auto* out = static_cast<std::uint64_t*>(to);
  const std::int64_t whole = rows & ~std::int64_t{7};
  const auto* const byte = reinterpret_cast<const std::uint8_t*>(keep);
  for (std::int64_t row = 0; row < whole; row += 8) {
    const unsigned low = byte[row / 8] & 15u, high = byte[row / 8] >> 4u;
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + row));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + row + 4));
    const __m256i low_order = _mm256_load_si256(reinterpret_cast<const __m256i*>(halves.of[low]));
    const __m256i high_order = _mm256_load_si256(reinterpret_cast<const __m256i*>(halves.of[high]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permutevar8x32_epi32(first, low_order));
    out += places.count[low];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permutevar8x32_epi32(second, high_order));
    out += places.count[high];
  }
  kept = out - static_cast<std::uint64_t*>(to);
  return whole;
}

[[gnu::target("avx512f,popcnt")]] std::int64_t squeeze_words_avx512(const std::uint64_t* keep, std::int64_t rows,
                                                                    const void* from, void* to,
                                                                    std::int64_t& kept) noexcept {
  const auto* const in = static_cast<const std::uint32_t*>(from);
  auto* out = static_cast<std::uint32_t*>(to);
  const std::int64_t whole = rows & ~std::int64_t{15};
  for (std::int64_t row = 0; row < whole; row += 16) {
    const auto mask = static_cast<__mmask16>(keep[row / 64] >> (row % 64));
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi32(mask, _mm512_loadu_si512(in + row)));
    out += _mm_popcnt_u32(mask);
  }
  kept = out - static_cast<std::uint32_t*>(to);
  return whole;
}

[[gnu::target("avx512f,popcnt")]] std::int64_t squeeze_doublewords_avx512(const std::uint64_t* keep, std::int64_t rows,
                                                                          const void* from, void* to,
                                                                          std::int64_t& kept) noexcept {
  const auto* const in = static_cast<const std::uint64_t*>(from);
  auto* out = static_cast<std::uint64_t*>(to);
  const std::int64_t whole = rows & ~std::int64_t{7};
  for (std::int64_t row = 0; row < whole; row += 8) {
    const auto mask = static_cast<__mmask8>(keep[row / 64] >> (row % 64));
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi64(mask, _mm512_loadu_si512(in + row)));
    out += _mm_popcnt_u32(mask);
  }
  kept = out - static_cast<std::uint64_t*>(to);
  return whole;
}

#endif

// The few rows behind the whole groups.
template <class T>
void move_rest(const std::uint64_t* keep, std::int64_t first, std::int64_t rows, const void* from, void* to,
               std::int64_t kept) noexcept {
  for (std::int64_t row = first; row < rows; ++row)
    if (bits::test(keep, row)) static_cast<T*>(to)[kept++] = static_cast<const T*>(from)[row];
}

}  // namespace

Instructions best_instructions() noexcept {
#ifdef __x86_64__
  static const Instructions best = __builtin_cpu_supports("avx512f") ? Instructions::avx512
                                   : __builtin_cpu_supports("avx2")  ? Instructions::avx2
                                                                     : Instructions::baseline;
  return best;
#else
  return Instructions::baseline;
#endif
}

// Found once, without a branch that depends on the data, and moving a column by them takes half the time of looking at the
// bits again.
const std::uint32_t* KeptRows::selected() {
  if (!selection_) {
    // Eight are stored at a time.
    selection_ = pool_.take((static_cast<std::size_t>(kept_) + 8) * sizeof(std::uint32_t));
    auto* next = reinterpret_cast<std::uint32_t*>(selection_.data());
    for (std::int64_t first = 0; first < rows_; first += 64) {
      std::uint64_t word = keep_[first / 64];
      if (rows_ - first < 64) word &= bits::last_mask(rows_);
      for (auto base = static_cast<std::uint32_t>(first); word != 0; base += 8, word >>= 8) {
        const std::uint64_t byte = word & 0xff;
        for (std::size_t i = 0; i < 8; ++i) next[i] = base + places.of[byte][i];
        next += places.count[byte];
      }
    }
  }
  return reinterpret_cast<const std::uint32_t*>(selection_.data());
}

void KeptRows::move(const void* from, void* to, std::size_t width) {
#ifdef __x86_64__
  if (instructions_ != Instructions::baseline && width >= 4) {
    const bool wide = instructions_ == Instructions::avx512;
    std::int64_t kept = 0;
    if (width == 4) {
      const std::int64_t done = (wide ? squeeze_words_avx512 : squeeze_words_avx2)(keep_, rows_, from, to, kept);
      move_rest<std::uint32_t>(keep_, done, rows_, from, to, kept);
    } else {
      const std::int64_t done =
          (wide ? squeeze_doublewords_avx512 : squeeze_doublewords_avx2)(keep_, rows_, from, to, kept);
      move_rest<std::uint64_t>(keep_, done, rows_, from, to, kept);
    }
    return;
  }
#endif
  gather(width, from, to, selected(), kept_);
}

}  // namespace penstock::batch

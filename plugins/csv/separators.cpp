#include "separators.hpp"

#include <array>
#include <bit>

#ifdef __x86_64__
// g++ 12 takes the registers that its own header leaves undefined on purpose for mistakes.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif

namespace csv {
namespace {

#ifdef __x86_64__
constexpr std::size_t word = 64;

// The bits of the bytes that are there.
std::uint64_t inside(std::size_t size, std::size_t at) {
  return size - at < word ? (std::uint64_t{1} << (size - at)) - 1 : ~std::uint64_t{0};
}

std::size_t find_by_16(const char* text, std::size_t size, Symbols symbols, std::int32_t* positions) {
  const __m128i delimiter = _mm_set1_epi8(symbols.delimiter), quote = _mm_set1_epi8(symbols.quote),
                newline = _mm_set1_epi8('\n');
  std::int32_t* out = positions;
  for (std::size_t at = 0; at < size; at += word) {
    std::uint64_t found = 0;
    for (std::size_t part = 0; part < word; part += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at + part));
      const __m128i any = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote)),
                                       _mm_cmpeq_epi8(bytes, newline));
      found |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(any))) << part;
    }
    for (found &= inside(size, at); found != 0; found &= found - 1)
      *out++ = static_cast<std::int32_t>(at) + std::countr_zero(found);
  }
  return static_cast<std::size_t>(out - positions);
}

[[gnu::target("avx2,bmi,popcnt")]] std::size_t find_by_32(const char* text, std::size_t size, Symbols symbols,
                                                          std::int32_t* positions) {
  const __m256i delimiter = _mm256_set1_epi8(symbols.delimiter), quote = _mm256_set1_epi8(symbols.quote),
                newline = _mm256_set1_epi8('\n');
  std::int32_t* out = positions;
  for (std::size_t at = 0; at < size; at += word) {
    std::uint64_t found = 0;
    for (std::size_t part = 0; part < word; part += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + at + part));
      const __m256i any =
          _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(bytes, delimiter), _mm256_cmpeq_epi8(bytes, quote)),
                          _mm256_cmpeq_epi8(bytes, newline));
      found |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(any))) << part;
    }
    found &= inside(size, at);
    // Eight are written whether they are there or not: a row of readings has about six in 64 bytes, and how many
    // there are is what no branch predicts.
    const auto count = static_cast<std::size_t>(_mm_popcnt_u64(found));
    for (std::size_t i = 0; i < 8; ++i) {
      out[i] = static_cast<std::int32_t>(at) + static_cast<std::int32_t>(_tzcnt_u64(found));
      found = _blsr_u64(found);
    }
    for (std::size_t i = 8; i < count; ++i) {
      out[i] = static_cast<std::int32_t>(at) + static_cast<std::int32_t>(_tzcnt_u64(found));
      found = _blsr_u64(found);
    }
    out += count;
  }
  return static_cast<std::size_t>(out - positions);
}

[[gnu::target("avx512f,avx512bw,avx512vbmi2,popcnt")]] std::size_t find_by_64(const char* text, std::size_t size,
                                                                              Symbols symbols,
                                                                              std::int32_t* positions) {
  alignas(64) static constexpr auto steps = [] {
    std::array<std::int8_t, word> numbers{};
    for (std::size_t i = 0; i < word; ++i) numbers[i] = static_cast<std::int8_t>(i);
    return numbers;
  }();
  const __m512i step = _mm512_load_si512(steps.data());
  const __m512i delimiter = _mm512_set1_epi8(symbols.delimiter), quote = _mm512_set1_epi8(symbols.quote),
                newline = _mm512_set1_epi8('\n');
  std::int32_t* out = positions;
  for (std::size_t at = 0; at < size; at += word) {
    const __m512i bytes = _mm512_loadu_si512(text + at);
    const std::uint64_t found = (_mm512_cmpeq_epi8_mask(bytes, delimiter) | _mm512_cmpeq_epi8_mask(bytes, quote) |
                                 _mm512_cmpeq_epi8_mask(bytes, newline)) &
                                inside(size, at);
    const auto count = static_cast<std::size_t>(_mm_popcnt_u64(found));
    __m512i dense = _mm512_maskz_compress_epi8(found, step);
    const __m512i base = _mm512_set1_epi32(static_cast<std::int32_t>(at));
    for (std::size_t i = 0;;) {
      const __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(dense));
      _mm512_storeu_si512(out + i, _mm512_add_epi32(wide, base));
      i += 16;
      if (i >= count) [[likely]]
        break;
      dense = _mm512_alignr_epi32(_mm512_setzero_si512(), dense, 4);
    }
    out += count;
  }
  return static_cast<std::size_t>(out - positions);
}

bool has_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}
bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
         __builtin_cpu_supports("popcnt");
}
#endif

}  // namespace

std::size_t find_separators_plainly(const char* text, std::size_t size, Symbols symbols, std::int32_t* positions) {
  std::int32_t* out = positions;
  for (std::size_t at = 0; at < size; ++at) {
    const char c = text[at];
    if (c == symbols.delimiter || c == symbols.quote || c == '\n') *out++ = static_cast<std::int32_t>(at);
  }
  return static_cast<std::size_t>(out - positions);
}

const SeparatorsWay& separators_way(std::size_t index) {
  static const std::array<SeparatorsWay, separators_ways> ways{{
      {"plain", find_separators_plainly, true},
#ifdef __x86_64__
      {"SSE2", find_by_16, true},
      {"AVX2", find_by_32, has_avx2()},
      {"AVX-512", find_by_64, has_avx512()},
#endif
  }};
  return ways[index];
}

FindSeparators fastest_separators() {
  FindSeparators best = find_separators_plainly;
  for (std::size_t i = 0; i < separators_ways; ++i)
    if (separators_way(i).usable) best = separators_way(i).find;
  return best;
}

}  // namespace csv

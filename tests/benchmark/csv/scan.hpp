// Two ways to find the separators of clean lines and to read their numbers. Each has
//
//   lines(text, row)     calls row(Line) for each of the whole lines of `text`, up to `margin` bytes behind which are readable
//   number(text, end)    the f64 that is nearest
#pragma once

#include <immintrin.h>

#include <string_view>

#include "line.hpp"

namespace penstock::bench {

inline constexpr std::size_t margin = 64;

/** A byte after the other, and the library's numbers. */
struct Bytes {
  template <class Row>
  static void lines(std::string_view text, Row&& row) {
    for (const char *at = text.data(), *const end = at + text.size(); at < end;) {
      const Line line = line_at(at);
      at = line.end;
      row(line);
    }
  }
  static double number(const char* text, const char* end) { return any_number(text, end); }

  static Line line_at(const char* at) {
    const auto behind = [](const char* from, char separator) {
      while (*from != separator) ++from;
      return from + 1;
    };
    Line line{at, behind(at, ','), nullptr, nullptr, nullptr};
    line.value = behind(line.time, ',');
    line.unit = behind(line.value, ',');
    line.end = behind(line.unit, '\n');
    return line;
  }
};

/** A mask of the separators in the 64 bytes from each line's begin, with AVX2 if it is built for that and else with what every
 *  x86-64 has; a number in one word. (The places of all separators first, then the lines, was tried: slower by a fifth, since
 *  a line is as short as a block.) */
struct Words {
  template <class Row>
  [[gnu::always_inline]] static void lines(std::string_view text, Row&& row) {
    for (const char *at = text.data(), *const end = at + text.size(); at < end;) {
      const Line line = line_at(at);
      at = line.end;
      row(line);
    }
  }
  [[gnu::always_inline]] static double number(const char* text, const char* end) { return short_number(text, end); }

 private:
  [[gnu::always_inline]] static Line line_at(const char* at) {
    const std::uint64_t first = separators(at);
    const std::uint64_t second = first & (first - 1);
    const std::uint64_t third = second & (second - 1);
    const std::uint64_t fourth = third & (third - 1);
    if (fourth == 0) [[unlikely]]
      return Bytes::line_at(at);
    return {at, at + __builtin_ctzll(first) + 1, at + __builtin_ctzll(second) + 1, at + __builtin_ctzll(third) + 1,
            at + __builtin_ctzll(fourth) + 1};
  }

  [[gnu::always_inline]] static std::uint64_t separators(const char* at) {
    std::uint64_t mask = 0;
#ifdef __AVX2__
    for (int i = 0; i < 2; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + i * 32));
      const __m256i found = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(',')),
                                            _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')));
      mask |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(found))} << i * 32;
    }
#else
    for (int i = 0; i < 4; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i * 16));
      const __m128i found =
          _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
      mask |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(found))} << i * 16;
    }
#endif
    return mask;
  }
};

}  // namespace penstock::bench

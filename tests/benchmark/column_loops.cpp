#include "column_loops.hpp"

// g++ 12 takes the registers that its own header leaves undefined on purpose for mistakes.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "work.hpp"

namespace penstock::bench {
namespace {

using Windows = std::vector<Window>;

// Every kept row has both values.
void mark_valid(KeptColumns& kept, std::size_t rows) {
  std::fill_n(kept.normalized_valid.data(), (rows + 63) / 64, ~std::uint64_t{0});
  std::fill_n(kept.rolling_avg_valid.data(), (rows + 63) / 64, ~std::uint64_t{0});
}

// What stands behind the loops. Behind the boundary of a function that is not inlined, so that no column is left out of
// which nobody would read a value.
[[gnu::noinline]] void consume(const KeptColumns& kept, std::size_t rows, Totals& totals) {
  asm volatile("" : : "r"(&kept) : "memory");
  totals.add(rows, {kept.normalized.data(), kept.normalized_valid.data()},
             {kept.rolling_avg.data(), kept.rolling_avg_valid.data()});
}

ReadingsView part_of(const ReadingsView& in, std::size_t first) noexcept {
  return {in.sensor_id + first, in.timestamp + first, in.value + first, in.unit + first,
          std::min(batch_rows, in.rows - first)};
}

}  // namespace

KeptColumns::KeptColumns(std::size_t capacity)
    : sensor_id(capacity),
      timestamp(capacity),
      value(capacity),
      unit(capacity),
      normalized(capacity),
      normalized_valid((capacity + 63) / 64),
      rolling_avg(capacity),
      rolling_avg_valid((capacity + 63) / 64) {}

Totals fused_loop(const ReadingsView& in, KeptColumns& kept) {
  Windows windows(sensors);
  auto* const sensor_id = kept.sensor_id.data();
  auto* const timestamp = kept.timestamp.data();
  auto* const value = kept.value.data();
  auto* const unit = kept.unit.data();
  auto* const share = kept.normalized.data();
  auto* const mean = kept.rolling_avg.data();
  std::size_t rows = 0;
  for (std::size_t i = 0; i < in.rows; ++i) {
    const double x = in.value[i];
    if (!is_kept(x)) continue;
    const std::int32_t sensor = in.sensor_id[i];
    sensor_id[rows] = sensor;
    timestamp[rows] = in.timestamp[i];
    value[rows] = x;
    unit[rows] = in.unit[i];
    share[rows] = normalized(x);
    mean[rows] = windows[static_cast<std::size_t>(sensor)].add(x);
    ++rows;
  }
  mark_valid(kept, rows);
  Totals totals;
  consume(kept, rows, totals);
  return totals;
}

namespace {

/** Makes a step of a batch, and nothing else. */
struct Plainly {
  template <class Step>
  void operator()(std::size_t, Step&& step) const {
    step();
  }
};

class WithAClock {
 public:
  template <class Step>
  void operator()(std::size_t number, Step&& step) {
    const auto begin = std::chrono::steady_clock::now();
    step();
    const auto end = std::chrono::steady_clock::now();
    time_[number] += end - begin;
    asm volatile("" : : "r"(this) : "memory");
  }

 private:
  std::chrono::nanoseconds time_[4] = {};
};

template <class Make>
Totals compact(const ReadingsView& in, KeptColumns& kept, Make make) {
  Windows windows(sensors);
  Totals totals;
  auto* const sensor_id = kept.sensor_id.data();
  auto* const timestamp = kept.timestamp.data();
  auto* const value = kept.value.data();
  auto* const unit = kept.unit.data();
  auto* const share = kept.normalized.data();
  auto* const mean = kept.rolling_avg.data();
  for (std::size_t first = 0; first < in.rows; first += batch_rows) {
    const ReadingsView part = part_of(in, first);
    std::size_t rows = 0;
    make(0, [&] {
      std::size_t row = 0;
      for (std::size_t i = 0; i < part.rows; ++i) {
        const double x = part.value[i];
        sensor_id[row] = part.sensor_id[i];
        timestamp[row] = part.timestamp[i];
        value[row] = x;
        unit[row] = part.unit[i];
        row += is_kept(x);
      }
      rows = row;
      mark_valid(kept, rows);
    });
    make(1, [&] {
      for (std::size_t i = 0; i < rows; ++i) share[i] = normalized(value[i]);
    });
    make(2, [&] {
      for (std::size_t i = 0; i < rows; ++i) mean[i] = windows[static_cast<std::size_t>(sensor_id[i])].add(value[i]);
    });
    make(3, [&] { consume(kept, rows, totals); });
  }
  return totals;
}

}  // namespace

Totals compacting_loops(const ReadingsView& in, KeptColumns& kept) { return compact(in, kept, Plainly()); }

Totals clocked_loops(const ReadingsView& in, KeptColumns& kept) { return compact(in, kept, WithAClock()); }

Totals selecting_loop(const ReadingsView& in, KeptColumns& kept) {
  Windows windows(sensors);
  Totals totals;
  std::array<std::uint16_t, batch_rows> selected;
  auto* const sensor_id = kept.sensor_id.data();
  auto* const timestamp = kept.timestamp.data();
  auto* const value = kept.value.data();
  auto* const unit = kept.unit.data();
  auto* const share = kept.normalized.data();
  auto* const mean = kept.rolling_avg.data();
  for (std::size_t first = 0; first < in.rows; first += batch_rows) {
    const ReadingsView part = part_of(in, first);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < part.rows; ++i) {
      selected[rows] = static_cast<std::uint16_t>(i);
      rows += is_kept(part.value[i]);
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t i = selected[row];
      const double x = part.value[i];
      const std::int32_t sensor = part.sensor_id[i];
      sensor_id[row] = sensor;
      timestamp[row] = part.timestamp[i];
      value[row] = x;
      unit[row] = part.unit[i];
      share[row] = normalized(x);
      mean[row] = windows[static_cast<std::size_t>(sensor)].add(x);
    }
    mark_valid(kept, rows);
    consume(kept, rows, totals);
  }
  return totals;
}

bool has_vector_loops() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

[[gnu::target("avx512f,avx512dq,avx512vl,avx2,popcnt")]] Totals vector_loops(const ReadingsView& in,
                                                                             KeptColumns& kept) {
  Windows windows(sensors);
  Totals totals;
  auto* const sensor_id = kept.sensor_id.data();
  auto* const timestamp = kept.timestamp.data();
  auto* const value = kept.value.data();
  auto* const unit = kept.unit.data();
  const __m512d least = _mm512_set1_pd(lowest), most = _mm512_set1_pd(highest);
  for (std::size_t first = 0; first < in.rows; first += batch_rows) {
    const ReadingsView part = part_of(in, first);
    std::size_t rows = 0, i = 0;
    for (; i + 8 <= part.rows; i += 8) {
      const __m512d x = _mm512_loadu_pd(part.value + i);
      const __mmask8 keep = _mm512_cmp_pd_mask(x, least, _CMP_GE_OQ) & _mm512_cmp_pd_mask(x, most, _CMP_LE_OQ);
      const auto words = [i](const std::int32_t* from) __attribute__((always_inline, target("avx2"))) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + i));
      };
      _mm512_storeu_pd(value + rows, _mm512_maskz_compress_pd(keep, x));
      _mm512_storeu_si512(timestamp + rows, _mm512_maskz_compress_epi64(keep, _mm512_loadu_si512(part.timestamp + i)));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sensor_id + rows),
                          _mm256_maskz_compress_epi32(keep, words(part.sensor_id)));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(unit + rows), _mm256_maskz_compress_epi32(keep, words(part.unit)));
      rows += static_cast<std::size_t>(_mm_popcnt_u32(keep));
    }
    for (; i < part.rows; ++i) {
      sensor_id[rows] = part.sensor_id[i];
      timestamp[rows] = part.timestamp[i];
      value[rows] = part.value[i];
      unit[rows] = part.unit[i];
      rows += is_kept(part.value[i]);
    }
    mark_valid(kept, rows);
    for (std::size_t row = 0; row < rows; ++row) kept.normalized[row] = normalized(value[row]);
    for (std::size_t row = 0; row < rows; ++row)
      kept.rolling_avg[row] = windows[static_cast<std::size_t>(sensor_id[row])].add(value[row]);
    consume(kept, rows, totals);
  }
  return totals;
}

}  // namespace penstock::bench

#include "batch/compact.hpp"

#include <bit>
#include <cstring>

#include "batch/bits.hpp"
#include "batch/kept_rows.hpp"

namespace penstock::batch {
namespace {

constexpr std::uint64_t all = ~std::uint64_t{0};

// Collects bits into words. `to` may be the map that is read: a word is written only after all its rows were read.
class BitWriter {
 public:
  explicit BitWriter(std::uint64_t* to) noexcept : to_(to) {}

  void append(std::uint64_t word, unsigned n) noexcept {  // n <= 64; bits behind n are clear
    pending_ |= word << filled_;
    if (filled_ + n < 64) {
      filled_ += n;
      return;
    }
    *to_++ = pending_;
    pending_ = filled_ == 0 ? 0 : word >> (64 - filled_);
    filled_ = filled_ + n - 64;
  }
  void finish() noexcept {
    if (filled_ > 0) *to_ = pending_;
  }

 private:
  std::uint64_t* to_;
  std::uint64_t pending_ = 0;
  unsigned filled_ = 0;
};

void compact_bits(const std::uint64_t* from, std::uint64_t* to, std::int64_t rows, const std::uint64_t* keep) noexcept {
  BitWriter out(to);
  for (std::int64_t word = 0; word < bits::words(rows); ++word) {
    const std::uint64_t mask = keep[word];
    const auto n = static_cast<unsigned>(penstock_popcount(mask));
    std::uint64_t packed = 0;
    if ((from[word] & mask) == mask) {
      packed = n == 64 ? all : (std::uint64_t{1} << n) - 1;
    } else if (mask == all) {
      packed = from[word];
    } else {
      unsigned at = 0;
      for (std::uint64_t left = mask; left != 0; left &= left - 1, ++at)
        packed |= (from[word] >> std::countr_zero(left) & 1) << at;
    }
    out.append(packed, n);
  }
  out.finish();
}

void compact_text(Column& column, std::int64_t rows, std::int64_t kept, const std::uint64_t* keep, BufferPool& pool) {
  const auto* const from = static_cast<const std::int32_t*>(column.values);
  Buffer offsets = pool.take(value_bytes(Type::text, kept));
  Buffer text = pool.take(static_cast<std::size_t>(from[rows] - from[0]));
  auto* const to = reinterpret_cast<std::int32_t*>(offsets.data());
  auto* const bytes = reinterpret_cast<char*>(text.data());
  std::int32_t size = 0;
  std::int64_t n = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (!bits::test(keep, row)) continue;
    const std::int32_t length = from[row + 1] - from[row];
    to[n++] = size;
    if (length > 0) std::memcpy(bytes + size, column.text + from[row], static_cast<std::size_t>(length));
    size += length;
  }
  to[n] = size;
  column.values = to;
  column.text = bytes;
  column.value_memory = std::move(offsets);
  column.text_memory = std::move(text);
}

// Memory to write the kept values to: the column's own, or fresh memory that replaces it.
void* destination(Buffer& memory, void* current, std::size_t bytes, BufferPool& pool, Buffer& fresh) {
  if (memory.is_unique()) return current;
  fresh = pool.take(bytes);
  return fresh.data();
}

}  // namespace

void compact(Batch& batch, const std::uint64_t* keep, std::int64_t kept, BufferPool& pool) {
  if (kept == batch.rows) return;
  if (kept > 0) {
    KeptRows rows(keep, batch.rows, kept, pool);
    if (batch.number_memory) rows.move(batch.row_numbers(), batch.row_numbers(), sizeof(std::uint32_t));
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      Column& column = batch.columns[i];
      const Type type = (*batch.schema)[i].type;
      if (column.valid != nullptr) {
        Buffer fresh;
        void* const to = destination(column.valid_memory, column.valid, value_bytes(Type::boolean, kept), pool, fresh);
        compact_bits(column.valid, static_cast<std::uint64_t*>(to), batch.rows, keep);
        column.valid = static_cast<std::uint64_t*>(to);
        if (fresh) column.valid_memory = std::move(fresh);
      }
      if (is_variable(type)) {
        compact_text(column, batch.rows, kept, keep, pool);
        continue;
      }
      Buffer fresh;
      void* const to = destination(column.value_memory, column.values, value_bytes(type, batch.rows), pool, fresh);
      if (type == Type::boolean)
        compact_bits(static_cast<const std::uint64_t*>(column.values), static_cast<std::uint64_t*>(to), batch.rows,
                     keep);
      else
        rows.move(column.values, to, width(type));
      column.values = to;
      if (fresh) column.value_memory = std::move(fresh);
    }
  }
  batch.rows = kept;
}

}  // namespace penstock::batch

#pragma once

#include <cstddef>
#include <cstdint>

#include "batch/buffer_pool.hpp"

namespace penstock::batch {

/** Sets of instructions that rows are moved by. Each gives the same bytes. */
enum class Instructions : std::uint8_t { baseline, avx2, avx512 };

/** The widest that this processor has. */
[[nodiscard]] Instructions best_instructions() noexcept;

/** The rows of a batch whose bit is set, to be moved together in one column after the other. */
class KeptRows {
 public:
  /** `keep` is borrowed while this object lives; `kept` is the number of set bits among the rows. */
  KeptRows(const std::uint64_t* keep, std::int64_t rows, std::int64_t kept, BufferPool& pool,
           Instructions instructions = best_instructions()) noexcept
      : keep_(keep), rows_(rows), kept_(kept), pool_(pool), instructions_(instructions) {}

  /** Moves the kept elements of `width` bytes (1, 2, 4 or 8), in order. `to` is `from` itself or memory of its own, with
   *  room for all rows: behind the kept ones anything may be written. Throws std::bad_alloc. */
  void move(const void* from, void* to, std::size_t width);

 private:
  const std::uint32_t* selected();

  const std::uint64_t* keep_;
  const std::int64_t rows_, kept_;
  BufferPool& pool_;
  const Instructions instructions_;
  Buffer selection_;  // the numbers of the kept rows, when a column was moved by them
};

}  // namespace penstock::batch

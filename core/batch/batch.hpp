#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "batch/buffer_pool.hpp"
#include "batch/schema.hpp"

namespace penstock::batch {

/** One column of a batch. Where `values` points is kept alive by `value_memory` (pooled: may be written when it is not
 *  shared), by `owner` (foreign: never written), or by neither (borrowed: never written, outlives the batch by the word of
 *  who lent it). The same holds for `valid` and `text`. Bitmaps are read by whole words. Copies share memory. */
struct Column {
  void* values = nullptr;  ///< element 0 is row 0; bool: bits; text and bytes: rows + 1 int32 offsets into `text`
  std::uint64_t* valid = nullptr;  ///< bit per row; null: no row is null
  char* text = nullptr;            ///< text and bytes only
  Buffer value_memory = {};
  Buffer valid_memory = {};
  Buffer text_memory = {};
  std::shared_ptr<const void> owner = {};
};

/** Where each element of a column of text or bytes begins in its `text`, and where the last one ends. */
[[nodiscard]] inline const std::int32_t* offsets_of(const Column& column) noexcept {
  return static_cast<const std::int32_t*>(column.values);
}

/** Rows in columns, by a schema that outlives it. */
struct Batch {
  const Schema* schema = nullptr;
  std::vector<Column> columns = {};  ///< one for each field of the schema
  std::int64_t rows = 0;
  std::int64_t ingest_ns = 0;  ///< steady clock: when its oldest row entered the run
  std::uint64_t origin = 0;    ///< lowest batch of the source of which something may be in it, from 1
  Buffer number_memory = {};   ///< of a part that split() made: of each row, where it stood in the whole; else none

  [[nodiscard]] std::uint32_t* row_numbers() const noexcept {
    return reinterpret_cast<std::uint32_t*>(number_memory.data());
  }
};

/** Bytes that the values of `rows` elements need, rounded up so that bitmaps are read by whole words. */
[[nodiscard]] std::size_t value_bytes(Type type, std::int64_t rows) noexcept;

/** A column of unspecified values with room for `rows`; nullable: with a bitmap in which every row has a value. Not for
 *  text and bytes, whose size nobody knows yet. Throws std::bad_alloc. */
[[nodiscard]] Column make_column(const Field& field, std::int64_t rows, BufferPool& pool);

/** Makes the values (and the bitmap, if there is one) writable: copies what is shared, foreign or borrowed, once. Not for
 *  text and bytes, which are replaced and never changed. Throws std::bad_alloc. */
void make_writable(Column& column, Type type, std::int64_t rows, BufferPool& pool);

/** Rows `first` to `first + rows` of a batch, sharing its memory. `first` is a multiple of 64, so that no bit moves. */
void slice(const Batch& whole, std::int64_t first, std::int64_t rows, Batch& part);

/** Takes the bitmap away from a column in which no row is null: who reads it then has no nulls to look for. */
void drop_full_bitmap(Column& column, std::int64_t rows) noexcept;

/** Rows that are null in a column of a batch. */
[[nodiscard]] std::int64_t null_count(const Column& column, std::int64_t rows) noexcept;

}  // namespace penstock::batch

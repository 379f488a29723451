/** The rows that cross the boundary: columns of a batch, and what a plugin may do with them.
 *
 *  Types of a column:
 *
 *  | type     | Arrow format    | element of `values`                                                           |
 *  | -------- | --------------- | ----------------------------------------------------------------------------- |
 *  | bool     | b               | one bit, least significant first                                              |
 *  | i8..i64  | c s i l         | int8_t .. int64_t                                                             |
 *  | u8..u64  | C S I L         | uint8_t .. uint64_t                                                           |
 *  | f32 f64  | f g             | float, double                                                                 |
 *  | time     | tsn:UTC         | int64_t, nanoseconds since 1970-01-01T00:00:00Z                               |
 *  | duration | tDn             | int64_t, nanoseconds                                                          |
 *  | key      | i, dictionary u | int32_t, a code of `penstock_host.intern`; its text is in the dictionary      |
 *  | text     | u               | none: `values` is NULL; offsets and bytes are read, and handed out, by `arrow` |
 *  | bytes    | z               | none: the same                                                                |
 *
 *  Order of the columns of a batch, `column[0]` first:
 *
 *  | batch of                                   | columns                                                       |
 *  | ------------------------------------------ | ------------------------------------------------------------- |
 *  | process, of `rows:same` and `rows:fewer`   | all `column:` lines, in the order of the manifest             |
 *  | process, of `rows:any`                     | the same; those of `add` lines are all NULL                   |
 *  | consume                                    | all `column:` lines, in the order of the manifest             |
 *  | stream of a source; host->allocate()       | the `add` lines alone, in their order, counted from 0         |
 *
 *  Where the manifest has `column:*`, a batch of process or consume has first every column that comes, in the order of
 *  the schema that `bind` was shown (a column that has a line of its own as well stands there, once), then the `add`
 *  ones. Where `bind` filled its `out`, the columns of `out`, in its order and last, take the place of all `add` lines.
 */
#ifndef PENSTOCK_ABI_BATCH_H
#define PENSTOCK_ABI_BATCH_H

#include <penstock/abi/arrow.h>
#include <penstock/abi/version.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One column of a batch. 32 bytes for ever: there are arrays of it. */
typedef struct penstock_column {
  /** Element 0 is row 0; NULL for a type of variable width. What an `add` column holds is unspecified until it is
   *  filled: every row that stays needs a value. Aligned to 64 bytes in an `add` or `write` column; in a `read` one,
   *  which may come from another library, as its elements need it, bits as uint64_t does. */
  void* values;
  /** One bit per row, least significant first: set means that there is a value; the value of a null row is unspecified.
   *  NULL: no row is null. Always NULL without `null:yes` in the manifest, apart from the columns of `column:*`, which
   *  may have nulls. Never NULL in an `add` or `write` column with `null:yes`; in the former all bits are set first. */
  uint64_t* valid;
  /** The same column as Arrow, offset always 0. Borrowed; never null in a `read` or `write` column, NULL in an `add`
   *  one. */
  const struct ArrowArray* arrow;
  /** NULL. */
  void* reserved;
} penstock_column;

/** The rows of one call. Only the host makes one. It and all it points to is borrowed until the call returns; rows and
 *  pointers hold still for the whole call. */
typedef struct penstock_batch {
  /** sizeof(penstock_batch) as the host knows it. */
  uint32_t size;
  /** 1: the run is stopping; a source that cannot seek hands out what it still has, then answers END. Else 0. */
  uint32_t stopping;
  /** Rows in it. Set by a source, and by a stage in a batch that it emits; given otherwise. May be 0. */
  int64_t rows;
  /** Rows that the columns have room for. */
  int64_t capacity;
  /** The columns, in the order told above. Never null, unless there is none. */
  penstock_column* column;
  /** In process and consume: every column that comes to the node as one Arrow struct array, also those that the type
   *  does not declare, and in the order in which they come, which is not that of `column`. Borrowed; a sink may move it
   *  out (set `release` to NULL).
   *  In stream and in a batch of host->allocate(): empty (`release` is NULL). A plugin that has its rows as Arrow may
   *  put its own struct array there, given, with one child for each of `column`, in that order, and set `rows` to its
   *  length; one that adds text or bytes must. */
  struct ArrowArray* arrow;
  /** In process of `rows:fewer`: one bit per row, least significant first, all set (bits past `rows` are clear). Clear
   *  one: the row is dropped after the call and counted as filtered. To be left alone elsewhere, where it may be
   *  NULL. */
  uint64_t* keep;
  /** Number of this batch on this input, from 1, rising; a batch whose rows were all refused before the call leaves a
   *  gap. In a batch of host->allocate(): that of the last batch that came in. */
  uint64_t sequence;
  /** In a batch given to host->emit(): the lowest sequence of which something is still held inside, 0 for none. Input
   *  batches before it may be acknowledged. Preset by the host to the lowest one that may be held: what was said last,
   *  else the first batch since then. */
  uint64_t holds;
  /** When the oldest row of it entered the run: nanoseconds of the steady clock. */
  int64_t ingest_ns;
  /** Set by a source that has `acknowledge`: where to go on after this batch, for a later `seek` and `acknowledge`.
   *  UTF-8, at most 64 KiB; valid until the next call. NULL: none. */
  const char* position;
  /** Set by a source: call again when woken, when `wait_handle` is readable, or after this many nanoseconds. 0 or less:
   *  at once. */
  int64_t wait_ns;
  /** Set by a source: a descriptor to wait on; -1, as it comes: none. */
  intptr_t wait_handle;
} penstock_batch;

/** A row that cannot be used, said to host->reject(). The one struct that plugins make: set `size`. */
typedef struct penstock_rejection {
  /** sizeof(penstock_rejection) as the plugin knows it. */
  uint32_t size;
  /** The column at fault, as the index in `column` of the batch at hand; -1: none in particular. */
  int32_t column;
  /** Row of the batch at hand. -1 in a source, whose input never became a row: then `place` and `raw` say which. */
  int64_t row;
  /** Why. Borrowed, never null. */
  const char* reason;
  /** Where, such as `readings.csv:17`. Borrowed, may be NULL. */
  const char* place;
  /** The bytes as they came, of which 64 KiB are kept. Borrowed, may be NULL. */
  const void* raw;
  /** Bytes at `raw`. */
  uint64_t raw_size;
} penstock_rejection;

/** Number of bits set. Written out, because baseline x86-64 has no instruction for it and the compiler would call one
 *  of its own library's functions for each word. */
static inline int penstock_popcount(uint64_t word) {
  word -= (word >> 1) & 0x5555555555555555u;
  word = (word & 0x3333333333333333u) + ((word >> 2) & 0x3333333333333333u);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (int)((word * 0x0101010101010101u) >> 56);
}

static_assert(sizeof(penstock_column) == 32, "there are arrays of penstock_column: it never changes its size");

#ifdef __cplusplus
}
#endif

#endif

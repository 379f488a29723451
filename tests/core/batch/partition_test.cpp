#include "batch/partition.hpp"

#include <gmock/gmock.h>

#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "batch/append.hpp"
#include "batch/bits.hpp"
#include "batch/compact.hpp"

namespace penstock::batch {
namespace {

const Schema schema{{"sensor", Type::key, true},    {"number", Type::i64, false}, {"small", Type::u8, true},
                    {"flag", Type::boolean, false}, {"half", Type::i16, false},   {"note", Type::text, true}};

std::string note_of(std::int64_t row) { return row % 5 == 0 ? "" : std::to_string(row * row); }

/** Each column is derived from the row's number. */
Batch numbered(std::int64_t rows, std::int32_t keys, BufferPool& pool) {
  Batch batch{.schema = &schema, .rows = rows, .ingest_ns = 7, .origin = 3};
  for (const Field& field : schema)
    if (!is_variable(field.type)) batch.columns.push_back(make_column(field, rows, pool));
  Column note;
  note.valid_memory = pool.take(value_bytes(Type::boolean, rows));
  note.valid = reinterpret_cast<std::uint64_t*>(note.valid_memory.data());
  bits::fill(note.valid, rows);
  note.value_memory = pool.take(value_bytes(Type::text, rows));
  note.values = note.value_memory.data();
  note.text_memory = pool.take(static_cast<std::size_t>(rows) * 10 + 1);
  note.text = reinterpret_cast<char*>(note.text_memory.data());
  auto* const offsets = static_cast<std::int32_t*>(note.values);
  offsets[0] = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    static_cast<std::int32_t*>(batch.columns[0].values)[row] = static_cast<std::int32_t>(row * 7 % keys);
    if (row % 11 == 0) bits::clear(batch.columns[0].valid, row);
    static_cast<std::int64_t*>(batch.columns[1].values)[row] = row;
    static_cast<std::uint8_t*>(batch.columns[2].values)[row] = static_cast<std::uint8_t>(row);
    if (row % 3 == 0) bits::clear(batch.columns[2].valid, row);
    auto* const flags = static_cast<std::uint64_t*>(batch.columns[3].values);
    row % 4 == 0 ? bits::set(flags, row) : bits::clear(flags, row);
    static_cast<std::int16_t*>(batch.columns[4].values)[row] = static_cast<std::int16_t>(-row);
    const std::string text = note_of(row);
    std::copy(text.begin(), text.end(), note.text + offsets[row]);
    offsets[row + 1] = offsets[row] + static_cast<std::int32_t>(text.size());
    if (row % 6 == 1) bits::clear(note.valid, row);
  }
  batch.columns.push_back(std::move(note));
  return batch;
}

std::int64_t number_at(const Batch& batch, std::int64_t row) {
  return static_cast<const std::int64_t*>(batch.columns[1].values)[row];
}

void expect_row(const Batch& batch, std::int64_t at, std::int64_t row) {
  ASSERT_EQ(number_at(batch, at), row) << at;
  ASSERT_EQ(bits::test(batch.columns[0].valid, at), row % 11 != 0) << row;
  ASSERT_EQ(static_cast<const std::uint8_t*>(batch.columns[2].values)[at], static_cast<std::uint8_t>(row));
  ASSERT_EQ(bits::test(batch.columns[2].valid, at), row % 3 != 0) << row;
  ASSERT_EQ(bits::test(static_cast<const std::uint64_t*>(batch.columns[3].values), at), row % 4 == 0) << row;
  ASSERT_EQ(static_cast<const std::int16_t*>(batch.columns[4].values)[at], static_cast<std::int16_t>(-row));
  const auto* const offsets = static_cast<const std::int32_t*>(batch.columns[5].values);
  ASSERT_EQ(std::string(batch.columns[5].text + offsets[at], batch.columns[5].text + offsets[at + 1]), note_of(row));
  ASSERT_EQ(bits::test(batch.columns[5].valid, at), row % 6 != 1) << row;
}

class PartitionOf : public testing::TestWithParam<std::tuple<std::int64_t, std::size_t>> {
 protected:
  BufferPool pool;
  std::int64_t rows = std::get<0>(GetParam());
  std::vector<Batch> parts = std::vector<Batch>(std::get<1>(GetParam()));
};

TEST_P(PartitionOf, KeepsTheRowsOfAKeyTogetherAndInOrder) {
  split(numbered(rows, 20, pool), 0, parts, pool);
  std::set<std::int32_t> seen;
  std::int64_t count = 0;
  for (const Batch& part : parts) {
    std::set<std::int32_t> here;
    for (std::int64_t at = 0; at < part.rows; ++at) {
      expect_row(part, at, part.row_numbers()[at]);
      if (bits::test(part.columns[0].valid, at)) here.insert(static_cast<std::int32_t*>(part.columns[0].values)[at]);
      if (at > 0) {
        ASSERT_LT(part.row_numbers()[at - 1], part.row_numbers()[at]);
      }
    }
    for (const std::int32_t key : here) EXPECT_TRUE(seen.insert(key).second) << "key " << key << " is in two parts";
    count += part.rows;
  }
  EXPECT_EQ(count, rows);
}

TEST_P(PartitionOf, ComesTogetherAgainInTheOrderOfItsRows) {
  split(numbered(rows, 20, pool), 0, parts, pool);
  Batch merged;
  merge(parts, rows, pool, merged);
  ASSERT_EQ(merged.rows, rows);
  for (std::int64_t row = 0; row < rows; ++row) expect_row(merged, row, row);
  if (rows > 0) {
    EXPECT_EQ(merged.ingest_ns, 7);
    EXPECT_EQ(merged.origin, 3u);
  }
}

TEST_P(PartitionOf, LeavesNoGapsWhereRowsWereDropped) {
  split(numbered(rows, 20, pool), 0, parts, pool);
  std::vector<std::int64_t> expected;
  for (std::int64_t row = 0; row < rows; ++row)
    if (row % 7 > 2) expected.push_back(row);
  for (Batch& part : parts) {
    std::vector<std::uint64_t> keep(static_cast<std::size_t>(bits::words(part.rows)) + 1);
    std::int64_t kept = 0;
    for (std::int64_t at = 0; at < part.rows; ++at)
      if (part.row_numbers()[at] % 7 > 2) {
        bits::set(keep.data(), at);
        ++kept;
      }
    compact(part, keep.data(), kept, pool);
  }
  Batch merged;
  merge(parts, rows, pool, merged);
  ASSERT_EQ(merged.rows, static_cast<std::int64_t>(expected.size()));
  for (std::int64_t at = 0; at < merged.rows; ++at) expect_row(merged, at, expected[static_cast<std::size_t>(at)]);
}

TEST(Append, GathersRowsOfSmallBatches) {
  BufferPool pool;
  const Batch whole = numbered(1000, 20, pool);
  Batch gathered;
  for (std::int64_t first = 0; first < 1000; first += 64) {
    Batch part;
    slice(whole, first, std::min<std::int64_t>(64, 1000 - first), part);
    if (first == 0) part.columns[2].valid = nullptr;  // no row is null: a bitmap is made when one is
    append(gathered, part, 1024, pool);
  }
  ASSERT_EQ(gathered.rows, 1000);
  EXPECT_EQ(gathered.origin, 3u);
  EXPECT_EQ(gathered.ingest_ns, 7);
  for (std::int64_t row = 0; row < 64; ++row) ASSERT_TRUE(bits::test(gathered.columns[2].valid, row)) << row;
  for (std::int64_t row = 64; row < 1000; ++row) expect_row(gathered, row, row);
}

INSTANTIATE_TEST_SUITE_P(Rows, PartitionOf,
                         testing::Combine(testing::Values(0, 1, 63, 64, 65, 1000),
                                          testing::Values(1u, 2u, 3u, 8u, most_parts)));

}  // namespace
}  // namespace penstock::batch

#include "batch/compact.hpp"

#include <gmock/gmock.h>

#include <random>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

using testing::ElementsAreArray;

const Schema schema{{"value", Type::f64, true}, {"small", Type::u8, false}, {"flag", Type::boolean, false},
                    {"id", Type::i32, false},   {"half", Type::i16, false}, {"note", Type::text, true}};

/** Rows whose every column is derived from the row's number, so that what is left says which rows they were. */
Batch numbered(std::int64_t rows, BufferPool& pool) {
  Batch batch{.schema = &schema, .rows = rows};
  for (const Field& field : schema) {
    if (field.type != Type::text) batch.columns.push_back(make_column(field, rows, pool));
  }
  Column note = make_column({"note", Type::boolean, true}, rows, pool);  // for its bitmap
  note.value_memory = pool.take(value_bytes(Type::text, rows));
  note.values = note.value_memory.data();
  note.text_memory = pool.take(static_cast<std::size_t>(rows) * 8 + 1);
  note.text = reinterpret_cast<char*>(note.text_memory.data());
  batch.columns.push_back(note);
  note = {};

  std::int32_t size = 0;
  auto* const offsets = static_cast<std::int32_t*>(batch.columns[5].values);
  for (std::int64_t row = 0; row < rows; ++row) {
    static_cast<double*>(batch.columns[0].values)[row] = static_cast<double>(row);
    if (row % 3 == 0) bits::clear(batch.columns[0].valid, row);
    static_cast<std::uint8_t*>(batch.columns[1].values)[row] = static_cast<std::uint8_t>(row);
    auto* const flags = static_cast<std::uint64_t*>(batch.columns[2].values);
    row % 5 == 0 ? bits::set(flags, row) : bits::clear(flags, row);
    static_cast<std::int32_t*>(batch.columns[3].values)[row] = static_cast<std::int32_t>(row);
    static_cast<std::int16_t*>(batch.columns[4].values)[row] = static_cast<std::int16_t>(row);
    offsets[row] = size;
    const std::string text = row % 4 == 0 ? "" : std::to_string(row);
    std::copy(text.begin(), text.end(), batch.columns[5].text + size);
    size += static_cast<std::int32_t>(text.size());
  }
  offsets[rows] = size;
  return batch;
}

void expect_rows(const Batch& batch, const std::vector<std::int64_t>& expected) {
  ASSERT_EQ(batch.rows, static_cast<std::int64_t>(expected.size()));
  for (std::int64_t at = 0; at < batch.rows; ++at) {
    const std::int64_t row = expected[static_cast<std::size_t>(at)];
    ASSERT_EQ(static_cast<double*>(batch.columns[0].values)[at], static_cast<double>(row)) << at;
    ASSERT_EQ(bits::test(batch.columns[0].valid, at), row % 3 != 0) << at;
    ASSERT_EQ(static_cast<std::uint8_t*>(batch.columns[1].values)[at], static_cast<std::uint8_t>(row));
    ASSERT_EQ(bits::test(static_cast<std::uint64_t*>(batch.columns[2].values), at), row % 5 == 0);
    ASSERT_EQ(static_cast<std::int32_t*>(batch.columns[3].values)[at], row);
    ASSERT_EQ(static_cast<std::int16_t*>(batch.columns[4].values)[at], static_cast<std::int16_t>(row));
    const auto* const offsets = static_cast<const std::int32_t*>(batch.columns[5].values);
    const std::string text(batch.columns[5].text + offsets[at],
                           static_cast<std::size_t>(offsets[at + 1] - offsets[at]));
    ASSERT_EQ(text, row % 4 == 0 ? "" : std::to_string(row));
  }
}

struct Share {
  const char* description;
  double kept;
};

class Compact : public testing::TestWithParam<std::tuple<Share, std::int64_t, bool>> {};

TEST_P(Compact, LeavesExactlyTheKeptRowsInOrder) {
  const auto& [share, rows, shared] = GetParam();
  std::mt19937_64 random(42);
  std::bernoulli_distribution keeps(share.kept);
  BufferPool pool;
  Batch batch = numbered(rows, pool);
  const Batch other = shared ? batch : Batch{};
  std::vector<std::uint64_t> keep(static_cast<std::size_t>(bits::words(rows)));
  std::vector<std::int64_t> expected, all;
  for (std::int64_t row = 0; row < rows; ++row) {
    all.push_back(row);
    // Whole words of one kind occur too.
    const bool kept = row / 64 % 3 == 1 ? share.kept > 0 : row / 64 % 3 == 2 ? share.kept == 1 : keeps(random);
    if (!kept) continue;
    bits::set(keep.data(), row);
    expected.push_back(row);
  }
  compact(batch, keep.data(), static_cast<std::int64_t>(expected.size()), pool);
  expect_rows(batch, expected);
  if (shared) expect_rows(other, all);
}

INSTANTIATE_TEST_SUITE_P(Shares, Compact,
                         testing::Combine(testing::Values(Share{"None", 0}, Share{"Few", 0.05}, Share{"Half", 0.5},
                                                          Share{"Most", 0.98}, Share{"All", 1}),
                                          testing::Values(0, 1, 63, 64, 65, 200, 4096), testing::Bool()),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param).description) +
                                  std::to_string(std::get<1>(test.param)) +
                                  (std::get<2>(test.param) ? "Shared" : "Own");
                         });

TEST(Compact, CopiesBorrowedMemoryAndLeavesItAsItWas) {
  BufferPool pool;
  const Schema values{{"value", Type::f64, false}};
  std::vector<double> lent{0, 1, 2, 3};
  Batch batch{.schema = &values, .columns = {Column{.values = lent.data()}}, .rows = 4};
  const std::uint64_t keep = 0b1010;
  compact(batch, &keep, 2, pool);
  EXPECT_THAT(std::vector<double>(static_cast<double*>(batch.columns[0].values),
                                  static_cast<double*>(batch.columns[0].values) + 2),
              ElementsAreArray({1.0, 3.0}));
  EXPECT_THAT(lent, ElementsAreArray({0.0, 1.0, 2.0, 3.0}));
}

}  // namespace
}  // namespace penstock::batch

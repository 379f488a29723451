#include "batch/batch.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

TEST(BufferPool, GivesMemoryOnACacheLine) {
  BufferPool pool;
  for (const std::size_t bytes : {0u, 1u, 63u, 64u, 65u, 32768u, (4u << 20) + 1u}) {
    const Buffer buffer = pool.take(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0u);
    std::fill_n(buffer.data(), bytes, std::byte{1});  // AddressSanitizer sees if that is more than there is
  }
}

TEST(BufferPool, GivesAgainWhatCameBack) {
  BufferPool pool;
  const std::byte* const first = pool.take(1000).data();
  EXPECT_EQ(pool.take(600).data(), first);
}

TEST(BufferPool, ThrowsWhenThereIsNotThatMuchMemory) {
  BufferPool pool;
  EXPECT_THROW((void)pool.take(~std::size_t{0} - 1), std::bad_alloc);
}

TEST(Buffer, IsUniqueWhileNobodySharesIt) {
  BufferPool pool;
  const Buffer buffer = pool.take(8);
  EXPECT_TRUE(buffer.is_unique());
  {
    const Buffer share = buffer;
    EXPECT_FALSE(buffer.is_unique());
  }
  EXPECT_TRUE(buffer.is_unique());
}

TEST(Buffer, OutlivesItsPool) {
  Buffer buffer;
  {
    BufferPool pool;
    buffer = pool.take(100);
  }
  buffer.data()[99] = std::byte{1};
}

TEST(Buffer, IsGivenBackFromAnyThread) {
  BufferPool pool;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&pool, share = pool.take(4096)]() mutable {
      for (int n = 0; n < 1000; ++n) share = pool.take(4096);
    });
  for (std::thread& thread : threads) thread.join();
}

TEST(Writable, ChangesItsOwnMemoryInPlace) {
  BufferPool pool;
  Column column = make_column({"value", Type::f64, false}, 10, pool);
  const void* const before = column.values;
  make_writable(column, Type::f64, 10, pool);
  EXPECT_EQ(column.values, before);
}

TEST(Writable, CopiesWhatIsSharedOnce) {
  BufferPool pool;
  Column column = make_column({"value", Type::f64, true}, 70, pool);
  for (int row = 0; row < 70; ++row) static_cast<double*>(column.values)[row] = row;
  bits::clear(column.valid, 69);
  const Column other = column;
  make_writable(column, Type::f64, 70, pool);
  ASSERT_NE(column.values, other.values);
  EXPECT_EQ(static_cast<double*>(column.values)[69], 69);
  EXPECT_EQ(null_count(column, 70), 1);
  static_cast<double*>(column.values)[0] = -1;
  bits::clear(column.valid, 0);
  EXPECT_EQ(static_cast<double*>(other.values)[0], 0);
  EXPECT_EQ(null_count(other, 70), 1);
}

TEST(Writable, CopiesWhatWasLent) {
  BufferPool pool;
  std::vector<double> lent{1, 2};
  Column column{.values = lent.data()};
  make_writable(column, Type::f64, 2, pool);
  static_cast<double*>(column.values)[0] = 9;
  EXPECT_EQ(lent[0], 1);
}

TEST(Slice, SharesTheMemoryOfTheWhole) {
  BufferPool pool;
  const Schema schema{{"value", Type::i32, true}, {"flag", Type::boolean, false}};
  Batch whole{.schema = &schema, .rows = 200, .origin = 7};
  for (const Field& field : schema) whole.columns.push_back(make_column(field, 200, pool));
  for (int row = 0; row < 200; ++row) static_cast<std::int32_t*>(whole.columns[0].values)[row] = row;
  bits::fill(static_cast<std::uint64_t*>(whole.columns[1].values), 200);
  bits::clear(static_cast<std::uint64_t*>(whole.columns[1].values), 130);
  bits::clear(whole.columns[0].valid, 129);
  Batch part;
  slice(whole, 128, 72, part);
  EXPECT_EQ(part.rows, 72);
  EXPECT_EQ(part.origin, 7u);
  EXPECT_EQ(static_cast<std::int32_t*>(part.columns[0].values)[0], 128);
  EXPECT_FALSE(bits::test(part.columns[0].valid, 1));
  EXPECT_FALSE(bits::test(static_cast<std::uint64_t*>(part.columns[1].values), 2));
  EXPECT_FALSE(part.columns[0].value_memory.is_unique());
}

TEST(Bits, CountThoseOfTheRowsOnly) {
  const std::vector<std::uint64_t> full(4, ~std::uint64_t{0});
  std::vector<std::uint64_t> holes = full;
  holes[1] = 0x8000'0000'0000'0001;
  for (std::int64_t rows = 0; rows <= 200; ++rows) {
    std::int64_t expected = 0;
    for (std::int64_t row = 0; row < rows; ++row) expected += bits::test(holes.data(), row);
    ASSERT_EQ(bits::count(full.data(), rows), rows);
    ASSERT_EQ(bits::count(holes.data(), rows), expected);
  }
}

TEST(Bits, CopyFromAnyBitOnwards) {
  std::vector<unsigned char> from(20);
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<unsigned char>(i * 37 + 11);
  for (std::int64_t first = 0; first < 20; ++first)
    for (std::int64_t rows = 0; rows <= 140; ++rows) {
      std::vector<std::uint64_t> to(3, ~std::uint64_t{0});
      bits::copy(from.data(), first, rows, to.data());
      for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t bit = first + row;
        ASSERT_EQ(bits::test(to.data(), row), (from[static_cast<std::size_t>(bit / 8)] >> (bit % 8) & 1) != 0);
      }
      if (rows > 0) {
        ASSERT_EQ(to[static_cast<std::size_t>(bits::words(rows) - 1)] & ~bits::last_mask(rows), 0u);
      }
    }
}

}  // namespace
}  // namespace penstock::batch

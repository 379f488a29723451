#include "batch/import.hpp"

#include <gmock/gmock.h>

#include <deque>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

using testing::HasSubstr;

/** A struct array as another library would make one, that counts how often it is released. */
struct Foreign {
  struct Node {
    ArrowArray array{};
    std::vector<const void*> buffers;
  };
  std::deque<Node> nodes;
  std::vector<ArrowArray*> children;
  std::vector<const void*> root_buffers{nullptr};
  ArrowArray root{};
  int released = 0;

  explicit Foreign(std::int64_t rows) {
    root = {rows, 0, 0, 1, 0, root_buffers.data(), nullptr, nullptr, release, this};
  }
  ArrowArray& child(std::int64_t rows, std::vector<const void*> buffers, std::int64_t nulls = 0) {
    ArrowArray& made = make(rows, std::move(buffers), nulls);
    children.push_back(&made);
    root.n_children = static_cast<std::int64_t>(children.size());
    root.children = children.data();
    return made;
  }
  ArrowArray& make(std::int64_t rows, std::vector<const void*> buffers, std::int64_t nulls = 0) {
    Node& node = nodes.emplace_back();
    node.buffers = std::move(buffers);
    node.array = {
        rows,    nulls,         0,   static_cast<std::int64_t>(node.buffers.size()), 0, node.buffers.data(), nullptr,
        nullptr, release_child, this};
    return node.array;
  }
  static void release(ArrowArray* array) {
    ++static_cast<Foreign*>(array->private_data)->released;
    array->release = nullptr;
  }
  static void release_child(ArrowArray* array) { array->release = nullptr; }
};

class Import : public testing::Test {
 protected:
  std::optional<Batch> take(Foreign& foreign, const Schema& schema) {
    auto batch = import(foreign.root, schema, keys, pool, fault);
    EXPECT_EQ(foreign.root.release, nullptr) << "it was moved from";
    return batch;
  }
  void expect_refused(Foreign& foreign, const Schema& schema, std::string_view words) {
    EXPECT_FALSE(take(foreign, schema));
    EXPECT_THAT(fault, HasSubstr(std::string(words)));
    EXPECT_EQ(foreign.released, 1);
  }

  KeyTable keys;
  BufferPool pool;
  std::string fault;
  const Schema numbers{{"value", Type::f64, true}};
  alignas(64) double values[6] = {0, 1, 2, 3, 4, 5};
};

TEST_F(Import, UsesValuesInPlaceAndReleasesThemOnceWithTheLastColumn) {
  Foreign foreign(6);
  foreign.child(6, {nullptr, values});
  auto batch = take(foreign, numbers);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->columns[0].values, values);
  const Batch copy = *batch;
  batch.reset();
  EXPECT_EQ(foreign.released, 0);
  const_cast<Batch&>(copy).columns.clear();
  EXPECT_EQ(foreign.released, 1);
}

TEST_F(Import, AddsTheOffsetsOfParentAndChild) {
  const std::uint64_t valid = 0b101111;
  Foreign foreign(3);
  foreign.root.offset = 1;
  foreign.child(5, {&valid, values}, -1).offset = 1;
  const auto batch = take(foreign, numbers);
  ASSERT_TRUE(batch) << fault;
  EXPECT_EQ(static_cast<double*>(batch->columns[0].values)[0], 2.0);
  EXPECT_TRUE(bits::test(batch->columns[0].valid, 0));
  EXPECT_FALSE(bits::test(batch->columns[0].valid, 2));
  EXPECT_EQ(null_count(batch->columns[0], 3), 1);
}

TEST_F(Import, CopiesValuesThatStandAskew) {
  std::vector<unsigned char> bytes(3 * 8 + 1);
  std::memcpy(bytes.data() + 1, values, 24);
  Foreign foreign(3);
  foreign.child(3, {nullptr, bytes.data() + 1});
  const auto batch = take(foreign, numbers);
  ASSERT_TRUE(batch);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(batch->columns[0].values) % 64, 0u);
  EXPECT_EQ(static_cast<double*>(batch->columns[0].values)[2], 2.0);
  EXPECT_EQ(foreign.released, 1) << "nothing of it is used any more";
}

TEST_F(Import, RecodesTheDictionaryOfKeys) {
  (void)keys.intern("known");
  const std::int32_t offsets[] = {0, 1, 6};
  const std::int32_t codes[] = {1, 0, 1};
  Foreign foreign(3);
  ArrowArray& column = foreign.child(3, {nullptr, codes});
  column.dictionary = &foreign.make(2, {nullptr, offsets, "Aknown"});
  const auto batch = take(foreign, {{"sensor_id", Type::key, false}});
  ASSERT_TRUE(batch) << fault;
  const auto* const to = static_cast<std::int32_t*>(batch->columns[0].values);
  EXPECT_EQ(to[0], 0);
  EXPECT_EQ(keys.snapshot().text(to[1]), "A");
  EXPECT_EQ(to[2], 0);
}

TEST_F(Import, RefusesACodeOutsideTheDictionary) {
  const std::int32_t offsets[] = {0, 1};
  const std::int32_t codes[] = {0, 1};
  Foreign foreign(2);
  foreign.child(2, {nullptr, codes}).dictionary = &foreign.make(1, {nullptr, offsets, "A"});
  expect_refused(foreign, {{"sensor_id", Type::key, false}}, "row 1 has the code 1");
}

TEST_F(Import, CarriesText) {
  const std::int32_t offsets[] = {0, 2, 2, 5};
  Foreign foreign(2);
  foreign.root.offset = 1;
  foreign.child(3, {nullptr, offsets, "abcde"});
  const auto batch = take(foreign, {{"note", Type::text, false}});
  ASSERT_TRUE(batch) << fault;
  const auto* const read = static_cast<std::int32_t*>(batch->columns[0].values);
  EXPECT_EQ(read[0], 2);
  EXPECT_EQ(std::string_view(batch->columns[0].text + read[1], 3), "cde");
}

TEST_F(Import, RefusesTextWhoseOffsetsFall) {
  const std::int32_t offsets[] = {0, 4, 2};
  Foreign foreign(2);
  foreign.child(2, {nullptr, offsets, "abcd"});
  expect_refused(foreign, {{"note", Type::text, false}}, "do not rise");
}

TEST_F(Import, RefusesNullsThatTheSchemaRulesOut) {
  const std::uint64_t valid = 0b01;
  Foreign foreign(2);
  foreign.child(2, {&valid, values}, -1);
  expect_refused(foreign, {{"value", Type::f64, false}}, "1 nulls");
}

TEST_F(Import, RefusesWhatCannotBe) {
  {
    Foreign foreign(-1);
    foreign.child(1, {nullptr, values});
    expect_refused(foreign, numbers, "length of -1");
  }
  {
    Foreign foreign(3);
    foreign.child(2, {nullptr, values});
    expect_refused(foreign, numbers, "for 3 rows");
  }
  {
    Foreign foreign(1);
    foreign.child(1, {nullptr, values}).offset = -1;
    expect_refused(foreign, numbers, "offset -1");
  }
  {
    Foreign foreign(1);
    foreign.child(1, {nullptr});
    expect_refused(foreign, numbers, "1 buffers");
  }
  {
    Foreign foreign(1);
    foreign.child(1, {nullptr, nullptr});
    expect_refused(foreign, numbers, "without values");
  }
  {
    Foreign foreign(1);
    foreign.child(1, {nullptr, values}, 1);
    expect_refused(foreign, numbers, "no bitmap");
  }
  {
    Foreign foreign(1);
    expect_refused(foreign, numbers, "0 columns");
  }
  {
    Foreign foreign(1);
    foreign.child(1, {nullptr, values}).release = nullptr;
    expect_refused(foreign, numbers, "released");
  }
}

TEST_F(Import, TakesAnArrayWithoutRows) {
  Foreign foreign(0);
  foreign.child(0, {nullptr, nullptr, nullptr});
  foreign.child(0, {nullptr, nullptr});
  const auto batch = take(foreign, {{"note", Type::text, false}, {"value", Type::f64, false}});
  ASSERT_TRUE(batch) << fault;
  EXPECT_EQ(batch->rows, 0);
}

}  // namespace
}  // namespace penstock::batch

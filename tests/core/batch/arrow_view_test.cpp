#include "batch/arrow_view.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <thread>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

class ArrowViewTest : public testing::Test {
 protected:
  ArrowViewTest() {
    for (const Field& field : schema) batch.columns.push_back(make_column(field, 3, pool));
    for (int row = 0; row < 3; ++row) {
      static_cast<double*>(batch.columns[0].values)[row] = row;
      static_cast<std::int32_t*>(batch.columns[1].values)[row] = keys.intern("k" + std::to_string(row));
    }
    bits::clear(batch.columns[0].valid, 1);
  }

  BufferPool pool;
  KeyTable keys;
  Schema schema{{"value", Type::f64, true}, {"sensor_id", Type::key, false}};
  Batch batch{.schema = &schema, .rows = 3};
};

TEST_F(ArrowViewTest, ShowsTheColumnsAndTheDictionary) {
  ArrowView view;
  const ArrowArray& root = view.show(batch, keys);
  ASSERT_EQ(root.n_children, 2);
  EXPECT_EQ(root.length, 3);
  const ArrowArray& value = *root.children[0];
  EXPECT_EQ(value.null_count, 1);
  EXPECT_EQ(value.offset, 0);
  EXPECT_EQ(value.buffers[1], batch.columns[0].values);
  const ArrowArray& words = *root.children[1]->dictionary;
  EXPECT_EQ(words.length, 3);
  const auto* const offsets = static_cast<const std::int32_t*>(words.buffers[1]);
  EXPECT_EQ(std::string_view(static_cast<const char*>(words.buffers[2]) + offsets[2], 2), "k2");
  EXPECT_EQ(view.column(0), &value);
}

TEST_F(ArrowViewTest, ShowsEachBatchThroughTheSameArrays) {
  ArrowView view;
  const ArrowArray* const first = &view.show(batch, keys);
  view.hide();
  EXPECT_EQ(&view.show(batch, keys), first);
  EXPECT_TRUE(batch.columns[0].value_memory.is_unique()) << "lending takes no share";
}

TEST_F(ArrowViewTest, WhatWasMovedOutLivesUntilItIsReleased) {
  ArrowArray moved{};
  std::optional<ArrowView> view(std::in_place);
  ArrowArray& root = view->show(batch, keys);
  moved = root;
  root.release = nullptr;
  view->hide();
  EXPECT_FALSE(batch.columns[0].value_memory.is_unique());
  view.reset();
  const Buffer watched = batch.columns[0].value_memory;
  batch.columns.clear();
  EXPECT_EQ(static_cast<const double*>(moved.children[0]->buffers[1])[2], 2.0);
  EXPECT_FALSE(watched.is_unique());
  std::thread([&] { moved.release(&moved); }).join();
  EXPECT_EQ(moved.release, nullptr);
  EXPECT_TRUE(watched.is_unique());
}

TEST_F(ArrowViewTest, AChildMayBeMovedOutAlone) {
  ArrowView view;
  ArrowArray& root = view.show(batch, keys);
  ArrowArray child = *root.children[1];
  root.children[1]->release = nullptr;
  view.hide();
  (void)view.show(batch, keys);  // through other arrays
  view.hide();
  batch.columns.clear();
  EXPECT_EQ(static_cast<const std::int32_t*>(child.buffers[1])[2], 2);
  EXPECT_EQ(child.dictionary->length, 3);
  child.release(&child);
}

TEST_F(ArrowViewTest, MayBeReleasedWithinTheCall) {
  ArrowView view;
  ArrowArray& root = view.show(batch, keys);
  root.release(&root);
  view.hide();
  EXPECT_TRUE(batch.columns[0].value_memory.is_unique());
}

}  // namespace
}  // namespace penstock::batch

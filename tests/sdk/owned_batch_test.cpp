// A batch that is taken over from the host and read when the call is over.
#include <gtest/gtest.h>
#include <penstock/any_batch.hpp>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fixture/test_batch.hpp"

namespace penstock {
namespace {

using fixture::ColumnSpec;
using fixture::Keys;
using fixture::Table;
using fixture::TestBatch;

class TakenOver : public testing::Test {
 protected:
  TakenOver() {
    dictionary.format = "u";
    const char* const formats[] = {"i", "g", "u"};
    const char* const names[] = {"sensor", "value", "note"};
    ArrowSchema children[3]{};
    ArrowSchema* pointers[3];
    for (int i = 0; i < 3; ++i) {
      children[i].format = formats[i];
      children[i].name = names[i];
      pointers[i] = &children[i];
    }
    children[0].dictionary = &dictionary;
    ArrowSchema all{};
    all.format = "+s";
    all.n_children = 3;
    all.children = pointers;
    schema = Schema(all);
    memory->fill(
        {{"sensor", "key", {"T1", "T2"}}, {"value", "f64", {0.5, fixture::null}}, {"note", "text", {"a", "bc"}}});
  }

  Batch<> batch() { return {memory->raw(), host, schema}; }

  static std::string text(const OwnedBatch& batch) {
    std::string all;
    for (std::size_t row = 0; row < batch.rows(); ++row)
      for (const AnyColumn& column : batch.columns()) all.append(column.text(row, "-")).append(" ");
    return all;
  }

  ArrowSchema dictionary{};
  Schema schema;
  Keys keys;
  std::unique_ptr<TestBatch> memory = std::make_unique<TestBatch>(
      std::vector<ColumnSpec>{{"sensor", "read", "key"}, {"value", "read", "f64", true}, {"note", "read", "text"}}, 64,
      keys);
  penstock_host boundary{};
  Host host{boundary};
};

TEST_F(TakenOver, IsReadWhenTheBatchOfTheHostIsGone) {
  const OwnedBatch taken = batch().take();
  memory.reset();
  EXPECT_EQ(taken.rows(), 2u);
  EXPECT_EQ(taken.columns()[0].name(), "sensor");
  EXPECT_EQ(text(taken), "T1 0.5 a T2 - bc ");
}

TEST_F(TakenOver, IsReadAndReleasedOnAnotherThread) {
  std::string read;
  std::jthread([&, taken = batch().take()]() mutable {
    const OwnedBatch mine = std::move(taken);
    read = text(mine);
  }).join();
  EXPECT_EQ(read, "T1 0.5 a T2 - bc ");
}

TEST_F(TakenOver, StaysWhereItWasMovedTo) {
  OwnedBatch first = batch().take();
  OwnedBatch second;
  EXPECT_EQ(second.rows(), 0u);
  second = std::move(first);
  EXPECT_EQ(first.rows(), 0u);
  EXPECT_EQ(text(second), "T1 0.5 a T2 - bc ");
}

TEST_F(TakenOver, CannotBeTakenTwice) {
  const Batch<> all = batch();
  const OwnedBatch taken = all.take();
  EXPECT_THROW(static_cast<void>(all.take()), Failed);
}

}  // namespace
}  // namespace penstock

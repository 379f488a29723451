#include "core/execution/rig.hpp"
#include "diagnostic/render.hpp"
#include "fixture/failing_memory.hpp"

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using fixture::FailingMemory;
using plugin::Rows;

/** While it lives, the over-aligned allocation after `before` others fails, and no second one. */
struct FailingAllocation {
  explicit FailingAllocation(int before) { FailingMemory::over_aligned_left = before; }
  ~FailingAllocation() { FailingMemory::over_aligned_left = -1; }
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
};

TEST(Memory, EachAllocationOfABatchMayFail) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  bool failed = true;
  for (int before = 0; failed; ++before) {
    ASSERT_LT(before, 100) << "the pool takes its memory some other way now";
    Rig rig;
    rig.numbers(30, 10);
    rig.stage("adds", Rows::same, {"value"}, {{"twice", batch::Type::f64, true}}).process = [](penstock_batch& batch) {
      batch::bits::clear(batch.column[1].valid, 4);
      return ok;
    };
    rig.stage("drops", Rows::fewer, {"value"}).process = [](penstock_batch& batch) {
      batch::bits::clear(batch.keep, 0);
      return ok;
    };
    rig.stage("plain", Rows::same, {"twice"}).process = [](penstock_batch&) { return ok; };
    rig.plan.nodes.back().bindings[0].reject_nulls = true;
    rig.plan.nodes.back().on_bad_row = pipeline::OnBadRow::reject;
    rig.collector();
    const FailingAllocation failing(before);
    const Summary summary = rig.run();
    failed = summary.outcome == Outcome::failed;
    expect_closed(summary);
    ASSERT_EQ(rig.found.size(), failed ? 1u : 0u);
    if (failed) {
      EXPECT_EQ(rig.found[0].code, Code::PS0506);
    } else {
      EXPECT_GT(before, 2) << "one failed for each column at least";
    }
  }
}

TEST(Memory, ARejectionThatFindsNoMemoryIsNotCounted) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  Rig rig;
  rig.numbers(10, 10);
  Actor& stage = rig.stage("strict", Rows::same, {"value"});
  stage.process = [&](penstock_batch&) {
    FailingMemory::is_exhausted = true;
    const penstock_status answer = stage.reject(3, "a reason that is longer than a small text");
    FailingMemory::is_exhausted = false;
    EXPECT_EQ(answer, PENSTOCK_STOP);
    return answer;
  };
  rig.plan.nodes.back().on_bad_row = pipeline::OnBadRow::reject;
  rig.plan.nodes.back().rejects = std::filesystem::path(testing::TempDir()) / "no-memory.ndjson";
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.rejected, 0u);
  EXPECT_EQ(summary.unacknowledged, 10u);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_THAT(diagnostic::render_text(rig.found[0]),
              testing::StartsWith("error[PS0506]: there is no memory for a batch at `strict`\n"));
}

TEST(Memory, ABatchAllocatesNothingInTheSteadyState) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  Rig rig;
  Actor& source = rig.source("source", {{"value", batch::Type::f64, true}, {"sensor", batch::Type::key, false}});
  const std::int32_t key = source.host->intern(source.host, "M1", 2);
  source.stream = [key, batches = 0](penstock_batch& batch) mutable {
    batch.rows = batch.capacity;
    for (std::int64_t row = 0; row < batch.rows; ++row) {
      doubles(batch, 0)[row] = static_cast<double>(row);
      static_cast<std::int32_t*>(batch.column[1].values)[row] = key;
    }
    batch::bits::clear(batch.column[0].valid, 7);
    return ++batches == 600 ? ended : ok;
  };
  rig.stage("drops", Rows::fewer, {"value"}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; row += 3) batch::bits::clear(batch.keep, row);
    return ok;
  };
  rig.stage("adds", Rows::same, {"value"}, {{"twice", batch::Type::f64, true}}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row) doubles(batch, 1)[row] = 2 * doubles(batch, 0)[row];
    batch::bits::clear(batch.column[1].valid, 1);
    return ok;
  };
  rig.stage("changes", Rows::same, {}, {}, {"value"}).process = [](penstock_batch& batch) {
    doubles(batch, 0)[0] = 1;
    return ok;
  };
  const std::vector<std::size_t>& asked = rig.counting_sink();
  EXPECT_EQ(rig.run().outcome, Outcome::finished);
  ASSERT_EQ(asked.size(), 600u);
  EXPECT_EQ(asked[599] - asked[20], 0u);
}

}  // namespace
}  // namespace penstock::execution::test

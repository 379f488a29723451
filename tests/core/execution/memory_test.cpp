#include <cstdlib>
#include <new>

#include "core/execution/rig.hpp"

namespace {

// How many over-aligned allocations, which only the columns of a batch are, still succeed before one fails; -1: all.
// None of the others succeeds while this thread is `out_of_memory`.
int allocations_left = -1;

thread_local bool out_of_memory = false;

}  // namespace

void* operator new(std::size_t bytes) {
  if (void* const memory = out_of_memory ? nullptr : std::malloc(bytes > 0 ? bytes : 1)) return memory;
  throw std::bad_alloc();
}

// Not inlined: g++ takes `free` of what `new` gave for a mistake.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  if (allocations_left >= 0 && allocations_left-- == 0) throw std::bad_alloc();
  const auto step = static_cast<std::size_t>(alignment);
  if (void* const memory = std::aligned_alloc(step, (bytes + step - 1) / step * step)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using plugin::Rows;

/** While it lives, the over-aligned allocation after `before` others fails, and no second one. */
struct FailingAllocation {
  explicit FailingAllocation(int before) { allocations_left = before; }
  ~FailingAllocation() { allocations_left = -1; }
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
};

TEST(Memory, EachAllocationOfABatchMayFail) {
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
  Rig rig;
  rig.numbers(10, 10);
  Actor& stage = rig.stage("strict", Rows::same, {"value"});
  stage.process = [&](penstock_batch&) {
    out_of_memory = true;
    const penstock_status answer = stage.reject(3, "a reason that is longer than a small text");
    out_of_memory = false;
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
  EXPECT_EQ(rig.found[0].code, Code::PS0506);
}

}  // namespace
}  // namespace penstock::execution::test

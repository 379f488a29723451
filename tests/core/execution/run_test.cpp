#include "execution/run.hpp"

#include <unistd.h>

#include <thread>

#include "core/execution/rig.hpp"

namespace penstock::execution::test {
namespace {

using plugin::Rows;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Run, DeliversEveryRowInOrder) {
  Rig rig;
  rig.numbers(25);
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(summary.read, 25u);
  EXPECT_EQ(summary.delivered, 25u);
  EXPECT_EQ(rig.collected, up_to(25));
  EXPECT_EQ(rig.flushed, 25u);
  EXPECT_TRUE(rig.found.empty());
  expect_closed(summary);
}

TEST(Run, TakesExactlyAsManyRowsAsTheLimitSays) {
  Rig rig;
  rig.numbers(100);
  rig.collector();
  const Summary summary = rig.run({.limit = 25});
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(summary.read, 25u);
  EXPECT_EQ(rig.collected, up_to(25));
}

TEST(Run, DropsTheRowsWhoseBitAStageClears) {
  Rig rig;
  rig.numbers(200, 130);
  rig.stage("odd", Rows::fewer, {"value"}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row)
      if (static_cast<std::int64_t>(doubles(batch, 0)[row]) % 2 == 0) batch::bits::clear(batch.keep, row);
    return ok;
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.filtered, 100u);
  EXPECT_EQ(summary.delivered, 100u);
  ASSERT_EQ(rig.collected.size(), 100u);
  for (std::size_t i = 0; i < rig.collected.size(); ++i) EXPECT_EQ(rig.collected[i], 2.0 * static_cast<double>(i) + 1);
  expect_closed(summary);
}

TEST(Run, OpensTheSinkFirstAndClosesTheSourceFirst) {
  Rig rig;
  std::vector<std::string> order;
  const auto note = [&order](const char* what) {
    return [&order, what] {
      order.emplace_back(what);
      return ok;
    };
  };
  Actor& source = rig.numbers(1);
  source.open = note("open source");
  source.close = note("close source");
  Actor& sink = rig.collector();
  sink.open = note("open sink");
  sink.close = note("close sink");
  (void)rig.run();
  EXPECT_THAT(order, ElementsAre("open sink", "open source", "close source", "close sink"));
}

TEST(Run, ClosesOnlyWhatItOpened) {
  Rig rig;
  int closed = 0;
  Actor& source = rig.numbers(1);
  source.open = [&] { return source.fail(PENSTOCK_FAILED, "no such file"); };
  source.close = [&] { return ADD_FAILURE() << "was never opened", ok; };
  rig.collector().close = [&] { return ++closed, ok; };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(summary.read, 0u);
  EXPECT_EQ(closed, 1);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, diagnostic::Code::PS0501);
  EXPECT_THAT(rig.found[0].summary, HasSubstr("`numbers` failed in `open`: no such file"));
}

TEST(Run, TakesNothingMoreAfterTheEnd) {
  Rig rig;
  int calls = 0;
  rig.source("once", {{"value", batch::Type::f64, false}}).stream = [&](penstock_batch& batch) {
    ++calls;
    doubles(batch, 0)[0] = 7;
    batch.rows = 1;
    return ended;
  };
  rig.collector();
  EXPECT_EQ(rig.run().delivered, 1u);
  EXPECT_EQ(calls, 1);
}

TEST(Run, CutsAnImportedArrayAtTheLimitAndIntoBatches) {
  Rig rig;
  static std::vector<double> values = up_to(1000);
  static const void* buffers[] = {nullptr, values.data()};
  static const void* root_buffers[] = {nullptr};
  static int released;
  released = 0;
  const auto release = [](ArrowArray* array) { array->release = nullptr; };
  static ArrowArray child, *children[] = {&child};
  rig.source("arrow", {{"value", batch::Type::f64, false}}).stream = [&](penstock_batch& batch) {
    child = {1000, 0, 0, 2, 0, buffers, nullptr, nullptr, release, nullptr};
    *batch.arrow = {1000,
                    0,
                    0,
                    1,
                    1,
                    root_buffers,
                    children,
                    nullptr,
                    [](ArrowArray* array) {
                      ++released;
                      array->release = nullptr;
                    },
                    nullptr};
    batch.rows = 1000;
    return ok;
  };
  std::vector<std::int64_t> sizes;
  Actor& sink = rig.collector();
  sink.consume = [&, take = sink.consume](penstock_batch& batch) {
    sizes.push_back(batch.rows);
    return take(batch);
  };
  const Summary summary = rig.run({.limit = 200, .batch_rows = 128});
  EXPECT_EQ(summary.read, 200u);
  EXPECT_THAT(sizes, ElementsAre(128, 72));
  EXPECT_EQ(rig.collected, up_to(200));
  EXPECT_EQ(released, 1);
}

TEST(Run, ReleasesAnArrayOfACallThatFailed) {
  static int released;
  released = 0;
  {
    Rig rig;
    Actor& source = rig.source("arrow", {{"value", batch::Type::f64, false}});
    source.stream = [&](penstock_batch& batch) {
      batch.arrow->release = [](ArrowArray* array) {
        ++released;
        array->release = nullptr;
      };
      return source.fail(PENSTOCK_FAILED, "the line is dead");
    };
    rig.collector();
    EXPECT_EQ(rig.run().outcome, Outcome::failed);
  }
  EXPECT_EQ(released, 1);
}

TEST(Run, GivesEachNodeItsOwnColumnsAndTheSinkAll) {
  Rig rig;
  rig.numbers(100, 64);
  rig.stage("double", Rows::same, {"value"}, {{"doubled", batch::Type::f64, true}}).process =
      [](penstock_batch& batch) {
        EXPECT_NE(batch.column[1].valid, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(batch.column[1].values) % 64, 0u);
        for (std::int64_t row = 0; row < batch.rows; ++row) doubles(batch, 1)[row] = 2 * doubles(batch, 0)[row];
        batch::bits::clear(batch.column[1].valid, 3);
        return ok;
      };
  rig.stage("negate", Rows::same, {}, {}, {"value"}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row) doubles(batch, 0)[row] *= -1;
    return ok;
  };
  std::int64_t nulls = 0;
  double sum = 0;
  rig.sink("sum").consume = [&](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row) {
      EXPECT_EQ(doubles(batch, 1)[row], -2 * doubles(batch, 0)[row]);
      sum += doubles(batch, 0)[row];
    }
    EXPECT_EQ(batch.arrow->n_children, 2);
    EXPECT_EQ(batch.column[1].arrow, batch.arrow->children[1]);
    nulls += batch.column[1].arrow->null_count;
    return ok;
  };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.delivered, 100u);
  EXPECT_EQ(sum, -4950);
  EXPECT_EQ(nulls, 2);
}

TEST(Run, WaitsAsLongAsALiveSourceSays) {
  Rig rig;
  int calls = 0;
  Actor& source = rig.source("live", {{"value", batch::Type::f64, false}});
  source.stream = [&](penstock_batch& batch) {
    if (++calls == 1) {
      doubles(batch, 0)[0] = 0;
      batch.rows = 1;
      batch.wait_ns = 1'000'000;
      return ok;
    }
    EXPECT_EQ(rig.collected.size(), 1u) << "a partial batch goes through at once";
    return ended;
  };
  rig.collector();
  EXPECT_EQ(rig.run().delivered, 1u);
  EXPECT_EQ(calls, 2);
}

TEST(Run, CallsASourceThatIsWokenFromAnyThread) {
  Rig rig;
  std::thread waker;
  int calls = 0;
  Actor& source = rig.source("live", {{"value", batch::Type::f64, false}});
  source.stream = [&](penstock_batch& batch) {
    if (++calls == 2) return ended;
    batch.wait_ns = std::numeric_limits<std::int64_t>::max();
    waker = std::thread([&] { source.host->wake(source.host, 0); });
    return ok;
  };
  rig.collector();
  EXPECT_EQ(rig.run().outcome, Outcome::finished);
  waker.join();
  EXPECT_EQ(calls, 2);
}

TEST(Run, CallsASourceWhoseHandleIsReadable) {
  Rig rig;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  int calls = 0;
  rig.source("live", {{"value", batch::Type::f64, false}}).stream = [&](penstock_batch& batch) {
    if (++calls == 2) return ended;
    batch.wait_ns = std::numeric_limits<std::int64_t>::max();
    batch.wait_handle = ends[0];
    EXPECT_EQ(write(ends[1], "x", 1), 1);
    return ok;
  };
  rig.collector();
  EXPECT_EQ(rig.run().outcome, Outcome::finished);
  close(ends[0]);
  close(ends[1]);
}

TEST(Run, RefusesToWaitOnADescriptorThatIsNone) {
  // Not open; an `int` that is open, and a bit above it; negative, and not the -1 that means none.
  for (const std::intptr_t handle : {std::intptr_t{987'654}, (std::intptr_t{1} << 32) + 1, std::intptr_t{-2}}) {
    Rig rig;
    rig.source("live", {{"value", batch::Type::f64, false}}).stream = [&](penstock_batch& batch) {
      batch.wait_ns = 1'000'000;
      batch.wait_handle = handle;
      return batch.sequence == 1 ? ok : ended;
    };
    rig.collector();
    EXPECT_EQ(rig.run().outcome, Outcome::failed);
    ASSERT_EQ(rig.found.size(), 1u);
    EXPECT_EQ(rig.found[0].code, diagnostic::Code::PS0502);
    EXPECT_THAT(rig.found[0].summary, HasSubstr("descriptor " + std::to_string(handle)));
  }
}

TEST(Run, TicksAStageWhoseAlarmIsDueWhileTheSourceWaits) {
  Rig rig;
  bool ticked = false;
  Actor& source = rig.source("live", {{"value", batch::Type::f64, false}});
  source.stream = [&, calls = 0](penstock_batch& batch) mutable {
    if (++calls > 1) return ended;
    doubles(batch, 0)[0] = 1;
    batch.rows = 1;
    batch.wait_ns = std::numeric_limits<std::int64_t>::max();
    return ok;
  };
  Actor& stage = rig.stage("windows", Rows::any, {"value"}, {{"value", batch::Type::f64, false}});
  stage.process = [&](penstock_batch&) {
    stage.host->wake(stage.host, 1'000'000);
    return ok;
  };
  stage.tick = [&](std::int64_t) {
    ticked = true;
    penstock_batch* const out = stage.host->allocate(stage.host, 0);
    doubles(*out, 0)[0] = 42;
    out->rows = 1;
    source.host->wake(source.host, 0);
    return stage.host->emit(stage.host, out);
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_TRUE(ticked);
  EXPECT_THAT(rig.collected, ElementsAre(42));
  expect_closed(summary);
}

}  // namespace
}  // namespace penstock::execution::test

#include "core/execution/rig.hpp"

namespace penstock::execution::test {
namespace {

using plugin::Rows;
using testing::ElementsAre;
using testing::IsEmpty;

const batch::Schema value{{"value", batch::Type::f64, false}};

/** Numbers with a position after each batch: `after 10`, `after 20`. */
Actor& positioned(Rig& rig, std::int64_t count, std::vector<std::string>& acknowledged) {
  Actor& source = rig.numbers(count, 10);
  source.stream = [inner = source.stream, read = std::int64_t{0},
                   position = std::string()](penstock_batch& batch) mutable {
    const penstock_status status = inner(batch);
    read += batch.rows;
    position = "after " + std::to_string(read);
    batch.position = position.c_str();
    return status;
  };
  source.acknowledge = [&acknowledged](const char* at) { return acknowledged.emplace_back(at), ok; };
  return source;
}

TEST(Delivery, FlushesAtTheEndAndAcknowledgesTheLastPosition) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 30, acknowledged);
  rig.collector();
  EXPECT_EQ(rig.run().delivered, 30u);
  EXPECT_THAT(acknowledged, ElementsAre("after 30"));
}

TEST(Delivery, FlushesEverySoManyRows) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 50, acknowledged);
  rig.collector();
  rig.plan.nodes.back().flush_every_rows = 15;
  EXPECT_EQ(rig.run().delivered, 50u);
  EXPECT_THAT(acknowledged, ElementsAre("after 20", "after 40", "after 50"));
}

TEST(Delivery, FlushesEverySoManyRowsAlsoOfThoseThatATickEmits) {
  Rig rig;
  std::size_t flushed_before_the_end = 0;
  Actor& source = rig.source("live", value);
  source.stream = [&, calls = 0](penstock_batch& batch) mutable {
    flushed_before_the_end = rig.flushed;
    if (++calls > 1) return ended;
    doubles(batch, 0)[0] = 1;
    batch.rows = 1;
    batch.wait_ns = std::numeric_limits<std::int64_t>::max();
    return ok;
  };
  Actor& stage = rig.stage("windows", Rows::any, {"value"}, value);
  stage.process = [&](penstock_batch&) { return stage.host->wake(stage.host, 0), ok; };
  stage.tick = [&](std::int64_t) {
    penstock_batch* const out = stage.host->allocate(stage.host, 0);
    out->rows = 2;
    std::fill_n(doubles(*out, 0), 2, 0.0);
    source.host->wake(source.host, 0);
    return stage.host->emit(stage.host, out);
  };
  rig.collector();
  rig.plan.nodes.back().flush_every_rows = 2;
  EXPECT_EQ(rig.run().delivered, 2u);
  EXPECT_EQ(flushed_before_the_end, 2u);
}

TEST(Delivery, WhatWasNotFlushedIsUnacknowledged) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 30, acknowledged);
  Actor& sink = rig.collector();
  sink.flush = [&] { return sink.fail(PENSTOCK_FAILED, "disk full"); };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(summary.delivered, 0u);
  EXPECT_EQ(summary.unacknowledged, 30u);
  EXPECT_THAT(acknowledged, IsEmpty());
  expect_closed(summary);
}

TEST(Delivery, AcknowledgesNothingThatAStageHolds) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 50, acknowledged);
  Actor& stage = rig.stage("windows", Rows::any, {"value"}, value);
  stage.process = [&](penstock_batch& batch) {
    penstock_batch* const out = stage.host->allocate(stage.host, 0);
    EXPECT_EQ(out->holds, batch.sequence == 1 ? 1 : batch.sequence - 1) << "preset to what was held";
    for (std::int64_t row = 0; row < 10; ++row) doubles(*out, 0)[row] = 0;
    out->rows = 10;
    out->holds = batch.sequence;  // the batch before is done with
    return stage.host->emit(stage.host, out);
  };
  rig.collector();
  rig.plan.nodes.back().flush_every_rows = 10;
  const Summary summary = rig.run();
  EXPECT_THAT(acknowledged, ElementsAre("after 10", "after 20", "after 30", "after 40", "after 50"));
  expect_closed(summary);
}

TEST(Delivery, AStageThatSaysNothingDelaysTheAcknowledgement) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 50, acknowledged);
  Actor& stage = rig.stage("silent", Rows::any, {"value"}, value);
  stage.process = [&](penstock_batch&) {
    penstock_batch* const out = stage.host->allocate(stage.host, 0);
    doubles(*out, 0)[0] = 0;
    out->rows = 1;
    return stage.host->emit(stage.host, out);
  };
  rig.collector();
  rig.plan.nodes.back().flush_every_rows = 1;
  (void)rig.run();
  EXPECT_THAT(acknowledged, ElementsAre("after 50"));
}

TEST(Delivery, AcknowledgesNothingFromAFailedBatchOn) {
  Rig rig;
  std::vector<std::string> acknowledged;
  positioned(rig, 50, acknowledged);
  Actor& stage = rig.stage("faulty", Rows::same, {"value"});
  stage.process = [&](penstock_batch& batch) { return batch.sequence == 3 ? stage.fail(PENSTOCK_FAILED, "no") : ok; };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_THAT(acknowledged, ElementsAre("after 20"));
  EXPECT_EQ(summary.delivered, 20u);
  EXPECT_EQ(summary.unacknowledged, 10u);
  expect_closed(summary);
}

TEST(Delivery, TheBatchOfTheRowThatEndsTheRunIsNotAcknowledged) {
  for (const std::int64_t bad : {8, 9}) {  // with rows behind it, and as the last of its batch
    Rig rig;
    std::vector<std::string> acknowledged;
    positioned(rig, 30, acknowledged);
    Actor& stage = rig.stage("strict", Rows::same, {"value"});
    stage.process = [&](penstock_batch& batch) { return batch.sequence == 2 ? stage.reject(bad, "no") : ok; };
    rig.collector();
    (void)rig.run();
    EXPECT_THAT(acknowledged, ElementsAre("after 10"));
  }
}

TEST(Delivery, ASinkThatHasEnoughEndsTheRunQuietly) {
  Rig rig;
  rig.numbers(100, 10);
  Actor& sink = rig.collector();
  sink.consume = [&, take = sink.consume](penstock_batch& batch) { return batch.sequence == 3 ? ended : take(batch); };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_TRUE(rig.found.empty());
  EXPECT_EQ(summary.read, 30u);
  EXPECT_EQ(summary.delivered, 20u);
  EXPECT_EQ(summary.unacknowledged, 10u) << "nobody knows what became of the last batch";
  expect_closed(summary);
}

TEST(Delivery, AStageThatHasEnoughEndsTheRunAndIsFlushed) {
  Rig rig;
  rig.numbers(100, 10);
  Actor& stage = rig.stage("first", Rows::same, {"value"});
  bool flushed = false;
  stage.process = [](penstock_batch& batch) { return batch.sequence == 2 ? ended : ok; };
  stage.flush = [&] { return flushed = true, ok; };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(rig.collected, up_to(20));
  EXPECT_EQ(summary.unacknowledged, 0u);
  EXPECT_TRUE(flushed);
  expect_closed(summary);
}

TEST(Delivery, TellsAStageThatEmitsWhenNothingMoreIsWanted) {
  Rig rig;
  rig.numbers(10, 10);
  Actor& stage = rig.stage("emits", Rows::any, {"value"}, value);
  std::vector<penstock_status> answers;
  stage.process = [&](penstock_batch&) {
    for (int i = 0; i < 3; ++i) {
      penstock_batch* const out = stage.host->allocate(stage.host, 0);
      doubles(*out, 0)[0] = i;
      out->rows = 1;
      answers.push_back(stage.host->emit(stage.host, out));
    }
    return answers.back();
  };
  rig.sink("full").consume = [](penstock_batch&) { return ended; };
  const Summary summary = rig.run();
  EXPECT_THAT(answers, ElementsAre(PENSTOCK_STOP, PENSTOCK_STOP, PENSTOCK_STOP));
  EXPECT_EQ(summary.outcome, Outcome::finished);
  expect_closed(summary);
}

/** A source of one row a call. */
Actor& trickle(Rig& rig, std::int64_t count, std::int64_t wait_ns = 0) {
  Actor& source = rig.source("trickle", {{"value", batch::Type::f64, false}});
  source.stream = [count, wait_ns, next = std::int64_t{0}](penstock_batch& batch) mutable {
    doubles(batch, 0)[0] = static_cast<double>(next++);
    batch.rows = 1;
    batch.wait_ns = wait_ns;
    return next == count ? ended : ok;
  };
  return source;
}

TEST(MaxDelay, WithoutItRowsGoOnAsTheyCome) {
  Rig rig;
  trickle(rig, 5);
  rig.collector();
  EXPECT_EQ(rig.run().nodes.back().batches, 5u);
}

TEST(MaxDelay, RowsWaitUntilABatchIsFull) {
  Rig rig;
  trickle(rig, 200);
  rig.collector();
  rig.plan.nodes.front().max_delay = std::chrono::hours(1);
  const Summary summary = rig.run({.batch_rows = 64});
  EXPECT_EQ(rig.collected, up_to(200));
  EXPECT_EQ(summary.nodes.back().batches, 4u);  // three full ones, and the rest at the end
  expect_closed(summary);
}

TEST(MaxDelay, IsTheLongestThatTheyWait) {
  Rig rig;
  trickle(rig, 1'000'000, std::chrono::nanoseconds(std::chrono::hours(1)).count());
  Actor& sink = rig.collector();
  const auto consume = sink.consume;
  sink.consume = [&rig, consume](penstock_batch& batch) {
    rig.stop.request();  // without the delay nobody comes here
    rig.stop.request();
    return consume(batch);
  };
  rig.plan.nodes.front().max_delay = std::chrono::milliseconds(1);
  const Summary summary = rig.run();
  EXPECT_EQ(rig.collected, up_to(1));
  EXPECT_GE(summary.latency.max(), std::chrono::milliseconds(1));
  expect_closed(summary);
}

TEST(MaxDelay, RowsThatWaitAreNotAcknowledged) {
  Rig rig;
  Actor& source = trickle(rig, 100);
  const auto stream = source.stream;
  std::string position;
  std::int64_t handed_out = 0;
  source.stream = [&, stream](penstock_batch& batch) {
    const penstock_status status = stream(batch);
    position = std::to_string(++handed_out);
    batch.position = position.c_str();
    return status;
  };
  source.acknowledge = [&](const char* at) {
    EXPECT_LE(std::stoull(at), rig.flushed);
    return ok;
  };
  rig.collector();
  rig.plan.nodes.front().max_delay = std::chrono::hours(1);
  rig.plan.nodes.back().flush_every_rows = 10;
  EXPECT_EQ(rig.run({.batch_rows = 64}).delivered, 100u);
}

}  // namespace
}  // namespace penstock::execution::test

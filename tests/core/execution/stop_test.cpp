#include "execution/stop.hpp"

#include <poll.h>

#include <csignal>
#include <thread>

#include "core/execution/rig.hpp"
#include "diagnostic/render.hpp"

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using plugin::Rows;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const batch::Schema value{{"value", batch::Type::f64, false}};

bool is_readable(int descriptor) {
  pollfd asked{descriptor, POLLIN, 0};
  return poll(&asked, 1, 0) == 1;
}

TEST(Stop, CountsRequestsAndWakesWhoPolls) {
  Stop stop;
  EXPECT_EQ(stop.level(), 0);
  EXPECT_FALSE(is_readable(stop.descriptor()));
  stop.request();
  EXPECT_EQ(stop.level(), 1);
  EXPECT_TRUE(is_readable(stop.descriptor()));
  stop.request();
  stop.request();
  EXPECT_EQ(stop.level(), 2);
}

Stop* asked_by_signal = nullptr;

TEST(Stop, MayBeAskedFromASignalHandler) {
  Stop stop;
  asked_by_signal = &stop;
  const auto before = std::signal(SIGUSR1, [](int) { asked_by_signal->request(); });
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, before);
  EXPECT_EQ(stop.level(), 1);
}

TEST(Drain, LeavesASourceThatCanSeekWhereItStands) {
  Rig rig;
  Actor& source = rig.numbers(100, 10);
  source.seek = [](const char*) { return ok; };
  source.stream = [&, inner = source.stream](penstock_batch& batch) {
    EXPECT_EQ(batch.stopping, 0u);
    if (batch.sequence == 2) rig.stop.request();
    return inner(batch);
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_EQ(rig.collected, up_to(20));
  EXPECT_EQ(summary.unacknowledged, 0u);
  expect_closed(summary);
}

TEST(Drain, LetsAnotherSourceHandOutTheRest) {
  Rig rig;
  std::vector<std::uint32_t> stopping;
  Actor& source = rig.numbers(30, 10);
  source.stream = [&, inner = source.stream](penstock_batch& batch) {
    stopping.push_back(batch.stopping);
    if (batch.sequence == 1) rig.stop.request();
    return inner(batch);
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_THAT(stopping, ElementsAre(0, 1, 1));
  EXPECT_EQ(rig.collected, up_to(30));
  expect_closed(summary);
}

TEST(Drain, EndsTheWaitOfALiveSource) {
  Rig rig;
  std::thread asker;
  rig.source("live", value).stream = [&](penstock_batch& batch) {
    if (batch.stopping != 0) return ended;
    batch.wait_ns = std::numeric_limits<std::int64_t>::max();
    if (!asker.joinable()) asker = std::thread([&] { rig.stop.request(); });
    return ok;
  };
  rig.collector();
  EXPECT_EQ(rig.run().outcome, Outcome::stopped);
  asker.join();
}

TEST(Drain, NamesASourceThatDoesNotEndAndDeliversWhatCame) {
  Rig rig;
  rig.source("endless", value).stream = [&](penstock_batch& batch) {
    if (batch.sequence == 1) rig.stop.request();
    if (batch.sequence > 1) {
      batch.wait_ns = 1'000'000'000;
      return ok;
    }
    doubles(batch, 0)[0] = 1;
    batch.rows = 1;
    return ok;
  };
  rig.collector();
  const Summary summary = rig.run({.drain_timeout = std::chrono::milliseconds(5)});
  EXPECT_EQ(summary.outcome, Outcome::failed);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_THAT(
      diagnostic::render_text(rig.found[0]),
      StartsWith(
          R"(error[PS0504]: `endless` did not come to an end within 0.005 s of the request to stop; 1 rows were on their way
)"));
  EXPECT_EQ(summary.delivered, 1u);
  expect_closed(summary);
}

TEST(Drain, FlushesWindowsFirstToLast) {
  Rig rig;
  rig.numbers(10, 10);
  std::vector<std::string> order;
  for (const char* name : {"first", "second"}) {
    Actor& stage = rig.stage(name, Rows::any, {"value"}, value);
    stage.process = [](penstock_batch&) { return ok; };
    stage.flush = [&order, &stage, name] {
      order.emplace_back(name);
      penstock_batch* const out = stage.host->allocate(stage.host, 0);
      doubles(*out, 0)[0] = 1;
      out->rows = 1;
      return stage.host->emit(stage.host, out);
    };
  }
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_THAT(order, ElementsAre("first", "second"));
  EXPECT_EQ(summary.absorbed, 11u);
  EXPECT_EQ(summary.emitted, 2u);
  EXPECT_EQ(summary.delivered, 1u);
  expect_closed(summary);
}

/** A source of 100 rows, by tens, that a second request stops when 30 were read. */
void stop_twice_at_the_third_batch(Rig& rig) {
  Actor& source = rig.numbers(100, 10);
  source.stream = [&rig, inner = source.stream](penstock_batch& batch) {
    if (batch.sequence == 3) {
      rig.stop.request();
      rig.stop.request();
    }
    return inner(batch);
  };
}

TEST(Stop, ASecondRequestStopsNowAndStillAddsUp) {
  Rig rig;
  stop_twice_at_the_third_batch(rig);
  int closed = 0;
  Actor& sink = rig.collector();
  sink.flush = [] { return ADD_FAILURE() << "no time for that", ok; };
  sink.close = [&] { return ++closed, ok; };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_EQ(summary.read, 30u);
  EXPECT_EQ(summary.unacknowledged, 30u);
  EXPECT_EQ(closed, 1);
  expect_closed(summary);
}

/** A stage that emits nothing before its flush, which answers what `flush` does. */
Actor& holder(Rig& rig, std::function<penstock_status(Actor&)> flush) {
  Actor& stage = rig.stage("holder", Rows::any, {"value"}, value);
  stage.process = [](penstock_batch&) { return ok; };
  stage.flush = [&stage, flush = std::move(flush)] { return flush(stage); };
  return stage;
}

TEST(Stop, WhatAStageHoldsAtASecondRequestIsUnacknowledged) {
  Rig rig;
  stop_twice_at_the_third_batch(rig);
  holder(rig, [](Actor&) { return ADD_FAILURE() << "no time for that", ok; });
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_EQ(summary.absorbed, 0u);
  EXPECT_EQ(summary.unacknowledged, 30u);
  expect_closed(summary);
}

TEST(Stop, ASecondRequestWhileAStageIsFlushedLeavesTheRestUnacknowledged) {
  Rig rig;
  rig.numbers(30, 10);
  holder(rig, [&](Actor& stage) {
    rig.stop.request();
    rig.stop.request();
    penstock_batch* const out = stage.host->allocate(stage.host, 0);
    doubles(*out, 0)[0] = 1;
    out->rows = 1;
    out->holds = 2;
    return stage.host->emit(stage.host, out);
  });
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_EQ(summary.absorbed, 10u) << "of batch 2 and 3 it still holds something";
  EXPECT_EQ(summary.emitted, 1u);
  EXPECT_EQ(summary.unacknowledged, 21u);
  expect_closed(summary);
}

}  // namespace
}  // namespace penstock::execution::test

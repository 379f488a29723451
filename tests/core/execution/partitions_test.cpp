#include "execution/partitions.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "core/execution/rig.hpp"
#include "fixture/failing_memory.hpp"

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using fixture::FailingMemory;
using pipeline::OnBadRow;
using plugin::Rows;

constexpr std::int32_t sensors = 13;

std::int32_t* keys_of(penstock_batch& batch, std::size_t column) {
  return static_cast<std::int32_t*>(batch.column[column].values);
}

/** numbers -> parted -> collector, where `parted` exists as many times as the parameter says. */
class InPartitions : public testing::TestWithParam<std::tuple<std::size_t, std::uint32_t>> {
 protected:
  InPartitions() {
    Actor& numbers = rig.source("numbers", {{"value", batch::Type::f64, false}, {"sensor", batch::Type::key, false}});
    for (std::int32_t i = 0; i < sensors; ++i) (void)numbers.host->intern(numbers.host, std::to_string(i).c_str(), 2);
    numbers.stream = [this](penstock_batch& batch) {
      batch.rows = std::min(rows - next, batch.capacity);
      for (std::int64_t row = 0; row < batch.rows; ++row, ++next) {
        doubles(batch, 0)[row] = static_cast<double>(next);
        keys_of(batch, 1)[row] = static_cast<std::int32_t>(next * 5 % sensors);
      }
      return next == rows ? ended : ok;
    };
  }

  /** What each instance of the stage does; `index` says which it is. */
  void parted(Rows kind, const std::function<std::function<penstock_status(penstock_batch&)>(std::size_t)>& work) {
    rig.stage("parted", kind, {"value", "sensor"}).process = work(0);
    pipeline::NodePlan& first = rig.plan.nodes.back();
    first.on_bad_row = on_bad_row;
    rig.plan.partitions.emplace(pipeline::Partitions{.first = 1, .end = 2, .by = 1});
    for (std::size_t index = 1; index < std::get<0>(GetParam()); ++index) {
      Actor& copy = copies.emplace_back();
      copy.process = work(index);
      copy.host =
          &rig.hosts.add("parted", *first.type.type,
                         {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(std::get<0>(GetParam()))});
      plugin::LoadedType loaded{first.type.type, copy.methods()};
      pipeline::NodePlan node{.name = first.name,
                              .type = loaded,
                              .instance = pipeline::Instance(&copy, loaded),
                              .host = copy.host,
                              .place = first.place,
                              .bindings = first.bindings,
                              .in = first.in,
                              .out = first.out};
      node.on_bad_row = on_bad_row;
      rig.plan.partitions->copies.emplace_back().push_back(std::move(node));
    }
  }
  Actor& instance(std::size_t index) { return index == 0 ? rig.actors[1] : copies[index - 1]; }

  Summary run() { return rig.run({.batch_rows = 64, .threads = std::get<1>(GetParam())}); }

  Rig rig;
  std::deque<Actor> copies;
  OnBadRow on_bad_row = OnBadRow::stop;
  std::int64_t rows = 2000, next = 0;
};

TEST_P(InPartitions, ABatchAllocatesNothingInTheSteadyState) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  rows = 600 * 64;
  parted(Rows::fewer, [](std::size_t) {
    return [](penstock_batch& batch) {
      batch::bits::clear(batch.keep, 0);
      return ok;
    };
  });
  const std::vector<std::size_t>& asked = rig.counting_sink();
  EXPECT_EQ(run().outcome, Outcome::finished);
  ASSERT_EQ(asked.size(), 600u);
  // With threads more buffers than before may be in use at the same moment.
  const std::size_t new_heights = std::get<1>(GetParam()) == 1 ? 0 : 20;
  EXPECT_LE(asked[590] - asked[100], new_heights);
}

TEST_P(InPartitions, RowsComeOutInTheOrderOfTheSource) {
  parted(Rows::same, [](std::size_t) { return [](penstock_batch&) { return ok; }; });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(rig.collected, up_to(2000));
  expect_closed(summary);
  EXPECT_EQ(summary.nodes[1].in, 2000u);
  EXPECT_EQ(summary.delivered, 2000u);
}

TEST_P(InPartitions, AKeyBelongsToOneInstanceWhichSeesItsRowsInOrder) {
  std::mutex mutex;
  std::map<std::int32_t, std::set<std::size_t>> owners;
  std::map<std::int32_t, double> last;
  bool in_order = true;
  parted(Rows::same, [&](std::size_t index) {
    return [&, index](penstock_batch& batch) {
      const std::lock_guard lock(mutex);
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        const std::int32_t key = keys_of(batch, 1)[row];
        owners[key].insert(index);
        in_order = in_order && (!last.contains(key) || last[key] < doubles(batch, 0)[row]);
        last[key] = doubles(batch, 0)[row];
      }
      return ok;
    };
  });
  rig.collector();
  (void)run();
  EXPECT_EQ(last.size(), static_cast<std::size_t>(sensors));
  EXPECT_TRUE(in_order);
  for (const auto& [key, instances] : owners) EXPECT_EQ(instances.size(), 1u) << key;
}

TEST_P(InPartitions, DroppedRowsLeaveNoGap) {
  parted(Rows::fewer, [](std::size_t) {
    return [](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (static_cast<std::int64_t>(doubles(batch, 0)[row]) % 3 != 0) batch::bits::clear(batch.keep, row);
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  std::vector<double> expected;
  for (int i = 0; i < 2000; i += 3) expected.push_back(i);
  EXPECT_EQ(rig.collected, expected);
  EXPECT_EQ(summary.filtered, 2000u - expected.size());
  expect_closed(summary);
}

TEST_P(InPartitions, WhatStandsBeforeABadRowIsDeliveredAndNothingBehindIt) {
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (const double number = doubles(batch, 0)[row]; number == 733 || number == 735 || number == 900)
          return instance(index).reject(row, "is odd");
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(rig.collected, up_to(733));
  EXPECT_EQ(summary.delivered, 733u);
  ASSERT_EQ(rig.found.errors(), 1u);
  EXPECT_EQ(rig.found.begin()->code, Code::PS0503);
  expect_closed(summary);
}

TEST_P(InPartitions, RejectedRowsAreLeftOut) {
  on_bad_row = OnBadRow::reject;
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (doubles(batch, 0)[row] < 10) (void)instance(index).reject(row, "is small");
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.rejected, 10u);
  EXPECT_EQ(rig.collected.size(), 1990u);
  EXPECT_EQ(rig.collected.front(), 10);
  expect_closed(summary);
}

TEST_P(InPartitions, ABatchOnWhichOneOfThemFailsGoesNoFurther) {
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (doubles(batch, 0)[row] == 640 + 30) return instance(index).fail(PENSTOCK_FAILED, "broken");
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(rig.collected, up_to(rig.collected.size()));
  EXPECT_LE(rig.collected.size(), 670u);
  EXPECT_GE(rig.collected.size(), 600u);
  ASSERT_EQ(rig.found.errors(), 1u);
  EXPECT_EQ(rig.found.begin()->code, Code::PS0501);
  expect_closed(summary);
}

TEST_P(InPartitions, ABatchThatFailsAfterABadRowGoesNoFurtherAnywhere) {
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        if (doubles(batch, 0)[row] != 640 + 30) continue;
        (void)instance(index).reject(row, "is odd");
        return instance(index).fail(PENSTOCK_FAILED, "broken");
      }
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(rig.collected, up_to(640)) << "as without partitions: not a part of the batch";
  expect_closed(summary);
}

TEST_P(InPartitions, WhatAFailedInstanceLosesIsNotAcknowledged) {
  // All rows are of one sensor, whose instance fails in its alarm: nobody else loses a row.
  std::atomic<bool> has_failed = false;
  std::vector<std::string> acknowledged;
  Actor& source = rig.actors[0];
  source.stream = [&, batches = 0](penstock_batch& batch) mutable {
    if (batches == 1 && !has_failed) return ok;
    batch.rows = 1;
    doubles(batch, 0)[0] = batches;
    keys_of(batch, 1)[0] = 5;
    batch.position = batches == 0 ? "after the first" : "after the second";
    return ++batches == 2 ? ended : ok;
  };
  source.acknowledge = [&](const char* at) { return acknowledged.emplace_back(at), ok; };
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch&) {
      instance(index).host->wake(instance(index).host, 0);
      return ok;
    };
  });
  for (std::size_t i = 0; i <= copies.size(); ++i)
    instance(i).tick = [&, i](std::int64_t) {
      has_failed = true;
      return instance(i).fail(PENSTOCK_FAILED, "broken");
    };
  for (std::size_t i = 0; i < copies.size(); ++i)
    rig.plan.partitions->copies[i].front().type.methods = copies[i].methods();
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.delivered, 1u);
  EXPECT_EQ(summary.unacknowledged, 1u);
  EXPECT_EQ(acknowledged, std::vector<std::string>{"after the first"});
  expect_closed(summary);
}

TEST_P(InPartitions, OneThatWantsNoMoreEndsTheRunQuietly) {
  parted(Rows::same, [](std::size_t) {
    return [](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (doubles(batch, 0)[row] == 500) return ended;
      return ok;
    };
  });
  rig.collector();
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(rig.collected, up_to(rig.collected.size()));
  EXPECT_GT(rig.collected.size(), 500u);
  EXPECT_LT(rig.collected.size(), 700u);
  expect_closed(summary);
}

TEST_P(InPartitions, AFailingSinkLosesWhatIsUnderWay) {
  parted(Rows::same, [](std::size_t) { return [](penstock_batch&) { return ok; }; });
  Actor& sink = rig.collector();
  sink.consume = [&sink](penstock_batch& batch) {
    return doubles(batch, 0)[0] >= 300 ? sink.fail(PENSTOCK_FAILED, "full") : ok;
  };
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_GT(summary.unacknowledged, 0u);
  expect_closed(summary);
}

TEST_P(InPartitions, AStopDrainsWhatIsUnderWay) {
  parted(Rows::same, [](std::size_t) { return [](penstock_batch&) { return ok; }; });
  Actor& sink = rig.collector();
  const auto consume = sink.consume;
  sink.consume = [this, consume](penstock_batch& batch) {
    if (doubles(batch, 0)[0] >= 300 && rig.stop.level() == 0) rig.stop.request();
    return consume(batch);
  };
  rig.actors[0].seek = [](const char*) { return ok; };  // left where it stands
  const Summary summary = run();
  EXPECT_EQ(summary.outcome, Outcome::stopped);
  EXPECT_EQ(summary.unacknowledged, 0u);
  EXPECT_EQ(rig.collected, up_to(summary.read));
  EXPECT_LT(summary.read, 2000u);
  expect_closed(summary);
}

TEST_P(InPartitions, ASecondStopAccountsForWhatIsUnderWay) {
  parted(Rows::same, [](std::size_t) { return [](penstock_batch&) { return ok; }; });
  Actor& sink = rig.collector();
  sink.consume = [this](penstock_batch& batch) {
    if (doubles(batch, 0)[0] < 300) return ok;
    rig.stop.request();
    rig.stop.request();
    return ok;
  };
  const Summary summary = run();
  EXPECT_GT(summary.unacknowledged, 0u);
  expect_closed(summary);
}

TEST_P(InPartitions, OnlyWhatWasDeliveredIsAcknowledged) {
  parted(Rows::same, [this](std::size_t index) {
    return [this, index](penstock_batch& batch) {
      for (std::int64_t row = 0; row < batch.rows; ++row)
        if (doubles(batch, 0)[row] == 1000) return instance(index).reject(row, "is round");
      return ok;
    };
  });
  Actor& source = rig.actors[0];
  const auto stream = source.stream;
  std::string position;
  source.stream = [stream, &position, this](penstock_batch& batch) {
    const penstock_status status = stream(batch);
    position = std::to_string(next);
    batch.position = position.c_str();
    return status;
  };
  std::vector<std::int64_t> acknowledged;
  source.acknowledge = [&](const char* at) {
    acknowledged.push_back(std::stoll(at));
    return ok;
  };
  rig.collector();
  rig.plan.nodes.back().flush_every_rows = 100;
  (void)run();
  ASSERT_FALSE(acknowledged.empty());
  EXPECT_TRUE(std::ranges::is_sorted(acknowledged));
  EXPECT_LE(acknowledged.back(), 1000);
  EXPECT_LE(static_cast<std::size_t>(acknowledged.back()), rig.flushed);
}

TEST_P(InPartitions, AlarmsReachTheInstanceThatSetThem) {
  std::atomic<int> ticks = 0;
  parted(Rows::same, [this](std::size_t index) {
    return [this, index, woken = false](penstock_batch&) mutable {
      if (!std::exchange(woken, true)) instance(index).host->wake(instance(index).host, 0);
      return ok;
    };
  });
  const auto count = [&](std::int64_t) {
    ++ticks;
    return ok;
  };
  rig.actors[1].tick = count;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    copies[i].tick = count;
    rig.plan.partitions->copies[i].front().type.methods = copies[i].methods();
  }
  rig.collector();
  EXPECT_EQ(run().outcome, Outcome::finished);
  EXPECT_GE(ticks, static_cast<int>(std::min<std::size_t>(std::get<0>(GetParam()), 4)));
  EXPECT_EQ(rig.collected, up_to(2000));
}

TEST_P(InPartitions, ABatchForWhichThereIsNoMemoryIsAccounted) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  parted(Rows::same, [](std::size_t) { return [](penstock_batch&) { return ok; }; });
  bool was_flushed = false;
  rig.collector().flush = [&] {
    was_flushed = true;
    return ok;
  };
  FailingMemory::over_aligned_left = 4;  // two are for the source: it fails while the batch is parted
  const Summary summary = run();
  FailingMemory::over_aligned_left = -1;
  EXPECT_EQ(summary.outcome, Outcome::failed);
  ASSERT_EQ(rig.found.errors(), 1u);
  EXPECT_EQ(rig.found.begin()->code, Code::PS0506);
  expect_closed(summary);
  EXPECT_FALSE(was_flushed) << "nothing came: what the sink would replace stays as it was";
}

TEST_P(InPartitions, OneThatFailsToFlushBeforeARowCameLeavesTheSinkAsItWas) {
  parted(Rows::fewer, [](std::size_t) {
    return [](penstock_batch& batch) {
      std::fill_n(batch.keep, batch::bits::words(batch.rows), 0);
      return ok;
    };
  });
  rig.actors[1].flush = [this] { return rig.actors[1].fail(PENSTOCK_FAILED, "broken"); };
  bool was_flushed = false;
  rig.collector().flush = [&] {
    was_flushed = true;
    return ok;
  };
  EXPECT_EQ(run().outcome, Outcome::failed);
  EXPECT_FALSE(was_flushed);
}

INSTANTIATE_TEST_SUITE_P(By, InPartitions, testing::Combine(testing::Values(2u, 3u, 8u), testing::Values(1u, 2u, 4u)));

}  // namespace
}  // namespace penstock::execution::test

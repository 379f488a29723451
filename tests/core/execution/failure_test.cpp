#include <limits>

#include "core/execution/rig.hpp"

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using plugin::Rows;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const batch::Schema value{{"value", batch::Type::f64, false}};

/** A stage that passes everything until its second batch, on which it does `fault`. */
struct FaultyStage : Rig {
  explicit FaultyStage(Rows rows, std::function<penstock_status(penstock_batch&)> fault) {
    numbers(30, 10);
    Actor& made = stage("faulty", rows, {"value"}, rows == Rows::any ? value : batch::Schema{});
    made.process = [fault = std::move(fault), calls = 0](penstock_batch& batch) mutable {
      return ++calls == 2 ? fault(batch) : ok;
    };
    collector();
  }
};

TEST(Failure, CountsFromOneWhateverRowAPluginNames) {
  FaultyStage rig(Rows::same, {});
  Actor& faulty = rig.actors[1];
  faulty.process = [&](penstock_batch&) {
    return faulty.fail(PENSTOCK_FAILED, "no", std::numeric_limits<std::int64_t>::max());
  };
  (void)rig.run();
  EXPECT_THAT(rig.found[0].notes, Contains("at row 9223372036854775808"));
}

TEST(Failure, NamesNodeTypeLibraryBatchAndThePluginsWords) {
  FaultyStage rig(Rows::same, {});
  Actor& faulty = rig.actors[1];
  faulty.process = [&, calls = 0](penstock_batch&) mutable {
    return ++calls == 2 ? faulty.fail(PENSTOCK_FAILED, "out of range", 7) : ok;
  };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  ASSERT_EQ(rig.found.size(), 1u);
  const auto& found = rig.found[0];
  EXPECT_EQ(found.code, Code::PS0501);
  EXPECT_EQ(found.summary, "`faulty` failed in `process`: out of range");
  EXPECT_EQ(found.place.line, 2u);
  EXPECT_THAT(found.notes, Contains("type `faulty_type` of libfaulty.so, batch 2"));
  EXPECT_THAT(found.notes, Contains("at row 8"));
  EXPECT_EQ(rig.collected, up_to(10)) << "what went before is delivered";
  EXPECT_EQ(summary.delivered, 10u);
  EXPECT_EQ(summary.unacknowledged, 10u);
  expect_closed(summary);
}

TEST(Failure, AStatusThatIsNoneIsABugOfThePlugin) {
  for (const penstock_status status : {7, -99, int{PENSTOCK_STOP}}) {
    FaultyStage rig(Rows::same, [status](penstock_batch&) { return status; });
    expect_closed(rig.run());
    ASSERT_EQ(rig.found.size(), 1u);
    EXPECT_THAT(rig.found[0].notes, Contains(HasSubstr("no answer to it")));
  }
}

TEST(Failure, AnExceptionEndsTheRunAndNotTheHost) {
  FaultyStage rig(Rows::same, [](penstock_batch&) -> penstock_status { throw 1; });
  expect_closed(rig.run());
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_THAT(rig.found[0].summary, HasSubstr("let an exception out"));
}

struct Breach {
  std::string name;
  Rows rows;
  std::function<penstock_status(Actor&, penstock_batch&)> act;
  std::string words;
};

class Contract : public testing::TestWithParam<Breach> {};

TEST_P(Contract, IsCheckedAfterEveryCall) {
  FaultyStage rig(GetParam().rows, {});
  Actor& actor = rig.actors[1];
  actor.process = [&, calls = 0](penstock_batch& batch) mutable {
    return ++calls == 2 ? GetParam().act(actor, batch) : ok;
  };
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0502);
  EXPECT_THAT(rig.found[0].summary, HasSubstr(GetParam().words));
}

penstock_batch* lend(const Actor& actor) { return actor.host->allocate(actor.host, 0); }

INSTANTIATE_TEST_SUITE_P(
    Breaches, Contract,
    testing::Values(
        Breach{"DropsThoughSame", Rows::same, [](Actor&, penstock_batch& batch) { return batch.keep[0] = 1, ok; },
               "dropped 9 rows"},
        Breach{"AllocatesThoughSame", Rows::same,
               [](Actor& actor, penstock_batch&) { return lend(actor) == nullptr ? ok : PENSTOCK_FAILED; }, "rows:any"},
        Breach{"EmitsWhatItWasNotLent", Rows::any,
               [](Actor& actor, penstock_batch& batch) { return actor.host->emit(actor.host, &batch); }, "not lent"},
        Breach{"EmitsTwice", Rows::any,
               [](Actor& actor, penstock_batch&) {
                 penstock_batch* const out = lend(actor);
                 (void)actor.host->emit(actor.host, out);
                 return actor.host->emit(actor.host, out);
               },
               "not lent"},
        Breach{"EmitsMoreThanThereIsRoomFor", Rows::any,
               [](Actor& actor, penstock_batch&) {
                 penstock_batch* const out = lend(actor);
                 out->rows = out->capacity + 1;
                 return actor.host->emit(actor.host, out);
               },
               "with room for"},
        Breach{"RaisesTheRoomOfWhatItEmits", Rows::any,
               [](Actor& actor, penstock_batch&) {
                 penstock_batch* const out = lend(actor);
                 out->rows = out->capacity = 1'000'000;
                 return actor.host->emit(actor.host, out);
               },
               "with room for 4096"},
        Breach{"RetriesAfterItEmitted", Rows::any,
               [](Actor& actor, penstock_batch&) {
                 penstock_batch* const out = lend(actor);
                 doubles(*out, 0)[0] = 1;
                 out->rows = 1;
                 (void)actor.host->emit(actor.host, out);
                 return PENSTOCK_RETRY;
               },
               "answered PENSTOCK_RETRY (nothing was taken) after it had emitted rows"},
        Breach{"CutsItsInput", Rows::fewer, [](Actor&, penstock_batch& batch) { return batch.rows = 1, ok; },
               "set `rows` of its input from 10 to 1 (rows are dropped by clearing bits of `keep`)"},
        Breach{"ReplacesTheBits", Rows::fewer,
               [](Actor&, penstock_batch& batch) {
                 static std::uint64_t none = 0;
                 return batch.keep = &none, ok;
               },
               "in the place of `keep`"},
        Breach{"HoldsWhatHasNotCome", Rows::any,
               [](Actor& actor, penstock_batch&) {
                 penstock_batch* const out = lend(actor);
                 out->holds = 3;
                 return actor.host->emit(actor.host, out);
               },
               "holds batch 3"},
        Breach{"RejectsARowThatIsNotThere", Rows::same,
               [](Actor& actor, penstock_batch& batch) { return actor.reject(batch.rows, "no"), ok; },
               "does not have"}),
    [](const auto& test) { return test.param.name; });

TEST(Failure, ASourceThatSetsMoreRowsThanThereIsRoomFor) {
  Rig rig;
  rig.source("liar", value).stream = [](penstock_batch& batch) { return batch.rows = batch.capacity + 1, ok; };
  rig.collector();
  expect_closed(rig.run());
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0502);
}

TEST(Failure, OnlyProcessTickAndFlushMayEmit) {
  for (const bool opens : {true, false}) {
    Rig rig;
    rig.numbers(10, 10);
    Actor& stage = rig.stage("emits", Rows::any, {"value"}, value);
    stage.process = [](penstock_batch&) { return ok; };
    (opens ? stage.open : stage.close) = [&] { return lend(stage) == nullptr ? ok : PENSTOCK_FAILED; };
    rig.collector();
    const Summary summary = rig.run();
    EXPECT_EQ(summary.outcome, Outcome::failed);
    expect_closed(summary);
    ASSERT_EQ(rig.found.size(), 1u);
    EXPECT_EQ(rig.found[0].summary, "`emits` asked for a batch to emit, as only process, tick and flush may, in `" +
                                        std::string(opens ? "open" : "close") + "`");
  }
}

TEST(Failure, ASourceMayRejectInStreamOnly) {
  Rig rig;
  Actor& source = rig.numbers(10, 10);
  source.close = [&] { return source.reject_raw("a.csv:3", "x", "too late"), ok; };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].summary, "`numbers` rejected a row of no batch in `close`");
}

TEST(Failure, AKeyThatWasNeverInternedGoesNoFurther) {
  Rig rig;
  Actor& source = rig.source("keys", {{"sensor_id", batch::Type::key, false}});
  source.stream = [&](penstock_batch& batch) {
    auto* const codes = static_cast<std::int32_t*>(batch.column[0].values);
    codes[0] = source.host->intern(source.host, "a", 1);
    codes[1] = -1;
    batch.rows = 2;
    return ended;
  };
  rig.sink("none").consume = [](penstock_batch&) { return ok; };
  expect_closed(rig.run());
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_THAT(rig.found[0].summary, HasSubstr("row 1 of `sensor_id`"));
}

TEST(Failure, NamesTheLimitOfKeysWhenThereIsNoRoomForAnother) {
  FaultyStage rig(Rows::same, {});
  rig.plan.max_keys = 2;
  Actor& faulty = rig.actors[1];
  faulty.process = [&](penstock_batch&) {
    for (const char* key : {"a", "b", "c"})
      if (faulty.host->intern(faulty.host, key, 1) < 0) return faulty.fail(PENSTOCK_FAILED, "one key too many");
    return ok;
  };
  (void)rig.run();
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_THAT(rig.found[0].notes, Contains("the run has as many different keys as it may: 2, by `max_keys`"));
  EXPECT_THAT(rig.found[0].help, Contains(HasSubstr("`max_keys:`")));
}

TEST(Failure, RetryMeansTheSameCallAgain) {
  Rig rig;
  rig.numbers(10, 10);
  int calls = 0;
  Actor& stage = rig.stage("busy", Rows::fewer, {"value"});
  stage.process = [&](penstock_batch& batch) {
    EXPECT_EQ(batch.keep[0], 0x3ffu) << "all bits are set again";
    batch::bits::clear(batch.keep, 0);
    return ++calls < 3 ? stage.fail(PENSTOCK_RETRY, "busy") : ok;
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(summary.filtered, 1u);
  expect_closed(summary);
}

TEST(Failure, NothingThatAPluginWroteIsLeftForTheNextAttempt) {
  Rig rig;
  rig.numbers(100, 100);
  int calls = 0;
  Actor& stage = rig.stage("busy", Rows::same, {"value"}, {{"twice", batch::Type::f64, true}});
  stage.process = [&](penstock_batch& batch) {
    EXPECT_EQ(batch.rows, 100);
    EXPECT_EQ(doubles(batch, 0)[99], 99);
    EXPECT_TRUE(batch::bits::test(batch.column[1].valid, 3));
    if (++calls == 2) return ok;
    batch::bits::clear(batch.column[1].valid, 3);
    batch.column[0].values = nullptr;
    batch.column += 1;
    batch.keep = nullptr;
    batch.rows = std::int64_t{1} << 33;
    return stage.fail(PENSTOCK_RETRY, "busy");
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(summary.delivered, 100u);
  expect_closed(summary);
}

TEST(Failure, NothingThatAPluginWroteIsLeftForTheNextBatch) {
  Rig rig;
  rig.numbers(20, 10);
  rig.stage("moves", Rows::same, {"value"}).process = [](penstock_batch& batch) {
    EXPECT_EQ(doubles(batch, 0)[9], batch.sequence == 1 ? 9 : 19);
    return batch.column += 1, ok;
  };
  rig.collector();
  EXPECT_EQ(rig.run().delivered, 20u);
}

TEST(Failure, AnAttemptOfASourceLeavesNothingToTheNext) {
  static int released;
  released = 0;
  Rig rig;
  int calls = 0;
  std::vector<std::string> acknowledged;
  Actor& source = rig.source("busy", {{"value", batch::Type::f64, true}});
  source.stream = [&](penstock_batch& batch) {
    EXPECT_EQ(batch.arrow->release, nullptr);
    EXPECT_EQ(batch.position, nullptr);
    EXPECT_EQ(batch.wait_ns, 0);
    EXPECT_EQ(batch.wait_handle, -1);
    EXPECT_EQ(batch.sequence, 1u);
    EXPECT_TRUE(batch::bits::test(batch.column[0].valid, 0));
    batch.rows = 1;
    doubles(batch, 0)[0] = 7;
    if (++calls == 2) return ended;
    batch.arrow->release = [](ArrowArray* array) {
      ++released;
      array->release = nullptr;
    };
    batch.position = "too far";
    batch.wait_ns = 1;
    batch.wait_handle = 0;
    batch::bits::clear(batch.column[0].valid, 0);
    return source.fail(PENSTOCK_RETRY, "busy");
  };
  source.acknowledge = [&](const char* at) { return acknowledged.emplace_back(at), ok; };
  rig.collector();
  EXPECT_EQ(rig.run().delivered, 1u);
  EXPECT_EQ(released, 1);
  EXPECT_THAT(acknowledged, testing::IsEmpty());
}

TEST(Failure, RetryDoesNotGoOnForEver) {
  Rig rig;
  rig.numbers(10, 10);
  Actor& sink = rig.sink("busy");
  sink.consume = [&](penstock_batch&) { return sink.fail(PENSTOCK_RETRY, "database is locked"); };
  rig.stop.request();  // one attempt more, at once: the test need not wait
  const Summary summary = rig.run({.limit = 10});
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_THAT(rig.found[0].summary, HasSubstr("database is locked"));
  EXPECT_THAT(rig.found[0].notes, Contains("tried 2 times"));
  EXPECT_EQ(summary.unacknowledged, 10u);
  expect_closed(summary);
}

TEST(Failure, NodesBehindTheFailedOneStillFlush) {
  Rig rig;
  rig.numbers(30, 10);
  Actor& faulty = rig.stage("faulty", Rows::same, {"value"});
  faulty.process = [&, calls = 0](penstock_batch&) mutable {
    return ++calls == 2 ? faulty.fail(PENSTOCK_FAILED, "no") : ok;
  };
  faulty.flush = [] { return ADD_FAILURE() << "a failed node is only closed", ok; };
  Actor& window = rig.stage("window", Rows::any, {"value"}, value);
  window.process = [](penstock_batch&) { return ok; };
  window.flush = [&] {
    penstock_batch* const out = lend(window);
    doubles(*out, 0)[0] = 5;
    out->rows = 1;
    return window.host->emit(window.host, out);
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_THAT(rig.collected, ElementsAre(5));
  EXPECT_EQ(summary.delivered, 1u);
  expect_closed(summary);
}

TEST(Failure, ASinkThatGotNoRowBeforeItIsNotFlushed) {
  for (const std::int64_t good_batches : {0, 1}) {
    Rig rig;
    rig.numbers(20, 10);
    Actor& faulty = rig.stage("faulty", Rows::same, {"value"});
    faulty.process = [&, calls = std::int64_t{0}](penstock_batch&) mutable {
      return calls++ == good_batches ? faulty.fail(PENSTOCK_FAILED, "no") : ok;
    };
    int flushes = 0;
    rig.collector().flush = [&] { return ++flushes, ok; };
    const Summary summary = rig.run();
    EXPECT_EQ(summary.outcome, Outcome::failed);
    EXPECT_EQ(flushes, good_batches) << "a sink that replaces something must not do it for nothing";
    expect_closed(summary);
  }
}

TEST(Failure, ABatchThatAStageKeepsIsTakenBack) {
  Rig rig;
  rig.numbers(20, 10);
  Actor& stage = rig.stage("keeps", Rows::any, {"value"}, value);
  std::vector<penstock_batch*> lent;
  stage.process = [&](penstock_batch&) { return lent.push_back(lend(stage)), ok; };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_EQ(lent[0], lent[1]) << "the same one is lent again";
  expect_closed(summary);
}

}  // namespace
}  // namespace penstock::execution::test

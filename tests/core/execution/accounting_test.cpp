#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "core/execution/rig.hpp"

namespace penstock::execution::test {
namespace {

using diagnostic::Code;
using pipeline::OnBadRow;
using plugin::Rows;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const batch::Schema value{{"value", batch::Type::f64, false}};

penstock_status emit_one(const Actor& stage, double number, std::uint64_t holds = 0) {
  penstock_batch* const out = stage.host->allocate(stage.host, 0);
  doubles(*out, 0)[0] = number;
  out->rows = 1;
  out->holds = holds;
  return stage.host->emit(stage.host, out);
}

std::string read_file(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::filesystem::path scratch(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) /
         (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + "-" + name);
}

TEST(Accounting, ClosesForStagesThatEmitAddDropAndReject) {
  Rig rig;
  rig.numbers(30, 10);  // three batches
  Actor& emits = rig.stage("emits", Rows::any, {"value"}, value);
  emits.process = [&, calls = 0](penstock_batch& batch) mutable {
    static constexpr int batches[] = {0, 1, 3};
    for (int i = 0; i < batches[calls]; ++i) {
      penstock_batch* const out = emits.host->allocate(emits.host, 0);
      for (std::int64_t row = 0; row < 5; ++row)
        doubles(*out, 0)[row] = doubles(batch, 0)[0] + 100.0 * i + static_cast<double>(row);
      out->rows = 5;
      if (const penstock_status status = emits.host->emit(emits.host, out); status != ok) return status;
    }
    ++calls;
    return ok;
  };
  emits.flush = [&] {
    const penstock_status first = emit_one(emits, 1000);
    return first == ok ? emit_one(emits, 1001) : first;
  };
  rig.stage("adds", Rows::same, {"value"}, {{"half", batch::Type::f64, false}}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row) doubles(batch, 1)[row] = doubles(batch, 0)[row] / 2;
    return ok;
  };
  rig.stage("drops", Rows::fewer, {"value"}).process = [](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row)
      if (static_cast<int>(doubles(batch, 0)[row]) % 5 == 1) batch::bits::clear(batch.keep, row);
    return ok;
  };
  Actor& rejects = rig.stage("rejects", Rows::same, {"value", "half"});
  rejects.process = [&](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row)
      if (static_cast<int>(doubles(batch, 0)[row]) % 5 == 2) {
        EXPECT_EQ(rejects.reject(row, "ends in two", 1), ok);
      }
    return ok;
  };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = scratch("rejects.ndjson");
  rig.collector();

  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::finished);
  EXPECT_THAT(rig.collected, ElementsAre(10, 13, 14, 20, 23, 24, 120, 123, 124, 220, 223, 224, 1000));
  EXPECT_EQ(summary.read, 30u);
  EXPECT_EQ(summary.absorbed, 30u);
  EXPECT_EQ(summary.emitted, 22u);
  EXPECT_EQ(summary.filtered, 5u);
  EXPECT_EQ(summary.rejected, 4u);
  EXPECT_EQ(summary.delivered, 13u);
  EXPECT_EQ(summary.unacknowledged, 0u);
  expect_closed(summary);
  EXPECT_THAT(
      read_file(*rig.node("rejects").rejects),
      HasSubstr(
          R"({"node":"rejects","place":null,"column":"half","reason":"ends in two","row":{"value":12,"half":6}})"));
}

TEST(Accounting, EndsARunAtABadRowAfterTheRowsBeforeItWereDelivered) {
  Rig rig;
  rig.numbers(30, 10);
  Actor& stage = rig.stage("strict", Rows::fewer, {"value"});
  stage.process = [&](penstock_batch& batch) {
    for (std::int64_t row = 0; row < batch.rows; ++row) {
      if (doubles(batch, 0)[row] == 11) batch::bits::clear(batch.keep, row);
      if (doubles(batch, 0)[row] == 14) return stage.reject(row, "is fourteen", 0);
    }
    return ok;
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(rig.collected.size(), 13u);
  EXPECT_EQ(rig.collected.back(), 13);
  EXPECT_EQ(summary.delivered, 13u);
  EXPECT_EQ(summary.filtered, 1u);
  EXPECT_EQ(summary.rejected, 1u);
  EXPECT_EQ(summary.unacknowledged, 5u);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0503);
  EXPECT_EQ(rig.found[0].summary, "`strict` rejected row 5 of batch 2, column `value`: is fourteen");
}

TEST(Accounting, SaysWhatItWouldMeanToRejectSuchRows) {
  Rig rig;
  rig.numbers(8, 8);
  Actor& stage = rig.stage("strict", Rows::fewer, {"value"});
  stage.process = [&](penstock_batch&) { return stage.reject(3, "is three; set `x: 4`"); };
  rig.collector();
  (void)rig.run();
  EXPECT_THAT(
      rig.found[0].help,
      ElementsAre("mend the row; `on_bad_row: reject` at the node would leave out all such rows, and count them"));
}

TEST(Accounting, LooksAtNoRowBehindTheOneThatEndsTheRun) {
  Rig rig;
  rig.numbers(128, 128);
  Actor& stage = rig.stage("adds_keys", Rows::same, {"value"}, {{"sensor_id", batch::Type::key, false}});
  stage.process = [&](penstock_batch& batch) {
    auto* const codes = static_cast<std::int32_t*>(batch.column[1].values);
    std::fill_n(codes, batch.rows, -1);  // as memory of the pool may come
    std::fill_n(codes, 3, stage.host->intern(stage.host, "a", 1));
    return stage.reject(3, "is three");
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(rig.collected, up_to(3));
  EXPECT_EQ(summary.delivered, 3u);
  EXPECT_EQ(summary.rejected, 1u);
  EXPECT_EQ(summary.unacknowledged, 124u);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0503);
}

TEST(Accounting, CountsWhatASourceRejectsAsReadAndRejected) {
  Rig rig;
  Actor& source = rig.source("lines", value);
  source.stream = [&, calls = 0](penstock_batch& batch) mutable {
    EXPECT_EQ(source.reject_raw("a.csv:3", "x,\xff", "expected 3 fields"), ok);
    doubles(batch, 0)[0] = calls;
    batch.rows = 1;
    return ++calls == 2 ? ended : ok;
  };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = scratch("rejects.ndjson");
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.read, 4u);
  EXPECT_EQ(summary.rejected, 2u);
  EXPECT_EQ(summary.delivered, 2u);
  expect_closed(summary);
  EXPECT_THAT(
      read_file(*rig.node("lines").rejects),
      HasSubstr(
          R"({"node":"lines","place":"a.csv:3","column":null,"reason":"expected 3 fields","raw_base64":"eCz/"})"));
}

TEST(Accounting, ARejectedLineOfAnyLengthComesBackFromTheFile) {
  Rig rig;
  std::string longer = "x";
  for (int i = 0; i < 40'000; ++i) longer += "\u00e9";
  Actor& source = rig.source("lines", value);
  source.stream = [&](penstock_batch&) {
    for (const std::string_view raw : {"", "\xff", "\xff\xfe", "caf\u00e9"})
      EXPECT_EQ(source.reject_raw("a.csv:3", raw, "no"), ok);
    EXPECT_EQ(source.reject_raw("a.csv:4", longer, "no"), ok);
    return ended;
  };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = scratch("rejects.ndjson");
  rig.collector();
  EXPECT_EQ(rig.run().rejected, 5u);
  const std::string text = read_file(*rig.node("lines").rejects);
  EXPECT_THAT(text, HasSubstr(R"("raw":null})"));
  EXPECT_THAT(text, HasSubstr(R"("raw_base64":"/w=="})"));
  EXPECT_THAT(text, HasSubstr(R"("raw_base64":"//4="})"));
  EXPECT_THAT(text, HasSubstr("\"raw\":\"caf\u00e9\"}"));
  EXPECT_THAT(text, HasSubstr("\"raw\":\"" + longer.substr(0, 65'535) + "\",\"raw_size\":80001}"));
}

TEST(Accounting, ARejectsFileThatCannotBeWrittenFailsTheNodeAtOnce) {
  Rig rig;
  std::vector<std::string> acknowledged;
  Actor& source = rig.numbers(30, 10);
  source.stream = [inner = source.stream](penstock_batch& batch) {
    batch.position = "first";
    return inner(batch);
  };
  source.acknowledge = [&](const char* at) { return acknowledged.emplace_back(at), ok; };
  Actor& stage = rig.stage("strict", Rows::same, {"value"});
  stage.process = [&](penstock_batch&) { return stage.reject(3, "no"), ok; };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = "/dev/full";
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(summary.read, 10u);
  EXPECT_EQ(summary.delivered, 9u);
  EXPECT_THAT(acknowledged, testing::IsEmpty());
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0505);
}

TEST(Accounting, RefusesToRunWithARejectsFileThatCannotBeMade) {
  Rig rig;
  rig.source("lines", value).stream = [](penstock_batch&) { return ended; };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = scratch("no-such-folder") / "rejects.ndjson";
  rig.collector();
  EXPECT_EQ(rig.run().outcome, Outcome::failed);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0505);
  const std::string folder = "`" + scratch("no-such-folder").string() + "`";
  EXPECT_EQ(rig.found[0].summary, "the rejects file cannot be made: its directory " + folder + " does not exist");
  EXPECT_THAT(rig.found[0].help, testing::ElementsAre("create it, or name a file in another directory"));
}

TEST(Accounting, DoesNotWaitForAReaderOfARejectsFileThatIsAFifo) {
  const auto fifo = scratch("fifo");
  std::filesystem::remove(fifo);
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  Rig rig;
  rig.source("lines", value).stream = [](penstock_batch&) { return ended; };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = fifo;
  rig.collector();
  EXPECT_EQ(rig.run().outcome, Outcome::failed);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].code, Code::PS0505);
}

TEST(Accounting, EndsARunAtABadLineAfterTheRowsBeforeItWereDelivered) {
  Rig rig;
  Actor& source = rig.source("lines", value);
  source.stream = [&](penstock_batch& batch) {
    doubles(batch, 0)[0] = 1;
    batch.rows = 1;
    return source.reject_raw("a.csv:3", "x,y", "expected 3 fields");
  };
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_EQ(summary.delivered, 1u);
  EXPECT_EQ(summary.rejected, 1u);
  expect_closed(summary);
  ASSERT_EQ(rig.found.size(), 1u);
  EXPECT_EQ(rig.found[0].summary, "`lines` rejected a.csv:3: expected 3 fields");
}

TEST(Accounting, ForgetsTheRejectionsOfACallThatFails) {
  Rig rig;
  rig.numbers(10, 10);
  Actor& stage = rig.stage("strict", Rows::same, {"value"});
  stage.process = [&](penstock_batch&) {
    (void)stage.reject(3, "no");
    return stage.fail(PENSTOCK_FAILED, "after all");
  };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.plan.nodes.back().rejects = scratch("rejects.ndjson");
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.rejected, 0u);
  EXPECT_EQ(summary.unacknowledged, 10u);
  expect_closed(summary);
  EXPECT_EQ(read_file(*rig.node("strict").rejects), "");
}

/** A source of 1, null, 3, null, 5. */
void nullable(Rig& rig) {
  rig.source("gaps", {{"value", batch::Type::f64, true}}).stream = [](penstock_batch& batch) {
    batch.rows = 5;
    for (std::int64_t row = 0; row < 5; ++row) {
      doubles(batch, 0)[row] = static_cast<double>(row + 1);
      if (row % 2 == 1) batch::bits::clear(batch.column[0].valid, row);
    }
    return ended;
  };
}

TEST(Accounting, RejectsNullRowsBeforeAPluginThatTakesNone) {
  Rig rig;
  nullable(rig);
  rig.stage("plain", Rows::same, {"value"}).process = [](penstock_batch& batch) {
    EXPECT_EQ(batch.rows, 3);
    EXPECT_EQ(batch.column[0].valid, nullptr);
    return ok;
  };
  rig.plan.nodes.back().bindings[0].reject_nulls = true;
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_THAT(rig.collected, ElementsAre(1, 3, 5));
  EXPECT_EQ(summary.rejected, 2u);
  expect_closed(summary);
}

TEST(Accounting, EndsARunAtANullThatAPluginDoesNotTake) {
  Rig rig;
  nullable(rig);
  rig.stage("plain", Rows::same, {"value"}).process = [](penstock_batch&) { return ok; };
  rig.plan.nodes.back().bindings[0].reject_nulls = true;
  rig.collector();
  const Summary summary = rig.run();
  EXPECT_EQ(summary.outcome, Outcome::failed);
  EXPECT_THAT(rig.collected, ElementsAre(1));
  EXPECT_EQ(summary.rejected, 1u);
  EXPECT_EQ(summary.unacknowledged, 3u);
  expect_closed(summary);
  EXPECT_THAT(rig.found[0].summary, HasSubstr("row 2 of batch 1, column `value`: is null"));
  EXPECT_THAT(rig.found[0].help,
              testing::Contains(HasSubstr("has the value `r.value.value` where `r.value.valid` is true")));
}

TEST(Accounting, SinkRejectionsAreNotDelivered) {
  Rig rig;
  rig.numbers(10, 10);
  Actor& sink = rig.sink("table");
  sink.consume = [&](penstock_batch&) { return sink.reject(2, "duplicate"), ok; };
  rig.plan.nodes.back().on_bad_row = OnBadRow::reject;
  const Summary summary = rig.run();
  EXPECT_EQ(summary.delivered, 9u);
  EXPECT_EQ(summary.rejected, 1u);
  expect_closed(summary);
}

}  // namespace
}  // namespace penstock::execution::test

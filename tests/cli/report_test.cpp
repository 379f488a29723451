#include "cli/report.hpp"

#include <gmock/gmock.h>

namespace penstock::cli {
namespace {

using namespace std::chrono_literals;
using execution::NodeTotals;
using testing::HasSubstr;

RunReport plant() {
  RunReport report;
  report.pipeline = "plant";
  report.summary.emplace();
  report.summary->nodes = {
      {.node = "csv_reader", .type = "csv_reader", .out = 22'695, .emitted = 22'695, .batches = 6, .time = 12'100us},
      {.node = "filter",
       .type = "threshold_filter",
       .in = 22'695,
       .out = 22'690,
       .passed = 22'690,
       .filtered = 5,
       .batches = 6,
       .time = 85us}};
  report.summary->read = 22'695;
  report.summary->delivered = 22'690;
  report.summary->filtered = 5;
  report.summary->elapsed = 500ms;
  report.summary->keys = 1'001;
  report.summary->max_keys = 4'194'304;
  for (int i = 0; i < 100; ++i) report.summary->latency.add(i < 98 ? 1'000'000 : 3'000'000, 10);
  for (NodeTotals& node : report.summary->nodes) node.latency.add(15'000, 6);
  report.change_log = "plant.changes";
  report.changes = changelog::Totals{.changes = 1'062, .head = "00ff"};
  return report;
}

TEST(ReportText, IsAPageThatAPersonReads) {
  EXPECT_EQ(report_text(plant()), R"(plant: finished after 500 ms

  NODE         TYPE               ROWS IN   ROWS OUT   BATCHES      TIME       P99
  csv_reader   csv_reader               0     22,695         6   12.1 ms   15.0 µs
  filter       threshold_filter    22,695     22,690         6   85.0 µs   15.0 µs

  read             22,695   45,390 rows per second
  emitted               0
  delivered        22,690
  filtered              5
  rejected              0
  absorbed              0
  unacknowledged        0
  keys              1,001   of at most 4,194,304
  latency                   p99 from arrival to sink 3.00 ms, median 1.02 ms, longest 3.00 ms
  changes           1,062   recorded in plant.changes
  head             00ff
)");
}

TEST(ReportText, SaysThatTheChangeLogIsOff) {
  RunReport report = plant();
  report.changes.reset();
  EXPECT_THAT(report_text(report), HasSubstr("  changes               -   not recorded: the change log is off\n"));
}

TEST(ReportJson, HasAFormatAndEveryNumber) {
  const std::string json = report_json(plant());
  EXPECT_THAT(json,
              HasSubstr(R"({"format":1,"pipeline":"plant","outcome":"finished","status":0,"totals":{"read":22695,)"));
  EXPECT_THAT(json, HasSubstr(R"("elapsed_ns":500000000,"rows_per_second":45390,"keys":1001,"latency":{"p50_ns":)"));
  EXPECT_THAT(json, HasSubstr(R"({"node":"filter","type":"threshold_filter","in":22695,"out":22690,"passed":22690,)"));
  EXPECT_THAT(json, HasSubstr(R"("change_log":{"directory":"plant.changes","changes":1062,)"));
  EXPECT_THAT(json, HasSubstr(R"("diagnostics":[]})"));
}

TEST(ReportJson, KeepsItsKeysWhenNothingRan) {
  RunReport report;
  report.pipeline = "plant";
  report.status = Status::usage;
  report.found.add({.code = diagnostic::Code::PS0401, .summary = "s"});
  EXPECT_THAT(report_json(report),
              HasSubstr(R"("outcome":"not started","status":2,"totals":null,"nodes":[],"change_log":null,)"));
}

}  // namespace
}  // namespace penstock::cli

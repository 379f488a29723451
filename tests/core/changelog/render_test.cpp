#include "changelog/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace penstock::changelog {
namespace {

Change processed() {
  Change change;
  change.sequence = 25;
  change.time_ns = 1'764'034'881'500'000'000;
  change.run = "plant";
  change.run_number = 3;
  change.node = "filter";
  change.metric = "processed";
  change.label = "records_processed";
  change.old_value = std::uint64_t{23};
  change.new_value = std::uint64_t{24};
  return change;
}

TEST(LiveLine, ShowsLabelOldAndNew) {
  Change change = processed();
  EXPECT_EQ(live_line(change), "[AUDIT] filter records_processed: 23 → 24");
  change.node.clear();
  EXPECT_EQ(live_line(change), "[AUDIT] records_processed: 23 → 24");
}

TEST(LiveLine, SaysWhatWasWrong) {
  Change change = processed();
  change.kind = Kind::rejected;
  change.new_value = -1.0;
  change.reason = "less than 0";
  EXPECT_EQ(live_line(change), "[AUDIT] filter records_processed: 23 → -1 rejected (less than 0)");
}

TEST(LiveLine, NeverSteersATerminal) {
  Change change = processed();
  change.label = "x\x1b[2J";
  EXPECT_EQ(live_line(change), "[AUDIT] filter x\\x1b[2J: 23 → 24");
}

TEST(NdjsonLine, AlwaysHasAllKeys) {
  EXPECT_EQ(ndjson_line(processed()),
            R"({"seq":25,"time":"2025-11-25T01:41:21.500Z","run":"plant#3","node":"filter","metric":"processed",)"
            R"("label":"records_processed","kind":"change","old":23,"new":24,"reason":""})");
}

TEST(NdjsonLine, TellsUnsetFromNotFinite) {
  Change change = processed();
  change.sequence = 0;
  change.old_value = {};
  change.new_value = -std::numeric_limits<double>::infinity();
  EXPECT_THAT(ndjson_line(change), testing::StartsWith(R"({"seq":null,)"));
  EXPECT_THAT(ndjson_line(change), testing::HasSubstr(R"("old":null,"new":"-inf")"));
  change.new_value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(ndjson_line(change), testing::HasSubstr(R"("new":"nan")"));
  change.new_value = std::string("a \"text\"");
  EXPECT_THAT(ndjson_line(change), testing::HasSubstr(R"("new":"a \"text\"")"));
}

TEST(ColumnLine, StandsUnderItsHeading) {
  const std::string line = column_line(processed());
  for (const auto& [word, cell] : {std::pair("seq", "25"),
                                   {"time", "2025-11-25T01:41:21.500Z"},
                                   {"run", "plant#3"},
                                   {"node", "filter"},
                                   {"kind", "change"},
                                   {"old", "23 →"}})
    EXPECT_EQ(line.find(cell), column_heading().find(word)) << cell;
  EXPECT_THAT(line, testing::EndsWith("23 → 24"));
}

TEST(TimeText, HasAsManyDigitsAsTheTimeNeeds) {
  EXPECT_EQ(time_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(time_text(1'000'000), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(time_text(1'000), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(time_text(1), "1970-01-01T00:00:00.000000001Z");
  EXPECT_EQ(time_text(-1), "1969-12-31T23:59:59.999999999Z");
}

TEST(TimeText, HoldsTheFirstAndTheLastOfAllTimes) {
  EXPECT_EQ(time_text(std::numeric_limits<std::int64_t>::min()), "1677-09-21T00:12:43.145224192Z");
  EXPECT_EQ(time_text(std::numeric_limits<std::int64_t>::max()), "2262-04-11T23:47:16.854775807Z");
}

TEST(ValueText, ReadsBackTheSame) {
  EXPECT_EQ(value_text(0.1), "0.1");
  EXPECT_EQ(value_text(1e300), "1e+300");
  EXPECT_EQ(value_text(25.0), "25");
  EXPECT_EQ(value_text(true), "true");
  EXPECT_EQ(value_text({}), "unset");
}

TEST(AKind, HasANameThatFindsIt) {
  for (const Kind kind : {Kind::change, Kind::rejected, Kind::parameter, Kind::lifecycle})
    EXPECT_EQ(kind_named(name(kind)), kind);
  EXPECT_EQ(kind_named("chnage"), std::nullopt);
}

}  // namespace
}  // namespace penstock::changelog

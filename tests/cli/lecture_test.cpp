// What the change log was made for, seen through the command line: 25 records, and every assignment of a metric in order.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class Lecture : public PenstockProgram, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    write_readings("readings.csv", 25);
    write("lecture.yaml",
          "pipeline: lecture\nsource: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: " + GetParam() +
              ", name: metrics, attempt_negative: true}\nsink: {type: csv_writer, path: out.csv}\n");
    const auto run = penstock(
        {"run", "lecture.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_LECTURE, "--progress", "never"});
    ASSERT_EQ(run.status, 0) << run.err;
  }

  std::vector<std::string> shown(const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {"audit", "show", "lecture.changes", "--node", "metrics", "--json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const auto show = penstock(arguments);
    EXPECT_EQ(show.status, 0) << show.err;
    return lines_of(show.out);
  }
};

TEST_P(Lecture, LeavesTwentySixChangesOfRecordsProcessedInOrder) {
  const auto changes = shown({"--metric", "records_processed", "--kind", "change"});
  ASSERT_THAT(changes, SizeIs(26));
  EXPECT_THAT(changes[0], HasSubstr(R"("old":null,"new":0)"));
  std::uint64_t last = 0;
  for (std::size_t i = 1; i < changes.size(); ++i) {
    EXPECT_THAT(changes[i], HasSubstr("\"old\":" + std::to_string(i - 1) + ",\"new\":" + std::to_string(i)));
    EXPECT_EQ(json_value(changes[i], "label"), "\"Records Processed\"");
    EXPECT_THAT(json_value(changes[i], "time"), testing::EndsWith("Z\""));
    const std::uint64_t sequence = std::stoull(json_value(changes[i], "seq"));
    EXPECT_GT(sequence, last);
    last = sequence;
  }
}

TEST_P(Lecture, LeavesThreeChangesOfTheLatencyAndOneOfTheErrors) {
  const auto latency = shown({"--metric", "mean_latency_ms", "--kind", "change"});
  ASSERT_THAT(latency, SizeIs(3));
  EXPECT_THAT(latency[0], HasSubstr(R"("old":null,"new":0)"));
  EXPECT_THAT(latency[1], HasSubstr(R"("old":0,"new":0.1)"));
  EXPECT_THAT(latency[2], HasSubstr(R"("old":0.1,"new":0.2)"));
  const auto errors = shown({"--metric", "error_count"});
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_THAT(errors[0], HasSubstr(R"("old":null,"new":0)"));
}

TEST_P(Lecture, RecordsTheNegativeLatencyAsRejected) {
  const auto rejected = shown({"--kind", "rejected"});
  ASSERT_THAT(rejected, SizeIs(1));
  EXPECT_THAT(rejected[0],
              HasSubstr(R"("metric":"mean_latency_ms","label":"Mean Latency","kind":"rejected","old":0.2,"new":-1)"));
}

TEST_P(Lecture, IsShownInColumnsForPeople) {
  const auto show =
      penstock({"audit", "show", "lecture.changes", "--metric", "records_processed", "--node", "metrics"});
  EXPECT_THAT(lines_of(show.out), SizeIs(27));
  EXPECT_THAT(show.out, HasSubstr("unset → 0"));
  EXPECT_THAT(show.out, HasSubstr("24 → 25"));
}

TEST_P(Lecture, IsShownFromATimeUntilATimeAndAfterANumber) {
  const auto all = shown({});
  const std::string middle = json_value(all[all.size() / 2], "seq");
  EXPECT_THAT(shown({"--after", middle}), SizeIs(all.size() - all.size() / 2 - 1));
  EXPECT_THAT(shown({"--since", "2000-01-01"}), SizeIs(all.size()));
  EXPECT_THAT(shown({"--until", "2000-01-01"}), SizeIs(0));
}

TEST_P(Lecture, IsVerifiedAgainstTheHeadThatTheSummaryGave) {
  const auto verify = penstock({"audit", "verify", "lecture.changes", "--json"});
  EXPECT_EQ(verify.status, 0) << verify.err;
  std::string head = json_value(verify.out, "head");
  head = head.substr(1, head.size() - 2);
  EXPECT_EQ(penstock({"audit", "verify", "lecture.changes", "--expect-head", head}).status, 0);
  head[0] = head[0] == '0' ? '1' : '0';
  const auto other = penstock({"audit", "verify", "lecture.changes", "--expect-head", head});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, HasSubstr("error[PS0611]"));
  EXPECT_THAT(other.out, StartsWith("unexpected: "));
}

INSTANTIATE_TEST_SUITE_P(In, Lecture, testing::Values("lecture_cpp", "lecture_c"),
                         [](const auto& type) { return type.param; });

}  // namespace
}  // namespace penstock::cli

// What an auditor asks of the log of a run.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;

class Audit : public PenstockProgram {
 protected:
  void SetUp() override {
    write_readings("readings.csv", 100);
    write("p.yaml",
          "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n"
          "  - {type: rolling_average}\nsink: {type: console}\npartitions: {by: sensor_id, count: 2}\n");
    ASSERT_EQ(shell("\"$PENSTOCK\" run p.yaml --plugins " PENSTOCK_PLUGINS " >/dev/null 2>&1").status, 0);
  }
  /** What `audit show` says when nothing matches. */
  std::string said(std::vector<std::string> filter) const {
    filter.insert(filter.begin(), {"audit", "show", "plant.changes"});
    const auto finished = penstock(filter);
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.out, "");
    return finished.err;
  }
};

TEST_F(Audit, HeadIsWhatVerifyExpectsLater) {
  const std::string head = lines_of(penstock({"audit", "head", "plant.changes"}).out)[0].substr(11);
  EXPECT_EQ(json_value(penstock({"audit", "head", "plant.changes", "--json"}).out, "head"), '"' + head + '"');
  EXPECT_EQ(penstock({"audit", "verify", "plant.changes", "--expect-head", head}).status, 0);
  ASSERT_EQ(shell("\"$PENSTOCK\" run p.yaml --plugins " PENSTOCK_PLUGINS " >/dev/null 2>&1").status, 0);
  EXPECT_EQ(penstock({"audit", "verify", "plant.changes", "--expect-head", head}).status, 1);
  EXPECT_THAT(penstock({"audit", "head", "plant.changes"}).out, HasSubstr("last run   plant#2\n"));
}

TEST_F(Audit, HeadOfALogThatARunIsWritingIsNotClosed) {
  write_flat_out("live");
  fixture::Process run(flat_out(), surroundings());
  ASSERT_TRUE(run.runs_until([&] { return exists(directory.path() / "page"); })) << run.wait().err;
  const auto head = penstock({"audit", "head", "live.changes"});
  EXPECT_EQ(head.status, 0) << head.out << head.err;
  EXPECT_THAT(head.out, HasSubstr("not closed (a run is writing it)"));
}

TEST_F(Audit, HeadOfADamagedLogSaysSo) {
  const std::filesystem::path segment = directory.path() / "plant.changes/000001.seg";
  std::string bytes = fixture::read_text(segment);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  fixture::write_text(segment, bytes);
  const auto head = penstock({"audit", "head", "plant.changes"});
  EXPECT_EQ(head.status, 1);
  EXPECT_THAT(head.out, HasSubstr("state      damaged\n"));
}

TEST_F(Audit, EachInstanceOfAPartitionIsOpenedAndClosedUnderItsOwnName) {
  const auto show =
      penstock({"audit", "show", "plant.changes", "--node", "rolling_average", "--kind", "lifecycle", "--json"});
  std::vector<std::string> events;
  for (const std::string& line : lines_of(show.out))
    events.push_back(json_value(line, "node") + ' ' + json_value(line, "metric"));
  EXPECT_THAT(events,
              testing::UnorderedElementsAre("\"rolling_average[0]\" \"opened\"", "\"rolling_average[1]\" \"opened\"",
                                            "\"rolling_average[0]\" \"closed\"", "\"rolling_average[1]\" \"closed\""));
}

TEST_F(Audit, ShowNamesTheNearestOfANodeThatTheLogDoesNotKnow) {
  EXPECT_EQ(said({"--node", "csv_raeder"}),
            "no change on this log matches: it has no node `csv_raeder`; did you mean `csv_reader`?\n");
  EXPECT_EQ(said({"--node", "x"}),
            "no change on this log matches: it has no node `x`; known are `console`, `csv_reader`, `rolling_average`, "
            "`rolling_average[0]` and 1 more\n");
  EXPECT_THAT(said({"--node", "\x1b[31m"}), HasSubstr("`\\x1b[31m`"));
}

TEST_F(Audit, ShowNamesTheNearestOfAMetricThatTheLogDoesNotKnow) {
  EXPECT_EQ(said({"--metric", "windwo"}),
            "no change on this log matches: it has no metric, parameter or event `windwo`; did you mean `window`?\n");
}

TEST_F(Audit, ShowBlamesNoNameThatTheLogKnows) {
  EXPECT_EQ(said({"--node", "csv_reader", "--metric", "window"}), "no change on this log matches\n");
  EXPECT_EQ(said({"--node", "rolling_average", "--until", "2001-01-01"}), "no change on this log matches\n");
}

}  // namespace
}  // namespace penstock::cli

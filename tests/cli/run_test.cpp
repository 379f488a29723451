// Runs of the program as people start, pipe and stop them.
#include <csignal>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class Run : public PenstockProgram {
 protected:
  void SetUp() override {
    write_readings("readings.csv", 3000);
    write("p.yaml",
          "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n"
          "  - {type: threshold_filter, min: 10, max: 1e9}\nsink: {type: console}\n");
  }
  std::string run(const std::string& rest) const {
    return "\"$PENSTOCK\" run p.yaml --plugins " PENSTOCK_PLUGINS " " + rest;
  }
  void expect_sealed() const {
    const auto verify = penstock({"audit", "verify", "plant.changes"});
    EXPECT_EQ(verify.status, 0) << verify.out << verify.err;
  }
};

TEST_F(Run, PutsRowsOnStandardOutputAndTheRestOnStandardError) {
  const auto finished = shell(run(""));
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_EQ(lines_of(finished.out).size(), 2991U);
  EXPECT_THAT(finished.err, HasSubstr("plant: finished after "));
  EXPECT_THAT(finished.err, testing::ContainsRegex("delivered +2,990"));
  EXPECT_THAT(finished.err, HasSubstr("[AUDIT] threshold_filter records_dropped: 0 → 10"));
  expect_sealed();
}

TEST_F(Run, IsQuietAboutChangesWhenAsked) {
  EXPECT_THAT(shell(run("--progress never")).err, Not(HasSubstr("[AUDIT]")));
}

TEST_F(Run, EndsQuietlyWhenItsReaderHasGone) {
  const auto finished = shell("{ " + run("; echo $? >status") + "; } | head -n 3");
  EXPECT_EQ(lines_of(finished.out).size(), 3U);
  EXPECT_THAT(finished.err, Not(HasSubstr("error")));
  EXPECT_EQ(fixture::read_text(directory.path() / "status"), "0\n");
  expect_sealed();
}

TEST_F(Run, FailsWhenItsRowsCannotBeWritten) {
  const auto full = shell(run(">/dev/full"));
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("No space left on device"));
  expect_sealed();
  const auto closed = shell(run(">&-"));
  EXPECT_EQ(closed.status, 1);
  EXPECT_THAT(closed.err, HasSubstr("Bad file descriptor"));
  expect_sealed();
}

TEST_F(Run, FailsWhenAPluginEndsTheProcess) {
  write("p.yaml",
        "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: leaver}\n"
        "sink: {type: console}\n");
  const auto finished = shell(run("--plugins " PENSTOCK_TEST_PLUGINS));
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("error[PS0508]: a plugin ended the process with `exit`"));
}

TEST_F(Run, KeepsItsChangeLogFromAPluginThatClosesStandardOutput) {
  write("p.yaml",
        "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: descriptor_closer}\n"
        "sink: {type: console}\n");
  const auto finished = shell("CLOSE_DESCRIPTORS=1 " + run("--plugins " PENSTOCK_TEST_PLUGINS));
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("Bad file descriptor"));
  expect_sealed();
}

TEST_F(Run, GivesOneJsonObjectOnStandardError) {
  const auto finished = shell(run("--json --sink csv_writer --set csv_writer.path=out.csv"));
  EXPECT_EQ(finished.status, 0) << finished.err;
  const auto lines = lines_of(finished.err);
  ASSERT_EQ(lines.size(), 1U) << finished.err;
  EXPECT_EQ(json_value(lines[0], "format"), "1");
  EXPECT_EQ(json_value(lines[0], "outcome"), "\"finished\"");
  EXPECT_EQ(json_value(lines[0], "read"), "3000");
  EXPECT_EQ(json_value(lines[0], "delivered"), "2990");
  EXPECT_EQ(json_value(lines[0], "filtered"), "10");
}

TEST_F(Run, KeepsNoChangeLogWhenAsked) {
  const auto finished = shell(run("--change-log off"));
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("not recorded: the change log is off"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "plant.changes"));
}

TEST_F(Run, NamesItsChangeLogSoThatNoShellStumbles) {
  write("-plant one$.yaml", "source: {type: csv_reader, path: readings.csv}\nsink: {type: console}\n");
  EXPECT_EQ(shell("\"$PENSTOCK\" run './-plant one$.yaml' --plugins " PENSTOCK_PLUGINS).status, 0);
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "_plant_one_.changes"));
}

TEST_F(Run, RefusesAChangeLogThatAnotherRunIsWriting) {
  write("flat_out.yaml", "pipeline: plant\nsource: {type: endless_source}\nsink: {type: discard}\n");
  fixture::Process other(flat_out(), surroundings());
  ASSERT_TRUE(other.runs_until([&] { return exists(directory.path() / "plant.changes/000001.seg"); }));
  const auto finished = shell(run(""));
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("error[PS0602]"));
  const auto verify = penstock({"audit", "verify", "plant.changes"});
  EXPECT_EQ(verify.status, 0) << "not closed, and its writer is alive: " << verify.out << verify.err;
}

TEST_F(Run, DrainsAtASignalAndSealsItsLog) {
  write_flat_out("plant");
  for (const int signal : {SIGINT, SIGTERM}) {
    std::filesystem::remove(directory.path() / "page");
    fixture::Process endless(flat_out(), surroundings());
    ASSERT_TRUE(endless.runs_until([&] { return exists(directory.path() / "page"); })) << endless.wait().err;
    endless.signal(signal);
    const auto finished = endless.wait();
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr("plant: stopped after "));
    EXPECT_THAT(finished.err, testing::ContainsRegex("unacknowledged +0"));
    expect_sealed();
  }
}

TEST_F(Run, SealsItsLogAlsoWhenItIsInterruptedAtItsEnd) {
  write_flat_out("plant");
  const auto finished = shell(
      "\"$PENSTOCK\" run flat_out.yaml --set discard.trouble=interrupts_at_end --limit 1000 "
      "--progress never --plugins " PENSTOCK_TEST_PLUGINS);
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("plant: finished after "));
  expect_sealed();
}

TEST_F(Run, EndsAtAThirdSignalWhenAPluginDoesNotComeBack) {
  write_flat_out("plant");
  std::vector<std::string> command = flat_out();
  command.insert(command.end(), {"--set", "discard.trouble=never_returns"});
  fixture::Process stuck(command, surroundings());
  ASSERT_TRUE(stuck.runs_until([&] { return exists(directory.path() / "stuck"); }));
  EXPECT_FALSE(stuck.runs_until([&] { return stuck.signal(SIGINT), false; }));
  const auto finished = stuck.wait();
  EXPECT_EQ(finished.status, 128 + SIGINT);
  EXPECT_THAT(finished.err, HasSubstr("ended by a third signal"));
}

TEST_F(Run, SaysThatAFileMayNotGrow) {
  const auto finished =
      shell("ulimit -f 8; " + run("--change-log off --threads 2 --sink csv_writer --set csv_writer.path=out.csv"));
  EXPECT_EQ(finished.status, 1);
  // Whichever call comes next once a thread has met it.
  EXPECT_THAT(finished.err,
              testing::ContainsRegex("`csv_writer` failed in `(consume|flush)`: cannot write .*: File too large"));
}

// A limit on the size of files stands for a full disk.
TEST_F(Run, EndsWhenItsChangeLogCannotBeWrittenAnyMore) {
  write_flat_out("plant");
  const auto finished =
      shell("ulimit -f 32768; \"$PENSTOCK\" run flat_out.yaml --plugins " PENSTOCK_TEST_PLUGINS " --progress never");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("error[PS0606]: the change log cannot be written any more"));
  EXPECT_THAT(finished.err, HasSubstr("plant: failed after "));
  EXPECT_THAT(finished.err, testing::ContainsRegex("unacknowledged +0")) << "what was read is still accounted";
}

TEST_F(Run, LeavesItsCourseOnTheChangeLog) {
  EXPECT_EQ(shell(run("--progress never")).status, 0);
  const auto show = penstock({"audit", "show", "plant.changes", "--kind", "lifecycle", "--json"});
  std::vector<std::string> events;
  for (const std::string& line : lines_of(show.out)) events.push_back(json_value(line, "metric"));
  EXPECT_THAT(events, testing::ElementsAre("\"started\"", "\"opened\"", "\"opened\"", "\"opened\"", "\"closed\"",
                                           "\"closed\"", "\"closed\"", "\"finished\"", "\"ended\""));
}

TEST_F(Run, IsWhatValidatePromises) {
  const auto validate = penstock({"validate", "p.yaml", "--plugins", PENSTOCK_PLUGINS});
  EXPECT_EQ(validate.status, 0) << validate.err;
  EXPECT_EQ(validate.out, "ok: plant: csv_reader → threshold_filter → console\n");
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "plant.changes"));
}

TEST_F(Run, ListsQuietlyIntoAReaderThatHasGone) {
  EXPECT_EQ(shell("{ \"$PENSTOCK\" list --json --plugins " PENSTOCK_PLUGINS "; echo $? >status; } | true").err, "");
  EXPECT_EQ(fixture::read_text(directory.path() / "status"), "0\n");
  EXPECT_EQ(shell("\"$PENSTOCK\" list --plugins " PENSTOCK_PLUGINS " >/dev/full").status, 1);
  EXPECT_EQ(shell("\"$PENSTOCK\" --help >&-").status, 1);
}

}  // namespace
}  // namespace penstock::cli

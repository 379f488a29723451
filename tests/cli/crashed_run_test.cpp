// A plugin that crashes, in each of its methods and in each way.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class CrashedRun : public PenstockProgram {
 protected:
  void SetUp() override { write_readings("readings.csv", 10'000); }

  fixture::Finished run_crasher(const std::string& parameters, const std::string& top = {}) const {
    write("p.yaml", top +
                        "source: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: crasher, name: breaker, " +
                        parameters + "}\nsink: {type: csv_writer, path: out.csv}\n");
    return penstock(
        {"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS, "--progress", "never"});
  }
  /** The one line that a crash says. */
  static std::string line_of(const fixture::Finished& run) {
    const auto lines = lines_of(run.err);
    return lines.empty() ? "" : lines.back();
  }
  static std::string expected(const std::string& method, const std::string& ending) {
    return "error[PS0509]: node `breaker` (type `crasher` of " PENSTOCK_TEST_PLUGINS "/libcrasher.so) crashed in `" +
           method + '`' + ending;
  }
};

TEST_F(CrashedRun, EndsWithALineThatNamesNodeTypeLibraryAndBatch) {
  const auto run = run_crasher("batch: 2");
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.err, expected("process",
                              ", batch 2: Segmentation fault (signal 11); the next run recovers the change "
                              "log\n"));
}

TEST_F(CrashedRun, LeavesALogThatVerifiesAfterRecovery) {
  ASSERT_EQ(run_crasher("batch: 2").status, 1);
  const auto next = run_crasher("batch: 100");
  EXPECT_EQ(next.status, 0) << next.err;
  EXPECT_THAT(next.err, HasSubstr("PS0610"));
  const auto verify = penstock({"audit", "verify", "p.changes"});
  EXPECT_EQ(verify.status, 0) << verify.err;
  const auto show = penstock({"audit", "show", "p.changes", "--metric", "seen", "--json"});
  EXPECT_THAT(show.out, HasSubstr("\"old\":1,\"new\":2")) << "what was assigned just before the crash";
}

TEST_F(CrashedRun, NamesTheMethod) {
  for (const std::string method : {"configure", "open", "flush", "close"}) {
    const auto run = run_crasher("in: " + method);
    EXPECT_EQ(run.status, 1) << method;
    EXPECT_THAT(line_of(run), StartsWith(expected(method, ""))) << run.err;
  }
  write_readings("readings.csv", 10);  // one batch, however fast they are read
  EXPECT_THAT(line_of(run_crasher("in: flush")), StartsWith(expected("flush", ", after batch 1: ")));
  const auto run = run_crasher("in: destroy");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(line_of(run), HasSubstr("an instance of type `crasher` of " PENSTOCK_TEST_PLUGINS
                                      "/libcrasher.so crashed in `destroy`"));
}

TEST_F(CrashedRun, NamesTheWay) {
  const std::pair<const char*, const char*> ways[] = {{"overflow", ": Segmentation fault (signal 11)"},
                                                      {"abort", ": Aborted (signal 6)"},
                                                      {"arithmetic", ": Floating point exception (signal 8)"},
                                                      {"instruction",
                                                       ": Illegal instruction (signal 4); the library may be built for "
                                                       "another processor"}};
  for (const auto& [way, words] : ways) {
    const auto run = run_crasher(std::string("way: ") + way);
    EXPECT_EQ(run.status, 1) << way;
    EXPECT_THAT(line_of(run), StartsWith(expected("process", ", batch 1" + std::string(words)))) << run.err;
  }
}

TEST_F(CrashedRun, OnAThreadOfAPartitionIsNamedToo) {
  for (const std::string way : {"access", "overflow"}) {
    const auto run = run_crasher("way: " + way, "partitions: {by: sensor_id, count: 2}\n");
    EXPECT_EQ(run.status, 1);
    EXPECT_THAT(line_of(run), StartsWith(expected("process", ", batch 1"))) << run.err;
  }
}

TEST_F(CrashedRun, OfAThreadThatThePluginStartedIsToldFromACall) {
  const auto run = run_crasher("way: thread");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(line_of(run), HasSubstr("crashed outside of any call into a plugin"));
}

TEST_F(CrashedRun, OfSeveralThreadsAtOnceIsToldOnce) {
  for (int round = 0; round < 20; ++round) {
    const auto run = run_crasher("way: together");
    ASSERT_EQ(run.status, 1) << run.err;
    ASSERT_THAT(line_of(run), HasSubstr("crashed outside of any call into a plugin"));
  }
}

TEST_F(CrashedRun, IsNotOneOfAChildThatAPluginForks) {
  const auto run = run_crasher("way: child");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, Not(HasSubstr("PS0509")));
}

TEST_F(CrashedRun, DoesNotSpeakOfALogThatIsNotKept) {
  write("p.yaml",
        "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher}]\nsink: {type: csv_writer, path: "
        "out.csv}\n");
  const auto run = penstock(
      {"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS, "--change-log", "off"});
  EXPECT_THAT(line_of(run), EndsWith("(signal 11)"));
}

TEST_F(CrashedRun, IsALineOfJsonWhereTheLogIs) {
  write("p.yaml",
        "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher}]\nsink: {type: csv_writer, path: "
        "out.csv}\n");
  const auto run = penstock({"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS,
                             "--log-format", "json", "--progress", "never"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(line_of(run),
              StartsWith("{\"code\":\"PS0509\",\"severity\":\"error\",\"summary\":\"node `crasher` (type "));
  EXPECT_THAT(line_of(run), EndsWith("\",\"place\":null,\"comparisons\":[],\"notes\":[],\"help\":[]}"));
}

TEST_F(CrashedRun, IsALineOfJsonWhereAnObjectWasAskedFor) {
  for (const std::string way : {"access", "exit"}) {
    write("p.yaml", "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher, in: configure, way: " +
                        way + "}]\nsink: {type: csv_writer, path: out.csv}\n");
    for (const std::string command : {"run", "validate"}) {
      const auto run =
          penstock({command, "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS, "--json"});
      EXPECT_EQ(run.status, 1);
      EXPECT_THAT(run.out, IsEmpty());
      EXPECT_EQ(lines_of(run.err).size(), 1U) << run.err;
      EXPECT_THAT(run.err, StartsWith(way == "exit" ? "{\"code\":\"PS0508\"," : "{\"code\":\"PS0509\","));
    }
  }
}

TEST_F(CrashedRun, IsALineOfJsonWhateverItsLibraryIsCalled) {
  const auto place = directory.path() / "plug\xff \"ins\"";
  std::filesystem::create_directory(place);
  std::filesystem::copy_file(PENSTOCK_TEST_PLUGINS "/libcrasher.so", place / "libcrasher.so");
  write("p.yaml",
        "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher}]\nsink: {type: csv_writer, path: "
        "out.csv}\n");
  const auto run = penstock({"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", place, "--json"});
  EXPECT_THAT(line_of(run), HasSubstr("plug\xEF\xBF\xBD \\\"ins\\\"/libcrasher.so) crashed"));
  EXPECT_THAT(line_of(run), EndsWith("\"help\":[]}"));
}

TEST_F(CrashedRun, IsACrashOfValidateToo) {
  write("p.yaml",
        "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher, in: configure}]\nsink: {type: "
        "csv_writer, path: out.csv}\n");
  const auto run = penstock({"validate", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(line_of(run), HasSubstr("crashed in `configure`"));
}

TEST_F(CrashedRun, OrAnExitOfSeveralThreadsIsToldOnceAndNeverWell) {
  for (int round = 0; round < 20; ++round) {
    const auto run = run_crasher("way: exit together");
    ASSERT_EQ(run.status, 1) << run.err;
    ASSERT_THAT(run.err, HasSubstr("error[PS0508]: a plugin ended the process with `exit`, in the middle of the run"));
    ASSERT_EQ(run.err.find("PS0508"), run.err.rfind("PS0508")) << run.err;
  }
}

TEST_F(CrashedRun, OrAQuickExitIsTold) {
  const auto run = run_crasher("way: quick_exit");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, StartsWith("error[PS0508]: a plugin ended the process with `exit`, in the middle of the run"));
}

TEST_F(CrashedRun, IsToldWithoutTheLoader) {
  const auto program = shell("readelf --wide --dynamic \"$PENSTOCK\"");
  ASSERT_EQ(program.status, 0) << program.err;
  EXPECT_THAT(program.out, HasSubstr("NOW")) << "a library may have destroyed what the loader needs";
}

TEST_F(CrashedRun, OrAnExitIsNoValidPipeline) {
  write("p.yaml",
        "source: {type: csv_reader, path: readings.csv}\nstages: [{type: crasher, in: configure, way: exit}]\n"
        "sink: {type: csv_writer, path: out.csv}\n");
  const auto run = penstock({"validate", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_TEST_PLUGINS});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.err, StartsWith("error[PS0508]: a plugin ended the process with `exit`, and the pipeline is not "
                                  "checked\n"));
}

}  // namespace
}  // namespace penstock::cli

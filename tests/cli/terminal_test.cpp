// What the program writes when standard error is a terminal, and when every line of it is to parse.
#include <optional>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string bold = "\x1b[1", erase = "\r\x1b[K";

class ATerminal : public PenstockProgram {
 protected:
  /** `script` gives a command a terminal of its own, and passes on what comes there. */
  fixture::Finished on_terminal(const std::string& command, const std::string& variables = "NO_COLOR=") const {
    return shell("TERM=xterm " + variables + " script -qec '" + command + "' /dev/null </dev/null");
  }
  static inline const std::string mistake = "\"$PENSTOCK\" run nowhere.yaml";
};

TEST_F(ATerminal, IsColoured) {
  EXPECT_THAT(on_terminal(mistake).out, HasSubstr(bold));
  EXPECT_THAT(on_terminal(mistake + " 2>&1 | cat").out, Not(HasSubstr(bold))) << "a pipe";
}

TEST_F(ATerminal, IsNotColouredWhenAsked) {
  EXPECT_THAT(on_terminal(mistake, "NO_COLOR=1").out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(on_terminal(mistake, "NO_COLOR=0").out, Not(HasSubstr("\x1b"))) << "any text, as no-color.org has it";
  EXPECT_THAT(on_terminal("TERM=dumb " + mistake).out, Not(HasSubstr("\x1b")));
}

/** Of a run without end, whose rows nobody sees. A reader of its terminal is `script`, which writes what it sees to `shown`. */
class AProgressLine : public ATerminal {
 protected:
  AProgressLine() {
    write_flat_out("plant");
    const std::string command =
        "echo $$ >pid; exec \"$PENSTOCK\" run flat_out.yaml --change-log off --plugins " PENSTOCK_TEST_PLUGINS
        " >/dev/null";
    run_.emplace(
        std::vector<std::string>{"sh", "-c", "TERM=xterm exec script -qefc '" + command + "' shown </dev/null"},
        surroundings());
  }
  std::string shown() const { return fixture::read_text(directory.path() / "shown"); }

  std::optional<fixture::Process> run_;
};

TEST_F(AProgressLine, SaysHowFarTheRunIsAndGoesBeforeTheSummary) {
  ASSERT_TRUE(run_->runs_until([&] { return shown().find("rows per second") != std::string::npos; })) << shown();
  EXPECT_THAT(shown(), ContainsRegex("[0-9,]+ rows, [0-9,]+ rows per second, 0:00:0[0-9]"));
  EXPECT_EQ(shell("kill -INT $(cat pid)").status, 0);
  EXPECT_EQ(run_->wait().status, 0);
  EXPECT_THAT(shown(), HasSubstr(erase + "plant: stopped after "));
}

class EveryLine : public PenstockProgram {
 protected:
  void SetUp() override {
    write_readings("readings.csv", 100);
    write("p.yaml", "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nsink: {type: console}\n");
    write("bad.yaml", "pipeline: plant\nsource: {type: csv_reader, pth: 1}\nsink: {type: nosuch}\n");
    write("bad_row.yaml", "pipeline: plant\nsource: {type: csv_reader, path: bad.csv}\nsink: {type: console}\n");
    write("bad.csv", "sensor_id,timestamp,value,unit\nT1,yesterday,1,C\n");
  }
  std::vector<std::string> said(const std::string& arguments) const {
    const auto finished = shell("\"$PENSTOCK\" " + arguments + " --plugins " PENSTOCK_PLUGINS " --log-format json");
    for (const std::string& line : lines_of(finished.err)) EXPECT_THAT(line, StartsWith("{\"")) << arguments;
    // A parser that is not ours says whether the lines are JSON.
    write("said", finished.err);
    const auto parsed = shell(
        "command -v python3 >/dev/null || exit 0; python3 -c 'import json,sys\nfor l in open(\"said\"): "
        "json.loads(l)'");
    EXPECT_EQ(parsed.status, 0) << parsed.err << finished.err;
    return lines_of(finished.err);
  }
};

TEST_F(EveryLine, OfARunIsJsonWhenAsked) {
  const auto lines = said("run p.yaml");
  ASSERT_GE(lines.size(), 2u);
  EXPECT_THAT(lines.front(), HasSubstr("\"level\":\"info\",\"node\":null,\"message\":\"[AUDIT] csv_reader"));
  EXPECT_EQ(json_value(lines.back(), "outcome"), "\"finished\"");
}

TEST_F(EveryLine, OfAMistakeIsJsonWhenAsked) {
  const auto validated = said("validate bad.yaml");
  ASSERT_EQ(validated.size(), 2u);
  EXPECT_EQ(json_value(validated[0], "code"), "\"PS0407\"");
  EXPECT_EQ(json_value(validated[1], "code"), "\"PS0409\"");
  const auto run = said("run bad.yaml");
  ASSERT_EQ(run.size(), 3u);
  EXPECT_EQ(json_value(run[2], "outcome"), "\"not started\"");
}

TEST_F(EveryLine, OfAFailureIsJsonWhenAsked) {
  const auto lines = said("run bad_row.yaml --log-level error");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(json_value(lines[0], "code"), "\"PS0503\"");
  EXPECT_EQ(json_value(lines[1], "outcome"), "\"failed\"");
}

TEST_F(EveryLine, OfThePluginThatEndsTheProcessIsJsonWhenAsked) {
  write("p.yaml",
        "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: leaver}\n"
        "sink: {type: console}\n");
  const auto lines = said("run p.yaml --log-level error --plugins " PENSTOCK_TEST_PLUGINS);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(json_value(lines[0], "code"), "\"PS0508\"");
}

TEST_F(EveryLine, OfACrashIsJsonWhenAsked) {
  write("p.yaml",
        "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: crasher, batch: 1}\n"
        "sink: {type: console}\n");
  const auto lines = said("run p.yaml --log-level error --plugins " PENSTOCK_TEST_PLUGINS);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(json_value(lines[0], "code"), "\"PS0509\"");
}

TEST_F(EveryLine, ThatMattersLessIsLeftOut) {
  const auto finished = shell("\"$PENSTOCK\" run p.yaml --log-level warning --plugins " PENSTOCK_PLUGINS);
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.err, Not(HasSubstr("[AUDIT]")));
  EXPECT_THAT(finished.err, HasSubstr("plant: finished after "));
}

}  // namespace
}  // namespace penstock::cli

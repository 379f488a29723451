// Every command with a reader that leaves, a full device and closed descriptors.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

struct CommandLine {
  const char* name;
  const char* arguments;
  bool results_on_standard_output = true;

  friend void PrintTo(const CommandLine& line, std::ostream* out) { *out << line.arguments; }
};

class ClosedOutput : public PenstockProgram, public testing::WithParamInterface<CommandLine> {
 protected:
  void SetUp() override {
    write_readings("readings.csv", 5000);
    write("p.yaml",
          "pipeline: plant\nsource: {type: csv_reader, path: readings.csv}\nstages:\n"
          "  - {type: threshold_filter, min: 10, max: 1e9}\nsink: {type: csv_writer, path: \"-\"}\n");
    ASSERT_EQ(shell(line("run p.yaml --plugins " PENSTOCK_PLUGINS " >/dev/null 2>&1")).status, 0);
  }
  static std::string line(const std::string& rest) { return "\"$PENSTOCK\" " + rest; }
  static std::string command() { return line(GetParam().arguments); }

  /** The status of the command in front of `reader`, and what it said. */
  fixture::Finished piped_into(const std::string& reader) const {
    auto finished = shell("{ " + command() + "; echo $? >status; } | " + reader);
    finished.status = std::stoi(fixture::read_text(directory.path() / "status"));
    return finished;
  }
  void expect_sealed() const {
    const auto verify = penstock({"audit", "verify", "plant.changes"});
    EXPECT_EQ(verify.status, 0) << verify.out << verify.err;
  }
};

TEST_P(ClosedOutput, EndsQuietlyAndWellWhenItsReaderHasGone) {
  for (const char* reader : {"head -n 1", "head -c 10", "true"}) {
    const auto finished = piped_into(reader);
    EXPECT_EQ(finished.status, 0) << reader << finished.err;
    EXPECT_THAT(finished.err, Not(HasSubstr("error"))) << reader;
  }
  expect_sealed();
}

TEST_P(ClosedOutput, FailsWithTheReasonWhenItsResultsCannotBeWritten) {
  const int expected = GetParam().results_on_standard_output ? 1 : 0;
  const auto full = shell(command() + " >/dev/full");
  EXPECT_EQ(full.status, expected) << full.err;
  const auto closed = shell(command() + " >&-");
  EXPECT_EQ(closed.status, expected) << closed.err;
  if (expected == 1) {
    EXPECT_THAT(full.err, HasSubstr("No space left on device"));
    EXPECT_THAT(closed.err, HasSubstr("Bad file descriptor"));
  }
  expect_sealed();
}

TEST_P(ClosedOutput, KeepsItsStatusWhenNobodyCanReadWhatItSays) {
  for (const char* redirection : {" 2>/dev/full", " 2>&-", " 2>&- <&-"}) {
    const auto finished = shell(command() + redirection);
    EXPECT_EQ(finished.status, 0) << redirection;
    EXPECT_EQ(finished.out.empty(), !GetParam().results_on_standard_output) << redirection;
  }
  const auto all_closed = shell(command() + " >&- 2>&- <&-");
  EXPECT_EQ(all_closed.status, GetParam().results_on_standard_output ? 1 : 0);
  expect_sealed();
}

#define PLUGINS " --plugins " PENSTOCK_PLUGINS
INSTANTIATE_TEST_SUITE_P(
    Of, ClosedOutput,
    testing::Values(CommandLine{"run", "run p.yaml" PLUGINS},
                    CommandLine{"run_quietly", "run p.yaml --progress never" PLUGINS},
                    CommandLine{"run_json", "run p.yaml --json" PLUGINS},
                    CommandLine{"run_json_lines", "run p.yaml --log-format json" PLUGINS},
                    CommandLine{"run_into_a_file", "run p.yaml --set csv_writer.path=o.csv" PLUGINS, false},
                    CommandLine{"validate", "validate p.yaml" PLUGINS},
                    CommandLine{"validate_json", "validate p.yaml --json" PLUGINS},
                    CommandLine{"validate_graph", "validate p.yaml --graph dot" PLUGINS},
                    CommandLine{"list", "list" PLUGINS}, CommandLine{"list_json", "list --json" PLUGINS},
                    CommandLine{"inspect", "inspect csv_reader" PLUGINS},
                    CommandLine{"inspect_json", "inspect csv_reader --json" PLUGINS},
                    CommandLine{"audit_show", "audit show plant.changes"},
                    CommandLine{"audit_show_json", "audit show plant.changes --json"},
                    CommandLine{"audit_verify", "audit verify plant.changes"},
                    CommandLine{"audit_verify_json", "audit verify plant.changes --json"},
                    CommandLine{"audit_head", "audit head plant.changes"},
                    CommandLine{"audit_head_json", "audit head plant.changes --json"}, CommandLine{"help", "--help"},
                    CommandLine{"help_run", "run --help"}, CommandLine{"version", "--version"}),
    [](const auto& command) { return command.param.name; });

TEST_F(PenstockProgram, KeepsTheStatusOfAMistakeThatNobodyCanReadOf) {
  for (const char* mistake : {"", "run", "run nowhere.yaml", "validate nowhere.yaml", "list --none",
                              "audit show nowhere", "audit verify nowhere", "audit head nowhere", "--helq"})
    for (const char* redirection : {" 2>/dev/full", " 2>&-", " >&- 2>&-", " 2>&1 | true"}) {
      (void)shell("{ \"$PENSTOCK\" " + std::string(mistake) + "; echo $? >status; }" + redirection);
      EXPECT_EQ(fixture::read_text(directory.path() / "status"), "2\n") << mistake << redirection;
    }
}

}  // namespace
}  // namespace penstock::cli

#include <gmock/gmock.h>

#include "cli/command.hpp"

namespace penstock::cli {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

template <typename Wanted>
Wanted parsed(const std::vector<std::string>& arguments) {
  Diagnostics found;
  auto command = parse_command_line(arguments, found);
  EXPECT_TRUE(found.empty()) << render_text(found[0]);
  return command && std::holds_alternative<Wanted>(*command) ? std::get<Wanted>(*command)
                                                             : (ADD_FAILURE() << "another command", Wanted());
}

/** What the first diagnostic of a refused command line says. */
std::string refused(const std::vector<std::string>& arguments) {
  Diagnostics found;
  EXPECT_FALSE(parse_command_line(arguments, found));
  return found.empty() ? "" : render_text(found[0]);
}

TEST(CommandLine, RunsAPipelineWithItsDefaults) {
  const auto run = parsed<RunCommand>({"run", "p.yaml"});
  EXPECT_EQ(run.pipeline, "p.yaml");
  EXPECT_FALSE(run.change_log);
  EXPECT_TRUE(run.keep_changes);
  EXPECT_EQ(run.limit, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(run.drain_timeout, 30s);
  EXPECT_TRUE(run.progress);
  EXPECT_FALSE(run.json);
}

TEST(CommandLine, ReadsEveryOptionOfRun) {
  const auto run =
      parsed<RunCommand>({"run",   "--plugins",       "a",      "p.yaml",     "--plugins=b", "--set", "n.x=1",
                          "--set", "n.y=[1]",         "--sink", "console",    "--limit",     "10",    "--change-log",
                          "log",   "--drain-timeout", "2.5",    "--progress", "never",       "--json"});
  EXPECT_EQ(run.pipeline, "p.yaml");
  EXPECT_THAT(run.plugins, ElementsAre("a", "b"));
  EXPECT_THAT(run.sets, ElementsAre("n.x=1", "n.y=[1]"));
  EXPECT_EQ(run.sink, "console");
  EXPECT_EQ(run.limit, 10U);
  EXPECT_EQ(run.change_log, "log");
  EXPECT_EQ(run.drain_timeout, 2500ms);
  EXPECT_FALSE(run.progress);
  EXPECT_TRUE(run.json);
}

TEST(CommandLine, TakesTheWordHelpForTheOption) {
  const auto text = [](const std::vector<std::string>& arguments) { return parsed<ShowText>(arguments).text; };
  EXPECT_EQ(text({"help"}), text({"--help"}));
  EXPECT_EQ(text({"help", "run"}), text({"run", "--help"}));
  EXPECT_EQ(text({"help", "audit"}), text({"audit", "--help"}));
  EXPECT_EQ(text({"help", "audit", "show"}), text({"audit", "show", "--help"}));
  EXPECT_EQ(text({"audit", "help", "show"}), text({"audit", "show", "--help"}));
  EXPECT_THAT(refused({"help", "rum"}), HasSubstr("`penstock` has no command `rum`"));
  EXPECT_EQ(parsed<RunCommand>({"run", "help"}).pipeline, "help") << "a file may be called so";
}

TEST(CommandLine, RefusesATimeThatNobodyWaits) {
  for (const char* time : {"1e308", "1e9", "86401", "inf", "0", "-1", "nan"})
    EXPECT_THAT(refused({"check", "a.so", "--timeout=" + std::string(time)}),
                HasSubstr("expected  seconds, more than 0 and at most 86400 (a day)\n"))
        << time;
  EXPECT_EQ(parsed<CheckCommand>({"check", "a.so", "--timeout", "86400"}).selection.limit, 24h);
}

TEST(CommandLine, ChecksWhatExistsWithItsDefaults) {
  const auto check = parsed<CheckCommand>({"check", "liba.so", "plugins"});
  EXPECT_THAT(check.files, ElementsAre("liba.so", "plugins"));
  EXPECT_EQ(check.selection.level, 2);
  EXPECT_EQ(check.selection.limit, 10s);
  EXPECT_TRUE(check.selection.only.empty() && check.selection.except.empty());
  EXPECT_FALSE(check.json);
}

TEST(CommandLine, ReadsEveryOptionOfCheck) {
  const auto check = parsed<CheckCommand>({"check", "--only", "CT-1*", "liba.so", "--except=CT-110", "--except",
                                           "CT-111", "--level", "1", "--timeout", "0.5", "--json", "libb.so"});
  EXPECT_THAT(check.files, ElementsAre("liba.so", "libb.so"));
  EXPECT_EQ(check.selection.level, 1);
  EXPECT_THAT(check.selection.only, ElementsAre("CT-1*"));
  EXPECT_THAT(check.selection.except, ElementsAre("CT-110", "CT-111"));
  EXPECT_EQ(check.selection.limit, 500ms);
  EXPECT_TRUE(check.json);
}

TEST(CommandLine, PromisesNoLevelOfChecksThatHasNoTests) {
  EXPECT_THAT(refused({"check", "liba.so", "--level", "5"}), HasSubstr("levels 3 to 5 have no tests yet"));
  EXPECT_THAT(refused({"check"}), HasSubstr("a library, or a directory of libraries"));
}

TEST(CommandLine, TurnsTheChangeLogOff) {
  EXPECT_FALSE(parsed<RunCommand>({"run", "p.yaml", "--change-log", "off"}).keep_changes);
  EXPECT_EQ(parsed<RunCommand>({"run", "p.yaml", "--change-log", "./off"}).change_log, "./off");
}

TEST(CommandLine, ReadsTheOtherCommands) {
  EXPECT_EQ(parsed<ValidateCommand>({"validate", "p.yaml", "--json"}).pipeline, "p.yaml");
  EXPECT_THAT(parsed<ListCommand>({"list", "--plugins", "a"}).plugins, ElementsAre("a"));
  EXPECT_EQ(parsed<AuditHeadCommand>({"audit", "head", "d"}).directory, "d");
  EXPECT_EQ(parsed<AuditVerifyCommand>({"audit", "verify", "d", "--expect-head", std::string(64, 'F')}).expected_head,
            std::string(64, 'f'));
  const auto show =
      parsed<AuditShowCommand>({"audit", "show", "d", "--node", "n", "--metric", "m", "--kind", "rejected", "--since",
                                "1970-01-01T00:00:01Z", "--until", "1970-01-02", "--after", "7"});
  EXPECT_EQ(show.directory, "d");
  EXPECT_EQ(show.query.node, "n");
  EXPECT_EQ(show.query.metric, "m");
  EXPECT_EQ(show.query.kind, changelog::Kind::rejected);
  EXPECT_EQ(show.query.since_ns, 1'000'000'000);
  EXPECT_EQ(show.query.until_ns, 86'400'000'000'000);
  EXPECT_EQ(show.query.after, 7U);
}

TEST(CommandLine, ReadsWhatIsToBeSaidAndHow) {
  const auto run = parsed<RunCommand>({"run", "p.yaml", "--log-level", "warning", "--log-format", "json"});
  EXPECT_EQ(run.log_level, log::Level::warning);
  EXPECT_EQ(run.log_format, log::Format::json);
  EXPECT_EQ(parsed<RunCommand>({"run", "p.yaml"}).log_level, log::Level::info);
  const auto validate =
      parsed<ValidateCommand>({"validate", "p.yaml", "--log-level=debug", "--log-format=text", "--graph", "mermaid"});
  EXPECT_EQ(validate.log_level, log::Level::debug);
  EXPECT_EQ(validate.log_format, log::Format::text);
  EXPECT_EQ(validate.graph, GraphFormat::mermaid);
  EXPECT_FALSE(parsed<ValidateCommand>({"validate", "p.yaml"}).graph);
  EXPECT_THAT(refused({"run", "p.yaml", "--log-level", "loud"}), HasSubstr("expected  error, warning, info or debug"));
  EXPECT_THAT(refused({"run", "p.yaml", "--log-format", "xml"}), HasSubstr("expected  text or json"));
  EXPECT_THAT(refused({"validate", "p.yaml", "--graph", "svg"}), HasSubstr("expected  dot or mermaid"));
}

TEST(CommandLine, SuggestsTheNearestOptionAndCommand) {
  EXPECT_THAT(refused({"run", "p.yaml", "--lmit=5"}),
              testing::AllOf(HasSubstr("error[PS0001]: `penstock run` has no option `--lmit`"),
                             HasSubstr("did you mean `--limit`?"), HasSubstr("see `penstock run --help`")));
  EXPECT_THAT(refused({"lsit"}), HasSubstr("did you mean `list`?"));
  EXPECT_THAT(refused({"audit", "verfy"}), HasSubstr("did you mean `verify`?"));
  EXPECT_THAT(refused({"--verison"}), HasSubstr("did you mean `--version`?"));
}

TEST(CommandLine, NamesWhatIsMissingOrTooMuch) {
  EXPECT_THAT(refused({"run"}), HasSubstr("PIPELINE is missing"));
  EXPECT_THAT(refused({"audit", "show"}), HasSubstr("DIR is missing"));
  EXPECT_THAT(refused({"run", "a.yaml", "b.yaml"}), HasSubstr("`b.yaml` is one argument too many for `penstock run`"));
  EXPECT_THAT(refused({"run", "a.yaml", "--limit"}), HasSubstr("option `--limit` needs a value"));
  EXPECT_THAT(refused({"run", "a.yaml", "--limit", "1", "--limit", "2"}), HasSubstr("is given more than once"));
  EXPECT_THAT(refused({"run", "a.yaml", "--sink", ""}), HasSubstr("option `--sink` needs a value"));
  EXPECT_THAT(refused({"run", "a.yaml", "--change-log="}), HasSubstr("option `--change-log` needs a value"));
  EXPECT_THAT(refused({"list", "--plugins", "a", "--plugins", ""}), HasSubstr("option `--plugins` needs a value"));
  EXPECT_THAT(refused({"run", "a.yaml", "--", "b.yaml"}), HasSubstr("one argument too many"));
  EXPECT_EQ(parsed<RunCommand>({"run", "--", "a.yaml"}).pipeline, "a.yaml");
  EXPECT_THAT(refused({"run", "a.yaml", "--", "-x"}), HasSubstr("has no option `-x`"));
  EXPECT_THAT(refused({"audit"}), HasSubstr("`penstock audit` needs a command"));
  EXPECT_THAT(refused({}), HasSubstr("`penstock` needs a command"));
}

TEST(CommandLine, SaysHowASettingThatWasCutInTwoIsWritten) {
  const std::vector<std::vector<std::string>> cut{
      {"run", "p.yaml", "--set", "a.b", "10"},      {"run", "--set", "a.b", "10", "p.yaml"},
      {"run", "p.yaml", "--set=a.b", "10"},         {"run", "p.yaml", "--set", "a.b", "=", "10"},
      {"run", "p.yaml", "--set", "a.b", "=10"},     {"run", "p.yaml", "--set", "a.b=", "10"},
      {"validate", "p.yaml", "--set", "a.b", "10"}, {"run", "p.yaml", "--set", "c.d=1", "--set", "a.b", "10"}};
  for (const auto& arguments : cut) {
    const std::string said = refused(arguments);
    EXPECT_THAT(said, HasSubstr("error[PS0001]: `--set a.b")) << arguments[2];
    EXPECT_THAT(said, HasSubstr("help: write `--set a.b=10`\n"));
    EXPECT_THAT(said, testing::Not(HasSubstr("too many")));
  }
  EXPECT_THAT(refused({"run", "p.yaml", "--set", "a.b", "-10"}), HasSubstr("write `--set a.b=-10`"));
  EXPECT_THAT(refused({"run", "p.yaml", "--set", "a", "b=10"}), HasSubstr("write `--set a.b=10`"));
  EXPECT_THAT(refused({"list", "--set", "a.b", "10"}), HasSubstr("`penstock list` has no option `--set`"));
  EXPECT_THAT(refused({"run", "p.yaml", "--set", "a.b", "[1, 2]"}), HasSubstr("write `--set 'a.b=[1, 2]'`"));
  EXPECT_THAT(refused({"run", "p.yaml", "--set", "a.b=1", "q.yaml"}), HasSubstr("`q.yaml` is one argument too many"));
  EXPECT_THAT(refused({"run", "p.yaml", "--set", "a.b", "--lmit", "5"}), HasSubstr("has no option `--lmit`"));
}

TEST(CommandLine, SaysThatEachValueHasAnOptionOfItsOwn) {
  using Arguments = std::vector<std::string>;
  const auto says = [](const Arguments& arguments, const std::string& surplus, const std::string& written) {
    const std::string said = refused(arguments);
    EXPECT_THAT(said, HasSubstr("error[PS0001]: `" + surplus + "` is one argument too many"));
    EXPECT_THAT(said, HasSubstr("help: each value has an option of its own: write `" + written + "`\n"));
  };
  says({"run", "p.yaml", "--set", "a.min=5", "b.max=100"}, "b.max=100", "--set a.min=5 --set b.max=100");
  says({"run", "--set", "a.min=5", "b.max=1", "p.yaml"}, "b.max=1", "--set a.min=5 --set b.max=1");
  says({"run", "p.yaml", "--set=a.x=5", "b.y=1 s", "c.z=2"}, "b.y=1 s", "--set a.x=5 --set 'b.y=1 s' --set c.z=2");
  says({"run", "p.yaml", "--plugins", "A", "B"}, "B", "--plugins A --plugins B");
  says({"validate", "--plugins", "A", "B", "p.yml"}, "B", "--plugins A --plugins B");
  says({"list", "--plugins", "A", "B"}, "B", "--plugins A --plugins B");
  for (const Arguments& otherwise :
       {Arguments{"run", "p.yaml", "--plugins", "A", "q.yaml"}, Arguments{"run", "--plugins", "A", "p.yaml", "B"},
        Arguments{"run", "p.yaml", "q.yaml", "--plugins", "A"}})
    EXPECT_THAT(refused(otherwise), testing::Not(HasSubstr("of its own")));
  EXPECT_THAT(refused({"run", "p.yaml", "a.min=5"}), HasSubstr("help: write `--set a.min=5`\n"));
  EXPECT_THAT(refused({"list", "a.min=5"}), testing::Not(HasSubstr("--set")));
}

TEST(CommandLine, GuessesTheCommandThatWasLeftOutByTheFile) {
  const auto meant = [](const std::vector<std::string>& arguments, const std::string& command) {
    EXPECT_THAT(refused(arguments), HasSubstr("help: did you mean `" + command + "`?\n"));
  };
  meant({"plant.yaml"}, "penstock run plant.yaml");
  meant({"my plant.yml", "--limit", "5"}, "penstock run 'my plant.yml'");
  meant({"plant.changes"}, "penstock audit show plant.changes");
  meant({"audit", "plant.changes/"}, "penstock audit show plant.changes/");
  meant({"./libclamp.so"}, "penstock check ./libclamp.so");
  EXPECT_THAT(refused({"audit", "plant.yaml"}), testing::Not(HasSubstr("did you mean `penstock")));
  EXPECT_THAT(refused({"rnu", "plant.yaml"}), HasSubstr("did you mean `run`?"));
}

TEST(CommandLine, SaysWhatAnOptionTakes) {
  EXPECT_THAT(refused({"run", "p.yaml", "--limit", "many"}), HasSubstr("expected  a number of rows"));
  EXPECT_THAT(refused({"run", "p.yaml", "--drain-timeout=-1"}), HasSubstr("expected  seconds, 0 to 86400 (a day)"));
  EXPECT_THAT(refused({"run", "p.yaml", "--progress", "always"}), HasSubstr("expected  auto or never"));
  EXPECT_THAT(refused({"audit", "show", "d", "--since", "yesterday"}),
              HasSubstr("expected  an RFC 3339 time or a date"));
  EXPECT_THAT(refused({"audit", "show", "d", "--kind", "x"}), HasSubstr("rejected, parameter or lifecycle"));
  EXPECT_THAT(refused({"audit", "verify", "d", "--expect-head", "abc"}), HasSubstr("expected  64 hex digits"));
}

TEST(CommandLine, ReportsEveryWrongValueInOneGo) {
  Diagnostics found;
  EXPECT_FALSE(parse_command_line({"run", "--limit", "x", "--drain-timeout", "y"}, found));
  EXPECT_EQ(found.size(), 3U);  // PIPELINE too
}

TEST(CommandLine, HelpsInLinesThatATerminalShowsWhole) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"run"},
                                                  {"validate"},
                                                  {"list"},
                                                  {"inspect"},
                                                  {"check"},
                                                  {"explain"},
                                                  {"audit"},
                                                  {"audit", "show"},
                                                  {"audit", "verify"},
                                                  {"audit", "head"}}) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    std::istringstream text(parsed<ShowText>(arguments).text);
    for (std::string line; std::getline(text, line);) EXPECT_LE(line.size(), 100U) << command.back() << ": " << line;
  }
}

TEST(CommandLine, HelpsAlsoWhereTheRestIsWrong) {
  EXPECT_THAT(parsed<ShowText>({"run", "--help"}).text, HasSubstr("usage: penstock run PIPELINE [OPTION]..."));
  EXPECT_THAT(parsed<ShowText>({"audit", "-h"}).text, HasSubstr("usage: penstock audit COMMAND"));
  EXPECT_THAT(parsed<ShowText>({"--version"}).text,
              testing::MatchesRegex("penstock 1\\.[0-9.]+\nboundary 1\\.0\n"
                                    "compiler (g\\+\\+|.*[cC]lang) .*[0-9.]+.*\nbuild    .*\n"));
}

}  // namespace
}  // namespace penstock::cli

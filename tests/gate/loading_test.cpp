// What libraries do while they are loaded, and when the process ends.
#include <csignal>

#include "cli/penstock_program.hpp"
#include "fixture/sanitizer.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Loading : public PenstockProgram {
 protected:
  [[nodiscard]] std::vector<std::string> run_with(const std::string& type) const {
    write_readings("readings.csv", 3);
    write("p.yaml", "source: {type: csv_reader, path: readings.csv}\nstages: [{type: " + type +
                        "}]\nsink: {type: csv_writer, path: out.csv}\n");
    return {"run",        "p.yaml",
            "--plugins",  PENSTOCK_PLUGINS,
            "--plugins",  PENSTOCK_TEST_PLUGINS,
            "--plugins",  PENSTOCK_LOADED_PLUGINS,
            "--progress", "never"};
  }
  [[nodiscard]] bool exists(const std::string& name) const { return std::filesystem::exists(directory.path() / name); }

  void expect_whole() const {
    EXPECT_EQ(lines_of(directory.read("out.csv")).size(), 4U);
    EXPECT_EQ(penstock({"audit", "verify", "p.changes"}).status, 0);
  }
};

struct Harm {
  std::string type, said, found;
};
std::ostream& operator<<(std::ostream& out, const Harm& harm) { return out << harm.type; }

class LoadingWith : public Loading, public testing::WithParamInterface<Harm> {};

TEST_P(LoadingWith, EndsTheRunBeforeAnythingIsMade) {
  const auto& [type, said, is] = GetParam();
  if (fixture::has_thread_sanitizer && type.starts_with("exits_"))
    GTEST_SKIP() << "ThreadSanitizer ends it with words of its own";
  const auto run = penstock(run_with(type));
  EXPECT_EQ(run.status, 3);
  EXPECT_THAT(run.err, StartsWith("error[PS0117]: library `lib" + type + ".so` " + said));
  EXPECT_THAT(run.err, HasSubstr("found     " + is));
  EXPECT_THAT(run.err, Not(HasSubstr("PS0508"))) << "that is of another process";
  EXPECT_FALSE(exists("p.changes"));
  EXPECT_FALSE(exists("out.csv"));
}

INSTANTIATE_TEST_SUITE_P(
    AConstructor, LoadingWith,
    testing::Values(Harm{"crashes_in_constructor", "crashed while it was loaded", "signal 11 (Segmentation fault)"},
                    Harm{"throws_in_constructor", "crashed while it was loaded", "signal 6 (Aborted)"},
                    Harm{"throws_a_number", "crashed while it was loaded", "signal 6 (Aborted)"},
                    Harm{"hangs_in_constructor", "was not loaded within 5 s", "not loaded after 5 s"},
                    Harm{"exits_in_constructor", "ended the process while it was loaded", "an exit with status 0"},
                    Harm{"exits_at_once_in_constructor", "ended the process while it was loaded",
                         "an exit with status 0"}),
    [](const auto& test) { return test.param.type; });

TEST_F(Loading, OfOneLibraryThatDoesHarmLeavesTheNextToBeChecked) {
  std::vector<std::string> arguments{"check"};
  for (const char* name : {"crashes_in_constructor", "throws_in_constructor", "exits_in_constructor",
                           "exits_at_once_in_constructor", "aborts_in_constructor"})
    arguments.push_back(PENSTOCK_LOADED_PLUGINS "/lib" + std::string(name) + ".so");
  arguments.emplace_back(PENSTOCK_BAD_PLUGINS "/libgood.so");
  const auto check = penstock(arguments);
  EXPECT_EQ(check.status, 1);
  EXPECT_THAT(check.out, HasSubstr(PENSTOCK_BAD_PLUGINS "/libgood.so: another_stage, good_stage\n"));
  EXPECT_THAT(check.out, HasSubstr("6 files: 1 passed, 5 failed"));
}

TEST_F(Loading, OfATypeThatThrowsWhatIsNoExceptionIsAFailureOfThatType) {
  const auto run = penstock(run_with("throws_a_number_in_create"));
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, StartsWith("error[PS0413]: `throws_a_number_in_create` could not be created: an exception that "
                                  "is no std::exception was thrown\n"));
  EXPECT_FALSE(exists("out.csv"));
}

TEST_F(Loading, OfATypeWhoseConstructorThrowsNamesItAndWhatItThrew) {
  const auto run = penstock(run_with("throws_in_create"));
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err,
              StartsWith("error[PS0413]: `throws_in_create` could not be created: the plant is closed\n"
                         "  --> p.yaml:2:17\n"
                         "   = note: type `throws_in_create` of " PENSTOCK_TEST_PLUGINS
                         "/libthrows_in_create.so: the constructor of `(anonymous namespace)::Troubled` failed\n"));
}

TEST_F(Loading, PinsTheLibraryOfAThreadThatOutlivesItsInstance) {
  const auto run = penstock(run_with("leaves_a_thread"));
  EXPECT_EQ(run.status, 0) << run.err;
  expect_whole();
}

TEST_F(Loading, OfALibraryThatCrashesAtTheEndChangesNothingOfTheRun) {
  for (const auto& [type, signal] : {std::pair{"throws_at_the_end", "Aborted (signal 6)"},
                                     std::pair{"crashes_at_the_end", "Segmentation fault (signal 11)"}}) {
    const auto run = penstock(run_with(type));
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(lines_of(run.err).back(), StartsWith("warning[PS0509]: a library crashed when the process ended: " +
                                                     std::string(signal) + "; the work was done by then"));
    expect_whole();
  }
}

TEST_F(Loading, OfALibraryThatExitsAtTheEndKeepsTheStatusOfTheRun) {
  const auto run = penstock(run_with("exits_at_the_end"));
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("warning[PS0508]: a library called `exit` with status 7 when the process ended\n"
                                 "   = note: the work was done by then, and its status stays 0\n"));
  expect_whole();
}

TEST_F(Loading, OfALibraryThatHangsAtTheEndIsNotWaitedForLong) {
  auto arguments = run_with("hangs_at_the_end");
  arguments.insert(arguments.begin(), PENSTOCK_PROGRAM);
  fixture::Process process(arguments, surroundings());
  ASSERT_TRUE(process.runs_until([&] { return exists("hanging"); }));
  process.signal(SIGALRM);  // the host's own, a few seconds later
  const auto run = process.wait();
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(lines_of(run.err).back(), StartsWith("warning[PS0509]: a library did not let the process end"));
  expect_whole();
}

}  // namespace
}  // namespace penstock::cli

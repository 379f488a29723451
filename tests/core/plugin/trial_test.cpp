#include "plugin/trial.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <cerrno>
#include <system_error>

#include "core/plugin/found.hpp"
#include "fixture/sanitizer.hpp"
#include "fixture/temporary_directory.hpp"
#include "plugin/child.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

fs::path library(const std::string& name) { return fs::path(PENSTOCK_LIBRARIES) / ("libon_load_" + name + ".so"); }

class Trial : public testing::Test {
 protected:
  void try_all(const std::vector<fs::path>& libraries, std::chrono::nanoseconds limit = 60s) {
    try_loading(libraries, found, limit);
  }
  Diagnostics found;
};

TEST_F(Trial, SaysNothingOfLibrariesThatLoad) {
  try_all({library("nothing"), library("nothing")});
  EXPECT_THAT(found, IsEmpty());
}

TEST_F(Trial, LeavesThisProcessAsItWas) {
  try_all({library("slow")});
  EXPECT_EQ(::dlopen(library("slow").c_str(), RTLD_NOLOAD | RTLD_LAZY), nullptr) << "it was loaded here, too";
}

TEST_F(Trial, NamesACrash) {
  try_all({library("crash")});
  EXPECT_THAT(text_of(found), StartsWith("error[PS0117]: library `libon_load_crash.so` crashed while it was loaded\n"));
  EXPECT_THAT(text_of(found), HasSubstr(R"(
   |  expected  loaded
   |  found     signal 11 (Segmentation fault)
   = note: it was tried in a process of its own, and none of it has run in this one
)"));
}

TEST_F(Trial, NamesAnExceptionByWhatWasWritten) {
  try_all({library("throws")});
  EXPECT_THAT(text_of(found), HasSubstr("signal 6 (Aborted)"));
  EXPECT_THAT(text_of(found), HasSubstr("before that it wrote: "));
  EXPECT_THAT(text_of(found), HasSubstr("no plant to be found"));
}

TEST_F(Trial, NamesAnExitWhateverItsStatus) {
  if (fixture::has_thread_sanitizer) GTEST_SKIP() << "ThreadSanitizer ends it with words of its own";
  try_all({library("exits"), library("exits_at_once")});
  EXPECT_THAT(codes(found), ElementsAre("PS0117", "PS0117"));
  EXPECT_THAT(text_of(found), HasSubstr("libon_load_exits.so` ended the process while it was loaded"));
  EXPECT_THAT(text_of(found), HasSubstr("an exit with status 0"));
  EXPECT_THAT(text_of(found), HasSubstr("before that it wrote: all is well\n"));
}

TEST_F(Trial, GivesUpOnOneThatHangs) {
  try_all({library("hang")}, 100ms);
  EXPECT_THAT(text_of(found), HasSubstr("libon_load_hang.so` was not loaded within 0.1 s"));
}

TEST_F(Trial, GivesEachLibraryAllOfTheTime) {
  const fixture::TemporaryDirectory directory;  // what is loaded already is not loaded again
  std::vector<fs::path> slow;
  for (const char* copy : {"one.so", "two.so", "three.so", "four.so", "five.so", "six.so", "seven.so"}) {
    slow.push_back(directory / copy);
    fs::copy_file(library("slow"), slow.back());
  }
  try_all(slow, 2s);  // each takes 0.4 s
  EXPECT_THAT(text_of(found), IsEmpty());
}

TEST_F(Trial, BlamesTheLibraryThatTookTheTime) {
  const fixture::TemporaryDirectory directory;
  for (const char* copy : {"one.so", "two.so"}) fs::copy_file(library("nothing"), directory / copy);
  try_all({directory / "one.so", library("hang"), directory / "two.so"}, 1s);
  EXPECT_THAT(codes(found), ElementsAre("PS0117"));
  EXPECT_THAT(text_of(found), HasSubstr("libon_load_hang.so` was not loaded within 1 s"));
}

TEST_F(Trial, BlamesTheMachineWhereItGivesNoProcess) {
  const std::vector<fs::path> libraries{library("crash")};
  // Said here, while there are files: of what it has not seen before, UBSan opens some to look whether it can be called.
  const std::string reason = std::generic_category().message(EMFILE);
  const ChildReport report = run_in_child([&libraries] {
    const rlimit none{};
    ::setrlimit(RLIMIT_NOFILE, &none);
    Diagnostics said;
    try_loading(libraries, said, 60s);
    return text_of(said);
  });
  EXPECT_THAT(report.record, StartsWith("warning[PS0117]: the libraries are loaded without having been tried\n"))
      << report.output;
  EXPECT_THAT(report.record, HasSubstr("the trial could not be set up on this machine: " + reason));
  EXPECT_THAT(report.record, testing::Not(HasSubstr("libon_load_crash")));
}

TEST_F(Trial, NamesOneThatKillsWhoWatchesIt) {
  for (const auto& libraries : {std::vector{library("kills_its_parent")},
                                std::vector{library("nothing"), library("kills_its_parent"), library("print")}}) {
    found = {};
    try_all(libraries);
    EXPECT_THAT(
        text_of(found),
        StartsWith("error[PS0117]: library `libon_load_kills_its_parent.so` ended the process while it was loaded\n"));
    EXPECT_THAT(text_of(found), HasSubstr("found     signal 9 (Killed)"));
    EXPECT_EQ(found.errors(), 1U) << text_of(found);
  }
}

TEST_F(Trial, BlamesTheLibraryWhoseHarmIsSeenWhileTheNextIsLoaded) {
  for (const auto& [harmful, signal] :
       {std::pair{"ends_later", "signal 14 (Alarm clock)"}, std::pair{"crashes_later", "signal 11"}}) {
    found = {};
    try_all({library("nothing"), library(harmful), library("slow")});
    EXPECT_THAT(codes(found), ElementsAre("PS0117"));
    EXPECT_THAT(text_of(found), HasSubstr("library `libon_load_" + std::string(harmful) + ".so` "));
    EXPECT_THAT(text_of(found), HasSubstr(signal));
  }
}

TEST_F(Trial, WaitsForTheThreadsThatALibraryStarts) {
  try_all({library("nothing"), library("crashes_later")});
  EXPECT_THAT(text_of(found), StartsWith("error[PS0117]: library `libon_load_crashes_later.so` crashed"));
}

TEST_F(Trial, RefusesTogetherThoseThatDoHarmOnlyTogether) {
  try_all({library("marks"), library("crashes_if_marked"), library("nothing")});
  EXPECT_THAT(codes(found), ElementsAre("PS0117"));
  EXPECT_THAT(text_of(found), StartsWith("error[PS0117]: libraries `libon_load_marks.so`, "
                                         "`libon_load_crashes_if_marked.so` cannot be loaded into one process\n"));
  EXPECT_THAT(text_of(found), HasSubstr("found     signal 11 (Segmentation fault)"));
  EXPECT_THAT(text_of(found), HasSubstr("each is loaded without harm when it is alone"));
}

TEST_F(Trial, TellsWhoWroteSomething) {
  const fixture::TemporaryDirectory directory;  // what is loaded already is not loaded again
  fs::copy_file(library("print"), directory / "libprint.so");
  try_all({library("nothing"), directory / "libprint.so"});
  EXPECT_THAT(codes(found), ElementsAre("PS0118"));
  EXPECT_FALSE(found.has_errors());
  EXPECT_THAT(text_of(found), StartsWith("warning[PS0118]: library `libprint.so` wrote to standard output or standard "
                                         "error while it was loaded\n"));
  EXPECT_THAT(text_of(found), HasSubstr("it wrote: hello\n"));
}

TEST_F(Trial, GoesOnWithTheNext) {
  try_all({library("nothing"), library("crash"), library("exits"), library("throws")});
  EXPECT_THAT(codes(found), ElementsAre("PS0117", "PS0117", "PS0117"));
}

TEST_F(Trial, LeavesWhatTheLoaderRefusesToTheLoader) {
  try_all({"/nowhere/libgone.so"});
  EXPECT_THAT(found, IsEmpty());
}

}  // namespace
}  // namespace penstock::plugin

#include "plugin/process_state.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <future>
#include <thread>

#include "plugin/child.hpp"

namespace penstock::plugin {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/** What is another after `act`, a line `subject: expected -> found` each; in a child, whose state is no other test's. */
std::string changes_by(const std::function<void()>& act) {
  const ChildReport report = run_in_child([&] {
    const ProcessState before = process_state();
    act();
    std::string text;
    for (const diagnostic::Comparison& one : changes(before, process_state()))
      text +=
          one.subject + ": " + one.expected + " -> " + one.found + (one.remark.empty() ? "" : ", " + one.remark) + '\n';
    return text;
  });
  EXPECT_EQ(report.ending, Ending::completed) << report.output;
  return report.record;
}

TEST(ProcessEnvironment, HasWhatThisProcessWasStartedWith) { EXPECT_EQ(process_environment().count("PATH"), 1U); }

TEST(ProcessState, IsTheSameWhereNothingHappened) {
  EXPECT_THAT(changes_by([] {}), IsEmpty());
}

TEST(ProcessState, KnowsTheRoundingMode) {
  EXPECT_THAT(changes_by([] { std::fesetround(FE_UPWARD); }), HasSubstr("floating-point control: "));
}

TEST(ProcessState, IgnoresTheFlagsThatComputingSets) {
  EXPECT_THAT(changes_by([] { std::feraiseexcept(FE_INEXACT | FE_OVERFLOW); }), IsEmpty());
}

TEST(ProcessState, SaysWhenSmallNumbersBecomeZero) {
#if defined(__x86_64__)
  EXPECT_EQ(changes_by([] { set_floating_point({.control = 0x9fc0, .x87 = floating_point().x87}); }),
            "floating-point control: 0x1f80 -> 0x9fc0, the smallest numbers become 0\n");
#endif
}

TEST(ProcessState, OfTheFloatingPointCanBeSetBack) {
  const FloatingPoint before = floating_point();
  std::fesetround(FE_DOWNWARD);
  EXPECT_NE(floating_point(), before);
  set_floating_point(before);
  EXPECT_EQ(floating_point(), before);
  EXPECT_EQ(std::fegetround(), FE_TONEAREST);
}

TEST(ProcessState, KnowsTheLocale) {
  EXPECT_THAT(changes_by([] { std::setlocale(LC_ALL, "C.UTF-8"); }), StartsWith("locale: C -> "));
}

TEST(ProcessState, KnowsDirectoryAndUmask) {
  EXPECT_THAT(changes_by([] { (void)!chdir("/"); }), HasSubstr(" -> /\n"));
  EXPECT_THAT(changes_by([] { umask(0777); }), HasSubstr(" -> 0777\n"));
}

TEST(ProcessState, KnowsWhatHappensAtASignal) {
  EXPECT_EQ(changes_by([] { signal(SIGUSR1, [](int) {}); }), "SIGUSR1: the default action -> a handler\n");
  EXPECT_EQ(changes_by([] { signal(SIGTERM, SIG_IGN); }), "SIGTERM: the default action -> ignored\n");
}

TEST(ProcessState, KnowsTheBlockedSignals) {
  EXPECT_EQ(changes_by([] {
              sigset_t set{};
              sigemptyset(&set);
              sigaddset(&set, SIGINT);
              pthread_sigmask(SIG_BLOCK, &set, nullptr);
            }),
            "SIGINT: not blocked -> blocked\n");
}

TEST(ProcessState, KnowsTheOpenDescriptors) {
  EXPECT_EQ(changes_by([] { dup2(STDIN_FILENO, 77); }), "descriptor 77: closed -> open on `/dev/null`\n");
  EXPECT_EQ(changes_by([] { close(STDIN_FILENO); }), "descriptor 0: open on `/dev/null` -> closed\n");
}

TEST(ProcessState, NamesVariablesOfTheEnvironmentAndHidesTheirValues) {
  EXPECT_EQ(changes_by([] { setenv("PENSTOCK_TEST_TOKEN", "secret", 1); }), "`PENSTOCK_TEST_TOKEN`: not set -> set\n");
  EXPECT_EQ(changes_by([] { setenv("PATH", "/nowhere", 1); }), "`PATH`: set as before -> set to another value\n");
  EXPECT_EQ(changes_by([] { unsetenv("PATH"); }), "`PATH`: set as before -> not set\n");
}

TEST(ProcessState, KnowsTheLimits) {
  EXPECT_THAT(changes_by([] {
                const rlimit less{.rlim_cur = 100, .rlim_max = 101};
                setrlimit(RLIMIT_NOFILE, &less);
              }),
              AllOf(StartsWith("RLIMIT_NOFILE: "), EndsWith(" -> 100, at most 101\n")));
}

TEST(ProcessState, KnowsUserAndGroup) {
  if (geteuid() != 0) GTEST_SKIP() << "only root may become somebody else";
  EXPECT_THAT(changes_by([] { (void)!setegid(12345); }), EndsWith("-> 0, group 12345\n"));
}

TEST(ProcessState, KnowsThatATimerRuns) {
  EXPECT_EQ(changes_by([] { alarm(1000); }), "timers: none -> one or more\n");
}

TEST(ProcessState, KnowsThatAProcessWasStarted) {
  EXPECT_EQ(changes_by([] {
              if (fork() == 0)
                for (;;) pause();
            }),
            "child processes: none -> one or more\n");
}

TEST(ProcessState, CountsThreads) {
  EXPECT_THAT(changes_by([] {
                std::promise<void> runs;
                std::thread([&] {
                  runs.set_value();
                  for (;;) pause();
                }).detach();
                runs.get_future().wait();
              }),
              StartsWith("threads: "));
}

}  // namespace
}  // namespace penstock::plugin

#include "plugin/child.hpp"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "fixture/temporary_directory.hpp"

namespace penstock::plugin {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr milliseconds soon{300};

bool lives(const std::string& process) { return kill(std::stoi(process), 0) == 0 || errno != ESRCH; }

[[noreturn]] void hang() {
  for (;;) pause();
}

TEST(Child, HandsBackWhatItsWorkReturns) {
  const ChildReport report = run_in_child([] { return std::string("seven\0bytes", 11); });
  EXPECT_EQ(report.ending, Ending::completed);
  EXPECT_EQ(report.record, std::string("seven\0bytes", 11));
  EXPECT_EQ(report.number, 0);
  EXPECT_EQ(report.written, 0U);
  EXPECT_GT(report.time.count(), 0);
}

TEST(Child, MayReturnNothing) {
  const ChildReport report = run_in_child([] { return std::string(); });
  EXPECT_EQ(report.ending, Ending::completed);
  EXPECT_THAT(report.record, IsEmpty());
}

TEST(Child, MayReturnMoreThanAPipeHolds) {
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(run_in_child([&] { return large; }).record, large);
}

TEST(Child, WhoseRecordIsTooLongHasNone) {
  const ChildReport report = run_in_child([] { return std::string(101, 'x'); }, {.record = 100});
  EXPECT_EQ(report.ending, Ending::overlong);
  EXPECT_THAT(report.record, IsEmpty());
}

TEST(Child, ChangesNothingInItsHost) {
  int value = 1;
  (void)run_in_child([&] {
    value = 2;
    return std::string();
  });
  EXPECT_EQ(value, 1);
}

TEST(Child, ThatExitsIsNoSuccessWhateverItSaid) {
  const auto exits = [](auto how) {
    return run_in_child([how]() -> std::string {
      std::puts("all tests passed");
      how();
      return "unreached";
    });
  };
  const ChildReport quick = exits([] {
    std::fflush(stdout);
    _exit(0);
  });
  EXPECT_EQ(quick.ending, Ending::exited);
  EXPECT_EQ(quick.number, 0);
  EXPECT_EQ(quick.output, "all tests passed\n");
  const ChildReport slow = exits([] { std::exit(3); });
  EXPECT_EQ(slow.ending, Ending::exited);
  EXPECT_EQ(slow.number, 3);
  EXPECT_EQ(slow.output, "all tests passed\n");
}

TEST(Child, ThatCrashesNamesTheSignal) {
  for (const int crash : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGKILL}) {
    const ChildReport report = run_in_child([crash] {
      raise(crash);
      return std::string();
    });
    EXPECT_EQ(report.ending, Ending::killed);
    EXPECT_EQ(report.number, crash);
  }
}

TEST(Child, DoesNotRunTheCrashHandlersOfItsHost) {
  const auto before = signal(SIGSEGV, [](int) { _exit(0); });
  const ChildReport report = run_in_child([] {
    raise(SIGSEGV);
    return std::string();
  });
  signal(SIGSEGV, before);
  EXPECT_EQ(report.ending, Ending::killed);
}

TEST(Child, WhoseWorkThrowsCrashes) {
  const ChildReport report = run_in_child([]() -> std::string { throw std::runtime_error("no such valve"); });
  EXPECT_EQ(report.ending, Ending::killed);
  EXPECT_EQ(report.number, SIGABRT);
  EXPECT_THAT(report.output, HasSubstr("no such valve"));
}

TEST(Child, ThatTheSystemDoesNotSetUpDoesNotBegin) {
  const ChildReport report = run_in_child([] {
    const fixture::TemporaryDirectory empty;
    if (::chroot(empty.path().c_str()) != 0 && (::unshare(CLONE_NEWUSER) != 0 || ::chroot(empty.path().c_str()) != 0))
      return std::string("may not");
    const ChildReport of_copy = run_in_child([] { return std::string("there is no /dev/null here"); });
    return of_copy.record + (of_copy.ending == Ending::not_started ? "not started: " : "started: ") +
           std::to_string(of_copy.number);
  });
  if (report.record == "may not") GTEST_SKIP() << "the system gives this process no root directory of its own";
  EXPECT_EQ(report.record, "not started: " + std::to_string(ENOENT)) << report.output;
}

TEST(Child, ThatExitsWithAStatusOfOursIsNoneThatDidNotBegin) {
  const ChildReport report = run_in_child([]() -> std::string { _exit(126); });
  EXPECT_EQ(report.ending, Ending::exited);
  EXPECT_EQ(report.number, 126);
}

TEST(Child, ThatHangsIsKilledWhenItsTimeIsOver) {
  const ChildReport report = run_in_child(
      []() -> std::string {
        signal(SIGTERM, SIG_IGN);
        std::puts("waiting");
        std::fflush(stdout);
        hang();
      },
      {.time = soon});
  EXPECT_EQ(report.ending, Ending::timed_out);
  EXPECT_EQ(report.output, "waiting\n");
  EXPECT_GE(report.time, soon);
}

TEST(Child, IsHeardOnBothOutputsAndInOrder) {
  const ChildReport report = run_in_child([] {
    std::printf("one ");
    std::fflush(stdout);
    std::fprintf(stderr, "two ");
    std::printf("three");
    return std::string();
  });
  EXPECT_EQ(report.output, "one two three");
  EXPECT_EQ(report.written, 13U);
}

TEST(Child, MayWriteWithoutEndAndFillsNoMemory) {
  constexpr std::uint64_t blocks = 16 * 1024;
  const ChildReport report = run_in_child(
      [] {
        const std::vector<char> block(64 * 1024, 'x');
        for (std::uint64_t i = 0; i < blocks; ++i)
          if (write(STDERR_FILENO, block.data(), block.size()) != static_cast<ssize_t>(block.size())) hang();
        return std::string("wrote it all");
      },
      {.time = std::chrono::seconds(60), .output = 10});
  EXPECT_EQ(report.record, "wrote it all");
  EXPECT_EQ(report.output, "xxxxxxxxxx");
  EXPECT_EQ(report.written, blocks * 64 * 1024);
}

TEST(Child, LeavesNoProcessThatItStarted) {
  const ChildReport report = run_in_child([] {
    const pid_t grandchild = fork();
    if (grandchild == 0) hang();
    return std::to_string(grandchild);
  });
  ASSERT_EQ(report.ending, Ending::completed);
  EXPECT_FALSE(lives(report.record));
}

TEST(Child, LeavesNoProcessThatLeftItsGroupAndLostItsParent) {
  const ChildReport report = run_in_child([] {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return std::string();
    const pid_t middle = fork();
    if (middle == 0) {
      const pid_t daemon = fork();
      if (daemon == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        const pid_t self = getpid();
        (void)!write(ends[1], &self, sizeof self);
        hang();
      }
      _exit(0);
    }
    waitpid(middle, nullptr, 0);
    pid_t daemon = 0;
    (void)!read(ends[0], &daemon, sizeof daemon);
    return std::to_string(daemon);
  });
  ASSERT_EQ(report.ending, Ending::completed);
  EXPECT_FALSE(lives(report.record));
}

TEST(Child, WhoseWorkForksSpeaksOnce) {
  const ChildReport report = run_in_child([] {
    const pid_t copy = fork();
    if (copy > 0) waitpid(copy, nullptr, 0);
    return std::string("returned");
  });
  EXPECT_EQ(report.ending, Ending::completed);
  EXPECT_EQ(report.record, "returned");
}

TEST(Child, ThatExitsWhileItsOwnChildRunsOnHasExited) {
  const ChildReport report = run_in_child([]() -> std::string {
    if (fork() == 0) hang();
    _exit(5);
  });
  EXPECT_EQ(report.ending, Ending::exited);
  EXPECT_EQ(report.number, 5);
}

TEST(Child, ThatKillsItsWardenIsKilled) {
  const ChildReport report = run_in_child([]() -> std::string {
    kill(getppid(), SIGKILL);
    hang();
  });
  EXPECT_EQ(report.ending, Ending::killed);
}

TEST(Child, DoesNotReachTheHandlersOfItsHostThroughItsWarden) {
  static std::array<int, 2> calls{};
  ASSERT_EQ(pipe(calls.data()), 0);
  const auto before = std::signal(SIGTERM, [](int) { (void)!write(calls[1], "x", 1); });
  const ChildReport report = run_in_child([]() -> std::string {
    kill(getppid(), SIGTERM);
    hang();
  });
  std::signal(SIGTERM, before);
  close(calls[1]);
  char call = 0;
  EXPECT_EQ(read(calls[0], &call, 1), 0) << "the handler of the host ran in its warden";
  close(calls[0]);
  EXPECT_EQ(report.ending, Ending::killed);
}

TEST(Child, EndsWithItsHost) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t host = fork();
  if (host == 0) {
    (void)run_in_child([&]() -> std::string {
      (void)!write(ends[1], "!", 1);
      hang();
    });
    _exit(0);
  }
  close(ends[1]);
  char byte = 0;
  ASSERT_EQ(read(ends[0], &byte, 1), 1);
  kill(host, SIGKILL);
  waitpid(host, nullptr, 0);
  EXPECT_EQ(read(ends[0], &byte, 1), 0);  // the end of the pipe: nobody is left who could write
  close(ends[0]);
}

TEST(Child, IsWaitedForThroughSignals) {
  const auto before = signal(SIGALRM, [](int) {});
  const itimerval often{.it_interval = {0, 1000}, .it_value = {0, 1000}}, never{};
  setitimer(ITIMER_REAL, &often, nullptr);
  const ChildReport report = run_in_child(
      []() -> std::string {
        std::puts("waiting");
        std::fflush(stdout);
        hang();
      },
      {.time = soon});
  setitimer(ITIMER_REAL, &never, nullptr);
  signal(SIGALRM, before);
  EXPECT_EQ(report.ending, Ending::timed_out);
  EXPECT_EQ(report.output, "waiting\n");
}

TEST(Child, StandsAlone) {
  const ChildReport report = run_in_child([] {
    rlimit cores{};
    getrlimit(RLIMIT_CORE, &cores);
    char byte = 0;
    const bool reads_nothing = read(STDIN_FILENO, &byte, 1) == 0;
    return std::string(getsid(0) == getpid() && cores.rlim_cur <= 1 && reads_nothing ? "alone" : "not alone");
  });
  EXPECT_EQ(report.record, "alone");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__has_feature)
TEST(Child, GetsNoMoreMemoryThanItsLimit) {
  const ChildReport report = run_in_child(
      [] {
        void* const block = std::malloc(std::size_t{1} << 32U);
        const bool refused = block == nullptr;
        std::free(block);
        return std::string(refused ? "refused" : "given");
      },
      {.memory = std::uint64_t{1} << 31U});
  EXPECT_EQ(report.record, "refused");
}
#endif

}  // namespace
}  // namespace penstock::plugin

#include "log/host_log.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <future>
#include <regex>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "fixture/sanitizer.hpp"
#include "plugin/child.hpp"

namespace penstock::log {
namespace {

using testing::HasSubstr;

/** Of this process, in bytes. */
std::uint64_t address_space() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

TEST(HostLog, SaysLevelNodeAndText) {
  std::ostringstream out;
  HostLog log(out);
  log.write(Level::warning, "lookup", "no entry for 3 sensors");
  log.write(Level::error, "", "the disk is full");
  log.flush();
  EXPECT_EQ(out.str(), "[WARNING] lookup: no entry for 3 sensors\n[ERROR] the disk is full\n");
}

TEST(HostLog, PassesOnALiveLineAsItIs) {
  std::ostringstream out;
  HostLog log(out);
  log.audit("[AUDIT] records_processed: 23 → 24");
  log.flush();
  EXPECT_EQ(out.str(), "[AUDIT] records_processed: 23 → 24\n");
}

TEST(HostLog, KeepsTheOrderOfWhatOneThreadSays) {
  std::ostringstream out;
  HostLog log(out);
  log.write(Level::info, "a", "1");
  log.audit("2");
  log.write(Level::info, "b", "3");
  log.flush();
  EXPECT_EQ(out.str(), "[INFO] a: 1\n2\n[INFO] b: 3\n");
}

TEST(HostLog, IsWrittenByWhoFlushesItWhereNoThreadCanBeStarted) {
  if (fixture::has_sanitizer) GTEST_SKIP() << "a sanitizer needs the addresses that are taken away";
  const plugin::ChildReport report = plugin::run_in_child([]() -> std::string {
    std::ostringstream out;
    constexpr rlim_t stack = 8 << 20, rest = 4 << 20;
    const rlimit stacks{stack, RLIM_INFINITY}, addresses{address_space() + rest, RLIM_INFINITY};
    setrlimit(RLIMIT_STACK, &stacks);
    setrlimit(RLIMIT_AS, &addresses);
    try {
      std::thread([] {}).join();
      return "a thread was started";
    } catch (const std::system_error&) {
    }
    HostLog log(out);
    log.write(Level::info, "a", "1");
    log.flush();
    return out.str();
  });
  EXPECT_EQ(report.record, "[INFO] a: 1\n") << report.output;
}

TEST(HostLog, LeavesOutWhatIsBelowItsLevel) {
  std::ostringstream out;
  HostLog log(out);
  log.write(Level::debug, "a", "detail");
  log.flush();
  EXPECT_EQ(out.str(), "");
}

TEST(HostLog, KeepsEscapeSequencesOfAPluginFromTheTerminal) {
  std::ostringstream out;
  HostLog log(out);
  log.write(Level::info, "a", "\x1b[2Jgone\nforged");
  log.flush();
  EXPECT_EQ(out.str(), "[INFO] a: \\x1b[2Jgone\\nforged\n");
}

TEST(HostLog, ColoursTheLevelWhenAsked) {
  std::ostringstream out;
  HostLog log(out, {.colour = true});
  log.write(Level::error, "a", "x");
  log.flush();
  EXPECT_EQ(out.str(), "\x1b[1;31m[ERROR]\x1b[0m a: x\n");
}

TEST(HostLog, WritesEachLineAsOneJsonObjectWhenAsked) {
  std::ostringstream out;
  HostLog log(out, {.format = Format::json});
  log.write(Level::warning, "lookup", "no \"entry\"\nfor 3 sensors");
  log.write(Level::debug, "lookup", "detail");
  log.audit("[AUDIT] filter dropped: 23 → 24");
  log.flush();
  const std::regex time(R"(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
  EXPECT_EQ(std::regex_replace(out.str(), time, "TIME"),
            R"({"time":"TIME","level":"warning","node":"lookup","message":"no \"entry\"\nfor 3 sensors"}
{"time":"TIME","level":"info","node":null,"message":"[AUDIT] filter dropped: 23 → 24"}
)");
}

TEST(HostLog, CountsALiveLineAsInformation) {
  std::ostringstream out;
  HostLog log(out, {.least = Level::warning});
  log.audit("[AUDIT] records_processed: 23 → 24");
  log.flush();
  EXPECT_EQ(out.str(), "");
}

TEST(HostLog, KnowsItsLevelsByName) {
  EXPECT_EQ(level_named("debug"), Level::debug);
  EXPECT_EQ(level_named("error"), Level::error);
  EXPECT_EQ(level_named("Error"), std::nullopt);
  EXPECT_EQ(level_named(""), std::nullopt);
}

TEST(HostLog, KeepsALineBelowAllOthersUntilItFlushes) {
  std::ostringstream out;
  HostLog log(out);
  log.show_below("1 row");
  log.show_below("2 rows");
  log.write(Level::info, "", "a line");
  log.flush();
  log.write(Level::info, "", "last");
  log.flush();
  EXPECT_EQ(out.str(),
            "1 row"
            "\r\x1b[K2 rows"
            "\r\x1b[K[INFO] a line\n2 rows"
            "\r\x1b[K[INFO] last\n");
}

TEST(HostLog, FlushesWhenItEnds) {
  std::ostringstream out;
  { HostLog(out).write(Level::info, "", "last words"); }
  EXPECT_EQ(out.str(), "[INFO] last words\n");
}

TEST(HostLog, TakesLinesFromManyThreads) {
  std::ostringstream out;
  {
    HostLog log(out);
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&log] {
        for (int line = 0; line < 100; ++line) log.write(Level::info, "node", "text");
      });
  }
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 400);
  EXPECT_EQ(text.size(), 400 * std::string_view("[INFO] node: text\n").size());
}

/** A reader that takes nothing until it is let go. */
class StuckReader : public std::stringbuf {
 public:
  void let_go() { gate_.set_value(); }
  void wait_until_stuck() { stuck_.get_future().wait(); }

 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    if (!waited_) {
      waited_ = true;
      stuck_.set_value();
      gate_.get_future().wait();
    }
    return std::stringbuf::xsputn(text, size);
  }

 private:
  std::promise<void> gate_, stuck_;
  bool waited_ = false;
};

TEST(HostLog, LosesLinesRatherThanWaitForAReaderAndSaysHowMany) {
  StuckReader reader;
  std::ostream out(&reader);
  HostLog log(out);
  log.audit("first");
  reader.wait_until_stuck();
  for (std::size_t line = 0; line < HostLog::backlog + 7; ++line) log.audit("more");  // returns: nobody waits here
  reader.let_go();
  log.flush();
  const std::string text = reader.str();
  EXPECT_THAT(text, HasSubstr("[WARNING] 7 lines of this log were lost, their reader is too slow\n"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), HostLog::backlog + 2);
}

}  // namespace
}  // namespace penstock::log

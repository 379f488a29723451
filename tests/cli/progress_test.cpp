#include "cli/progress.hpp"

#include <gmock/gmock.h>

#include <future>
#include <string>
#include <vector>

namespace penstock::cli {
namespace {

using namespace std::chrono_literals;

TEST(ProgressText, SaysRowsAndRateAndTime) {
  EXPECT_EQ(progress_text(1'234'567, 450'000, 151s), "1,234,567 rows, 450,000 rows per second, 0:02:31");
  EXPECT_EQ(progress_text(0, 0, 999ms), "0 rows, 0 rows per second, 0:00:00");
  EXPECT_EQ(progress_text(1, 1, 100h + 5s), "1 rows, 1 rows per second, 100:00:05");
}

TEST(Progress, SaysHowManyRowsThereAreByNow) {
  std::atomic<std::uint64_t> rows = 7;
  std::promise<void> second;
  std::vector<std::string> lines;
  {
    const Progress progress(
        rows,
        [&](std::string_view line) {
          lines.emplace_back(line);
          rows = 8;
          if (lines.size() == 2) second.set_value();
        },
        1ms);
    second.get_future().wait();
  }
  EXPECT_THAT(lines[0], testing::StartsWith("7 rows, "));
  EXPECT_THAT(lines[1], testing::StartsWith("8 rows, "));
}

TEST(Progress, EndsAtOnceAlsoBeforeItsTimeHasCome) {
  const std::atomic<std::uint64_t> rows = 0;
  const Progress progress(
      rows, [](std::string_view) { FAIL() << "an hour has not passed"; }, 1h);
}

}  // namespace
}  // namespace penstock::cli

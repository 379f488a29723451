#include "csv/time_text.hpp"

#include <gtest/gtest.h>
#include <penstock/text.hpp>

#include <cstdint>
#include <random>
#include <string>

namespace csv {
namespace {

class Times : public testing::Test {
 protected:
  std::string text(std::int64_t ns) {
    char out[TimeText::room];
    return {out, times.write(out, ns)};
  }

  TimeText times;
};

TEST_F(Times, HaveTheDigitsThatTheyNeedByThrees) {
  EXPECT_EQ(text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(text(1'709'208'000'250'000'000), "2024-02-29T12:00:00.250Z");
  EXPECT_EQ(text(1'709'208'059'000'001'000), "2024-02-29T12:00:59.000001Z");
  EXPECT_EQ(text(1'709'208'059'000'000'001), "2024-02-29T12:00:59.000000001Z");
  EXPECT_EQ(text(INT64_MAX), "2262-04-11T23:47:16.854775807Z");
  EXPECT_EQ(text(INT64_MIN), "1677-09-21T00:12:43.145224192Z");
}

TEST_F(Times, AreWhatTheSdkWritesInAnyOrder) {
  std::mt19937_64 random(2);
  std::int64_t ns = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::int64_t unit = i % 2 ? 1'000'000 : i % 3 ? 1000 : 1;
    if (i % 50 == 0) ns = static_cast<std::int64_t>(random() >> 1) / unit * unit * (i % 100 ? 1 : -1);
    ns += static_cast<std::int64_t>(random() % 10'000) * unit;
    ASSERT_EQ(text(ns), penstock::TextBuffer().time({ns}));
  }
}

}  // namespace
}  // namespace csv

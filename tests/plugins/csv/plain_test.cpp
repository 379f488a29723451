// What is read the fast way is what the rules read, to the bit.
#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>

#include "csv/number.hpp"
#include "csv/plain_number.hpp"
#include "csv/plain_time.hpp"
#include "csv/time.hpp"

namespace csv {
namespace {

// In the middle of other bytes, as in a file.
template <class Read>
bool read_in(const std::string& text, Read read) {
  std::string around(number_slack, '7');
  around.append(text).append(",12345678901234567890123");
  return read(around.data() + number_slack, text.size());
}

bool number(const std::string& text, double& value, char point = '.') {
  return read_in(text, [&](const char* at, std::size_t size) { return plain_number(at, size, point, value); });
}

TEST(PlainNumber, TakesDigitsWithASignAndAPoint) {
  for (const char* const text :
       {"0", "-0", "7", "12345678", "1234567.", ".1234567", "45.1234", "-45.1234", "123456789", "1234567890123456",
        "007", "12345678.1234567", "-12345678.1234567", ".123456789012345", "123456789012345.", "1234567.12345678"}) {
    double value = 1;
    ASSERT_TRUE(number(text, value)) << text;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(value), std::bit_cast<std::uint64_t>(parse_number(text).value.value))
        << text;
  }
}

TEST(PlainNumber, LeavesAllElseToTheRules) {
  for (const char* const text :
       {"", "-", ".", "-.", "+1", "1.2.3", "--1", "1e3", "nan", "1,5", " 1", "1 ", "12345678901234567",
        "9007199254740993", "1:2", "1\xB2", "1234567x", "x23456789", "1.2345678."}) {
    double value = 1;
    EXPECT_FALSE(number(text, value)) << text;
  }
}

TEST(PlainNumber, TakesTheFilesOwnPoint) {
  double value = 0;
  EXPECT_TRUE(number("45,25", value, ','));
  EXPECT_EQ(value, 45.25);
  EXPECT_FALSE(number("45.25", value, ','));
}

TEST(PlainNumber, AgreesWithTheRulesWheneverItTakesOne) {
  std::mt19937_64 random(1);
  constexpr std::string_view symbols = "0123456789.-";
  std::size_t taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    for (std::size_t size = random() % 18; text.size() < size;)
      text += symbols[random() % (random() % 4 == 0 ? symbols.size() : 10)];
    double value = 1;
    if (!number(text, value)) continue;
    ++taken;
    const auto expected = parse_number(text);
    ASSERT_TRUE(expected) << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(value), std::bit_cast<std::uint64_t>(expected.value.value)) << text;
  }
  EXPECT_GT(taken, 50'000u);
}

TEST(PlainTime, AgreesWithTheRulesWheneverItTakesOne) {
  std::mt19937_64 random(2);
  PlainTime times;
  std::size_t taken = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text = "2024-02-29T23:59:59";
    if (random() % 2) text += "." + std::string("123456789").substr(0, 1 + random() % 9);
    text += 'Z';
    for (std::size_t changes = random() % 3; changes > 0; --changes)
      text[random() % text.size()] = "0123456789:-TtZz. "[random() % 18];
    std::int64_t ns = 0;
    if (!read_in(text, [&](const char* at, std::size_t size) { return times.parse(at, size, ns); })) continue;
    ++taken;
    const auto expected = parse_time(text, nullptr);
    ASSERT_TRUE(expected) << text;
    ASSERT_EQ(ns, expected.value) << text;
  }
  EXPECT_GT(taken, 30'000u);
}

TEST(PlainTime, TakesNothingForAMinuteBeforeItHasSeenOne) {
  std::int64_t ns = 0;
  for (const char byte : {'\0', '\xFF'})
    EXPECT_FALSE(read_in(std::string(":00Z").insert(0, 16, byte),
                         [&](const char* at, std::size_t size) { return PlainTime().parse(at, size, ns); }));
  EXPECT_TRUE(read_in("1970-01-01T00:00:01Z",
                      [&](const char* at, std::size_t size) { return PlainTime().parse(at, size, ns); }));
  EXPECT_EQ(ns, 1'000'000'000);
}

TEST(PlainTime, LeavesTheEndsOfTimeToTheRules) {
  PlainTime times;
  std::int64_t ns = 0;
  for (const std::string text :
       {"2262-04-11T23:47:16Z", "1677-09-21T00:12:44Z", "2016-12-31T23:59:60Z", "2023-02-29T00:00:00Z"})
    EXPECT_FALSE(read_in(text, [&](const char* at, std::size_t size) { return times.parse(at, size, ns); })) << text;
}

}  // namespace
}  // namespace csv

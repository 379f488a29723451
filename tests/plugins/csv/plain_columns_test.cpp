// Fields that are read together are what they are one after the other, to the bit, in each way that this machine has.
#include "csv/plain_columns.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>
#include <vector>

#include "csv/plain_number.hpp"
#include "csv/plain_time.hpp"

namespace csv {
namespace {

// Fields in the middle of other bytes, as in a file.
class Fields {
 public:
  explicit Fields(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      begins_.push_back(bytes_.size());
      sizes_.push_back(text.size());
      bytes_ += text + ',';
    }
    bytes_.append(64, '8');
  }
  const char* text(std::size_t i) const { return bytes_.data() + begins_[i]; }
  std::size_t size(std::size_t i) const { return sizes_[i]; }
  std::size_t count() const { return sizes_.size(); }

 private:
  std::string bytes_ = std::string(64, '7');
  std::vector<std::size_t> begins_, sizes_;
};

void expect_numbers(const std::vector<std::string>& texts, char point) {
  const Fields fields(texts);
  for (std::size_t i = 0; i < columns_ways; ++i) {
    const ColumnsWay& way = columns_way(i);
    if (!way.usable) continue;
    NumberWords numbers{};
    for (std::size_t row = 0; row < fields.count(); ++row) numbers.put(row, fields.text(row), fields.size(row));
    const std::uint64_t left = way.read_numbers(numbers, fields.count(), point);
    for (std::size_t row = 0; row < fields.count(); ++row) {
      double expected = 0;
      const bool is_plain = plain_number(fields.text(row), fields.size(row), point, expected);
      const bool fits = texts[row].size() - texts[row].starts_with('-') <= 8;
      ASSERT_EQ((left >> row & 1) == 0, is_plain && fits) << way.name << ": " << texts[row];
      if (!is_plain || !fits) continue;
      ASSERT_EQ(std::bit_cast<std::uint64_t>(numbers.value[row]), std::bit_cast<std::uint64_t>(expected))
          << way.name << ": " << texts[row];
    }
  }
}

TEST(PlainColumns, ReadNumbersOfUpToEightBytesAndLeaveTheOthers) {
  expect_numbers(
      {"0",     "-0",       "7",        "-7",        "12345678", "-12345678", "1234567.", ".1234567",
       "45.12", "-45.1234", "123.4567", "-123.4567", "",         "-",         ".",        "-.",
       "1.2.3", "--1",      "1e3",      "nan",       "1,5",      " 1",        "1 ",       "123456789",
       "+1",    "1-",       "1.-2",     "x1.5",      "\xB2.5",   "1:2",       "1/2",      std::string(3, '\0')},
      '.');
}

TEST(PlainColumns, TakeTheFilesOwnPoint) { expect_numbers({"45,25", "45.25", "-0,5", ",", "5,"}, ','); }

TEST(PlainColumns, ReadAnyNumberAsItIsReadAlone) {
  std::mt19937_64 random(3);
  constexpr std::string_view symbols = "0123456789.-x";
  for (int round = 0; round < 5'000; ++round) {
    std::vector<std::string> texts(1 + random() % most_together);
    for (std::string& text : texts)
      for (std::size_t size = random() % 11; text.size() < size;)
        text += symbols[random() % (random() % 4 == 0 ? symbols.size() : 10)];
    ASSERT_NO_FATAL_FAILURE(expect_numbers(texts, '.'));
  }
}

TEST(PlainColumns, ReadTimesOfAMinuteAndLeaveTheOthers) {
  std::mt19937_64 random(4);
  const std::string minute = "2024-02-29T23:59";
  PlainTime times;
  std::int64_t ns = 0;
  ASSERT_TRUE(times.parse(Fields({minute + ":00Z"}).text(0), 20, ns));
  std::size_t taken = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::vector<std::string> texts(1 + random() % most_together);
    for (std::string& text : texts) {
      const auto digits = [&](std::size_t count) {
        return std::to_string(1'000'000 + random() % 1'000'000).substr(1, count);
      };
      text = minute + ":" + std::to_string(random() % 6) + digits(1) +
             (random() % 2 ? "." + digits(random() % 5) : "") + "Z";
      for (std::size_t changes = random() % 6; changes > 4; --changes)
        text[random() % text.size()] = "0123456789:-TtZz. \xB0\xFF"[random() % 20];
    }
    const Fields fields(texts);
    for (std::size_t i = 0; i < columns_ways; ++i) {
      const ColumnsWay& way = columns_way(i);
      if (!way.usable) continue;
      TimeWords words{};
      for (std::size_t row = 0; row < fields.count(); ++row) words.put(row, fields.text(row), fields.size(row));
      const std::uint64_t left = way.read_times(words, fields.count(), times.minute());
      for (std::size_t row = 0; row < fields.count(); ++row) {
        PlainTime alone = times;
        const bool is_plain = alone.parse(fields.text(row), fields.size(row), ns) && texts[row].starts_with(minute);
        const bool fits = texts[row].size() == 20 || texts[row].size() == 24;
        ASSERT_EQ((left >> row & 1) == 0, is_plain && fits) << way.name << ": " << texts[row];
        if (!is_plain || !fits) continue;
        ASSERT_EQ(words.ns[row], ns) << way.name << ": " << texts[row];
        ++taken;
      }
    }
  }
  EXPECT_TRUE(taken > 50'000 || fastest_columns_way() == nullptr) << taken;
}

}  // namespace
}  // namespace csv

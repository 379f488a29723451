// Whichever way a file goes through csv_reader, the same comes out.
#include <gtest/gtest.h>

#include <random>

#include "csv/separators.hpp"
#include "read_plainly.hpp"

namespace csv {
namespace {

// A file of mostly good rows, in the bytes that the way gives a meaning.
std::string random_file(std::mt19937& random, const Way& way, std::size_t rows) {
  const std::string d(1, way.form.delimiter), q(1, way.form.quote);
  const std::string point(1, way.values.point);
  const auto one_of = [&](std::initializer_list<std::string> texts) {
    return *(texts.begin() + random() % texts.size());
  };
  std::string file = way.has_header ? "sensor_id" + d + "timestamp" + d + "value" + d + "unit\n" : "";
  for (std::size_t row = 0; row < rows; ++row) {
    const bool odd = random() % 8 == 0;
    std::string sensor = "sensor-" + std::to_string(random() % 40);
    std::string time = way.times.unit ? std::to_string(1'700'000'000 + row)
                                      : "2024-03-0" + std::to_string(1 + row / 50 % 9) +
                                            "T00:" + std::to_string(10 + random() % 50) + ":00" +
                                            (random() % 2 ? ".25" : "") + "Z";
    std::string value =
        std::to_string(static_cast<int>(random() % 2000) - 1000) + point + std::to_string(random() % 10000);
    std::string unit = one_of({"C", "degC", "", q + q});
    if (odd) {
      const std::string wrong =
          one_of({"", "x", q + "a" + d + "b" + q, q + "a" + q + q + "b" + q, q + "two\nlines" + q, q, "a" + q, "a\r",
                  "1.5", "n/a", "1e3", "2024-03-01 00:00:00", std::string(70, 'w'), std::string("\0", 1), "\xB0"});
      *(std::vector<std::string*>{&sensor, &time, &value, &unit}[random() % 4]) = wrong;
    }
    file += sensor + d + time + d + value + d + unit;
    if (random() % 50 == 0) file += d;
    file += one_of({"\n", "\n", "\n", "\r\n"});
    if (random() % 50 == 0) file += "\n";
  }
  if (random() % 2) file.pop_back();
  return file;
}

TEST(Separators, AreFoundAtTheSamePositionsOnEveryWay) {
  std::mt19937 random(1);
  constexpr std::string_view symbols = "ab,;\"\n\r";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t size = random() % 300; text.size() < size;)
      text += random() % 3 ? 'x' : symbols[random() % symbols.size()];
    const std::size_t size = text.size();
    text.append(separators_slack, '\n');  // is not looked at
    std::vector<std::int32_t> expected(size + separators_slack), found(expected);
    const Symbols looked_for{round % 2 ? ',' : ';', round % 3 ? '"' : '\n'};
    expected.resize(find_separators_plainly(text.data(), size, looked_for, expected.data()));
    for (std::size_t i = 0; i < separators_ways; ++i) {
      const SeparatorsWay& way = separators_way(i);
      if (way.find == nullptr || !way.usable) continue;
      const std::size_t count = way.find(text.data(), size, looked_for, found.data());
      EXPECT_EQ(std::vector<std::int32_t>(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count)), expected)
          << way.name;
    }
  }
}

class Agreement : public testing::TestWithParam<unsigned> {};

TEST_P(Agreement, OfRowsErrorsAndPlacesWhateverTheWay) {
  const Way chosen = way(GetParam());
  std::mt19937 random(GetParam());
  for (int round = 0; round < 12; ++round) {
    const std::string file = random_file(random, chosen, 1 + random() % 300);
    const Outcome expected = read_plainly(file, chosen);
    ASSERT_EQ(read_by_plugin(file, chosen, PLUGIN, 64), expected) << testing::PrintToString(file);
    ASSERT_EQ(read_by_plugin(file, chosen, PLUGIN, 1 + random() % 300), expected) << testing::PrintToString(file);
    for (const std::size_t chunk : {std::size_t{1 + random() % 100}, std::size_t{1 + random() % 4097}})
      ASSERT_EQ(read_by_plugin(file, chosen, PLUGIN, 64, chunk), expected) << chunk << testing::PrintToString(file);
    ASSERT_EQ(read_by_plugin(file, chosen, PLUGIN, 64, 0, 3), expected) << testing::PrintToString(file);
  }
  const std::string small = random_file(random, chosen, 20);
  ASSERT_EQ(read_by_plugin(small, chosen, PLUGIN, 64, 1), read_plainly(small, chosen));
}

// Larger than what is looked at together, 16 KiB of separators and 256 KiB of a block, and with lines that are, too.
TEST_P(Agreement, OfFilesInManyPieces) {
  Way chosen = way(GetParam());
  std::mt19937 random(100 + GetParam());
  for (const std::size_t rows : {2'000U, 30'000U}) {
    std::string file = random_file(random, chosen, rows);
    for (const std::size_t size : {16'000U, 262'000U, 70'000U}) {
      const std::size_t end = file.find('\n', random() % (file.size() / 2));
      file.insert(end + 1, size + random() % 500, random() % 3 ? 'n' : '\n');
      if (random() % 3 == 0) file.insert(end + 1, 1, chosen.form.quote);
    }
    const Outcome expected = read_plainly(file, chosen);
    for (const std::uint32_t threads : {1U, 2U, 4U})
      ASSERT_TRUE(read_by_plugin(file, chosen, PLUGIN, 1 + random() % 5000, 0, threads) == expected)
          << rows << " rows, " << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(EachWay, Agreement, testing::Range(0U, 8U));

}  // namespace
}  // namespace csv

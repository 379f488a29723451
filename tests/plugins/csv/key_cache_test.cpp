#include "csv/key_cache.hpp"

#include <gtest/gtest.h>

#include <string>

namespace csv {
namespace {

TEST(KeyCache, FindsEachNameByAllItsBytes) {
  KeyCache keys;
  std::int32_t code = 0;
  std::vector<std::string> names{"",
                                 "a",
                                 "aa",
                                 "sensor-1",
                                 "sensor-12",
                                 "123456789012345",
                                 "1234567890123456",
                                 "1234567890123457",
                                 std::string(300, 'x'),
                                 std::string(301, 'x')};
  for (int i = 0; i < 5000; ++i) names.push_back("n" + std::to_string(i));
  for (const std::string& name : names) {
    EXPECT_EQ(keys.find(name), KeyCache::none) << name;
    keys.add(name, code++);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(keys.find(names[i]), static_cast<std::int32_t>(i));
    const std::string in_file = names[i] + ",the row goes on";
    EXPECT_EQ(keys.find(in_file.data(), names[i].size()), static_cast<std::int32_t>(i));
  }
}

TEST(KeyCache, TellsANameFromTheSameOneWithANul) {
  KeyCache keys;
  keys.add("a", 1);
  EXPECT_EQ(keys.find(std::string_view("a\0", 2)), KeyCache::none);
  EXPECT_EQ(keys.find(std::string_view("\0", 1)), KeyCache::none);
}

}  // namespace
}  // namespace csv

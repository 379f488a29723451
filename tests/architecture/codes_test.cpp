#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "architecture/source_tree.hpp"

namespace penstock::architecture {
namespace {

std::vector<std::string> codes_in(const std::string& text, const std::string& pattern) {
  const std::regex line(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

std::vector<std::string> declared() {
  std::ifstream stream(source_root() / "core/diagnostic/code.hpp");
  return codes_in({std::istreambuf_iterator<char>(stream), {}}, R"(C\((PS\d{4}), )");
}

TEST(Codes, AreListedOnceAndInOrder) {
  const auto codes = declared();
  ASSERT_FALSE(codes.empty());
  EXPECT_TRUE(std::ranges::is_sorted(codes));
  EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), codes.size());
}

TEST(Codes, AreEachSaidBySomeRoom) {
  std::set<std::string> said;
  for (const SourceFile& file : source_files("core"))
    for (const std::string& code : codes_in(file.text, R"(Code::(PS\d{4}))")) said.insert(code);
  for (const std::string& code : declared()) EXPECT_TRUE(said.contains(code)) << code << " is never said";
}

TEST(Codes, AreEachProvokedByATest) {
  std::set<std::string> provoked;
  for (const char* extension : {".cpp", ".txt", "stderr", "stdout"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_root() / "tests")) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_regular_file() || !name.ends_with(extension)) continue;
      if (entry.path().parent_path().filename().string().starts_with("explain")) continue;  // lists them, says none
      std::ifstream stream(entry.path());
      for (const std::string& code : codes_in({std::istreambuf_iterator<char>(stream), {}}, R"((PS\d{4}))"))
        provoked.insert(code);
    }
  for (const std::string& code : declared()) EXPECT_TRUE(provoked.contains(code)) << code << " has no test";
}

}  // namespace
}  // namespace penstock::architecture

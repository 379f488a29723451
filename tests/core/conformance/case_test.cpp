#include "conformance/case.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/conformance/proofs.hpp"

namespace penstock::conformance {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::MatchesRegex;

TEST(Cases, HaveIdsThatSayTheirLevelAndStandInOrder) {
  EXPECT_TRUE(std::ranges::is_sorted(cases(), std::ranges::less_equal{}, &Case::id) || cases().size() < 2);
  for (const Case& test : cases()) {
    EXPECT_THAT(std::string(test.id), MatchesRegex("CT-[1-5][0-9][0-9]"));
    EXPECT_EQ(test.id[3] - '0', test.level) << test.id;
    EXPECT_LE(test.level, highest_level) << test.id;
  }
}

TEST(Cases, SayWhatTheyAskForAndWhatToDo) {
  for (const Case& test : cases()) {
    EXPECT_FALSE(test.sentence.empty()) << test.id;
    EXPECT_FALSE(test.sentence.ends_with('.')) << test.id;
    EXPECT_NE(test.judge, nullptr) << test.id;
    if (test.level == 1) continue;
    EXPECT_FALSE(test.doing.empty() || test.remedy.empty()) << test.id << " may crash, and nothing is said of it then";
  }
}

TEST(Cases, HaveAPageInWholeSentences) {
  for (const Case& test : cases())
    for (const std::string_view says : {test.page.done, test.page.fails, test.page.mend}) {
      EXPECT_TRUE(says.ends_with('.')) << test.id << ": " << says;
      EXPECT_GT(says.size(), 40U) << test.id << ": " << says;
    }
}

TEST(Cases, NeedOnlyTestsThatStandBeforeThem) {
  for (const Case& test : cases()) {
    if (!test.needs.empty()) {
      EXPECT_LT(test.needs, test.id);
      EXPECT_NE(std::ranges::find(cases(), test.needs, &Case::id), cases().end()) << test.id;
    }
  }
}

TEST(Cases, AreEachPassedByAGoodPlugin) {
  std::vector<fs::path> plugins{PENSTOCK_BAD_LIBRARIES "/libgood.so"};
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__has_feature)
  plugins.emplace_back(PENSTOCK_PLUGINS
                       "/libthreshold_filter.so");  // a sanitizer exports symbols from what it instruments
#endif
  for (const fs::path& good : plugins) {
    const FileReport report = proof_of(good);
    std::set<std::string> all;
    for (const Case& test : cases()) all.emplace(test.id);
    EXPECT_EQ(ids(report, {Result::pass}), all) << good;
    EXPECT_THAT(not_passed(report), IsEmpty()) << good;
  }
}

TEST(Cases, AreEachFailedByABadPlugin) {
  std::set<std::string> failed;
  for (const fs::path& directory :
       {fs::path(PENSTOCK_BAD_LIBRARIES), fs::path(PENSTOCK_LOADED_LIBRARIES) / "plugins"}) {
    for (const auto& entry : fs::directory_iterator(directory)) {
      const std::string name = entry.path().filename();
      if (name.find("hangs") != std::string::npos || name.find("without_end") != std::string::npos ||
          name.find("exhausts") != std::string::npos)
        continue;  // they take their time, and fail no test that others do not
      failed.merge(not_passed(proof_of(entry.path())));
    }
  }
  for (const Case& test : cases()) EXPECT_TRUE(failed.contains(std::string(test.id))) << test.id << " proves nothing";
}

}  // namespace
}  // namespace penstock::conformance

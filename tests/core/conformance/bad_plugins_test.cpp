#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "conformance/report.hpp"
#include "core/conformance/proofs.hpp"
#include "fixture/sanitizer.hpp"

namespace penstock::conformance {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(PENSTOCK_LOADED_PLUGINS))
    if (entry.is_directory()) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

bool never_returns(const std::string& folder) {
  return folder == "hangs_in_constructor" || folder == "writes_without_end";
}

bool is_for_a_host_without_sanitizers(const std::string& folder) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__has_feature)
  return folder == "exhausts_memory";  // the limit would be the sanitizer's, too
#else
  return folder.empty();
#endif
}

/** What differs from run to run and from machine to machine: times, descriptors, the directory, a sanitizer's thread. */
std::string normalised(std::string text) {
  const std::string here = fs::current_path();
  for (std::size_t at = 0; (at = text.find(here, at)) != std::string::npos;) text.replace(at, here.size(), "$PWD");
  const std::pair<const char*, const char*> patterns[] = {
      {R"(found( +)\d+ ms)", "found$1N ms"},
      {R"(descriptor \d+)", "descriptor N"},
      {R"((threads +expected +)\d+(\n[ |]+found +)\d+)", "$1N$2N + 1"},
  };
  for (const auto& [pattern, name] : patterns) text = std::regex_replace(text, std::regex(pattern), name);
  return text;
}

class LoadedPlugin : public ::testing::TestWithParam<std::string> {};

TEST_P(LoadedPlugin, IsReportedInTheseWordsOnOneScreen) {
  if (is_for_a_host_without_sanitizers(GetParam())) GTEST_SKIP() << "a sanitizer has limits of its own";
  const bool leaves_the_loader = GetParam().starts_with("exits_") || GetParam().starts_with("throws_");
  if (fixture::has_thread_sanitizer && leaves_the_loader)
    GTEST_SKIP() << "ThreadSanitizer ends it with words of its own";
  fs::current_path(PENSTOCK_LOADED_LIBRARIES);  // paths are shown as the user gives them
  Selection selection = patiently();
  if (never_returns(GetParam())) selection.limit = 300ms;
  const FileReport report = proof_of("plugins/lib" + GetParam() + ".so", selection);
  const std::string said = normalised(report_text(report));
  const fs::path expected_path = fs::path(PENSTOCK_LOADED_PLUGINS) / GetParam() / "expected.txt";
  if (std::getenv("PENSTOCK_UPDATE_GOLDEN") != nullptr) std::ofstream(expected_path) << said;
  std::ostringstream expected;
  expected << std::ifstream(expected_path).rdbuf();
  EXPECT_EQ(said, expected.str());
  EXPECT_LE(std::ranges::count(said, '\n'), 40);
}

INSTANTIATE_TEST_SUITE_P(Each, LoadedPlugin, ::testing::ValuesIn(folders()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace penstock::conformance

// One test for each folder beside this file: runs its `command` and compares what came out with its `stdout`, `stderr` and
// `status`. PENSTOCK_UPDATE_GOLDEN=1 writes what came out instead.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "fixture/normalised.hpp"
#include "fixture/process.hpp"
#include "fixture/temporary_directory.hpp"

namespace penstock {
namespace {

namespace fs = std::filesystem;
using fixture::read_text;

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(GOLDEN_DIR))
    if (fs::exists(entry.path() / "command")) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/** Places get a name as well. */
std::string normalised(std::string text, const std::vector<std::pair<std::string, std::string>>& places) {
  for (const auto& [place, name] : places) text = replaced(std::move(text), place, name);
  return fixture::normalised(std::move(text));
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, SaysWhatItShould) {
  const fs::path folder = fs::path(GOLDEN_DIR) / GetParam();
  const fixture::TemporaryDirectory directory;
  const std::string path = fs::path(PENSTOCK_PROGRAM).parent_path().string() + ':' + std::getenv("PATH");
  const fixture::Finished finished =
      fixture::shell(read_text(folder / "command"), {.directory = directory.path(),
                                                     .environment = {{"PATH", path},
                                                                     {"CASE", folder.string()},
                                                                     {"PLUGINS", PENSTOCK_PLUGINS},
                                                                     {"BAD_PLUGINS", PENSTOCK_BAD_PLUGINS},
                                                                     {"TEST_PLUGINS", PENSTOCK_TEST_PLUGINS},
                                                                     {"PENSTOCK_PLUGIN_PATH", ""}}});
  const std::vector<std::pair<std::string, std::string>> places = {{directory.path().string(), "$PWD"},
                                                                   {folder.string(), "$CASE"},
                                                                   {PENSTOCK_BAD_PLUGINS, "$BAD_PLUGINS"},
                                                                   {PENSTOCK_TEST_PLUGINS, "$TEST_PLUGINS"},
                                                                   {PENSTOCK_PLUGINS, "$PLUGINS"}};
  const std::vector<std::pair<fs::path, std::string>> results = {
      {folder / "stdout", normalised(finished.out, places)},
      {folder / "stderr", normalised(finished.err, places)},
      {folder / "status", std::to_string(finished.status) + '\n'}};
  for (const auto& [file, text] : results) {
    if (std::getenv("PENSTOCK_UPDATE_GOLDEN") != nullptr) fixture::write_text(file, text);
    EXPECT_EQ(text, read_text(file)) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Case, Golden, testing::ValuesIn(case_names()), [](const auto& name) { return name.param; });

}  // namespace
}  // namespace penstock

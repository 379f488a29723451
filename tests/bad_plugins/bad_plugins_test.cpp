#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/plugin/found.hpp"
#include "fixture/temporary_directory.hpp"
#include "plugin/gate.hpp"
#include "plugin/load.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(PENSTOCK_BAD_PLUGINS))
    if (entry.is_directory() && entry.path().filename() != "good") names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

/** What `penstock list` says about the files in `path`, beside its table of types. */
std::string said_of(const fs::path& path) {
  Diagnostics found;
  const Catalog catalog = admit({path}, found);
  std::string text = text_of(found);
  for (const ExportedType* type : catalog.types()) text += text_of(type->warnings);
  for (const RefusedType& refused : catalog.refused()) text += text_of(refused.reasons);
  return text;
}

/** Paths are shown as the user gives them; here relative to the directory of the libraries. */
class BadPlugins : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { fs::current_path(PENSTOCK_BAD_LIBRARIES); }
};

class BadPlugin : public BadPlugins, public ::testing::WithParamInterface<std::string> {};

TEST_P(BadPlugin, IsRefusedInTheseWords) {
  const fs::path expected_path = fs::path(PENSTOCK_BAD_PLUGINS) / GetParam() / "expected.txt";
  const std::string said = said_of("plugins/lib" + GetParam() + ".so");
  if (std::getenv("PENSTOCK_UPDATE_GOLDEN") != nullptr) std::ofstream(expected_path) << said;
  std::ostringstream expected;
  expected << std::ifstream(expected_path).rdbuf();
  EXPECT_EQ(said, expected.str());
  EXPECT_THAT(said, Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Each, BadPlugin, ::testing::ValuesIn(folders()), [](const auto& test) { return test.param; });

TEST_F(BadPlugins, AllInOneDirectoryLeaveTheGoodOnesAccepted) {
  Diagnostics found;
  const Catalog catalog = admit({"plugins"}, found);
  EXPECT_THAT(catalog.names(),
              ::testing::ElementsAre("another_stage", "beside_binary", "beside_escape", "beside_folder",
                                     "beside_misspelt", "capital_in_name", "default_in_quotes", "executable_stack",
                                     "good_stage", "misspelt_flush"));
  EXPECT_NE(catalog.find_refused("missing_process"), nullptr);
  EXPECT_NE(catalog.find_refused("beside_undefined"), nullptr);
  EXPECT_EQ(catalog.find_refused("executable_stack"), nullptr);
}

TEST_F(BadPlugins, TheGoodOneLoads) {
  Diagnostics found;
  const Catalog catalog = admit({"plugins/libgood.so"}, found);
  for (const ExportedType* type : catalog.types()) {
    const auto loaded = load(*type, found);
    ASSERT_TRUE(loaded) << text_of(found);
    EXPECT_NE(loaded->methods.process, nullptr);
    EXPECT_EQ(loaded->methods.consume, nullptr);
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST_F(BadPlugins, AManifestThatChangedSinceInspectionIsNotLoaded) {
  Diagnostics found;
  const Catalog catalog = admit({"plugins/libgood.so"}, found);
  ExportedType replaced = *catalog.find("good_stage");
  replaced.manifest.text += "param:added\ttype:f64\tdefault:0\n";
  EXPECT_FALSE(load(replaced, found));
  EXPECT_THAT(codes(found), ::testing::ElementsAre("PS0111"));
}

TEST_F(BadPlugins, RowsThatChangedSinceInspectionAreNotLoaded) {
  Diagnostics found;
  const Catalog catalog = admit({"plugins/libgood.so"}, found);
  ExportedType replaced = *catalog.find("good_stage");
  std::swap(replaced.manifest.methods[0], replaced.manifest.methods[1]);
  EXPECT_FALSE(load(replaced, found));
  EXPECT_THAT(codes(found), ::testing::ElementsAre("PS0111"));
}

TEST_F(BadPlugins, AFileThatChangedSinceInspectionIsNotLoaded) {
  const fixture::TemporaryDirectory directory;
  const std::filesystem::path library = directory / "libgood.so", other = directory / "other";
  std::filesystem::copy_file("plugins/libgood.so", library);
  std::filesystem::copy_file("plugins/libgood.so", other);
  Diagnostics found;
  const Catalog catalog = admit({library}, found);
  const ExportedType& type = *catalog.find("good_stage");
  std::filesystem::rename(other, library);
  EXPECT_FALSE(load(type, found));
  EXPECT_THAT(codes(found), ::testing::ElementsAre("PS0111"));
  EXPECT_THAT(text_of(found),
              ::testing::StartsWith(
                  R"(error[PS0111]: library `libgood.so` of type `good_stage` is not the one that was inspected
)"));
  EXPECT_THAT(text_of(found), ::testing::EndsWith(R"(
   = note: it was replaced or written since, and is not loaded
   = help: do not replace a library while Penstock starts; start again
)"));
}

TEST_F(BadPlugins, AFileThatChangedSinceInspectionIsNotEvenTried) {
  const fixture::TemporaryDirectory directory;
  const fs::path library = directory / "libgood.so", half = directory / "half";
  fs::copy_file("plugins/libgood.so", library);
  fs::copy_file("plugins/libtruncated.so", half);
  Diagnostics found;
  const Catalog catalog = admit({library}, found);
  const ExportedType* const type = catalog.find("good_stage");
  fs::rename(half, library);
  EXPECT_THAT(load_all(std::span(&type, 1), found), IsEmpty());
  EXPECT_THAT(codes(found), ::testing::ElementsAre("PS0111")) << "and not what half a library does to who loads it";
}

TEST_F(BadPlugins, ALibraryThatTheLoaderRefusesIsReportedInItsWords) {
  Diagnostics found;
  const Catalog catalog = admit({"plugins/libgood.so"}, found);
  ExportedType gone = *catalog.find("good_stage");
  gone.library = "plugins/libgone.so";
  EXPECT_FALSE(load(gone, found));
  EXPECT_THAT(text_of(found),
              ::testing::StartsWith(R"(error[PS0110]: library `libgone.so` of type `good_stage` cannot be loaded
  --> plugins/libgone.so
   = note: the loader says: )"));
  EXPECT_THAT(text_of(found),
              ::testing::HasSubstr("libgone.so: cannot open shared object file: No such file or directory\n"));
  EXPECT_THAT(text_of(found), Not(::testing::HasSubstr("Bad file descriptor")));
}

}  // namespace
}  // namespace penstock::plugin

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/plugin/found.hpp"
#include "plugin/file_source.hpp"
#include "plugin/gate.hpp"
#include "plugin/image.hpp"
#include "plugin/pe_format.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/** What can be wrong with an ELF library only. The end of a table shows in a DLL only by what stands behind it, and that is
 *  the zeros between two objects: a symbol of this format has no size. */
bool is_of_elf_only(const std::string& name) {
  return name == "unterminated_table" || name == "hidden_types" || name == "executable_stack" ||
         name.find("undefined") != std::string::npos;
}

std::vector<std::string> bad_plugins() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(PENSTOCK_BAD_PLUGINS)) {
    const std::string name = entry.path().filename().string();
    if (fs::exists(entry.path() / "plugin.c") && fs::exists(entry.path() / "expected.txt") && !is_of_elf_only(name))
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

class Dlls : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::current_path(PENSTOCK_DLLS);
    if (fs::is_empty("dlls")) GTEST_SKIP() << "x86_64-w64-mingw32-g++ is not installed";
    if (pe::host_machine != pe::machine_x86_64) GTEST_SKIP() << "this host is for another machine than these libraries";
  }
};

class BadDll : public Dlls, public ::testing::WithParamInterface<std::string> {};

TEST_P(BadDll, IsRefusedInTheWordsForOneOfThisMachine) {
  Diagnostics found;
  const Catalog catalog = admit({"dlls/" + GetParam() + ".dll"}, found);
  std::string said = text_of(found);
  for (const ExportedType* type : catalog.foreign()) said += text_of(type->warnings);
  for (const RefusedType& refused : catalog.refused()) {
    said += text_of(refused.reasons);
    EXPECT_EQ(refused.built_for, "Windows x86-64");
  }
  EXPECT_THAT(catalog.types(), IsEmpty());
  std::ostringstream expected;
  expected << std::ifstream(fs::path(PENSTOCK_BAD_PLUGINS) / GetParam() / "expected.txt").rdbuf();
  EXPECT_EQ(replaced(said, "dlls/" + GetParam() + ".dll", "plugins/lib" + GetParam() + ".so"), expected.str());
}

INSTANTIATE_TEST_SUITE_P(Each, BadDll, ::testing::ValuesIn(bad_plugins()), [](const auto& test) { return test.param; });

TEST_F(Dlls, OfTheGoodPluginAreAcceptedAndNotForHere) {
  Diagnostics found;
  const Catalog catalog = admit({"dlls/good.dll"}, found);
  EXPECT_THAT(codes(found), IsEmpty());
  EXPECT_THAT(catalog.refused(), IsEmpty());
  EXPECT_THAT(catalog.names(), IsEmpty());
  ASSERT_EQ(catalog.foreign().size(), 2U);
  EXPECT_NE(catalog.find_foreign("good_stage"), nullptr);
  EXPECT_EQ(catalog.find_foreign("another_stage")->built_for, "Windows x86-64");
}

TEST_F(Dlls, OfTheShippedPluginsHaveTheTypesOfThisMachines) {
  for (const std::string name : {"threshold_filter", "normalize", "rolling_average"}) {
    Diagnostics found;
    const Catalog catalog =
        admit({"dlls/" + name + ".dll", fs::path(PENSTOCK_PLUGINS) / ("lib" + name + ".so")}, found);
    const ExportedType* here = catalog.find(name);
    const ExportedType* there = catalog.find_foreign(name);
    ASSERT_NE(here, nullptr) << name;
    ASSERT_NE(there, nullptr) << name;
    EXPECT_EQ(there->manifest.text, here->manifest.text);
  }
}

TEST_F(Dlls, NameTheLibrariesThatTheyNeed) {
  Diagnostics found;
  const auto source = FileSource::open("dlls/threshold_filter.dll", found);
  ASSERT_NE(source, nullptr);
  const auto image = read_image(*source, "threshold_filter.dll", found);
  ASSERT_TRUE(image) << text_of(found);
  EXPECT_THAT(image->dependencies.needed, ElementsAre("KERNEL32.dll", "msvcrt.dll"));
}

}  // namespace
}  // namespace penstock::plugin

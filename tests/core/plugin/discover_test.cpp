#include "plugin/discover.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "core/plugin/found.hpp"
#include "plugin/child.hpp"
#include "plugin/gate.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Discover : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "penstock-discover-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory = pattern;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }

  fs::path touch(const fs::path& name) const {
    std::ofstream(directory / name) << "x";
    return directory / name;
  }
  std::vector<std::string> names(const PluginPath& path) {
    std::vector<std::string> names;
    for (const Candidate& candidate : discover(path, found)) names.push_back(candidate.path.filename().string());
    return names;
  }

  fs::path directory;
  Diagnostics found;
};

TEST_F(Discover, TakesLibrariesByTheirExtensionSortedByName) {
  for (const auto* name : {"libb.so", "liba.so", "c.dll", "libd.so.1", "readme.md", ".so"}) touch(name);
  EXPECT_THAT(names({directory}), ElementsAre("c.dll", "liba.so", "libb.so"));
  EXPECT_THAT(found, IsEmpty());
}

TEST_F(Discover, DoesNotLookIntoDirectoriesOfADirectory) {
  fs::create_directory(directory / "more");
  touch("more/liba.so");
  EXPECT_THAT(names({directory}), IsEmpty());
}

TEST_F(Discover, TakesAFileThatIsNamedItself) { EXPECT_THAT(names({touch("odd.name")}), ElementsAre("odd.name")); }

TEST_F(Discover, CountsAFileWithTwoNamesOnce) {
  touch("liba.so");
  fs::create_symlink("liba.so", directory / "libb.so");
  fs::create_hard_link(directory / "liba.so", directory / "libc.so");
  EXPECT_THAT(names({directory, directory}), ElementsAre("liba.so"));
}

TEST_F(Discover, KeepsTheOrderOfThePluginPath) {
  fs::create_directory(directory / "z");
  fs::create_directory(directory / "a");
  touch("z/libz.so");
  touch("a/liba.so");
  EXPECT_THAT(names({directory / "z", directory / "a"}), ElementsAre("libz.so", "liba.so"));
}

TEST_F(Discover, WarnsOfAFifoAndADirectoryAndDoesNotHang) {
  ASSERT_EQ(::mkfifo((directory / "liba.so").c_str(), 0600), 0);
  fs::create_directory(directory / "libb.so");
  touch("libc.so");
  EXPECT_THAT(names({directory}), ElementsAre("libc.so"));
  EXPECT_THAT(codes(found), ElementsAre("PS0102", "PS0102"));
  EXPECT_THAT(text_of(found), HasSubstr("found     a FIFO"));
  EXPECT_FALSE(found.has_errors());
}

TEST_F(Discover, WarnsOfADanglingLinkAndOfACircle) {
  fs::create_symlink("gone.so", directory / "liba.so");
  fs::create_symlink("libb.so", directory / "libb.so");
  EXPECT_THAT(names({directory}), IsEmpty());
  EXPECT_THAT(codes(found), ElementsAre("PS0103", "PS0103"));
  EXPECT_THAT(text_of(found), HasSubstr("`gone.so`, which does not exist"));
  EXPECT_THAT(text_of(found), HasSubstr("in a circle"));
}

TEST_F(Discover, WarnsOfAnElementThatIsNotThere) {
  EXPECT_THAT(names({directory / "nowhere"}), IsEmpty());
  EXPECT_THAT(codes(found), ElementsAre("PS0104"));
}

TEST_F(Discover, SaysHowSeveralDirectoriesAreSeparated) {
  fs::create_directory(directory / "a");
  fs::create_directory(directory / "b");
  const std::string a = directory / "a", b = directory / "b";
  for (const char* between : {",", ";", ":", ", "}) {
    found = {};
    EXPECT_THAT(names({a + between + b}), IsEmpty());
    EXPECT_THAT(codes(found), ElementsAre("PS0104"));
    EXPECT_THAT(text_of(found), HasSubstr("help: separate directories with `:` in `PENSTOCK_PLUGIN_PATH`: `" + a + ':' +
                                          b + "`; give each a `--plugins` of its own"))
        << between;
  }
  found = {};
  EXPECT_THAT(names({a + ",nowhere"}), IsEmpty());
  EXPECT_THAT(text_of(found), HasSubstr("help: correct the path or remove it"));
}

TEST_F(Discover, WarnsOfADirectoryThatWasNamedAndHoldsNoLibrary) {
  fs::create_directory(directory / "plant");
  touch("plant/readme.md");
  (void)plugin_path({directory / "plant"}, found);
  EXPECT_THAT(codes(found), ElementsAre("PS0104"));
  EXPECT_FALSE(found.has_errors());
  EXPECT_THAT(text_of(found),
              HasSubstr("directory `" + (directory / "plant").string() + "` (`--plugins`) holds no library\n"));

  found = {};
  ::setenv("PENSTOCK_PLUGIN_PATH", (directory / "plant").c_str(), 1);
  (void)plugin_path({}, found);
  ::unsetenv("PENSTOCK_PLUGIN_PATH");
  EXPECT_THAT(text_of(found), HasSubstr("` (`PENSTOCK_PLUGIN_PATH`) holds no library\n"));
}

TEST_F(Discover, SaysOfADirectoryWhatStandsThereInThePlaceOfALibrary) {
  const auto said_of = [&](const fs::path& name) {
    touch(name);
    found = {};
    (void)plugin_path({directory}, found);
    EXPECT_THAT(codes(found), ElementsAre("PS0104"));
    return text_of(found);
  };
  EXPECT_THAT(said_of("libclamp.a"),
              HasSubstr("found     `libclamp.a`, a static library\n   = help: link what it holds "
                        "as a shared library, with `-shared`\n"));
  EXPECT_THAT(said_of("libclamp.dylib"),
              HasSubstr("found     `libclamp.dylib`, which is for macOS\n   = help: build it for this system\n"));
  EXPECT_THAT(said_of("libclamp.so.1"),
              HasSubstr("found     `libclamp.so.1`\n   = help: name the file by `--plugins`"));
}

TEST_F(Discover, NamesTheDirectoryBelowThatHoldsTheLibraries) {
  fs::create_directories(directory / "plant" / "build");
  fs::create_directories(directory / "plant" / "apart");
  touch("plant/build/liba.so");
  (void)plugin_path({directory / "plant"}, found);
  EXPECT_THAT(text_of(found), HasSubstr("help: name `" + (directory / "plant/build").string() + "`, which holds some"));
  found = {};
  touch("plant/libb.so.1");
  fs::remove(directory / "plant/build/liba.so");
  (void)plugin_path({directory / "plant"}, found);
  EXPECT_THAT(text_of(found), HasSubstr("found     `libb.so.1`\n"));
  found = {};
  touch("plant/libc.so");
  (void)plugin_path({directory / "plant", directory / "plant" / "libc.so", directory / "nowhere"}, found);
  EXPECT_THAT(found, IsEmpty()) << "nowhere is left to who looks there";
}

TEST_F(Discover, AFileThatMayNotBeReadIsRefusedWithAReason) {
  fs::permissions(touch("liba.so"), fs::perms::none);
  fs::permissions(directory, fs::perms(0755));
  const bool is_root = ::geteuid() == 0;  // and may read everything: the while, be nobody
  ASSERT_TRUE(!is_root || ::seteuid(65534) == 0);
  const Catalog catalog = admit({directory}, found);
  ASSERT_TRUE(!is_root || ::seteuid(0) == 0);
  ASSERT_EQ(catalog.refused().size(), 1U) << text_of(found);
  EXPECT_THAT(text_of(catalog.refused()[0].reasons), HasSubstr("error[PS0101]: library `liba.so` cannot be read\n"));
  EXPECT_THAT(text_of(catalog.refused()[0].reasons), HasSubstr(R"(
   |  expected  a readable file
   |  found     Permission denied
   = help: give the user who runs Penstock the right to read it
)"));
}

TEST_F(Discover, AFileThatThisProcessCannotOpenForWantOfMeansIsNotBlamed) {
  const fs::path library = touch("liba.so");
  // Said here, while there are files: of what it has not seen before, UBSan opens some to look whether it can be called.
  const std::string reason = std::generic_category().message(EMFILE);
  const ChildReport child = run_in_child([&] {
    const rlimit none{};
    ::setrlimit(RLIMIT_NOFILE, &none);
    return text_of(admit({library}, found).refused().at(0).reasons);
  });
  EXPECT_THAT(child.record, HasSubstr("\n   |  found     " + reason +
                                      "\n   = help: let Penstock open more files (`ulimit -n`) or take more memory "
                                      "(`ulimit -v`)\n"))
      << child.output;
}

TEST_F(Discover, TakesAbsoluteElementsOfTheEnvironmentBehindTheAskedOnes) {
  ::setenv("PENSTOCK_PLUGIN_PATH", "/opt/a::b:/opt/c", 1);
  const PluginPath path = plugin_path({"asked"}, found);
  ::unsetenv("PENSTOCK_PLUGIN_PATH");
  ASSERT_GE(path.size(), 3U);
  EXPECT_EQ(path[0], "asked");
  EXPECT_EQ(path[1], "/opt/a");
  EXPECT_EQ(path[2], "/opt/c");
  EXPECT_THAT(codes(found), ElementsAre("PS0104", "PS0104"));
  EXPECT_THAT(text_of(found), HasSubstr("an empty element"));
  EXPECT_THAT(text_of(found), HasSubstr("`b`"));
}

}  // namespace
}  // namespace penstock::plugin

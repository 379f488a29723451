#include "plugin/needed.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <fstream>

#include "fixture/temporary_directory.hpp"
#include "plugin/child.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

#if defined(__aarch64__)
#define PENSTOCK_MACHINE "aarch64"
#else
#define PENSTOCK_MACHINE "x86_64"
#endif

// libneeded_middle.so defines plant::middle() and needs libneeded_base.so, which defines plant::base() and the version
// PLANT_1.2.
const std::vector<std::string> names{"_ZN5plant4baseEv", "_ZN5plant6middleEv", "_ZN5plant7nowhereEv"};
const fs::path libraries = PENSTOCK_LIBRARIES;
const fs::path plugin = libraries / "libplugin.so";

Unmet unmet(const Dependencies& dependencies, std::vector<std::string> symbols = {}) {
  return NeededLibraries().unmet(plugin, dependencies, std::move(symbols));
}

TEST(NeededLibraries, FollowsTheLibrariesThatTheNeededOnesNeed) {
  EXPECT_THAT(unmet({.needed = {"libneeded_middle.so"}, .run_path = "$ORIGIN"}, names).symbols,
              ElementsAre("_ZN5plant7nowhereEv"));
  EXPECT_THAT(unmet({.needed = {"libneeded_middle.so"}, .rpath = "/nowhere:${ORIGIN}/."}, names).symbols,
              ElementsAre("_ZN5plant7nowhereEv"));
}

TEST(NeededLibraries, TakesALibraryForWhatItCallsItself) {
  const std::vector<std::string> both{"libneeded_by_soname.so", "libneeded_renamed.so"};
  const Unmet one = unmet({.needed = both, .run_path = "$ORIGIN"}, names);
  EXPECT_THAT(one.libraries, IsEmpty());
  EXPECT_THAT(one.symbols, ElementsAre("_ZN5plant7nowhereEv"));
  const Unmet alone = unmet({.needed = {"libneeded_by_soname.so"}, .run_path = "$ORIGIN"});
  ASSERT_EQ(alone.libraries.size(), 1U);
  EXPECT_EQ(alone.libraries[0].name, "libplant_renamed.so.7");
}

TEST(NeededLibraries, DoesNotTakeForGrantedWhatAnotherPluginBrought) {
  NeededLibraries all;
  const std::string renamed = libraries / "libneeded_renamed.so", user = libraries / "libneeded_by_soname.so";
  EXPECT_THAT(all.unmet(plugin, {.needed = {renamed, user}}, {}).libraries, IsEmpty());
  EXPECT_EQ(all.unmet(plugin, {.needed = {user}}, {}).libraries.size(), 1U);
}

TEST(NeededLibraries, KnowsThePluginByWhatItCallsItself) {
  const Dependencies dependencies{
      .soname = "libplant_renamed.so.7", .needed = {"libneeded_by_soname.so"}, .run_path = "$ORIGIN"};
  EXPECT_THAT(NeededLibraries().unmet(libraries / "libneeded_renamed.so", dependencies, {}).libraries, IsEmpty());
}

TEST(NeededLibraries, KnowsWhatIsLoadedByWhatItCallsItself) {
  const fs::path renamed = libraries / "libneeded_renamed.so";
  void* const loaded = ::dlopen(renamed.c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(loaded, nullptr);
  EXPECT_THAT(unmet({.needed = {"libplant_renamed.so.7"}}).libraries, IsEmpty());
  ::dlclose(loaded);
  EXPECT_EQ(unmet({.needed = {"libplant_renamed.so.7"}}).libraries.size(), 1U);
}

TEST(NeededLibraries, FindsALibraryByItsPath) {
  Dependencies base;
  base.needed.push_back(libraries / "libneeded_base.so");
  EXPECT_THAT(unmet(base, names).symbols, ElementsAre("_ZN5plant6middleEv", "_ZN5plant7nowhereEv"));
}

TEST(NeededLibraries, AccusesNobodyWhenALibraryIsNotFound) {
  const Unmet one = unmet({.needed = {"libneeded_base.so", "libno_such.so"}, .run_path = "$ORIGIN"}, names);
  EXPECT_THAT(one.symbols, IsEmpty());
  ASSERT_EQ(one.libraries.size(), 1U);
  EXPECT_EQ(one.libraries[0].name, "libno_such.so");
  EXPECT_EQ(one.libraries[0].needed_by, plugin);
  EXPECT_THAT(one.libraries[0].looked_in, HasSubstr('`' + libraries.string() + '`'));
}

TEST(NeededLibraries, AccusesNobodyWhileThisProcessMayOpenNoFile) {
  const ChildReport child = run_in_child([] {
    NeededLibraries all;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto missing = [&](rlim_t files) {
      const rlimit now{.rlim_cur = files, .rlim_max = limit.rlim_max};
      ::setrlimit(RLIMIT_NOFILE, &now);
      const Unmet unmet = all.unmet(plugin, {.needed = {"libc.so.6", "libno_such.so"}}, names);
      return std::to_string(unmet.libraries.size()) + ' ' + std::to_string(unmet.symbols.size());
    };
    const std::string blind = missing(0);
    return blind + ", then " + missing(limit.rlim_cur);
  });
  EXPECT_EQ(child.record, "0 0, then 1 0") << child.output;
}

TEST(NeededLibraries, AccusesNobodyIfTheCacheOfTheSystemCouldNotBeOpened) {
  const ChildReport child = run_in_child([] {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlimit none{.rlim_cur = 0, .rlim_max = limit.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    NeededLibraries all;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return std::to_string(all.unmet(plugin, {.needed = {"libno_such.so"}}, {}).libraries.size());
  });
  EXPECT_EQ(child.record, "0") << child.output;
}

TEST(NeededLibraries, AccusesWhoNeedsNothing) { EXPECT_EQ(unmet({}, names).symbols, names); }

TEST(NeededLibraries, KnowWhatTheProgramItselfDefines) {
  EXPECT_THAT(unmet({}, {"_ZN5plant4baseEv", "malloc"}).symbols, ElementsAre("_ZN5plant4baseEv"));
}

TEST(NeededLibraries, FindTheLibrariesOfTheSystem) {
  const Unmet one = unmet({.needed = {"libstdc++.so.6", "libc.so.6"}, .versions = {{"libc.so.6", "GLIBC_2.17"}}});
  EXPECT_THAT(one.libraries, IsEmpty());
  EXPECT_THAT(one.versions, IsEmpty());
}

TEST(NeededLibraries, NameAVersionThatIsMissingAndTheNewestOfItsFamily) {
  const auto versions = unmet({.needed = {"libneeded_base.so"},
                               .versions = {{"libneeded_base.so", "PLANT_1.10"}, {"libneeded_base.so", "PLANT_1.2"}},
                               .run_path = "$ORIGIN"})
                            .versions;
  ASSERT_EQ(versions.size(), 1U);
  EXPECT_EQ(versions[0].version, "PLANT_1.10");
  EXPECT_EQ(versions[0].newest, "PLANT_1.9");
  EXPECT_TRUE(versions[0].beyond_newest) << "ten is more than nine";
  EXPECT_THAT(versions[0].library.string(), EndsWith("libneeded_base.so"));
}

TEST(NeededLibraries, AskNoVersionOfALibraryThatHasNone) {
  EXPECT_THAT(unmet({.needed = {"libneeded_middle.so"},
                     .versions = {{"libneeded_middle.so", "PLANT_2.0"}},
                     .run_path = "$ORIGIN"})
                  .versions,
              IsEmpty());
}

TEST(NeededLibraries, TakeAnRpathFurtherDownThoughALibraryBetweenHasARunpath) {
  const Dependencies with_runpath{.needed = {"libneeded_base.so"}, .run_path = "/nowhere"};
  const SearchPath own = LoaderSearch::rpath({.rpath = libraries.string()}, plugin, {});
  EXPECT_THAT(LoaderSearch::rpath(with_runpath, plugin, own), ElementsAre(libraries));
  EXPECT_THAT(LoaderSearch().candidates("libx.so", with_runpath, plugin, own),
              testing::Not(testing::Contains(libraries / "libx.so")));
  EXPECT_THAT(LoaderSearch().candidates("libx.so", {}, plugin, own), testing::Contains(libraries / "libx.so"));
}

TEST(NeededLibraries, TakeAnEmptyElementOfAPathAsTheCurrentDirectory) {
  EXPECT_THAT(LoaderSearch().candidates("libx.so", {.run_path = ":/opt/x"}, plugin, {}),
              testing::AllOf(testing::Contains(fs::path("./libx.so")), testing::Contains(fs::path("/opt/x/libx.so"))));
}

TEST(NeededLibraries, PutEveryWordOfAPathInItsPlace) {
  const auto directories = [](const std::string& run_path) {
    return LoaderSearch().candidates("libx.so", {.run_path = run_path}, "/opt/plug/libplugin.so", {});
  };
  EXPECT_THAT(directories("$ORIGIN/a$ORIGIN:${ORIGIN}/b"),
              testing::IsSupersetOf({fs::path("/opt/plug/a/opt/plug/libx.so"), fs::path("/opt/plug/b/libx.so")}));
  EXPECT_THAT(
      directories("/x/$LIB/${PLATFORM}/$ORIGIN"),
      testing::Contains(fs::path("/x/lib/" PENSTOCK_MACHINE "-linux-gnu/" PENSTOCK_MACHINE "/opt/plug/libx.so")));
  for (const char* plain : {"/x/$ORIGINAL", "/x/$LIB_2", "/x/${LIB", "/x/$", "/x/$$OTHER"})
    EXPECT_THAT(directories(plain), testing::Contains(fs::path(plain) / "libx.so"));
}

class BrokenLibrary : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view bytes) {
    std::ofstream(directory / name, std::ios::binary) << bytes;
  }
  std::string library() {
    std::ifstream file(libraries / "libneeded_base.so", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const fixture::TemporaryDirectory directory;
};

TEST_F(BrokenLibrary, IsMissingAndNamed) {
  write("libneeded_base.so", library().substr(0, 200));
  const Unmet one = unmet({.needed = {"libneeded_base.so"}, .run_path = (directory / ".") + ":$ORIGIN"});
  ASSERT_EQ(one.libraries.size(), 1U);
  EXPECT_EQ(one.libraries[0].broken, directory / "./libneeded_base.so");
}

TEST_F(BrokenLibrary, ForAnotherMachineIsPassedBy) {
  std::string other = library();
  other[18] = '\x16';
  write("libneeded_base.so", other);
  EXPECT_THAT(unmet({.needed = {"libneeded_base.so"}, .run_path = (directory / ".") + ":$ORIGIN"}).libraries,
              IsEmpty());
}

}  // namespace
}  // namespace penstock::plugin

#include "plugin/needed.hpp"

#include <gmock/gmock.h>

namespace penstock::plugin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// libneeded_middle.so defines plant::middle() and needs libneeded_base.so, which defines plant::base().
const std::vector<std::string> names{"_ZN5plant4baseEv", "_ZN5plant6middleEv", "_ZN5plant7nowhereEv"};
const std::filesystem::path plugin = std::filesystem::path(PENSTOCK_LIBRARIES) / "libplugin.so";

TEST(DefinedNowhere, FollowsTheLibrariesThatTheNeededOnesNeed) {
  EXPECT_THAT(defined_nowhere(names, {.needed = {"libneeded_middle.so"}, .run_path = "$ORIGIN"}, plugin),
              ElementsAre("_ZN5plant7nowhereEv"));
  EXPECT_THAT(defined_nowhere(names, {.needed = {"libneeded_middle.so"}, .rpath = "/nowhere:${ORIGIN}/."}, plugin),
              ElementsAre("_ZN5plant7nowhereEv"));
}

TEST(DefinedNowhere, FindsALibraryByItsPath) {
  Dependencies base;
  base.needed.push_back(plugin.parent_path() / "libneeded_base.so");
  EXPECT_THAT(defined_nowhere(names, base, plugin), ElementsAre("_ZN5plant6middleEv", "_ZN5plant7nowhereEv"));
}

TEST(DefinedNowhere, AccusesNobodyWhenALibraryIsNotFound) {
  EXPECT_THAT(defined_nowhere(names, {.needed = {"libneeded_middle.so"}}, plugin), IsEmpty());
  EXPECT_THAT(defined_nowhere(names, {.needed = {"libneeded_base.so", "libno_such.so"}, .run_path = "$ORIGIN"}, plugin),
              IsEmpty());
}

TEST(DefinedNowhere, AccusesWhoNeedsNothing) { EXPECT_EQ(defined_nowhere(names, {}, plugin), names); }

}  // namespace
}  // namespace penstock::plugin

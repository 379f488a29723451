#include "plugin/mangled.hpp"

#include <gtest/gtest.h>

namespace penstock::plugin {
namespace {

TEST(Mangled, NamesTheMemberOfAClass) {
  EXPECT_EQ(member_of("_ZN5plant5Clamp7processERN8penstock5BatchE", "plant::Clamp"), "plant::Clamp::process");
  EXPECT_EQ(member_of("_ZNK5plant5Clamp4sizeEv", "plant::Clamp"), "plant::Clamp::size");
  EXPECT_EQ(member_of("_ZN5Clamp7processEv", "Clamp"), "Clamp::process");
}

TEST(Mangled, NamesConstructorsDestructorsOperatorsAndTables) {
  EXPECT_EQ(member_of("_ZN5plant5ClampC1Ev", "plant::Clamp"), "plant::Clamp::Clamp");
  EXPECT_EQ(member_of("_ZN5plant5ClampD2Ev", "plant::Clamp"), "plant::Clamp::~Clamp");
  EXPECT_EQ(member_of("_ZN5plant5ClamppLEi", "plant::Clamp"), "an operator of plant::Clamp");
  EXPECT_EQ(member_of("_ZTVN5plant5ClampE", "plant::Clamp"), "the virtual table of plant::Clamp");
  EXPECT_EQ(member_of("_ZTI5Clamp", "Clamp"), "the virtual table of Clamp");
}

TEST(Mangled, KnowsAnUnnamedNamespaceInTheSpellingOfEachCompiler) {
  for (const auto* name : {"(anonymous namespace)::Clamp", "{anonymous}::Clamp", "<unnamed>::Clamp"})
    EXPECT_EQ(member_of("_ZN12_GLOBAL__N_15Clamp7processEv", name), std::string(name) + "::process");
}

TEST(Mangled, SaysOfATemplateWhichClass) {
  EXPECT_EQ(member_of("_ZN5plant6WindowIiE7processEv", "plant::Window<int>"), "a member of plant::Window<int>");
}

TEST(Mangled, LeavesOtherClassesAlone) {
  EXPECT_FALSE(member_of("_ZN5plant6Clamps7processEv", "plant::Clamp"));
  EXPECT_FALSE(member_of("_ZN5other5Clamp7processEv", "plant::Clamp"));
  EXPECT_FALSE(member_of("_ZN5plant5ClampE", "plant::Clamp"));
  EXPECT_FALSE(member_of("process", "plant::Clamp"));
  EXPECT_FALSE(member_of("_ZN5plant5Clamp7processEv", ""));
  EXPECT_FALSE(member_of("_ZN99999plant", "plant"));
  EXPECT_FALSE(member_of("_ZN", "plant"));
}

TEST(Readable, IsTheNameAlone) {
  EXPECT_EQ(readable("_ZN5plant6helperEv"), "plant::helper");
  EXPECT_EQ(readable("_Z6helperi"), "helper");
  EXPECT_EQ(readable("_ZNK5plant5Clamp3maxEv"), "plant::Clamp::max");
  EXPECT_EQ(readable("_ZN5plant5ClampC1Ei"), "plant::Clamp::Clamp");
  EXPECT_EQ(readable("_ZN5plant5ClampD1Ev"), "plant::Clamp::~Clamp");
  EXPECT_EQ(readable("_ZNSt8functionD1Ev"), "std::function::~function");
}

TEST(Readable, LeavesWhatItCannotReadAsItIs) {
  for (const char* symbol :
       {"factor_of_plant", "_Z", "_ZN", "_ZTV5Clamp", "_ZN5plant6WindowIiE3addEi", "_ZN99plantE", ""})
    EXPECT_EQ(readable(symbol), symbol);
}

}  // namespace
}  // namespace penstock::plugin

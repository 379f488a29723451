#include "plugin/elf_habits.hpp"

#include <gmock/gmock.h>

#include "plugin/file_source.hpp"

namespace penstock::plugin {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::optional<ElfHabits> habits_of(const std::string& library) {
  Diagnostics found;
  const auto source = FileSource::open(std::filesystem::path(PENSTOCK_LIBRARIES) / library, found);
  if (!source) return std::nullopt;
  return read_habits(*source, [](const std::string& name) { return name == "yaml_parser_parse" || name == "puts"; });
}

TEST(ElfHabits, AreSeenInALibraryThatHasThemAll) {
  const auto habits = habits_of("libhabits.so");
  ASSERT_TRUE(habits);
  EXPECT_THAT(habits->exported.first, Contains("_ZN5plant8overflowEv"));
  EXPECT_THAT(habits->exported.first, Contains("yaml_parser_parse"));
  EXPECT_EQ(habits->exported.count, habits->exported.first.size());
  EXPECT_THAT(habits->host_defines.first, ElementsAre("yaml_parser_parse"));
#if !defined(__clang__)  // clang++ makes a weak symbol of it
  EXPECT_THAT(habits->unique.first, Contains("_ZN5plant7CounterIiE5countE"));
#endif
  EXPECT_THAT(habits->calls.first, testing::UnorderedElementsAre("exit", "setlocale"));
  EXPECT_THAT(habits->outside.first, ElementsAre("/opt/plant/lib", "lib"));
  EXPECT_TRUE(habits->static_tls);
  EXPECT_TRUE(habits->never_unloaded);
  EXPECT_FALSE(habits->text_relocations);
}

TEST(ElfHabits, AreNotTheStandardLibrarysTemplates) {
  EXPECT_THAT(habits_of("libhabits.so")->exported.first, Each(Not(StartsWith("_ZNSt"))));
}

TEST(ElfHabits, AreNotWhatTheLinkerDefines) {
  EXPECT_THAT(habits_of("libhabits.so")->exported.first, Not(Contains("_end")));
}

TEST(ElfHabits, AreFewWhereNothingIsWrong) {
  const auto habits = habits_of("libneeded_base.so");
  ASSERT_TRUE(habits);
  EXPECT_THAT(habits->exported.first, Contains("_ZN5plant4baseEv"));
  EXPECT_EQ(habits->unique.count + habits->calls.count + habits->outside.count + habits->host_defines.count, 0U);
  EXPECT_FALSE(habits->static_tls || habits->never_unloaded || habits->text_relocations);
}

TEST(ElfHabits, AreNotGuessedWhereThereIsNoLibrary) { EXPECT_FALSE(habits_of("cmake_install.cmake")); }

}  // namespace
}  // namespace penstock::plugin

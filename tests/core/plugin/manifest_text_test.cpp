// What separates the lines and pairs of a manifest, and what is said where it is forgotten.
#include "plugin/manifest_text.hpp"

#include <gmock/gmock.h>

#include <string>

#include "core/plugin/found.hpp"
#include "plugin/manifest.hpp"

namespace penstock::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string head = "penstock:1\tname:clamp\tinterface:Stage 1.0\tsdk:1.0";

class ManifestSeparators : public ::testing::Test {
 protected:
  std::optional<Manifest> parse(const std::string& text) { return parse_manifest(text, "clamp", "libclamp.so", found); }
  /** A good head line and these lines. */
  std::optional<Manifest> parse_lines(const std::string& lines) { return parse(head + "\n" + lines); }
  Diagnostics found;
};

TEST_F(ManifestSeparators, MissesTheFirstOfSeveralTabs) {
  (void)parse_lines("param:min\ttype:f64\tdefault:5 max:10 min:0\nmetric:x\ttype:u64\trising:yes max:5\n");
  (void)parse(head + "deterministic:yes\n");
  (void)parse(head + "\tstate:keyed key:x\n");
  ASSERT_THAT(found, SizeIs(4));
  EXPECT_THAT(found[0].help, ElementsAre("put a tab before `max:`, then rebuild"));
  EXPECT_THAT(found[1].help, ElementsAre("put a tab before `max:`, then rebuild"));
  EXPECT_THAT(found[2].help, ElementsAre("put a tab before `deterministic:`, then rebuild"));
  EXPECT_THAT(found[3].help, ElementsAre("put a tab before `key:`, then rebuild"));
}

TEST_F(ManifestSeparators, NamesEveryTabThatAHeadLineLacks) {
  for (const char* between : {" ", "", ", ", "\\t", ";"}) {
    found = {};
    const std::string b(between);
    EXPECT_FALSE(
        parse("penstock:1" + b + "name:clamp" + b + "interface:Stage 1.0" + b + "sdk:1.0" + b + "rows:same\n"));
    ASSERT_THAT(codes(found), ElementsAre("PS0301")) << text_of(found);
    EXPECT_THAT(found[0].help, ElementsAre("put tabs before `name:`, `interface:`, `sdk:`, `rows:`, then rebuild"));
    EXPECT_THAT(text_of(found), HasSubstr("line 1   expected  pairs `label:value`, separated by tabs"));
  }
}

TEST_F(ManifestSeparators, SaysOnceThatOnlyTheFirstTabOfAHeadLineIsThere) {
  EXPECT_FALSE(parse("penstock:1\tname:clamp interface:Stage 1.0 sdk:1.0\nparam:x\ttype:f64\tdefault:0\n"));
  ASSERT_THAT(codes(found), ElementsAre("PS0301")) << text_of(found);
  EXPECT_THAT(found[0].help, ElementsAre("put tabs before `interface:`, `sdk:`, then rebuild"));
  EXPECT_THAT(text_of(found), HasSubstr("found     `name:clamp interface:Stage 1.0 sdk:1.0`"));
}

TEST_F(ManifestSeparators, NamesTheNewlineThatAHeadLineLacksToo) {
  EXPECT_FALSE(parse("penstock:1 name:clamp interface:Stage 1.0 sdk:1.0 method:process signature:(batch) -> status\n"));
  ASSERT_THAT(found, SizeIs(1)) << text_of(found);
  EXPECT_THAT(found[0].help, ElementsAre("put tabs before `name:`, `interface:`, `sdk:`, and a newline before "
                                         "`method:`, then rebuild"));
}

TEST_F(ManifestSeparators, TakesNoPartOfAClassForALabel) {
  EXPECT_TRUE(parse(head + "\tclass:plant::name::Clamp<unsigned int, key::Key>\n")) << text_of(found);
  EXPECT_TRUE(parse(head + "\tof_a_later_version:see key:x\n")) << text_of(found);
  EXPECT_FALSE(parse(head + "\tclass:plant::Clamp rows:fewer\n"));
  ASSERT_THAT(found, SizeIs(1)) << text_of(found);
  EXPECT_THAT(found[0].help, ElementsAre("put a tab before `rows:`, then rebuild"));
}

TEST_F(ManifestSeparators, MissesTheNewlineBetweenTwoLines) {
  EXPECT_FALSE(parse(head + "\nmethod:process\tsignature:(batch) -> statusparam:low\ttype:f64\tdefault:0\n"));
  EXPECT_FALSE(parse(head + "\nparam:a\ttype:f64\tdefault:0\tdoc:oneparam:b\ttype:f64\tdefault:0\tdoc:two\n"));
  EXPECT_FALSE(parse(head + "\tstate:nonemethod:create\tsignature:(host) -> instance\n"));
  EXPECT_FALSE(parse(head + "\nparam:a\ttype:f64\tdefault:0\tdoc:keptcolumn:b\taccess:read\ttype:f64\tdoc:two\n"));
  ASSERT_THAT(found, SizeIs(4)) << text_of(found);
  EXPECT_THAT(found[3].help, ElementsAre("put a newline before `column:`, then rebuild"));
  EXPECT_THAT(found[0].help, ElementsAre("put a newline before `param:`, then rebuild"));
  EXPECT_THAT(found[1].help, ElementsAre("put a newline before `param:`, then rebuild"));
  EXPECT_THAT(found[2].help, ElementsAre("put a newline before `method:`, then rebuild"));
}

TEST_F(ManifestSeparators, MissesTheTabBehindAMethod) {
  for (const char* between : {" ", ""}) {
    found = {};
    EXPECT_FALSE(parse(head + "\nmethod:process" + between + "signature:(batch) -> status\n"));
    ASSERT_THAT(found, SizeIs(1)) << text_of(found);
    EXPECT_THAT(found[0].help, ElementsAre("put a tab before `signature:`, then rebuild"));
  }
}

TEST_F(ManifestSeparators, MissesTheTabInFrontOfALabel) {
  (void)parse_lines("param:min\ttype:f64\tdefault:10min:0\n");
  (void)parse(head + "rows:fewer\n");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0].help, ElementsAre("put a tab before `min:`, then rebuild"));
  EXPECT_THAT(found[1].help, ElementsAre("put a tab before `rows:`, then rebuild"));
}

}  // namespace
}  // namespace penstock::plugin

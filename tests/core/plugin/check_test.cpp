#include "plugin/check.hpp"

#include <gmock/gmock.h>

#include "core/plugin/found.hpp"
#include "plugin/interface.hpp"

namespace penstock::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/** A stage without fault; a test changes one thing. */
class Check : public ::testing::Test {
 protected:
  Check() {
    type.manifest = Manifest{.text = {}, .name = "clamp", .interface_version = {1, 0}, .sdk = {1, 0}};
    for (const auto* name : {"create", "destroy", "process"}) add(name);
  }
  void add(const std::string& name) {
    const MethodRule* rule = find_rule(type.manifest->interface, name);
    type.manifest->methods.push_back({name, std::string(rule == nullptr ? "() -> status" : rule->signature)});
    type.rows->push_back({name});
  }
  void rename(std::size_t method, const std::string& name) {
    type.manifest->methods[method].name = name;
    (*type.rows)[method].name = name;
  }
  std::string said() { return text_of(check(type, "libclamp.so")); }
  std::vector<std::string> codes_said() { return codes(check(type, "libclamp.so")); }

  InspectedType type{.name = "clamp", .rows = std::vector<MethodRow>{}};
};

TEST_F(Check, AcceptsATypeWithTheRequiredMethods) { EXPECT_THAT(said(), IsEmpty()); }

TEST_F(Check, ReportsAMisspeltMethodAsOneViolation) {
  rename(2, "proces");
  EXPECT_EQ(said(),
            "error[PS0201]: type `clamp` does not conform to interface `Stage` 1.0\n"
            "  --> libclamp.so\n"
            "   |  process   expected  process(batch) -> status\n"
            "   |            found     proces(batch) -> status    a near miss\n"
            "   = help: rename `proces` to `process`, then rebuild\n");
}

TEST_F(Check, ReportsEveryViolationAtOnce) {
  rename(2, "proces");
  add("flush");
  type.manifest->methods[3].signature = "(int32) -> status";
  (*type.rows)[0].null = true;
  EXPECT_THAT(codes_said(), ElementsAre("PS0201", "PS0202"));
  EXPECT_THAT(said(),
              HasSubstr("rename `proces` to `process` and give `flush` the signature `() -> status`, then rebuild"));
}

TEST_F(Check, NeedsConfigureWhereThereAreParameters) {
  type.manifest->parameters.push_back({.name = "limit"});
  EXPECT_THAT(said(), HasSubstr("needed: the type has parameters"));
  add("configure");
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(Check, NeedsBindWhereEveryColumnComes) {
  type.manifest->columns.push_back({.name = "*", .access = Access::read, .type = {}});
  EXPECT_THAT(said(), HasSubstr("needed: the type takes every column"));
  add("bind");
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(Check, WarnsOfAMethodThatNobodyCalls) {
  add("flsh");
  EXPECT_THAT(codes_said(), ElementsAre("PS0207"));
  EXPECT_FALSE(check(type, "libclamp.so").has_errors());
  EXPECT_THAT(said(), HasSubstr("did you mean `flush`?"));
}

TEST_F(Check, SaysWhichOfTwoDisagreesWhenARowHasNoLine) {
  type.manifest->methods.pop_back();
  EXPECT_THAT(codes_said(), ElementsAre("PS0203"));
  EXPECT_THAT(said(), HasSubstr("add a line `method:process` with the label `signature:(batch) -> status` "));
}

TEST_F(Check, SaysWhereATableEndsThatLacksARow) {
  type.rows->pop_back();
  EXPECT_THAT(codes_said(), ElementsAre("PS0203"));
  EXPECT_THAT(said(), HasSubstr("add a row `process` before the first row of NULLs, which ends the table, or remove "));
}

TEST_F(Check, DoesNotJudgeTheMethodsOfALaterInterface) {
  type.manifest->interface_version = {1, 1};
  type.manifest->methods.clear();
  EXPECT_THAT(codes_said(), ElementsAre("PS0205"));
}

TEST_F(Check, RefusesAnotherMajorVersion) {
  type.manifest->sdk = {2, 0};
  EXPECT_THAT(codes_said(), ElementsAre("PS0205"));
}

TEST_F(Check, NamesWhatTheClassDoesNotDefine) {
  type.manifest->class_name = "plant::Clamp";
  type.undefined = {"plant::Clamp::process"};
  EXPECT_THAT(codes_said(), ElementsAre("PS0204"));
  EXPECT_THAT(said(), HasSubstr("plant::Clamp::process"));
}

TEST_F(Check, CutsALongTable) {
  for (int i = 0; i < 200; ++i) type.manifest->methods.push_back({"m" + std::to_string(i), ""});
  EXPECT_THAT(said(), HasSubstr("more like these"));
  EXPECT_THAT(said(), Not(HasSubstr("m150")));
}

TEST(Interface, HasItsOwnMethodAndTheSharedOnes) {
  EXPECT_TRUE(find_rule(Interface::source, "stream")->required);
  EXPECT_TRUE(find_rule(Interface::stage, "process")->required);
  EXPECT_TRUE(find_rule(Interface::sink, "consume")->required);
  EXPECT_FALSE(find_rule(Interface::sink, "flush")->required);
  EXPECT_EQ(find_rule(Interface::source, "flush"), nullptr);
  EXPECT_EQ(find_rule(Interface::stage, "create")->signature, "(host) -> instance");
}

}  // namespace
}  // namespace penstock::plugin

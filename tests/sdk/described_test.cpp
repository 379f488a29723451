// Classes that describe their members without macros.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fixture/test_host.hpp"

namespace penstock {
namespace {

using fixture::Change;
using fixture::Node;
using fixture::null;
using fixture::PluginType;
using fixture::Table;
using testing::ElementsAre;

std::string manifest_of(const std::string& form) {
  std::string text = PluginType(DESCRIBED, form).manifest();
  for (std::size_t at; (at = text.find(form)) != text.npos;) text.erase(at, form.size());
  return text;
}

TEST(Described, SaysTheManifestOfTheMacrosByteForByte) {
  EXPECT_EQ(manifest_of("without_macros"), manifest_of("with_macros"));
}

TEST(Described, WorksAsWithMacros) {
  const Table rows{{"sensor_id", "key", {"a", "a"}}, {"value", "f64", {1.5, 2.0}}};
  for (const char* form : {"with_macros", "without_macros"}) {
    Node node(PluginType(DESCRIBED, form));
    ASSERT_EQ(node.configure({{"file", "/f"}}), PENSTOCK_OK) << form;
    ASSERT_EQ(node.process(rows), PENSTOCK_OK) << form;
    EXPECT_THAT(node.output()["twice"], ElementsAre(3.0, 4.0)) << form;
    EXPECT_THAT(node.changes(), ElementsAre(Change{"rows", 0, 1, true}, Change{"worst", 0, 1.5, true},
                                            Change{"rows", 1, 2, true}, Change{"worst", 1.5, 2, true}))
        << form;
    EXPECT_EQ(node.configure({{"file", "/f"}, {"whole", 13}}), PENSTOCK_REFUSED) << form;
    EXPECT_EQ(node.failures().back().where, 1) << form;
    EXPECT_EQ(node.process({{"sensor_id", "key", {"a"}}, {"value", "f64", {-1.0}}}), PENSTOCK_FAILED) << form;
    EXPECT_EQ(node.failures().back().text, "metric `worst` cannot become -1: it is at least 0, at most 1000000000");
    EXPECT_EQ(node.changes().back(), (Change{"worst", 2, -1, false})) << form;
  }
}

TEST(Described, HasItsDefaultsWhenItHasBeenMade) {
  Node node(PluginType(DESCRIBED, "eager"));
  ASSERT_EQ(node.process({{"value", "f64", {1.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.logs(), ElementsAre("1.500000"));
}

TEST(Described, RecordsWhatItsConstructorAssigned) {
  Node node(PluginType(DESCRIBED, "eager"));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"level", 0, 7, true}));
}

}  // namespace
}  // namespace penstock

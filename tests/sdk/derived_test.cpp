// Classes that derive from penstock::Source, Stage and Sink, beside those that only have the methods.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fixture/test_host.hpp"

namespace penstock {
namespace {

using fixture::Change;
using fixture::Node;
using fixture::PluginType;
using testing::ElementsAre;

std::string manifest_of(const std::string& form, const std::string& id) {
  std::string text = PluginType(DERIVED, form + "_" + id).manifest();
  for (const std::string& own : {form + "_", form + "::"})
    for (std::size_t at; (at = text.find(own)) != text.npos;) text.erase(at, own.size());
  return text;
}

TEST(Derived, SaysTheManifestOfTheMethodsThatItOverrides) {
  for (const char* id : {"clamp", "positive", "twice", "counter", "speaker", "plain"})
    EXPECT_EQ(manifest_of("nominal", id), manifest_of("plain", id));
}

TEST(Derived, ExportsNoMethodThatOnlyItsBaseHas) {
  EXPECT_EQ(PluginType(DERIVED, "nominal_clamp").find("flush"), nullptr);
  EXPECT_EQ(PluginType(DERIVED, "nominal_plain").find("open"), nullptr);
  EXPECT_EQ(PluginType(DERIVED, "nominal_counter").find("acknowledge"), nullptr);
  EXPECT_NE(PluginType(DERIVED, "nominal_counter").find("seek"), nullptr);
}

TEST(Derived, IsCalledAlsoWhereItsMethodsArePrivate) {
  Node clamp(PluginType(DERIVED, "nominal_clamp"));
  ASSERT_EQ(clamp.configure({{"max", 1.0}}), PENSTOCK_OK);
  ASSERT_EQ(clamp.process({{"value", "f64", {0.5, 2.0}}}), PENSTOCK_OK);
  EXPECT_THAT(clamp.output()["value"], ElementsAre(0.5, 1.0));
  EXPECT_THAT(clamp.changes(), ElementsAre(Change{"clamped", 0, 1, true}));

  Node twice(PluginType(DERIVED, "nominal_twice"));
  ASSERT_EQ(twice.process({{"value", "f64", {3.0}}}), PENSTOCK_OK);
  ASSERT_EQ(twice.flush(), PENSTOCK_OK);
  ASSERT_EQ(twice.emitted().size(), 2u);
  EXPECT_THAT(twice.emitted()[0].rows["value"], ElementsAre(6.0));
  EXPECT_THAT(twice.emitted()[1].rows["value"], ElementsAre(-1.0));
}

TEST(Derived, TakesSingleRows) {
  Node node(PluginType(DERIVED, "nominal_positive"));
  ASSERT_EQ(node.process({{"value", "f64", {-1.0, 2.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(2.0));
}

TEST(Derived, StreamsFromWhereItWasToldToGoOn) {
  Node node(PluginType(DERIVED, "nominal_counter"));
  ASSERT_EQ(node.seek("5"), PENSTOCK_OK);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  ASSERT_EQ(node.stream(2), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(5.0, 6.0));
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

TEST(Derived, LearnsTheColumnsThatCome) {
  Node node(PluginType(DERIVED, "nominal_speaker"));
  EXPECT_EQ(node.consume({{"humidity", "f64", {}}}), PENSTOCK_END);
  EXPECT_THAT(node.logs(), ElementsAre("humidity"));
}

}  // namespace
}  // namespace penstock

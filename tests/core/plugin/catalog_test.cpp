#include "plugin/catalog.hpp"

#include <gmock/gmock.h>

namespace penstock::plugin {
namespace {

using ::testing::ElementsAre;

ExportedType type(const std::string& name, const std::string& library) {
  return {.manifest = Manifest{.text = {}, .name = name}, .library = library};
}

TEST(Catalog, ListsTypesByName) {
  Catalog catalog;
  catalog.add(type("normalize", "b.so"));
  catalog.add(type("clamp", "a.so"));
  EXPECT_THAT(catalog.names(), ElementsAre("clamp", "normalize"));
  EXPECT_EQ(catalog.types().front(), catalog.find("clamp"));
  EXPECT_EQ(catalog.find("clam"), nullptr);
}

TEST(Catalog, KeepsTheFirstOfANameAndTheShadowedOneBesideIt) {
  Catalog catalog;
  catalog.add(type("clamp", "a.so"));
  catalog.add(type("clamp", "b.so"));
  EXPECT_EQ(catalog.find("clamp")->library, "a.so");
  ASSERT_EQ(catalog.shadowed().size(), 1U);
  EXPECT_EQ(catalog.shadowed()[0].library, "b.so");
}

TEST(Catalog, KeepsWhatIsForAnotherSystemApart) {
  Catalog catalog;
  ExportedType foreign = type("clamp", "a.dll");
  foreign.built_for = "Windows x86-64";
  catalog.add(foreign);
  EXPECT_EQ(catalog.find("clamp"), nullptr);
  catalog.add(type("clamp", "b.so"));
  EXPECT_EQ(catalog.find("clamp")->library, "b.so");
  EXPECT_EQ(catalog.find_foreign("clamp")->library, "a.dll");
  EXPECT_THAT(catalog.foreign(), ElementsAre(catalog.find_foreign("clamp")));
  EXPECT_THAT(catalog.shadowed(), ::testing::IsEmpty());
}

TEST(Catalog, FindsARefusedTypeByNameAndNeverALibraryByTheEmptyOne) {
  Catalog catalog;
  catalog.refuse({{}, "a.so", {}});
  catalog.refuse({"clamp", "b.so", {}});
  EXPECT_EQ(catalog.find_refused("clamp")->library, "b.so");
  EXPECT_EQ(catalog.find_refused(""), nullptr);
}

}  // namespace
}  // namespace penstock::plugin

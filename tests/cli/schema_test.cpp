// What `--json` prints is what the schemas beside the program say. Whatever a plugin is like, the document fits.
#include <gmock/gmock.h>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;

class Schema : public PenstockProgram {
 protected:
  /** What of the output of `penstock` with these arguments does not fit; empty if all does. */
  [[nodiscard]] std::string faults(const std::string& schema, const std::string& arguments) const {
    return shell("\"$PENSTOCK\" " + arguments + " >out.json; python3 " PENSTOCK_VALIDATE " " PENSTOCK_SCHEMAS "/" +
                 schema + ".json <out.json 2>&1")
        .out;
  }
};

TEST_F(Schema, OfListFitsGoodAndBadPlugins) {
  EXPECT_EQ(faults("list", "list --json"), "");
  EXPECT_EQ(faults("list", "list --json --plugins " PENSTOCK_BAD_PLUGINS " --plugins nowhere"), "");
  EXPECT_EQ(faults("list", "list --json --all --plugins " PENSTOCK_BAD_PLUGINS), "");
}

TEST_F(Schema, OfCheckFitsGoodAndBadPlugins) {
  EXPECT_EQ(faults("check", "check --json " PENSTOCK_PLUGINS), "");
  EXPECT_EQ(faults("check", "check --json " PENSTOCK_BAD_PLUGINS), "");
}

TEST_F(Schema, OfCheckFitsPluginsThatDoHarmWhenLoaded) {
  EXPECT_EQ(faults("check", "check --json --timeout 1 " PENSTOCK_LOADED_PLUGINS " --except CT-202"), "");
}

TEST_F(Schema, OfCheckFitsNothing) {
  write("empty/note", "");
  EXPECT_EQ(faults("check", "check --json empty"), "");
}

TEST_F(Schema, RefusesAnotherDocument) {
  EXPECT_THAT(faults("list", "check --json " PENSTOCK_PLUGINS), HasSubstr("level"));
}

}  // namespace
}  // namespace penstock::cli

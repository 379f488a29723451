// What `inspect` and `list --all` show of plugins that nobody ran.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Inspect : public PenstockProgram {
 protected:
  [[nodiscard]] fixture::Finished inspect(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "inspect");
    return penstock(std::move(arguments));
  }
};

TEST_F(Inspect, ShowsParametersMetricsColumnsAndMethodsOfAType) {
  const auto shown = inspect({"rolling_average"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.err, IsEmpty());
  EXPECT_THAT(shown.out, StartsWith("rolling_average: Stage 1.0, class "));
  EXPECT_THAT(shown.out, HasSubstr("\n  passes every row on; keeps state for each `sensor_id`; same input, same output\n"));
  EXPECT_THAT(shown.out, HasSubstr("\n  window   u64    20        1 to 1000000   how many readings"));
  EXPECT_THAT(shown.out, HasSubstr("\n  rolling_avg   adds     f64, may be null   mean of the last readings"));
  EXPECT_THAT(shown.out, HasSubstr("\n  process     (batch) -> status\n"));
}

TEST_F(Inspect, ShowsWhatTheLibraryIsAndNeeds) {
  const std::string library = PENSTOCK_PLUGINS "/libnormalize.so";
  const auto shown = inspect({library});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("\n  file        " + library + '\n'));
  EXPECT_THAT(shown.out, HasSubstr("\n  needs       libc.so.6 (GLIBC_2."));
  const auto digest = shell("sha256sum < " + library);
  EXPECT_THAT(shown.out, HasSubstr("\n  SHA-256     " + digest.out.substr(0, 64) + '\n'));
}

TEST_F(Inspect, GivesTheSameAsJson) {
  const auto shown = inspect({"threshold_filter", "--json"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, StartsWith("{\"format\":1,\"library\":{\"file\":"));
  EXPECT_THAT(shown.out, HasSubstr("{\"name\":\"max\",\"type\":\"f64\",\"default\":"));
}

TEST_F(Inspect, SaysWhyATypeWasRefused) {
  const auto refused = inspect({"missing_process", "--plugins", PENSTOCK_BAD_PLUGINS});
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.out, IsEmpty());
  EXPECT_THAT(refused.err,
              StartsWith("error[PS0201]: type `missing_process` does not conform to interface `Stage` 1.0"));
  const auto lost = inspect({"undefined_symbol", "--plugins", PENSTOCK_BAD_PLUGINS});
  EXPECT_EQ(lost.status, 3);
  EXPECT_THAT(lost.err, StartsWith("error[PS0120]")) << "with its library";
}

TEST_F(Inspect, ShowsTheGoodTypesOfALibraryBesideThoseThatAreRefused) {
  const auto shown = inspect({PENSTOCK_BAD_PLUGINS "/libmisspelt_process.so"});
  EXPECT_EQ(shown.status, 3);
  EXPECT_THAT(shown.err, StartsWith("error[PS0201]"));
  EXPECT_THAT(shown.out, HasSubstr("beside_misspelt: Stage 1.0"));
}

TEST_F(Inspect, SuggestsTheNearestType) {
  const auto unknown = inspect({"roling_average"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, AllOf(StartsWith("error[PS0407]"), HasSubstr("did you mean `rolling_average`?")));
}

TEST_F(Inspect, SaysThatALibraryIsNoPlugin) {
  const auto other = inspect({PENSTOCK_LIBRARY});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, StartsWith("error[PS0003]: `" PENSTOCK_LIBRARY "` exports no type"));
}

TEST_F(Inspect, LooksForATypeWhereADirectoryHasItsName) {
  std::filesystem::create_directory(directory.path() / "rolling_average");
  EXPECT_THAT(inspect({"rolling_average"}).out, StartsWith("rolling_average: Stage 1.0"));
}

TEST_F(Inspect, RefusesWhatIsNoLibrary) {
  write("notes.so", "not a library");
  EXPECT_EQ(inspect({"notes.so"}).status, 3);
  EXPECT_EQ(inspect({"./nowhere.so"}).status, 3);
}

class ListAll : public PenstockProgram {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(directory.path() / "p");
    std::filesystem::copy_file(PENSTOCK_LIBRARY, directory.path() / "p/libother.so");
    std::filesystem::copy_file(PENSTOCK_PLUGINS "/libnormalize.so", directory.path() / "p/libnormalize.so");
  }
};

TEST_F(ListAll, ShowsWhatIsNoPluginAndWhatIsShadowed) {
  const auto shown = penstock({"list", "--plugins", PENSTOCK_PLUGINS, "--plugins", "p", "--all"});
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.out, HasSubstr("p/libnormalize.so, shadowed\n"));
  EXPECT_THAT(shown.out, HasSubstr("no plugin"));
  EXPECT_THAT(shown.out, HasSubstr("p/libother.so\n"));
}

TEST_F(ListAll, IsHintedAtWhereSomethingIsLeftOut) {
  const auto shown = penstock({"list", "--plugins", "p"});
  EXPECT_THAT(shown.out, Not(HasSubstr("libother.so")));
  EXPECT_THAT(shown.err, HasSubstr("1 library exports no type; `penstock list --all` shows it\n"));
}

TEST_F(ListAll, WarnsOfAShadowedTypeWithBothPaths) {
  const auto shown = penstock({"list", "--plugins", PENSTOCK_PLUGINS, "--plugins", "p"});
  EXPECT_THAT(shown.err,
              HasSubstr("warning[PS0119]: type `normalize` of this library is not used: another one has that "
                        "name\n  --> p/libnormalize.so\n   = note: `" PENSTOCK_PLUGINS
                        "/libnormalize.so` was found before it"));
  EXPECT_THAT(penstock({"list", "--plugins", PENSTOCK_PLUGINS, "--plugins", "p", "--json"}).out,
              HasSubstr("\"shadowed\":[{\"name\":\"normalize\""));
}

}  // namespace
}  // namespace penstock::cli

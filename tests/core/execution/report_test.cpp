#include "execution/report.hpp"

#include "core/execution/rig.hpp"
#include "fixture/temporary_directory.hpp"

namespace penstock::execution::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Report, SaysFromWhereARelativePathIsTaken) {
  const fixture::TemporaryDirectory plant;
  plant.write("config/p.yaml", "");
  plant.write("data/readings.csv", "");
  const auto help_of = [&](const std::string& written, const std::string& named, const std::string& pipeline) {
    Rig rig;
    rig.numbers(30, 10);
    Actor& faulty = rig.stage("faulty", plugin::Rows::same, {"value"});
    rig.collector();
    const std::string text = "cannot open `" + named + "`: No such file or directory";
    faulty.open = [&] { return faulty.fail(PENSTOCK_FAILED, text.c_str()); };
    rig.plan.nodes[1].place.file = pipeline;
    rig.plan.nodes[1].relative_paths = {{written, "/started/here/" + written}};
    (void)rig.run();
    return rig.found[0].help;
  };
  const auto missing = [&](const std::string& written, const std::string& pipeline) {
    return help_of(written, "/started/here/" + written, pipeline);
  };
  EXPECT_THAT(missing("readings.csv", plant / "config/p.yaml"),
              ElementsAre("`readings.csv` is taken from where `penstock` was started"));
  EXPECT_THAT(
      missing("../data/readings.csv", plant / "config/p.yaml"),
      ElementsAre("`../data/readings.csv` is taken from where `penstock` was started, and seen from the pipeline "
                  "file there is one: write `" +
                  (plant / "data/readings.csv") + "`, or start in `" + (plant / "config") + "`"));
  EXPECT_THAT(missing("data/readings.csv", plant / "p.yaml"),
              ElementsAre(HasSubstr("write `" + (plant / "data/readings.csv") + "`, or start in")));
  EXPECT_THAT(missing("readings.csv", "p.yaml"), ElementsAre(HasSubstr("was started")));
  EXPECT_THAT(help_of("readings.csv", "/elsewhere/readings.csv", plant / "p.yaml"), testing::IsEmpty())
      << "it was written so";
}

}  // namespace
}  // namespace penstock::execution::test

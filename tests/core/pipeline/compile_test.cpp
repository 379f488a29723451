#include "pipeline/compile.hpp"

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Compile : public Bench {};

const std::string chain = R"(pipeline: plant-temperatures
source: {type: csv_reader, path: readings.csv}
stages:
  - {type: threshold_filter, min: 0, max: 150}
  - {type: normalize, low: 0, high: 150}
  - {type: rolling_average, window: 20}
sink: {type: console}
)";

TEST_F(Compile, KnowsNoSinkWithoutAName) {
  request_.sink = "";
  EXPECT_FALSE(compile(chain));
  EXPECT_THAT(said(), HasSubstr("PS0407"));
}

TEST_F(Compile, SaysHowASinkIsNamedAndItsFileGivenOnTheCommandLine) {
  add("penstock:1\tname:csv_writer\tinterface:Sink 1.0\tsdk:1.0\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:path\ttype:path\trequired:yes\texample:out.csv\tdoc:the file\ncolumn:*\taccess:read\n");
  for (const auto& [sink, advice] :
       {std::pair{"out.csv", "--sink csv_writer --set csv_writer.path=out.csv`"},
        {"csv_writer:out.csv", "--sink csv_writer --set csv_writer.path=out.csv`"},
        {"{type: csv_writer, path: out.csv}", "--sink csv_writer --set csv_writer.path=FILE`"}}) {
    request_.sink = sink;
    EXPECT_FALSE(compile(chain));
    EXPECT_THAT(said(), testing::AllOf(HasSubstr("`--sink` takes the name of a type: `"), HasSubstr(advice),
                                       testing::Not(HasSubstr("--plugins"))));
  }
}

TEST_F(Compile, TellsPathsThatWereWrittenRelative) {
  for (const char* const path : {"/tmp/readings.csv", "-"}) {
    ASSERT_TRUE(compile("source: {type: csv_reader, path: \"" + std::string(path) + "\"}\nsink: {type: console}\n"));
    EXPECT_THAT(plan_->nodes[0].relative_paths, IsEmpty()) << path;
  }
}

TEST_F(Compile, MakesAPlanOfALinearChain) {
  ASSERT_TRUE(compile(chain)) << said();
  EXPECT_EQ(plan_->name, "plant-temperatures");
  EXPECT_EQ(plan_->file, file());
  std::vector<std::string> names;
  for (const NodePlan& node : plan_->nodes) names.push_back(node.name);
  EXPECT_THAT(names, ElementsAre("csv_reader", "threshold_filter", "normalize", "rolling_average", "console"));
  EXPECT_EQ(hosts_->names(), names);
  EXPECT_EQ(instances_, 5);
  EXPECT_EQ(plan_->nodes[1].place, (Place{.file = file().string(), .line = 4, .column = 12}));
  EXPECT_STREQ(plan_->nodes[1].host->node, "threshold_filter");
  ASSERT_EQ(plan_->nodes[0].relative_paths.size(), 1u);
  EXPECT_EQ(plan_->nodes[0].relative_paths[0].written, "readings.csv");
  EXPECT_EQ(plan_->nodes[0].relative_paths[0].absolute, std::filesystem::current_path() / "readings.csv");

  const std::vector<batch::Field> source{{"sensor_id", batch::Type::key, false},
                                         {"timestamp", batch::Type::time, false},
                                         {"value", batch::Type::f64, true}};
  EXPECT_THAT(plan_->nodes[0].in, IsEmpty());
  EXPECT_EQ(plan_->nodes[0].out, source);
  EXPECT_EQ(plan_->nodes[1].out, source);
  EXPECT_EQ(plan_->nodes[4].in.size(), 5u);
  EXPECT_THAT(plan_->nodes[4].out, IsEmpty());

  plan_.reset();
  EXPECT_EQ(instances_, 0);
}

TEST_F(Compile, SaysWhereEachValueComesFrom) {
  request_.sets = {"rolling_average.window=5", "rolling_average.window=7"};
  ASSERT_TRUE(compile(chain)) << said();
  const std::string here = file().string();
  EXPECT_THAT(hosts_->values(),
              ElementsAre("csv_reader.path = " + (std::filesystem::current_path() / "readings.csv").string() + " (" +
                              here + ":2:28)",
                          "csv_reader.unit =  (default)", "csv_reader.null = [] (default)",
                          "threshold_filter.min = 0 (" + here + ":4:30)",
                          "threshold_filter.max = 150 (" + here + ":4:38)", "normalize.low = 0 (" + here + ":5:23)",
                          "normalize.high = 150 (" + here + ":5:31)", "rolling_average.window = 7 (command line)"));
}

TEST_F(Compile, WarnsOfATypeThatIsUsedAndOnce) {
  Diagnostics warnings;
  warnings.add({.code = diagnostic::Code::PS0207,
                .summary = "type `clumsy` has a method `flsh` that no one will call",
                .severity = diagnostic::Severity::warning});
  add("penstock:1\tname:clumsy\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n",
      {}, warnings);
  ASSERT_TRUE(compile(chain)) << said();
  EXPECT_THAT(codes(), IsEmpty());
  ASSERT_TRUE(
      compile("source: {type: csv_reader, path: x}\nstages:\n  - {type: clumsy}\n  - {type: clumsy}\n"
              "sink: {type: console}\n"))
      << said();
  EXPECT_THAT(codes(), ElementsAre("PS0207"));
}

TEST_F(Compile, ReportsTheFaultsOfEveryNodeInOneGo) {
  request_.sets = {"nonode.min=0"};
  EXPECT_FALSE(
      compile("pipeline: a/b\n"
              "source: {type: csv_reader, path: x, unit: ~}\n"
              "stages:\n"
              "  - {type: threshold_filter, mim: 0, max: high}\n"
              "  - {type: treshold_filter}\n"
              "  - {type: rolling_average, window: 010, window: 3}\n"
              "sinks: {type: console}\n"));
  EXPECT_THAT(codes(), testing::UnorderedElementsAre("PS0403", "PS0405", "PS0406", "PS0407", "PS0409", "PS0411",
                                                     "PS0411", "PS0411", "PS0412"))
      << said();
  EXPECT_THAT(said(), testing::AllOf(HasSubstr("did you mean `sink`?"), testing::Not(HasSubstr("has no `sink`"))));
  EXPECT_THAT(loaded_, IsEmpty());
}

TEST_F(Compile, AnswersAHostileFileWithWhatAPersonCanRead) {
  std::string keys;
  for (int i = 0; i < 900; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  EXPECT_FALSE(compile(keys + chain));
  EXPECT_EQ(found_.errors(), 100u);
  EXPECT_THAT(said(), HasSubstr("`k99`"));
  EXPECT_THAT(said(), HasSubstr("and 800 more errors are not shown"));

  EXPECT_FALSE(compile("source: {type: " + std::string(900'000, 'x') + "}\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0407"));
  EXPECT_THAT(said(), HasSubstr("bytes more"));
  EXPECT_LT(said().size(), 2000u);
}

}  // namespace
}  // namespace penstock::pipeline

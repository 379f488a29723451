#include "cli/graph.hpp"

#include <gmock/gmock.h>

#include <list>

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/** A plan without instances: enough to be drawn. */
class Graph : public testing::Test {
 protected:
  pipeline::NodePlan& add(const std::string& name, const std::string& type, plugin::Interface interface,
                          batch::Schema out) {
    plugin::ExportedType& exported = types_.emplace_back();
    exported.manifest.name = type;
    exported.manifest.interface = interface;
    const plugin::LoadedType loaded{&exported, {}};
    batch::Schema in = plan_.nodes.empty() ? batch::Schema{} : plan_.nodes.back().out;
    plan_.nodes.push_back({.name = name,
                           .type = loaded,
                           .instance = pipeline::Instance(nullptr, loaded),
                           .host = nullptr,
                           .place = {},
                           .bindings = {},
                           .in = std::move(in),
                           .out = std::move(out)});
    return plan_.nodes.back();
  }
  void add_source(const std::string& column = "value") {
    add("reader", "csv_reader", plugin::Interface::source,
        {{"sensor", batch::Type::key, false}, {column, batch::Type::f64, true}});
  }
  void add_sink() { add("console", "console", plugin::Interface::sink, {}); }

  std::list<plugin::ExportedType> types_;
  pipeline::Plan plan_{.name = "plant", .file = "plant.yaml", .nodes = {}};
};

TEST_F(Graph, OfDotHasNodesWithTypesAndEdgesWithColumns) {
  add_source();
  add_sink();
  EXPECT_EQ(graph_text(plan_, GraphFormat::dot), R"(digraph "plant" {
  node [shape=box];
  n0 [label="reader\nSource csv_reader"];
  n1 [label="console\nSink"];
  n0 -> n1 [label="sensor key\lvalue f64, nullable\l"];
}
)");
}

TEST_F(Graph, OfMermaidHasTheSame) {
  add_source();
  add_sink();
  EXPECT_EQ(graph_text(plan_, GraphFormat::mermaid), R"(flowchart TD
  n0["reader<br/>Source csv_reader"]
  n1["console<br/>Sink"]
  n0 -->|"sensor key<br/>value f64, nullable"| n1
)");
}

TEST_F(Graph, ShowsRenamedColumnsAndPartitions) {
  add_source();
  pipeline::NodePlan& stage = add("average", "average", plugin::Interface::stage, plan_.nodes.back().out);
  stage.renames.push_back({"value", "humidity"});
  add_sink();
  plan_.partitions = pipeline::Partitions{.first = 1, .end = 2, .by = 0};
  plan_.partitions->copies.resize(3);
  const std::string dot = graph_text(plan_, GraphFormat::dot);
  EXPECT_THAT(dot, HasSubstr(R"(n1 [label="average\nStage\nvalue is humidity"];)"));
  EXPECT_THAT(dot, HasSubstr("subgraph cluster_partitions {\n    label=\"4 partitions by sensor\";\n    n1;\n  }\n"));
  const std::string mermaid = graph_text(plan_, GraphFormat::mermaid);
  EXPECT_THAT(mermaid, HasSubstr(R"(n1["average<br/>Stage<br/>value is humidity"])"));
  EXPECT_THAT(mermaid, HasSubstr("subgraph partitions [\"4 partitions by sensor\"]\n    n1\n  end\n"));
}

TEST_F(Graph, EscapesWhatItsFormatWouldTakeForItsOwn) {
  add_source("a\"]; \\l <b> #1; `c` & \x1b[31m\n|");
  add_sink();
  EXPECT_THAT(graph_text(plan_, GraphFormat::dot),
              HasSubstr(R"(\la\"]; \\l <b> #1; `c` & \\x1b[31m\\n| f64, nullable\l"];)"));
  const std::string mermaid = graph_text(plan_, GraphFormat::mermaid);
  EXPECT_THAT(mermaid,
              HasSubstr("<br/>a#34;]; #92;l #60;b#62; #35;1; #96;c#96; #38; #92;x1b[31m#92;n| f64, nullable\"|"));
  EXPECT_THAT(mermaid, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace penstock::cli

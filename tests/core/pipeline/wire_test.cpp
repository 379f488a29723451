#include "pipeline/wire.hpp"

#include "batch/arrow_schema.hpp"
#include "core/pipeline/chain.hpp"

namespace penstock::pipeline {
namespace {

using batch::Field;
using batch::Schema;
using batch::Type;
using plugin::Access;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string bind_line = "method:bind\tsignature:(schema, schema) -> status\n";

/** What the `bind` of a test's types saw and gives. One test at a time uses it. */
struct Bound {
  int calls = 0;
  bool in_is_null = false, out_is_null = false;
  Schema in = {};
  std::vector<std::pair<const char*, const char*>> gives = {};  // name, format; a format of `key` has a dictionary
  int released = 0;
  penstock_status answer = PENSTOCK_OK;
  std::int64_t where = -1;
};
Bound bound;

void release_given(ArrowSchema* schema) {
  for (std::int64_t i = 0; i < schema->n_children; ++i) {
    delete schema->children[i]->dictionary;
    delete schema->children[i];
  }
  delete[] schema->children;
  schema->release = nullptr;
  ++bound.released;
}

void give(ArrowSchema* out) {
  *out = {};
  out->format = "+s";
  out->n_children = static_cast<std::int64_t>(bound.gives.size());
  out->children = new ArrowSchema*[bound.gives.size()];
  out->release = release_given;
  for (std::size_t i = 0; i < bound.gives.size(); ++i) {
    const auto& [name, format] = bound.gives[i];
    const bool key = std::string_view(format) == "key";
    out->children[i] = new ArrowSchema{};
    out->children[i]->name = name;
    out->children[i]->format = key ? "i" : format;
    if (key) {
      out->children[i]->dictionary = new ArrowSchema{};
      out->children[i]->dictionary->format = "u";
    }
  }
}

penstock_status bind_by_test(void* self, const ArrowSchema* in, ArrowSchema* out) {
  ++bound.calls;
  bound.in_is_null = in == nullptr;
  bound.out_is_null = out == nullptr;
  std::string fault;
  if (in != nullptr) bound.in = batch::read_schema(*in, fault).value_or(Schema{});
  if (out != nullptr && !bound.gives.empty()) give(out);
  if (bound.answer == PENSTOCK_OK) return PENSTOCK_OK;
  const penstock_host* host = *static_cast<const penstock_host**>(self);
  return host->fail(host, bound.answer, bound.where, "not these");
}

class Wire : public Chain {
 protected:
  Wire() { bound = {}; }

  const NodePlan& node(std::size_t index) { return plan_->nodes.at(index); }
  static std::vector<std::string> names(const Schema& schema) {
    std::vector<std::string> names;
    for (const Field& field : schema) names.push_back(field.name);
    return names;
  }
  /** `read 2`, `add 3`, `write 0 without nulls` */
  static std::vector<std::string> bindings(const NodePlan& node) {
    std::vector<std::string> all;
    for (const Binding& binding : node.bindings)
      all.push_back(std::string(binding.access == Access::read    ? "read "
                                : binding.access == Access::write ? "write "
                                                                  : "add ") +
                    std::to_string(binding.column) + (binding.reject_nulls ? " without nulls" : ""));
    return all;
  }
};

TEST_F(Wire, FollowsTheColumnsFromSourceToSink) {
  ASSERT_TRUE(chain({"type: normalize", "type: rolling_average"})) << said();
  EXPECT_THAT(bindings(node(0)), ElementsAre("add 0", "add 1", "add 2"));
  EXPECT_THAT(bindings(node(1)), ElementsAre("read 2", "add 3"));
  EXPECT_THAT(bindings(node(2)), ElementsAre("read 0", "read 2 without nulls", "add 4"));
  EXPECT_THAT(bindings(node(3)), ElementsAre("read 0", "read 1", "read 2", "read 3", "read 4"));
  EXPECT_THAT(names(node(3).in), ElementsAre("sensor_id", "timestamp", "value", "normalized", "rolling_avg"));
  EXPECT_EQ(node(1).out[3], (Field{"normalized", Type::f64, true}));
}

TEST_F(Wire, RenamesColumnsBothWays) {
  ASSERT_TRUE(chain({"type: normalize, columns: {value: temperature, normalized: share}"}, "type: console",
                    "type: csv_reader, path: x, columns: {value: temperature}"))
      << said();
  EXPECT_THAT(names(node(0).out), ElementsAre("sensor_id", "timestamp", "temperature"));
  EXPECT_THAT(names(node(1).out), ElementsAre("sensor_id", "timestamp", "temperature", "share"));
}

TEST_F(Wire, TellsAWrongTypeAndAColumnThatIsThere) {
  ASSERT_FALSE(chain({"type: normalize, columns: {value: timestamp}", "type: normalize, name: again"}));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("PS0416"), HasSubstr("`normalize` needs the column `timestamp` as f64, and it is time")));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("PS0417"), HasSubstr("`again` adds a column `normalized`, and there is one already"),
                    HasSubstr("note: `normalize` (p.yaml:3:12) makes that one"),
                    HasSubstr("to have both, write `columns: {normalized: normalized_2}` at `again`")));
  EXPECT_EQ(found_.errors(), 2u);
}

TEST_F(Wire, RefusesARenameOfNothing) {
  ASSERT_FALSE(chain({"type: normalize, columns: {valeu: value}"}, "type: console, columns: {a: normalised}"));
  EXPECT_THAT(said(), AllOf(HasSubstr("error[PS0418]"), HasSubstr("p.yaml:3:33"),
                            HasSubstr("`normalize` has no column `valeu`"), HasSubstr("did you mean `value`?")));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("no column `normalised` comes to `console`"), HasSubstr("did you mean `normalized`?")));
  ASSERT_FALSE(chain({"type: normalize, columns: {value: humidity}"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:3:33"), HasSubstr("remove `value: humidity` from `columns:`")));
}

TEST_F(Wire, SaysThatARenameIsTheWrongWayRound) {
  ASSERT_FALSE(chain({"type: normalize, columns: {temperature: value}"}, "type: console",
                     "type: csv_reader, path: x, columns: {temperature: value}"));
  EXPECT_THAT(codes(), ElementsAre("PS0418", "PS0418")) << said();
  EXPECT_THAT(said(), AllOf(HasSubstr("`csv_reader` has no column `temperature`"),
                            HasSubstr("write it the other way round: `columns: {value: temperature}`")));
}

TEST_F(Wire, RefusesARenameOfNothingAlsoBehindANodeThatIsNotKnown) {
  ASSERT_FALSE(
      chain({"type: normalize, columns: {valeu: value}"}, "type: console, columns: {a: b}", "type: csv_raeder"));
  EXPECT_THAT(codes(), ElementsAre("PS0407", "PS0418")) << said();
  EXPECT_THAT(said(), HasSubstr("did you mean `value`?"));
}

TEST_F(Wire, RefusesARenameOfAnAdditionThatBindReplaced) {
  add(stage("select", "fewer", bind_line + "column:gone\taccess:add\ttype:f64\n"), {.bind = bind_by_test});
  bound.gives = {{"a", "l"}};
  ASSERT_FALSE(chain({"type: select, columns: {gone: b}"}));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("PS0418"), HasSubstr("`select` has no column `gone`"), HasSubstr("its columns are `a`")));
  ASSERT_TRUE(chain({"type: select, columns: {a: b}"})) << said();
  bound.gives = {};
  ASSERT_TRUE(chain({"type: select, columns: {gone: b}"})) << said();
}

TEST_F(Wire, LooksForAKeyAmongEveryColumnThatComes) {
  add("penstock:1\tname:by_machine\tinterface:Stage 1.0\tsdk:1.0\trows:same\tstate:keyed\tkey:machine\n" + life +
          bind_line + "column:*\taccess:read\n",
      {.bind = bind_by_test});
  ASSERT_FALSE(chain({"type: by_machine"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0415"), HasSubstr("`by_machine` needs a column `machine`"),
                            HasSubstr("key, the key of its state"),
                            HasSubstr("if a column that comes is meant, write `columns: {machine: NAME}`"),
                            HasSubstr("add a stage that makes it before `by_machine`")))
      << "that `sensor_id` is the only key is no reason to take it";
  EXPECT_EQ(bound.calls, 0);
  EXPECT_TRUE(chain({"type: by_machine, columns: {machine: sensor_id}"})) << said();
}

TEST_F(Wire, ReportsWiringBesideOtherFaults) {
  ASSERT_FALSE(chain({"type: threshold_filter, mim: 1, columns: {value: x}"}));
  EXPECT_THAT(codes(), ElementsAre("PS0409", "PS0415"));
}

TEST_F(Wire, JudgesNothingBehindANodeThatIsNotKnown) {
  ASSERT_FALSE(chain({"type: threshold_filter"}, "type: console", "type: csv_raeder"));
  EXPECT_THAT(codes(), ElementsAre("PS0407"));
}

TEST_F(Wire, LetsAStageOfAnyRowsGiveExactlyWhatItAdds) {
  add(stage("windows", "any",
            "column:sensor_id\taccess:read\ttype:key\ncolumn:value\taccess:read\ttype:f64\tnull:yes\n"
            "column:sensor_id\taccess:add\ttype:key\ncolumn:mean\taccess:add\ttype:f64\n"));
  ASSERT_TRUE(chain({"type: windows"})) << said();
  EXPECT_THAT(bindings(node(1)), ElementsAre("read 0", "read 2", "add 0", "add 1"));
  EXPECT_THAT(names(node(1).out), ElementsAre("sensor_id", "mean"));
  ASSERT_FALSE(chain({"type: windows", "type: normalize"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("needs a column `value`"), HasSubstr("`sensor_id key`, `mean f64`")));
}

TEST_F(Wire, LetsAWriterOfNullsMakeAColumnNullable) {
  add(stage("fix", "same", "column:timestamp\taccess:write\ttype:time\tnull:yes\n"));
  ASSERT_TRUE(chain({"type: fix"})) << said();
  EXPECT_THAT(bindings(node(1)), ElementsAre("write 1"));
  EXPECT_FALSE(node(1).in[1].nullable);
  EXPECT_TRUE(node(1).out[1].nullable);
}

TEST_F(Wire, RefusesToWriteOneColumnUnderTwoNames) {
  add(stage("twice", "same",
            "column:a\taccess:read\ttype:f64\tnull:yes\ncolumn:value\taccess:write\ttype:f64\tnull:yes\n"));
  ASSERT_FALSE(chain({"type: twice, columns: {a: value}"}));
  EXPECT_THAT(said(), HasSubstr("would write the column `value` under two names, `a`, `value`"));
}

TEST_F(Wire, KnowsColumnsByTheirArrowFormatToo) {
  add(stage("by_format", "same", "column:value\taccess:read\ttype:g\tnull:yes\n"));
  EXPECT_TRUE(chain({"type: by_format"})) << said();
}

TEST_F(Wire, ShowsColumnsToBindUnderTheNamesOfThePlugin) {
  add(stage("learner", "same", bind_line + "column:value\taccess:read\ttype:f64\ncolumn:extra\taccess:add\ttype:i64\n"),
      {.bind = bind_by_test});
  ASSERT_TRUE(chain({"type: learner, columns: {value: temperature}"}, "type: console",
                    "type: csv_reader, path: x, columns: {value: temperature}"))
      << said();
  EXPECT_EQ(bound.calls, 1);
  EXPECT_EQ(bound.in, (Schema{{"value", Type::f64, false}}));
  EXPECT_THAT(bindings(node(1)), ElementsAre("read 2 without nulls", "add 3"));
  EXPECT_THAT(names(node(1).out), ElementsAre("sensor_id", "timestamp", "temperature", "extra"));
  EXPECT_EQ(bound.released, 0);
}

TEST_F(Wire, ShowsEveryColumnToWhoTakesEvery) {
  add("penstock:1\tname:printer\tinterface:Sink 1.0\tsdk:1.0\n" + life + bind_line + "column:*\taccess:read\n",
      {.bind = bind_by_test});
  ASSERT_TRUE(chain({}, "type: printer, columns: {humidity: value}")) << said();
  EXPECT_TRUE(bound.out_is_null);
  EXPECT_EQ(bound.in,
            (Schema{{"sensor_id", Type::key, false}, {"timestamp", Type::time, false}, {"humidity", Type::f64, true}}));
  ASSERT_FALSE(chain({}, "type: printer, columns: {timestamp: value}"));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0417"),
                            HasSubstr("`printer` would see two columns `timestamp`, `timestamp` and `value`"),
                            HasSubstr("`columns: {NAME: value}`")));
}

TEST_F(Wire, TakesTheSchemaThatBindGivesAndReleasesItOnce) {
  add("penstock:1\tname:table\tinterface:Source 1.0\tsdk:1.0\n" + life + bind_line, {.bind = bind_by_test});
  bound.gives = {{"sensor_id", "key"}, {"value", "g"}, {"note", "u"}};
  ASSERT_TRUE(chain({"type: threshold_filter, columns: {value: temperature}"}, "type: console",
                    "type: table, columns: {value: temperature}"))
      << said();
  EXPECT_TRUE(bound.in_is_null);
  EXPECT_EQ(bound.released, 1);
  EXPECT_EQ(node(0).out,
            (Schema{{"sensor_id", Type::key, false}, {"temperature", Type::f64, false}, {"note", Type::text, false}}));
  EXPECT_THAT(bindings(node(0)), ElementsAre("add 0", "add 1", "add 2"));

  bound = {.gives = {{"vlaue", "g"}}};
  ASSERT_FALSE(chain({"type: threshold_filter"}, "type: console", "type: table"));
  EXPECT_THAT(said(), HasSubstr("write `columns: {value: vlaue}`"));
  EXPECT_EQ(instances_, 0);
  bound = {.gives = {{"value", "g"}}};
  ASSERT_FALSE(chain({}, "type: console", "type: table, columns: {vlaue: x}"));
  EXPECT_THAT(said(), AllOf(HasSubstr("`table` has no column `vlaue`"), HasSubstr("did you mean `value`?")));
}

TEST_F(Wire, PutsTheSchemaOfBindBehindWhatTheStageReads) {
  add(stage("select", "fewer",
            bind_line + "column:gone\taccess:add\ttype:f64\ncolumn:value\taccess:read\ttype:f64\tnull:yes\n"),
      {.bind = bind_by_test});
  bound.gives = {{"a", "l"}, {"b", "b"}};
  ASSERT_TRUE(chain({"type: select"})) << said();
  EXPECT_THAT(bindings(node(1)), ElementsAre("read 2", "add 3", "add 4"));
  EXPECT_THAT(names(node(1).out), ElementsAre("sensor_id", "timestamp", "value", "a", "b"));
}

TEST_F(Wire, RefusesASchemaThatNoBatchCanHave) {
  add("penstock:1\tname:table\tinterface:Source 1.0\tsdk:1.0\n" + life + bind_line, {.bind = bind_by_test});
  bound.gives = {{"when", "tsu:UTC"}};
  ASSERT_FALSE(chain({}, "type: console", "type: table"));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0419"),
                            HasSubstr("the schema that `table` gave gives `when` the Arrow format `tsu:UTC`")));
  EXPECT_EQ(bound.released, 1);
}

TEST_F(Wire, RefusesASchemaWhoseTextNoRowThatPassesOnCanHold) {
  for (const char* rows : {"same", "fewer", "any"})
    add(stage(std::string("note_") + rows, rows, bind_line), {.bind = bind_by_test});
  bound.gives = {{"level", "g"}, {"note", "u"}};
  for (const char* type : {"note_same", "note_fewer"}) {
    ASSERT_FALSE(chain({"type: " + std::string(type)}));
    EXPECT_THAT(said(), AllOf(HasSubstr("PS0419"), HasSubstr("p.yaml:3:12"),
                              HasSubstr("the schema that `" + std::string(type) + "` gave adds `note` to rows"),
                              HasSubstr("expected  a type of fixed width, such as key")));
  }
  EXPECT_EQ(bound.released, 2);
  EXPECT_TRUE(chain({"type: note_any"})) << said();
}

TEST_F(Wire, SaysWhatAPluginSaysAgainstItsColumns) {
  add(stage("picky", "same", bind_line + "column:value\taccess:read\ttype:f64\tnull:yes\n"), {.bind = bind_by_test});
  bound.gives = {{"a", "g"}};
  bound.answer = PENSTOCK_REFUSED;
  bound.where = 0;
  ASSERT_FALSE(chain({"type: picky"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0419"), HasSubstr("`picky` refused the column `value`: not these"),
                            HasSubstr("p.yaml:3:12")));
  EXPECT_EQ(bound.released, 1) << "what a failing bind gave leaks";
  for (const std::int64_t where : {std::int64_t{-1}, std::int64_t{7}, INT64_MAX, INT64_MIN}) {
    bound.where = where;
    ASSERT_FALSE(chain({"type: picky"}));
    EXPECT_THAT(said(), HasSubstr("`picky` refused its columns: not these"));
  }
  EXPECT_EQ(instances_, 0);
}

}  // namespace
}  // namespace penstock::pipeline

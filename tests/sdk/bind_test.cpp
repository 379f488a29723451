// Types whose columns are known at run time only: they say them in bind, after they have been configured.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <penstock/testing.hpp>

#include <string>
#include <vector>

#include "bind.cpp"

namespace {

using penstock::testing::null;
using penstock::testing::Rows;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Texts = std::vector<std::string>;

TEST(Bind, OfASourceSaysTheColumnsOfItsParameters) {
  penstock::testing::Source<TableSource> source({{"header", Texts{"value:f64", "n:i64"}}, {"rows", 1}});
  EXPECT_EQ(source.all(), (Rows{{{"value", 0.0}, {"n", 0}}}));
}

TEST(Bind, OfASourceFillsEveryColumnOfARow) {
  penstock::testing::Source<TableSource> source;
  EXPECT_EQ(source.all(),
            (Rows{{{"n", 0}, {"sensor", "s0"}, {"value", 0.0}, {"ok", true}, {"when", penstock::Time{0}}},
                  {{"n", 1}, {"sensor", null}, {"value", 0.0}, {"ok", false}, {"when", null}},
                  {{"n", 2}, {"sensor", "s2"}, {"value", 1.0}, {"ok", true}, {"when", penstock::Time{2}}}}));
}

TEST(Bind, OfASourceFillsBatchByBatch) {
  penstock::testing::Source<TableSource> source({{"header", Texts{"n:i64"}}, {"rows", 5}});
  EXPECT_EQ(source.stream(2), (Rows{{{"n", 0}}, {{"n", 1}}}));
  EXPECT_EQ(source.stream(2), (Rows{{{"n", 2}}, {{"n", 3}}}));
  EXPECT_EQ(source.stream(2), (Rows{{{"n", 4}}}));
}

TEST(Bind, OfASourceFillsColumnByColumn) {
  penstock::testing::Source<TableSource> source({{"header", Texts{"n:i64"}}, {"rows", 2}, {"form", "columns"}});
  EXPECT_EQ(source.all(), (Rows{{{"n", 0}}, {{"n", 1}}}));
}

TEST(Bind, RefusesWhatItCannotSay) {
  penstock::testing::Source<TableSource> source({{"header", Texts{"n:i63"}}});
  EXPECT_THAT(source.stream(), IsEmpty());
  ASSERT_THAT(source.failures(), SizeIs(1));
  EXPECT_EQ(source.failures()[0].text, "no type `i63`");
  EXPECT_EQ(source.failures()[0].status, PENSTOCK_REFUSED);
}

TEST(Bind, FailsOnAValueOfAnotherTypeThanItSaid) {
  penstock::testing::Source<TableSource> source({{"form", "wrong"}});
  EXPECT_THAT(source.stream(), IsEmpty());
  ASSERT_THAT(source.failures(), SizeIs(1));
  EXPECT_EQ(source.failures()[0].text, "column `n` is of type i64, not f32");
}

TEST(Bind, OfAStageAddsColumnsToThoseThatCome) {
  penstock::testing::Stage<Marker> stage;
  EXPECT_EQ(stage.process({{{"a", 0.5}, {"b", 2.0}, {"n", 1}},
                           {{"a", 9.0}, {"b", 9.0}, {"n", 2}},
                           {{"a", null}, {"b", 1.0}, {"n", 3}}}),
            (Rows{{{"a", 0.5}, {"b", 2.0}, {"n", 1}, {"a_is_high", false}, {"b_is_high", true}},
                  {{"a", null}, {"b", 1.0}, {"n", 3}, {"a_is_high", false}, {"b_is_high", false}}}));
  EXPECT_THAT(stage.failures(), IsEmpty());
}

TEST(Bind, OfAStageWithAnOutputSaysWhatItEmits) {
  penstock::testing::Stage<Summary> stage({{"column", "number"}});
  EXPECT_THAT(stage.process({{{"value", 1.5}}, {{"value", 2.5}}}), IsEmpty());
  EXPECT_EQ(stage.flush(), (Rows{{{"number_of_value", 2}}}));
  EXPECT_THAT(stage.failures(), IsEmpty());
}

TEST(Bind, GivesItsSchemaToTheHost) {
  penstock::NewColumns columns;
  columns.add<double>("value").add<penstock::Nullable<penstock::Key>>("sensor");
  ArrowSchema given{};
  columns.give(given);
  columns = {};
  EXPECT_STREQ(given.format, "+s");
  ASSERT_EQ(given.n_children, 2);
  EXPECT_STREQ(given.children[0]->name, "value");
  EXPECT_STREQ(given.children[0]->format, "g");
  EXPECT_EQ(given.children[0]->flags, 0);
  EXPECT_EQ(given.children[1]->flags, ARROW_FLAG_NULLABLE);
  ASSERT_NE(given.children[1]->dictionary, nullptr);
  EXPECT_STREQ(given.children[1]->dictionary->format, "u");
  given.release(&given);
  EXPECT_EQ(given.release, nullptr);
}

TEST(Bind, IsSaidInTheManifest) {
  const std::string source = penstock_type_table_source.text, stage = penstock_type_marker.text,
                    emitting = penstock_type_summary.text;
  const std::string line = "method:bind\tsignature:(schema, schema) -> status\n";
  EXPECT_THAT(source, HasSubstr(line));
  EXPECT_EQ(source.find("column:"), source.npos);
  EXPECT_THAT(stage, HasSubstr(line));
  EXPECT_THAT(stage, HasSubstr("column:*\taccess:read\n"));
  EXPECT_THAT(emitting, HasSubstr(line));
  EXPECT_EQ(emitting.find("access:add"), emitting.npos);
}

}  // namespace

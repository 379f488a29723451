#include "pipeline/unfit_column.hpp"

#include "core/pipeline/chain.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class UnfitColumn : public Chain {};

TEST_F(UnfitColumn, NamesAColumnThatNobodyMakesOnce) {
  ASSERT_FALSE(chain({"type: threshold_filter", "type: normalize"}, "type: console",
                     "type: csv_reader, path: x, columns: {value: vlaue}"));
  EXPECT_EQ(said(),
            "error[PS0415]: `threshold_filter` needs a column `value`, and no node before it makes one\n"
            "  --> p.yaml:3:12\n"
            "   |  value   expected  f64, the reading\n"
            "   |          found     nothing\n"
            "   = note: what comes there: `sensor_id key`, `timestamp time`, `vlaue f64`\n"
            "   = help: `csv_reader` (p.yaml:1:16) calls it `vlaue`: write `columns: {value: vlaue}`\n");
  EXPECT_THAT(hosts_->names(), IsEmpty());
}

TEST_F(UnfitColumn, NamesTheNodeBeforeThatRenamedIt) {
  const std::string reader = "type: csv_reader, path: x, columns: {value: temp}";
  ASSERT_FALSE(chain({"type: threshold_filter"}, "type: console", reader));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("`threshold_filter` needs a column `value`"),
                    HasSubstr("= help: `csv_reader` (p.yaml:1:16) calls it `temp`: write `columns: {value: temp}`\n"),
                    Not(HasSubstr("add a stage"))));
  add(stage("fix", "same", "column:valve\taccess:write\ttype:f64\tnull:yes\n"));
  ASSERT_FALSE(chain({"type: fix, columns: {valve: temp}", "type: threshold_filter, columns: {value: valve}"},
                     "type: console", reader));
  EXPECT_THAT(said(), HasSubstr("`fix` (p.yaml:3:12) calls it `temp`: write `columns: {value: temp}`"));
}

TEST_F(UnfitColumn, OffersNoRenamedColumnOfAnotherTypeOrThatNoLongerComes) {
  const std::string reader = "type: csv_reader, path: x, columns: {timestamp: value_2, value: temp}";
  add(stage("stamped", "same", "column:timestamp\taccess:read\ttype:f64\tnull:yes\n"));
  ASSERT_FALSE(chain({"type: stamped"}, "type: console", reader));
  EXPECT_THAT(said(), Not(HasSubstr("calls it")));
  add(stage("windows", "any", "column:temp\taccess:read\ttype:f64\tnull:yes\ncolumn:mean\taccess:add\ttype:f64\n"));
  ASSERT_FALSE(chain({"type: windows", "type: threshold_filter"}, "type: console", reader));
  EXPECT_THAT(said(), AllOf(HasSubstr("needs a column `value`"), Not(HasSubstr("calls it"))));
}

TEST_F(UnfitColumn, SaysThatALaterNodeMakesTheColumn) {
  ASSERT_FALSE(chain({"type: threshold_filter, columns: {value: normalized}", "type: normalize"}));
  EXPECT_EQ(said(),
            "error[PS0415]: `threshold_filter` needs a column `normalized`, and no node before it makes one\n"
            "  --> p.yaml:3:40\n"
            "   |  normalized   expected  f64, the reading\n"
            "   |               found     nothing\n"
            "   = note: what comes there: `sensor_id key`, `timestamp time`, `value f64`\n"
            "   = help: `normalize` (p.yaml:4:12) makes it: move it before `threshold_filter`\n");
  ASSERT_FALSE(
      chain({"type: threshold_filter, columns: {value: share}", "type: normalize, columns: {normalized: share}"}));
  EXPECT_THAT(said(), HasSubstr("`normalize` (p.yaml:4:12) makes it"));
}

TEST_F(UnfitColumn, NamesATypeThatMakesTheColumn) {
  add(stage("judge", "fewer", "column:normalized\taccess:read\ttype:f64\tnull:yes\n"));
  ASSERT_FALSE(chain({"type: judge"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("= help: type `normalize` makes it: add it before `judge`\n"),
                            Not(HasSubstr("columns:"))));
  add(stage("scale", "same", "column:normalized\taccess:add\ttype:f64\n"));
  ASSERT_FALSE(chain({"type: judge"}));
  EXPECT_THAT(said(), HasSubstr("types `normalize`, `scale` make it: add one of them before `judge`"));
}

TEST_F(UnfitColumn, NamesTheNodeThatDoesNotPassTheColumnOn) {
  add(stage("windows", "any", "column:value\taccess:read\ttype:f64\tnull:yes\ncolumn:mean\taccess:add\ttype:f64\n"));
  ASSERT_FALSE(chain({"type: windows", "type: threshold_filter"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("`threshold_filter` needs a column `value`, and `windows` does not pass it on"),
                            HasSubstr("help: move `threshold_filter` before `windows` (p.yaml:3:12)")));
}

TEST_F(UnfitColumn, NamesWhoMadeAColumnOfAnotherType) {
  add("penstock:1\tname:probe\tinterface:Source 1.0\tsdk:1.0\n" + life + "column:value\taccess:add\ttype:f32\n");
  ASSERT_FALSE(chain({"type: threshold_filter"}, "type: console", "type: probe"));
  EXPECT_EQ(
      said(),
      "error[PS0416]: `threshold_filter` needs the column `value` as f64, and it is f32\n"
      "  --> p.yaml:3:12\n"
      "   |  value   expected  f64\n"
      "   |          found     f32\n"
      "   = note: `probe` (p.yaml:1:16) makes it\n"
      "   = help: let the plugin of `probe` make it as f64 (`double` in C++), or that of `threshold_filter` take it "
      "as f32 (`float` in C++), and rebuild\n");
}

TEST_F(UnfitColumn, SaysHowAnAuthorUsesWhatComes) {
  add(stage("hours", "same", "column:timestamp\taccess:read\ttype:i64\n"));
  ASSERT_FALSE(chain({"type: hours"}));
  EXPECT_THAT(said(),
              HasSubstr("that of `hours` take it as time (`penstock::Time` in C++; its `ns` are the nanoseconds "
                        "since 1970), and rebuild"));
  add(stage("names", "same", "column:sensor_id\taccess:read\ttype:text\n"));
  ASSERT_FALSE(chain({"type: names"}));
  EXPECT_THAT(
      said(),
      HasSubstr("take it as key (`penstock::Key` in C++; `batch.text(&Record::x, r.x)` gives its text), and rebuild"));
}

TEST_F(UnfitColumn, OffersAnotherColumnOnlyIfItHasTheNeededType) {
  ASSERT_FALSE(chain({"type: rolling_average, columns: {sensor_id: timestamp}"}));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0416"), HasSubstr("p.yaml:3:39"),
                            HasSubstr("help: if `sensor_id` is meant, remove `sensor_id: timestamp` from `columns:`"),
                            Not(HasSubstr("rebuild"))));
  add("penstock:1\tname:probe\tinterface:Source 1.0\tsdk:1.0\n" + life +
      "column:value\taccess:add\ttype:text\ncolumn:low\taccess:add\ttype:f64\ncolumn:high\taccess:add\ttype:f64\n");
  ASSERT_FALSE(chain({"type: threshold_filter"}, "type: console", "type: probe"));
  EXPECT_THAT(said(), AllOf(HasSubstr("if one of `low`, `high` is meant, write `columns: {value: NAME}`"),
                            HasSubstr("let the plugin of `probe` make it as f64")));
}

}  // namespace
}  // namespace penstock::pipeline

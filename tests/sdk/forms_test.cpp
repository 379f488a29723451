// What the forms and faults of forms.cpp do at the boundary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "fixture/test_host.hpp"

namespace penstock {
namespace {

using fixture::Cell;
using fixture::Change;
using fixture::Node;
using fixture::null;
using fixture::PluginType;
using fixture::Table;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

PluginType form(const std::string& id) { return PluginType(FORMS, id); }

TEST(Manifest, SaysAllOfAClass) {
  EXPECT_EQ(
      form("parameters").manifest(),
      "penstock:1\tname:parameters\tinterface:Stage 1.0\tsdk:1.0\tclass:plant::inner::Parameters\trows:same\n"
      "method:create\tsignature:(host) -> instance\n"
      "method:destroy\tsignature:() -> nothing\n"
      "method:configure\tsignature:(values) -> status\n"
      "method:process\tsignature:(batch) -> status\n"
      "param:flag\ttype:bool\tdefault:true\tdoc:a flag\n"
      "param:whole\ttype:i64\tdefault:-40\tmin:-9223372036854775808\tmax:9223372036854775807\tdoc:an integer\n"
      "param:natural\ttype:u64\tdefault:18446744073709551615\tmin:1\tmax:18446744073709551615\tdoc:a natural number\n"
      "param:real\ttype:f64\tdefault:273.15\tmin:1e-308\tmax:1000000\tunit:K\tdoc:a number\n"
      "param:pause\ttype:duration\tdefault:1500000000\tmin:1000000\tmax:3600000000000\tdoc:a duration\n"
      "param:mode\ttype:choice\tdefault:fast\tchoices:fast|exact\texample:exact\tdoc:a choice\n"
      "param:file\ttype:path\trequired:yes\tdoc:a path\n"
      "param:names\ttype:text\tdefault:a|b c\tlist:yes\tsecret:yes\tdoc:a list\n"
      "column:value\taccess:read\ttype:f64\tdoc:the reading\n");
}

TEST(Manifest, NamesTheTypeOfEveryColumn) {
  std::string types;
  for (const auto& line : form("all_types").lines("column")) types += line["type"] + (line.has("null") ? "? " : " ");
  EXPECT_EQ(types, "bool i8 u8 i16 u16 i32 u32 i64 u64 f32 f64 time duration key? bool? ");
}

TEST(Manifest, GivesASourceOpenAndCloseForItsCoroutine) {
  std::vector<std::string> names;
  for (const auto& line : form("all_types").lines("method")) names.push_back(line.name);
  EXPECT_THAT(names, ElementsAre("create", "destroy", "open", "close", "stream"));
  EXPECT_FALSE(form("all_types").head().has("rows"));
}

TEST(Manifest, AsksForTheSchemaOfADynamicBatch) {
  EXPECT_THAT(form("speaker").manifest(), HasSubstr("method:bind\tsignature:(schema, schema) -> status\n"));
  EXPECT_THAT(form("speaker").manifest(), HasSubstr("column:*\taccess:read\n"));
}

TEST(Parameters, HaveTheirDefaultsFromTheStartAndTakeAllValuesAtOnce) {
  Node node(form("parameters"));
  EXPECT_THAT(node.logs().back(), "created: flag -40 18446744073709551615 273.150000 1500000000 fast  [a] [b c]");
  ASSERT_EQ(node.configure({{"flag", false},
                            {"whole", INT64_MIN},
                            {"natural", 3},
                            {"real", 0.5},
                            {"pause", 7},
                            {"mode", "exact"},
                            {"file", "/f"},
                            {"names", std::vector<std::string>{"x", "y", ""}}}),
            PENSTOCK_OK);
  EXPECT_EQ(node.logs().back(), "configured: no flag -9223372036854775808 3 0.500000 7 exact /f [x] [y] []");
}

TEST(Parameters, ComeBackAllWhenConfigureThrows) {
  Node node(form("parameters"));
  ASSERT_EQ(node.configure({{"file", "/old"}, {"names", std::vector<std::string>{"old"}}}), PENSTOCK_OK);
  EXPECT_EQ(node.configure({{"whole", 13}, {"file", "/new"}, {"names", std::vector<std::string>{}}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 1);
  EXPECT_EQ(node.configure({{"whole", 14}, {"flag", false}}), PENSTOCK_FAILED);
  EXPECT_EQ(node.failures().back().text, "an exception that is no std::exception was thrown");
  ASSERT_EQ(node.process({{"value", "f64", {1.0}}}), PENSTOCK_OK);
  EXPECT_EQ(node.logs().back(), "now: flag -40 18446744073709551615 273.150000 1500000000 fast /old [old]");
}

TEST(Columns, OfEveryTypeAreFilledBySource) {
  Node node(form("all_types"));
  ASSERT_EQ(node.stream(), PENSTOCK_OK);
  const Table& rows = node.output();
  EXPECT_THAT(rows["b"], ElementsAre(true, false));
  EXPECT_THAT(rows["i8"], ElementsAre(-8, 8));
  EXPECT_THAT(rows["u8"], ElementsAre(8u, 255u));
  EXPECT_THAT(rows["u16"], ElementsAre(16u, 65535u));
  EXPECT_THAT(rows["i32"], ElementsAre(-32, 32));
  EXPECT_THAT(rows["i64"], ElementsAre(-64, 64));
  EXPECT_THAT(rows["u64"], ElementsAre(64u, 1u));
  EXPECT_THAT(rows["f32"], ElementsAre(0.5, -0.5));
  EXPECT_THAT(rows["f64"], ElementsAre(0.1, -0.1));
  EXPECT_THAT(rows["time"], ElementsAre(1500, -1));
  EXPECT_THAT(rows["duration"], ElementsAre(-5, 5));
  EXPECT_THAT(rows["key"], ElementsAre("k", null));
  EXPECT_THAT(rows["maybe"], ElementsAre(true, null));
}

TEST(Columns, OfEveryTypeAreReadAndWrittenByTheRecordForm) {
  Node node(form("negate"));
  node.keys().intern("a");
  node.keys().intern("b");
  Table rows;
  std::vector<Cell> flags, bytes, reals, times, keys, maybes, texts;
  for (int i = 0; i < 100; ++i) {
    flags.emplace_back(i % 3 == 0);
    bytes.emplace_back(i);
    reals.push_back(i % 5 == 0 ? null : Cell(i * 0.5));
    times.emplace_back(std::int64_t{i} << 40);
    keys.emplace_back(i % 2 ? "a" : "b");
    maybes.push_back(i % 7 == 0 ? Cell(true) : null);
    texts.emplace_back(std::string(static_cast<std::size_t>(i % 11), 'x'));
  }
  rows = {{"b", "bool", flags}, {"i8", "i8", bytes},       {"f64", "f64", reals},  {"time", "time", times},
          {"key", "key", keys}, {"maybe", "bool", maybes}, {"text", "text", texts}};
  ASSERT_EQ(node.process(rows), PENSTOCK_OK);
  const Table& out = node.output();
  for (std::size_t i = 0; i < 100; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    EXPECT_EQ(out["b"][i], Cell(i % 3 != 0));
    EXPECT_EQ(out["i8"][i], Cell(-n));
    EXPECT_EQ(out["f64"][i], i % 5 == 0 || i % 7 == 0 ? null : Cell(-0.5 * static_cast<double>(n)));
    EXPECT_EQ(out["time"][i], Cell(-(n << 40)));
    EXPECT_EQ(out["key"][i], Cell(i % 2 ? "b" : "a"));
    EXPECT_EQ(out["length"][i], Cell(std::uint64_t{i % 11}));
  }
}

TEST(Source, FillsColumnsItselfAndSaysWhereToGoOn) {
  Node node(form("fast_source"));
  ASSERT_EQ(node.stream(3), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(0.0, 1.0, 2.0));
  EXPECT_EQ(node.position(), "after 0");
  ASSERT_EQ(node.stream(1), PENSTOCK_OK);
  EXPECT_EQ(node.position(), "after 1");
  EXPECT_EQ(node.stream(3), PENSTOCK_END);
  EXPECT_THAT(node.output()["value"], IsEmpty());
}

TEST(Source, StartsAnewAfterCloseAndOpen) {
  Node node(form("fast_source"));
  while (node.stream(3) == PENSTOCK_OK) continue;
  EXPECT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.stream(3), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK) << "in the middle of its coroutine";
}

TEST(Source, FailsInsteadOfWritingPastItsBatch) {
  for (const char* mistake : {"push", "rows", "position"}) {
    Node node(form("fast_source"));
    ASSERT_EQ(node.configure({{"mistake", mistake}}), PENSTOCK_OK);
    if (std::string_view(mistake) == "push") {
      EXPECT_EQ(node.stream(3), PENSTOCK_OK);
    }
    EXPECT_EQ(node.stream(3), PENSTOCK_FAILED) << mistake;
    EXPECT_THAT(node.failures(), SizeIs(1));
    EXPECT_EQ(node.stream(3), PENSTOCK_END);
  }
}

TEST(Source, HandsOutTheRowsBeforeItsFailure) {
  Node node(form("fast_source"));
  ASSERT_EQ(node.configure({{"mistake", "late"}}), PENSTOCK_OK);
  EXPECT_EQ(node.stream(3), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0, 2.0));
  EXPECT_EQ(node.position(), "") << "of rows that never came";
  EXPECT_THAT(node.failures(), IsEmpty());
  EXPECT_EQ(node.stream(3), PENSTOCK_FAILED);
  ASSERT_THAT(node.failures(), SizeIs(1));
  EXPECT_EQ(node.failures()[0].text, "the line is dead");
  EXPECT_EQ(node.stream(3), PENSTOCK_END);
}

// A coroutine that threw cannot be called again as it was, which RETRY would promise.
TEST(Source, IsLostAlsoWhenItAsksForAnotherTry) {
  for (const char* mistake : {"retry", "lost"}) {
    Node node(form("fast_source"));
    ASSERT_EQ(node.configure({{"mistake", mistake}}), PENSTOCK_OK);
    EXPECT_EQ(node.stream(3), PENSTOCK_LOST) << mistake;
  }
}

TEST(Verdict, GivesAReasonThatOutlivesTheRowsOwnText) {
  Node node(form("rejecter"));
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.process({{"value", "f64", {0.0, 1.0, 2.0, 3.0}}}), PENSTOCK_OK);
  ASSERT_THAT(node.rejections(), SizeIs(4));
  EXPECT_EQ(node.rejections()[0].reason, "a literal");
  EXPECT_EQ(node.rejections()[1].reason, "a reason that is made for the value 1");
  EXPECT_EQ(node.rejections()[1].column, -1);
  EXPECT_EQ(node.rejections()[2].reason, "a reason that is made for the value 2");
  EXPECT_EQ(node.rejections()[2].column, 0);
  EXPECT_EQ(node.rejections()[3].reason, "a reason in an array of characters, also gone by then");
}

TEST(Source, StopsWhenARejectionEndsTheRun) {
  Node node(form("fast_source"));
  node.stop_at_rejections();
  ASSERT_EQ(node.configure({{"mistake", "reject"}}), PENSTOCK_OK);
  EXPECT_EQ(node.stream(3), PENSTOCK_END);
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].raw, "raw 0");
}

TEST(Emitter, HandsOutFullBatchesByItselfAndTheRestAtTheEnd) {
  Node node(form("emitter"));
  node.emitted_capacity(2);
  ASSERT_EQ(node.process({{"value", "f64", {0.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.emitted(), IsEmpty());
  ASSERT_EQ(node.process({{"value", "f64", {1.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.emitted(), SizeIs(1));
  ASSERT_EQ(node.process({{"value", "f64", {5.0}}}), PENSTOCK_OK);
  ASSERT_THAT(node.emitted(), SizeIs(4));
  EXPECT_THAT(node.emitted()[3].rows["copy"], ElementsAre(4.0));
  ASSERT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_THAT(node.emitted().back().rows["copy"], ElementsAre(-1.0));
}

TEST(Emitter, ReturnsAnErrorOfTheHostAsItIs) {
  Node node(form("emitter"));
  node.emitted_capacity(1);
  node.answer_emit(PENSTOCK_RETRY);
  EXPECT_EQ(node.process({{"value", "f64", {5.0}}}), PENSTOCK_RETRY);
  EXPECT_THAT(node.emitted(), SizeIs(1));
  EXPECT_THAT(node.failures(), IsEmpty()) << "the host knows";
}

TEST(Emitter, SeesThatTheHostWantsItToStop) {
  Node node(form("emitter"));
  node.emitted_capacity(1);
  node.answer_emit(PENSTOCK_STOP);
  EXPECT_EQ(node.process({{"value", "f64", {5.0}}}), PENSTOCK_OK);
  EXPECT_LE(node.emitted().size(), 2u);
}

TEST(Emitter, NamesTheRowOfItsFailure) {
  Node node(form("emitter"));
  EXPECT_EQ(node.process({{"value", "f64", {1.0, -1.0}}}), PENSTOCK_FAILED);
  EXPECT_EQ(node.failures().back().where, 1);
  EXPECT_THAT(node.emitted(), IsEmpty());
}

TEST(DynamicBatch, FindsColumnsByNameAndType) {
  Node node(form("dynamic_filter"));
  ASSERT_EQ(node.process({{"other", "text", {"a", "b", "c"}}, {"value", "f64", {1.0, -1.0, null}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["other"], ElementsAre("a"));
}

TEST(DynamicBatch, RefusesAColumnThatIsMissingOrOfAnotherType) {
  Node missing(form("dynamic_filter"));
  EXPECT_EQ(missing.process({{"other", "f64", {1.0}}}), PENSTOCK_REFUSED);
  EXPECT_EQ(missing.failures().back().text, "no column `value` of type f64");
  Node other(form("dynamic_filter"));
  EXPECT_EQ(other.process({{"value", "i32", {1}}}), PENSTOCK_REFUSED);
  EXPECT_EQ(other.failures().back().text, "no column `value` of type f64: its type is i32");
}

TEST(DynamicBatch, SaysEveryTypeAsText) {
  const struct {
    const char* type;
    Cell cell;
    const char* text;
  } cases[] = {{"bool", true, "true"},
               {"i8", -8, "-8"},
               {"u8", 200u, "200"},
               {"i16", -300, "-300"},
               {"u16", 60000u, "60000"},
               {"i32", -70000, "-70000"},
               {"u32", 4000000000u, "4000000000"},
               {"i64", INT64_MIN, "-9223372036854775808"},
               {"u64", UINT64_MAX, "18446744073709551615"},
               {"f32", 0.5, "0.5"},
               {"f64", 273.15, "273.15"},
               {"time", 1, "1970-01-01T00:00:00.000000001Z"},
               {"duration", 1'500'000'000, "1.5s"},
               {"key", "M 1", "M 1"},
               {"text", "a b", "a b"},
               {"bytes", "\x01", "\x01"}};
  for (const auto& one : cases) {
    Node node(form("speaker"));
    ASSERT_EQ(node.consume({{"c", one.type, {one.cell, null}}}), PENSTOCK_OK);
    EXPECT_EQ(node.logs()[0], std::string("c:") + one.type + "=" + one.text + " ");
    EXPECT_EQ(node.logs()[1], std::string("c:") + one.type + "=null ");
  }
}

TEST(Metrics, RecordEachAssignmentOnce) {
  Node node(form("metrics"));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"started", 0, 7, true})) << "what the constructor assigned";
  ASSERT_EQ(node.process({{"value", "f64", {0.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.changes(),
              ElementsAre(Change{"started", 0, 7, true}, Change{"range", 0, 0, true}, Change{"rising", 0, 0, true},
                          Change{"free", 0, 0, true}, Change{"steps", 0, 1, true}, Change{"steps", 1, 3, true},
                          Change{"steps", 3, 2, true}, Change{"on", 0, 1, true}));
}

TEST(Metrics, KeepTheirValueWhenTheInvariantBreaks) {
  Node node(form("metrics"));
  const auto changes_for = [&](double value) {
    const std::size_t before = node.changes().size();
    EXPECT_EQ(node.process({{"value", "f64", {value}}}), PENSTOCK_OK);
    return std::vector<Change>(node.changes().begin() + static_cast<std::ptrdiff_t>(before),
                               node.changes().begin() + static_cast<std::ptrdiff_t>(before) + 3);
  };
  EXPECT_THAT(changes_for(10),
              ElementsAre(Change{"range", 0, 10, true}, Change{"rising", 0, 10, true}, Change{"free", 0, 10, true}));
  EXPECT_THAT(changes_for(-2), ElementsAre(Change{"range", 10, -2, false}, Change{"rising", 10, -2, false},
                                           Change{"free", 10, -2, true}));
  EXPECT_THAT(changes_for(-1.5), ElementsAre(Change{"range", 10, -1.5, true}, Change{"rising", 10, -1.5, false},
                                             Change{"free", -2, -1.5, true}));
  const auto nan = changes_for(std::nan(""));
  EXPECT_FALSE(nan[0].accepted);
  EXPECT_FALSE(nan[1].accepted);
  EXPECT_TRUE(nan[2].accepted);
}

TEST(Metrics, FailTheCallThatDoesNotCatch) {
  Node node(form("metrics"));
  EXPECT_EQ(node.flush(), PENSTOCK_FAILED);
  EXPECT_EQ(node.changes().back(), (Change{"range", 0, 11, false}));
  EXPECT_EQ(node.failures().back().text, "metric `range` cannot become 11: it is at least -1.5, at most 10");
  EXPECT_EQ(node.tick(0), PENSTOCK_FAILED);
  EXPECT_EQ(node.failures().back().text,
            "metric `rising` cannot become -1: it never decreases, and was 0 (`reset()` goes back to 0; one that may "
            "fall is declared without `never_decreasing()`)");
}

TEST(Errors, BecomeTheirStatus) {
  const struct {
    const char* kind;
    penstock_status status;
    std::int64_t where;
  } cases[] = {{"failed", PENSTOCK_FAILED, 3},    {"retry", PENSTOCK_RETRY, -1},     {"lost", PENSTOCK_LOST, -1},
               {"refused", PENSTOCK_REFUSED, -1}, {"standard", PENSTOCK_FAILED, -1}, {"other", PENSTOCK_FAILED, -1}};
  for (const auto& one : cases) {
    Node node(form("faulty"));
    ASSERT_EQ(node.configure({{"kind", one.kind}}), PENSTOCK_OK);
    EXPECT_EQ(node.open(), one.status) << one.kind;
    EXPECT_EQ(node.consume({{"value", "f64", {1.0}}}), one.status) << one.kind;
    ASSERT_THAT(node.failures(), SizeIs(2));
    EXPECT_EQ(node.failures()[0].status, one.status);
    EXPECT_EQ(node.failures()[0].where, one.where);
  }
  Node node(form("faulty"));
  EXPECT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.consume({{"value", "f64", {1.0}}}), PENSTOCK_END);
}

TEST(Errors, OfAConstructorGiveNoInstance) {
  Node node(form("throws_in_constructor"));
  EXPECT_EQ(node.instance(), nullptr);
  EXPECT_EQ(node.failures().back().text, "no licence");
}

TEST(WithoutExceptions, ARejectedAssignmentFailsTheCall) {
  Node node(PluginType(NO_EXCEPTIONS, "no_exceptions"));
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.process({{"value", "f64", {1.0, 2.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0));
  EXPECT_EQ(node.process({{"value", "f64", {-1.0}}}), PENSTOCK_FAILED);
  EXPECT_EQ(node.changes().back(), (Change{"last", 2, -1, false}));
  EXPECT_EQ(node.process({{"value", "f64", {1.0}}}), PENSTOCK_OK) << "a failure ends with its call";
}

TEST(WithoutExceptions, AnAttemptThatIsRejectedIsOnTheLogAndTheCallGoesOn) {
  Node node(PluginType(NO_EXCEPTIONS, "trier"));
  ASSERT_EQ(node.process({{"value", "f64", {2.0, 1.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.changes(),
              ElementsAre(Change{"highest", 0, 2, true}, Change{"highest", 2, 1, false}, Change{"lower", 0, 1, true}));
  EXPECT_THAT(node.failures(), IsEmpty());
}

TEST(WithoutExceptions, AResetIsAChangeLikeAnyOther) {
  Node node(PluginType(NO_EXCEPTIONS, "trier"));
  ASSERT_EQ(node.process({{"value", "f64", {2.0}}}), PENSTOCK_OK);
  ASSERT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_THAT(node.changes(),
              ElementsAre(Change{"highest", 0, 2, true}, Change{"highest", 2, 0, true}, Change{"lower", 0, 0, true}));
}

TEST(WithoutExceptions, ACallThatIsToBeMadeAgainHandsOutNothing) {
  Node node(PluginType(NO_EXCEPTIONS, "hesitant"));
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  const Table rows{{"value", "f64", {1.0, 2.0}}};
  EXPECT_EQ(node.process(rows), PENSTOCK_RETRY);
  EXPECT_TRUE(node.emitted().empty());
  EXPECT_EQ(node.process(rows), PENSTOCK_OK);
  ASSERT_EQ(node.emitted().size(), 1u);
  EXPECT_THAT(node.emitted()[0].rows["value"], ElementsAre(1.0, 2.0));
}

TEST(WithoutExceptions, ARefusedConfigurationIsTakenBack) {
  Node node(PluginType(NO_EXCEPTIONS, "no_exceptions"));
  ASSERT_EQ(node.configure({{"limit", 5.0}}), PENSTOCK_OK);
  EXPECT_EQ(node.configure({{"limit", 0.0}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 0);
  ASSERT_EQ(node.process({{"value", "f64", {4.0, 6.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(4.0));
}

}  // namespace
}  // namespace penstock

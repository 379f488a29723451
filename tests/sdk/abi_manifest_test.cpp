// The lists of a C author, as text and as indices.
#include <gtest/gtest.h>
#include <penstock/abi.h>

#include <string_view>

namespace penstock {
namespace {

#define PARAMS(P)                                               \
  P(limit, f64, -1.5, "\tmax:10", "highest value kept")         \
  P(mode, choice, fast, "\tchoices:fast|exact", "how it works") \
  P(names, text, a, "\tlist:yes", "what is kept")
#define METRICS(M)                  \
  M(kept, u64, "", "rows kept")     \
  M(worst, f64, "\tmin:0", "worst") \
  M(full, bool, "", "no room left")
#define COLUMNS(C)                             \
  C(value, read, f64, "\tnull:yes", "reading") \
  C(mean, add, f64, "", "mean")
PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)

TEST(AbiManifest, WritesALineForEachParameter) {
  EXPECT_EQ(std::string_view(PARAMS(PENSTOCK_PARAM_LINE_)),
            "param:limit\ttype:f64\tdefault:-1.5\tmax:10\tdoc:highest value kept\n"
            "param:mode\ttype:choice\tdefault:fast\tchoices:fast|exact\tdoc:how it works\n"
            "param:names\ttype:text\tdefault:a\tlist:yes\tdoc:what is kept\n");
}

// 0 would be no default of a bool: the host starts every metric without one at 0 or false.
TEST(AbiManifest, LeavesTheFirstValueOfAMetricToTheHost) {
  EXPECT_EQ(std::string_view(METRICS(PENSTOCK_METRIC_LINE_)),
            "metric:kept\ttype:u64\tdoc:rows kept\n"
            "metric:worst\ttype:f64\tmin:0\tdoc:worst\n"
            "metric:full\ttype:bool\tdoc:no room left\n");
}

TEST(AbiManifest, WritesALineForEachColumn) {
  EXPECT_EQ(std::string_view(COLUMNS(PENSTOCK_COLUMN_LINE_)),
            "column:value\taccess:read\ttype:f64\tnull:yes\tdoc:reading\n"
            "column:mean\taccess:add\ttype:f64\tdoc:mean\n");
}

TEST(AbiManifest, CountsEachListFromZero) {
  EXPECT_EQ(PARAM_limit, 0);
  EXPECT_EQ(PARAM_names, 2);
  EXPECT_EQ(PARAM_COUNT, 3);
  EXPECT_EQ(METRIC_full, 2);
  EXPECT_EQ(METRIC_COUNT, 3);
  EXPECT_EQ(COLUMN_mean, 1);
  EXPECT_EQ(COLUMN_COUNT, 2);
}

#define DECLARED_IN_THE_LIST(method, result, arguments, need, since, signature) #result " " #method #arguments "\n"
#define DECLARED(method, result, arguments, need, since, signature) PENSTOCK_DECLARATION_##method "\n"
#define NAME_OF(method, result, arguments, need, since, signature) " " #method
#define MARKED(interface, method) PENSTOCK_CHOOSE_(PENSTOCK_IS_METHOD_OF_##interface##_##method, " " #method, "", )
#define MARKED_AT_ALL(method, result, arguments, need, since, signature) PENSTOCK_IF_METHOD_(method, " " #method, "")
#define MARKED_IN_SOURCE(method, result, arguments, need, since, signature) MARKED(Source, method)
#define MARKED_IN_STAGE(method, result, arguments, need, since, signature) MARKED(Stage, method)
#define MARKED_IN_SINK(method, result, arguments, need, since, signature) MARKED(Sink, method)

// The preprocessor cannot search the lists; what it goes by is written a second time.
TEST(AbiManifest, MarksForThePreprocessorTheMethodsOfTheLists) {
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_AT_ALL), PENSTOCK_ALL_METHODS(NAME_OF));
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_SOURCE),
               " create destroy configure bind open close" PENSTOCK_SOURCE_METHODS(NAME_OF));
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_STAGE),
               PENSTOCK_SHARED_METHODS(NAME_OF) PENSTOCK_STAGE_METHODS(NAME_OF) PENSTOCK_FLUSH_METHODS(NAME_OF));
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_SINK),
               PENSTOCK_SHARED_METHODS(NAME_OF) PENSTOCK_SINK_METHODS(NAME_OF) PENSTOCK_FLUSH_METHODS(NAME_OF));
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_SOURCE), " " PENSTOCK_METHODS_OF_Source);
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_STAGE), " " PENSTOCK_METHODS_OF_Stage);
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(MARKED_IN_SINK), " " PENSTOCK_METHODS_OF_Sink);
  EXPECT_STREQ(PENSTOCK_ALL_METHODS(DECLARED), PENSTOCK_ALL_METHODS(DECLARED_IN_THE_LIST));
}

}  // namespace
}  // namespace penstock

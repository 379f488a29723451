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

}  // namespace
}  // namespace penstock

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixture/test_host.hpp"

namespace penstock {
namespace {

using fixture::Cell;
using fixture::Change;
using fixture::Node;
using fixture::PluginType;
using fixture::Table;
using testing::ElementsAre;
using testing::IsEmpty;

struct Language {
  std::string library, id;
};

class LectureExample : public testing::TestWithParam<Language> {
 protected:
  Node node{PluginType(GetParam().library, GetParam().id)};

  std::vector<Change> changes_of(const std::string& metric) const {
    std::vector<Change> found;
    for (const Change& change : node.changes())
      if (change.metric == metric) found.push_back(change);
    return found;
  }
  static Table readings(std::size_t rows) { return {{"value", "f64", std::vector<Cell>(rows, 1.5)}}; }
};

// The host writes the first record of each metric itself, from unset to the manifest's default: 26, 3 and 1 on the log.
TEST_P(LectureExample, RecordsEveryAssignmentInOrder) {
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.process(readings(13)), PENSTOCK_OK);
  ASSERT_EQ(node.process(readings(12)), PENSTOCK_OK);
  ASSERT_EQ(node.flush(), PENSTOCK_OK);
  const std::vector<Change> processed = changes_of("records_processed");
  ASSERT_EQ(processed.size(), 25u);
  for (int i = 0; i < 25; ++i)
    EXPECT_EQ(processed[static_cast<std::size_t>(i)], (Change{"records_processed", double(i), double(i + 1), true}));
  EXPECT_THAT(changes_of("mean_latency_ms"),
              ElementsAre(Change{"mean_latency_ms", 0, 0.1, true}, Change{"mean_latency_ms", 0.1, 0.2, true}));
  EXPECT_THAT(changes_of("error_count"), IsEmpty());
  EXPECT_EQ(node.changes()[10].metric, "mean_latency_ms");
}

TEST_P(LectureExample, RecordsARefusedLatencyAndGoesOn) {
  ASSERT_EQ(node.configure({{"attempt_negative", true}}), PENSTOCK_OK);
  ASSERT_EQ(node.process(readings(10)), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(node.changes().back(), (Change{"mean_latency_ms", 0.1, -1, false}));
  ASSERT_EQ(node.process(readings(10)), PENSTOCK_OK);
  EXPECT_EQ(node.changes().back(), (Change{"mean_latency_ms", 0.1, 0.2, true}));
}

TEST_P(LectureExample, NamesItsMetricsForPeople) {
  const auto metrics = node.type().lines("metric");
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[1].name, "mean_latency_ms");
  EXPECT_EQ(metrics[1]["label"], "Mean Latency");
  EXPECT_EQ(metrics[1]["unit"], "ms");
  EXPECT_EQ(metrics[1]["min"], "0");
}

INSTANTIATE_TEST_SUITE_P(In, LectureExample,
                         testing::Values(Language{LECTURE_CPP, "lecture_cpp"}, Language{LECTURE_C, "lecture_c"}),
                         [](const auto& language) { return language.param.id == "lecture_c" ? "C" : "Cpp"; });

}  // namespace
}  // namespace penstock

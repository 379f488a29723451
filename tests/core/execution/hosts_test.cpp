#include "execution/hosts.hpp"

#include <unistd.h>

#include "changelog/query.hpp"
#include "core/execution/rig.hpp"
#include "execution/node_host.hpp"
#include "execution/rejects.hpp"

namespace penstock::execution::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class HostsTest : public testing::Test {
 protected:
  HostsTest() { type.manifest.name = "stage_type"; }

  std::vector<std::string> lines;
  plugin::ExportedType type;
  Hosts hosts{nullptr, [this](std::int32_t level, std::string_view node, std::string_view text) {
                lines.push_back(std::to_string(level) + " " + std::string(node) + ": " + std::string(text));
              }};
};

TEST_F(HostsTest, ATableIsComplete) {
  const penstock_host& host = hosts.add("node", type);
  EXPECT_EQ(host.size, sizeof(penstock_host));
  EXPECT_EQ(host.abi, PENSTOCK_ABI_VERSION);
  EXPECT_STREQ(host.node, "node");
  EXPECT_EQ(host.partitions, 1u);
  EXPECT_EQ(host.threads, 1u);
  host.record(&host, 0, 0, 1, 1);  // without a change log nothing is kept
}

TEST_F(HostsTest, AFailureIsTakenOnce) {
  const penstock_host& host = hosts.add("node", type);
  EXPECT_EQ(host.fail(&host, PENSTOCK_REFUSED, 2, "first"), PENSTOCK_REFUSED);
  (void)host.fail(&host, PENSTOCK_FAILED, 3, "the last text counts");
  const auto failure = hosts.take_failure(host);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->status, PENSTOCK_FAILED);
  EXPECT_EQ(failure->where, 3);
  EXPECT_EQ(failure->text, "the last text counts");
  EXPECT_FALSE(hosts.take_failure(host));
}

TEST_F(HostsTest, AllNodesShareTheKeys) {
  const penstock_host& one = hosts.add("one", type);
  const penstock_host& two = hosts.add("two", type);
  EXPECT_EQ(one.intern(&one, "M1", 2), 0);
  EXPECT_EQ(two.intern(&two, "M2", 2), 1);
  EXPECT_EQ(two.intern(&two, "M1", 2), 0);
}

TEST_F(HostsTest, OutsideACallNothingIsLentOrTaken) {
  const penstock_host& host = hosts.add("node", type);
  const penstock_rejection rejection{sizeof rejection, -1, 0, "no", nullptr, nullptr, 0};
  EXPECT_EQ(host.reject(&host, &rejection), PENSTOCK_STOP);
  EXPECT_EQ(host.allocate(&host, 0), nullptr);
  EXPECT_EQ(host.emit(&host, nullptr), PENSTOCK_STOP);
}

TEST_F(HostsTest, TheEarlierAlarmWins) {
  const penstock_host& host = hosts.add("node", type);
  NodeHost& behind = NodeHost::of(host);
  EXPECT_EQ(behind.alarm(), never);
  host.wake(&host, std::numeric_limits<std::int64_t>::max());
  const std::int64_t late = behind.alarm();
  host.wake(&host, 1'000'000'000);
  const std::int64_t early = behind.alarm();
  EXPECT_LT(early, late);
  host.wake(&host, 2'000'000'000);
  EXPECT_EQ(behind.alarm(), early);
  host.wake(&host, -5);
  EXPECT_LE(behind.alarm(), steady_ns());
}

TEST_F(HostsTest, LogLinesAreLimitedAndTheOthersCounted) {
  const penstock_host& host = hosts.add("node", type);
  for (int i = 0; i < 1000; ++i) host.log(&host, PENSTOCK_LOG_INFO, "line");
  EXPECT_GE(lines.size(), 100u);
  EXPECT_LT(lines.size(), 200u);
  EXPECT_EQ(lines.front(), "1 node: line");
}

TEST_F(HostsTest, NothingThatANodeSaysShowsItsSecrets) {
  const penstock_host& host = hosts.add("node", type);
  hosts.keep_secrets(host, {"hunter2", "4711"});
  host.log(&host, PENSTOCK_LOG_INFO, "hunter2 and 4711 are right, hunter is not");
  EXPECT_EQ(lines.back(), "1 node: *** and *** are right, hunter is not");
  host.fail(&host, PENSTOCK_FAILED, -1, "login as hunter2 failed");
  EXPECT_EQ(hosts.take_failure(host)->text, "login as *** failed");
  // Where a long text is cut, no part of a secret is left.
  host.fail(&host, PENSTOCK_FAILED, -1, (std::string(4093, 'x') + "hunter2").c_str());
  EXPECT_EQ(hosts.take_failure(host)->text, std::string(4093, 'x') + "***");
  host.log(&host, PENSTOCK_LOG_INFO, (std::string(4090, 'x') + "hunter2").c_str());
  EXPECT_THAT(lines.back(), testing::EndsWith("x***"));
}

TEST(LogLimit, TellsHowManyLinesWereLeftOut) {
  LogLimit limit;
  std::uint64_t suppressed = 0;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(limit.admit(0, suppressed));
  for (int i = 0; i < 7; ++i) EXPECT_FALSE(limit.admit(0, suppressed));
  EXPECT_TRUE(limit.admit(100'000'000, suppressed)) << "ten a second";
  EXPECT_EQ(suppressed, 7u);
}

class LoggedRun : public testing::Test {
 protected:
  LoggedRun()
      : directory(
            std::filesystem::path(testing::TempDir()) /
            (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(getpid()))) {
    std::filesystem::remove_all(directory);
    log = changelog::ChangeLog::open({.directory = directory,
                                      .run = "test",
                                      .on_changes =
                                          [this](std::span<const changelog::Change> changes) {
                                            all.insert(all.end(), changes.begin(), changes.end());
                                          }},
                                     found);
  }
  ~LoggedRun() override { std::filesystem::remove_all(directory); }

  std::vector<std::string> values(std::string_view node, std::string_view metric) const {
    std::vector<std::string> texts;
    for (const changelog::Change& change : all)
      if (change.node == node && change.metric == metric && change.kind == changelog::Kind::change)
        if (const auto* count = std::get_if<std::uint64_t>(&change.new_value)) texts.push_back(std::to_string(*count));
    return texts;
  }

  std::filesystem::path directory;
  Diagnostics found;
  std::vector<changelog::Change> all;
  std::unique_ptr<changelog::ChangeLog> log;
};

TEST_F(LoggedRun, AuditsWhatTheHostMeasuresOnceABatch) {
  ASSERT_NE(log, nullptr);
  {
    Rig rig(log.get());
    rig.numbers(25, 10);
    rig.stage("half", plugin::Rows::fewer, {"value"}).process = [](penstock_batch& batch) {
      batch.keep[0] &= 0x1f;
      return ok;
    };
    rig.collector();
    EXPECT_EQ(rig.run().outcome, Outcome::finished);
    (void)log->close(found);
  }
  EXPECT_TRUE(found.empty());
  EXPECT_THAT(values("numbers", "host.records_processed"), ElementsAre("0", "10", "20", "25"));
  EXPECT_THAT(values("half", "host.records_processed"), ElementsAre("0", "10", "20", "25"));
  EXPECT_THAT(values("half", "host.records_filtered"), ElementsAre("0", "5", "10"));
  EXPECT_THAT(values("collector", "host.records_processed"), ElementsAre("0", "5", "10", "15"));
  EXPECT_THAT(values("half", "host.error_count"), ElementsAre("0"));
}

TEST_F(LoggedRun, APluginCannotSpeakForTheHost) {
  ASSERT_NE(log, nullptr);
  {
    Rig rig(log.get());
    rig.numbers(1);
    Actor& sink = rig.sink("forger");
    sink.consume = [&](penstock_batch&) {
      sink.host->record(sink.host, 2, 0, 99, 1);
      return ok;
    };
    EXPECT_EQ(rig.run().outcome, Outcome::finished);
    EXPECT_THAT(rig.lines, ElementsAre(HasSubstr("a metric that its manifest does not have")));
    (void)log->close(found);
  }
  EXPECT_THAT(values("forger", "host.error_count"), ElementsAre("0"));
}

TEST(RowAsJson, WritesEachTypeAsJsonCan) {
  batch::BufferPool pool;
  batch::KeyTable keys;
  const batch::Schema schema{{"id", batch::Type::key, false},
                             {"at", batch::Type::time, false},
                             {"value", batch::Type::f64, true},
                             {"odd", batch::Type::f64, false},
                             {"on", batch::Type::boolean, false}};
  batch::Batch batch{.schema = &schema, .rows = 1};
  for (const batch::Field& field : schema) batch.columns.push_back(batch::make_column(field, 1, pool));
  *static_cast<std::int32_t*>(batch.columns[0].values) = keys.intern("M\"1");
  *static_cast<std::int64_t*>(batch.columns[1].values) = -500'000'000;
  batch::bits::clear(batch.columns[2].valid, 0);
  *static_cast<double*>(batch.columns[3].values) = -std::numeric_limits<double>::infinity();
  *static_cast<std::uint64_t*>(batch.columns[4].values) = 1;
  std::string line;
  append_row_json(line, batch, 0, keys.snapshot());
  EXPECT_EQ(line, R"({"id":"M\"1","at":"1969-12-31T23:59:59.500Z","value":null,"odd":"-inf","on":true})");
}

}  // namespace
}  // namespace penstock::execution::test

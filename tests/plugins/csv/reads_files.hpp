// What the tests of csv_reader share.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "fixture/temporary_directory.hpp"
#include "fixture/test_host.hpp"

namespace csv {

inline const std::string header = "sensor_id,timestamp,value,unit\n";
constexpr std::int64_t march_first = 1'709'251'200'000'000'000;  // 2024-03-01T00:00:00Z

/// A csv_reader of one file, which each test writes.
class ReadsFiles : public testing::Test {
 protected:
  void configure(std::map<std::string, penstock::fixture::Setting> settings = {}) {
    settings.insert({"path", path});
    ASSERT_EQ(node.configure(settings), PENSTOCK_OK);
  }

  // All rows of a file with this text; the last status is in `status`.
  penstock::fixture::Table read(const std::string& text,
                                const std::map<std::string, penstock::fixture::Setting>& settings = {},
                                std::size_t capacity = 64) {
    directory.write("readings.csv", text);
    configure(settings);
    penstock::fixture::Table rows;
    status = node.open();
    while (status == PENSTOCK_OK) {
      status = node.stream(capacity);
      if (status >= 0) rows.append(node.output());
    }
    node.close();
    return rows;
  }

  std::string failure() const { return node.failures().empty() ? "" : node.failures().back().text; }
  double metric(const std::string& name) const {
    double value = 0;
    for (const penstock::fixture::Change& change : node.changes())
      if (change.metric == name) value = change.after;
    return value;
  }

  penstock::fixture::TemporaryDirectory directory;
  std::string path = directory / "readings.csv";
  penstock::fixture::Node node{penstock::fixture::PluginType(PLUGIN, "csv_reader")};
  penstock_status status = PENSTOCK_OK;
};

}  // namespace csv

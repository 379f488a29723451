// The real program with the real plugins, run by a test in a directory of its own.
#pragma once
#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

#include "fixture/process.hpp"
#include "fixture/temporary_directory.hpp"

namespace penstock::cli {

class PenstockProgram : public testing::Test {
 protected:
  fixture::TemporaryDirectory directory;

  [[nodiscard]] fixture::Surroundings surroundings() const {
    return {.directory = directory.path(),
            .environment = {{"PENSTOCK_PLUGIN_PATH", ""}, {"PENSTOCK", PENSTOCK_PROGRAM}}};
  }
  [[nodiscard]] fixture::Finished penstock(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), PENSTOCK_PROGRAM);
    return fixture::run(arguments, surroundings());
  }
  /** A line of `sh`, in which `$PENSTOCK` is the program. */
  [[nodiscard]] fixture::Finished shell(const std::string& line) const { return fixture::shell(line, surroundings()); }

  void write(const std::string& name, const std::string& text) const {
    fixture::write_text(directory.path() / name, text);
  }

  /** `flat_out.yaml`, whose stage assigns once a row, as fast as it can, and shows its count in the file `page`. */
  void write_flat_out(const std::string& pipeline) const {
    write("flat_out.yaml", "pipeline: " + pipeline +
                               "\nsource: {type: endless_source}\nstages:\n  - {type: flat_out, page: page}\n"
                               "sink: {type: discard}\n");
  }
  /** A run of it, to be stopped by the test. The limit, which no test reaches, keeps a faulty one from filling the disk. */
  [[nodiscard]] static std::vector<std::string> flat_out() {
    return {PENSTOCK_PROGRAM, "run",   "flat_out.yaml", "--plugins", PENSTOCK_TEST_PLUGINS,
            "--progress",     "never", "--limit",       "100000000"};
  }

  /** `rows` readings of one sensor, value 0, 1, 2, ... */
  void write_readings(const std::string& name, int rows) const {
    std::ostringstream text;
    text << "sensor_id,timestamp,value,unit\n";
    for (int row = 0; row < rows; ++row)
      text << "T1,2024-03-01T00:" << (row / 60 % 60 < 10 ? "0" : "") << row / 60 % 60 << ':'
           << (row % 60 < 10 ? "0" : "") << row % 60 << "Z," << row << ",C\n";
    write(name, text.str());
  }
};

[[nodiscard]] inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/** The raw text of a key's value in a line of JSON: enough for numbers and texts without escapes. */
[[nodiscard]] inline std::string json_value(const std::string& line, const std::string& key) {
  const std::size_t at = line.find('"' + key + "\":");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + key.size() + 3;
  return line.substr(begin,
                     line.find_first_of(line[begin] == '"' ? "\"" : ",}", begin + 1) + (line[begin] == '"') - begin);
}

}  // namespace penstock::cli

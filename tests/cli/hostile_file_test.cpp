// Files that no operator writes, given to the real program: each is refused, soon and in a few words.
#include <sys/stat.h>

#include <utility>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::StartsWith;

class HostileFile : public PenstockProgram {
 protected:
  /** Both commands end with status 2 and a reason from the range of pipeline files, and in less than 200 kB. */
  void expect_refused(const std::string& file) const {
    for (const char* command : {"validate", "run"}) {
      const auto ended = shell("ulimit -f 100000; timeout -k 1 60 \"$PENSTOCK\" " + std::string(command) + " " + file +
                               " --plugins " PENSTOCK_PLUGINS);
      EXPECT_EQ(ended.status, 2) << command << ' ' << file << '\n' << ended.err.substr(0, 2000);
      EXPECT_THAT(ended.err, StartsWith("error[PS04")) << command << ' ' << file;
      EXPECT_LT(ended.err.size(), 200'000u) << command << ' ' << file;
    }
    EXPECT_FALSE(std::filesystem::exists(directory.path() / "out.csv"));
  }
  static std::string repeated(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  }
};

const std::string source = "source: {type: csv_reader, path: r.csv}\n";
const std::string sink = "sink: {type: csv_writer, path: out.csv}\n";

TEST_F(HostileFile, IsRefusedSoonAndInAFewWords) {
  std::string laughs = "a: &a [ha, ha]\n";
  for (char name = 'b'; name <= 'z'; ++name)
    laughs += std::string{name} + ": &" + name + " [*" + static_cast<char>(name - 1) + ", *" +
              static_cast<char>(name - 1) + "]\n";
  std::string keys;
  for (int i = 0; i < 80'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  const std::pair<const char*, std::string> files[] = {
      {"billion_laughs", laughs + source + sink},
      {"unknown_keys", keys + source + sink},
      {"one_key_again_and_again", "source:\n" + repeated("  path: r.csv\n", 60'000) + sink},
      {"stages", source + "stages:\n" + repeated("- {type: threshold_filter}\n", 30'000) + sink},
      {"stages_of_no_type", source + "stages:\n" + repeated("- 1\n", 100'000) + sink},
      {"long_type", "source: {type: " + std::string(900'000, 'x') + "}\n" + sink},
      {"deep_lists", "source: " + std::string(500'000, '[') + "\n"},
      {"ten_megabytes", "source: {type: csv_reader, path: " + std::string(10'000'000, 'x') + "}\n" + sink},
      {"nul", source + sink + std::string(3, '\0')},
      {"nothing", ""},
  };
  for (const auto& [name, text] : files) {
    write(name, text);
    expect_refused(name);
  }
}

TEST_F(HostileFile, IsNoRegularFile) {
  ASSERT_EQ(::mkfifo((directory.path() / "fifo").c_str(), 0600), 0);
  std::filesystem::create_directory(directory.path() / "folder");
  std::filesystem::create_symlink("loop", directory.path() / "loop");
  for (const char* file : {"fifo", "folder", "loop", "/dev/zero", "missing"}) expect_refused(file);
}

TEST_F(HostileFile, CannotMakeARunWaitForAReaderOfItsRejects) {
  ASSERT_EQ(::mkfifo((directory.path() / "fifo").c_str(), 0600), 0);
  write_readings("r.csv", 3);
  write("p.yaml", "source: {type: csv_reader, path: r.csv, on_bad_row: reject, rejects: fifo}\n" + sink);
  EXPECT_EQ(shell("timeout -k 1 60 \"$PENSTOCK\" run p.yaml --plugins " PENSTOCK_PLUGINS).status, 1);
}

}  // namespace
}  // namespace penstock::cli

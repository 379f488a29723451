#include "pipeline/read_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "diagnostic/render.hpp"

namespace penstock::pipeline {
namespace {

using testing::HasSubstr;
using testing::Optional;
using testing::StartsWith;

class ReadFile : public testing::Test {
 protected:
  ReadFile() {
    std::string name = (std::filesystem::temp_directory_path() / "penstock_read_file_XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  ~ReadFile() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path file(const std::string& text) {
    std::ofstream(directory_ / "p.yaml", std::ios::binary) << text;
    return directory_ / "p.yaml";
  }
  std::string fault_of(const std::filesystem::path& path) {
    diagnostic::Diagnostics found;
    EXPECT_EQ(read_file(path, 1000, found), std::nullopt);
    EXPECT_EQ(found.size(), 1u);
    return found.empty() ? "" : render_text(found[0]);
  }

  std::filesystem::path directory_;
};

TEST_F(ReadFile, GivesEveryByte) {
  diagnostic::Diagnostics found;
  const std::string text("a\0b\n\xFF", 5);
  EXPECT_THAT(read_file(file(text), 1000, found), Optional(text));
  EXPECT_THAT(read_file(file(""), 1000, found), Optional(std::string()));
  EXPECT_THAT(read_file(file(std::string(1000, 'x')), 1000, found), Optional(std::string(1000, 'x')));
  EXPECT_TRUE(found.empty());
}

TEST_F(ReadFile, ReadsAFileWhoseSizeIsNotKnownBefore) {
  diagnostic::Diagnostics found;
  EXPECT_THAT(read_file("/proc/self/stat", 100'000, found), Optional(StartsWith(std::to_string(::getpid()))));
}

TEST_F(ReadFile, SaysWhyItCannot) {
  EXPECT_THAT(fault_of(directory_ / "gone.yaml"), HasSubstr("No such file"));
  EXPECT_THAT(fault_of(""), HasSubstr("No such file"));
  EXPECT_THAT(fault_of(directory_), HasSubstr("it is a directory"));
  EXPECT_THAT(fault_of(file(std::string(1001, 'x'))), HasSubstr("larger than 1000 bytes"));
  EXPECT_THAT(fault_of("/dev/zero"), HasSubstr("not a regular file"));
}

TEST_F(ReadFile, DoesNotWaitForAWriterOfAFifo) {
  const std::filesystem::path fifo = directory_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(fault_of(fifo), HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace penstock::pipeline

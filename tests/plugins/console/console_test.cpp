#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "fixture/temporary_directory.hpp"
#include "fixture/test_host.hpp"

namespace console {
namespace {

using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using penstock::fixture::Table;
using penstock::fixture::TemporaryDirectory;
using testing::ElementsAre;
using testing::HasSubstr;

// Another file in the place of standard output.
class Redirected {
 public:
  explicit Redirected(int to) : saved_(dup(STDOUT_FILENO)) { dup2(to, STDOUT_FILENO); }
  ~Redirected() {
    dup2(saved_, STDOUT_FILENO);
    close(saved_);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;

 private:
  int saved_;
};

class Console : public testing::Test {
 protected:
  // What `use` prints.
  template <class Use>
  std::string printed(Use use) {
    const int file = open((directory / "out").c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    {
      const Redirected redirected(file);
      use();
    }
    close(file);
    return directory.read("out");
  }

  TemporaryDirectory directory;
  Node node{PluginType(PLUGIN, "console")};
};

TEST_F(Console, PrintsAlignedRowsUnderAHeader) {
  const Table rows{{"sensor_id", "key", {"cpu", "memory.used"}},
                   {"timestamp", "time", {0, 1'500'000'000}},
                   {"value", "f64", {12.5, null}},
                   {"unit", "key", {"°C", "B"}}};
  EXPECT_EQ(printed([&] {
              EXPECT_EQ(node.bind(rows), PENSTOCK_OK);
              EXPECT_EQ(node.open(), PENSTOCK_OK);
              EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
            }),
            "sensor_id                   timestamp  value  unit\n"
            "cpu              1970-01-01T00:00:00Z   12.5  °C\n"
            "memory.used  1970-01-01T00:00:01.500Z   null  B\n");
  EXPECT_THAT(node.changes(), ElementsAre(Change{"rows_written", 0, 2, true}));
}

TEST_F(Console, PrintsTheHeaderAlsoWithoutRows) {
  EXPECT_EQ(printed([&] {
              node.bind({{"sensor_id", "key", {}}, {"value", "f64", {}}});
              node.open();
              EXPECT_EQ(node.flush(), PENSTOCK_OK);
              EXPECT_EQ(node.flush(), PENSTOCK_OK);
            }),
            "sensor_id  value\n");
}

TEST_F(Console, LetsNoReadingCommandTheTerminal) {
  const Table rows{{"sensor_id", "key", {"a\x1B[2J"}}};
  EXPECT_THAT(printed([&] {
                node.bind(rows);
                node.open();
                node.consume(rows);
              }),
              HasSubstr("a\\x1B[2J\n"));
}

TEST_F(Console, EndsQuietlyWhenWhoReadsHasGone) {
  std::signal(SIGPIPE, SIG_IGN);
  const Table rows{{"value", "f64", {1.0}}};
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  close(ends[0]);
  node.bind(rows);
  node.open();
  {
    const Redirected redirected(ends[1]);
    EXPECT_EQ(node.consume(rows), PENSTOCK_END);
  }
  close(ends[1]);
}

TEST_F(Console, SaysWhyItCannotWrite) {
  const Table rows{{"value", "f64", {1.0}}};
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  node.bind(rows);
  node.open();
  {
    const Redirected redirected(full);
    EXPECT_EQ(node.consume(rows), PENSTOCK_FAILED);
  }
  close(full);
  EXPECT_THAT(node.failures().back().text, HasSubstr("No space left on device"));
}

}  // namespace
}  // namespace console

// A run that is killed while it assigns flat out, again and again, on one change log.
#include <csignal>
#include <cstring>
#include <random>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;

constexpr int kills = PENSTOCK_KILLS;

class KilledRun : public PenstockProgram {
 protected:
  void SetUp() override { write_flat_out("flat_out"); }

  std::uint64_t page() const {
    const std::string bytes = fixture::read_text(directory.path() / "page");
    std::uint64_t count = 0;
    if (bytes.size() == sizeof count) std::memcpy(&count, bytes.data(), sizeof count);
    return count;
  }

  /** Starts a run and kills it when its count has reached `count`. */
  void run_and_kill(std::uint64_t count) const {
    std::filesystem::remove(directory.path() / "page");
    fixture::Process run(flat_out(), surroundings());
    ASSERT_TRUE(run.runs_until([&] { return page() >= count; })) << run.wait().err;
    run.signal(SIGKILL);
    const auto finished = run.wait();
    ASSERT_EQ(finished.status, 128 + SIGKILL) << finished.err;
  }
};

TEST_F(KilledRun, LosesNothingThatWasAssigned) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::uint64_t after = 0, expected_after = 0;  // what is numbered by now, and the value that follows it
  for (int round = 1; round <= kills; ++round) {
    run_and_kill(std::uniform_int_distribution<std::uint64_t>(1, 20'000)(random));
    if (HasFatalFailure()) return;
    const std::uint64_t assigned = page();
    const auto verify = penstock({"audit", "verify", "flat_out.changes", "--json"});
    ASSERT_EQ(json_value(verify.out, "state"), "\"not closed\"") << verify.out << verify.err;
    ASSERT_EQ(verify.status, 1);

    const auto show = penstock({"audit", "show", "flat_out.changes", "--node", "flat_out", "--metric", "count",
                                "--json", "--after", std::to_string(after)});
    ASSERT_EQ(show.status, 0) << show.err;
    const auto lines = lines_of(show.out);
    ASSERT_GT(lines.size(), assigned) << "round " << round;
    std::uint64_t expected = expected_after;
    for (const std::string& line : lines) {
      if (json_value(line, "old") == "null") expected = 0;  // the next run begins
      ASSERT_EQ(json_value(line, "new"), std::to_string(expected)) << line;
      ++expected;
      if (const std::string sequence = json_value(line, "seq"); sequence != "null") {
        after = std::stoull(sequence);
        expected_after = expected;
      }
    }
    ASSERT_GE(expected - 1, assigned) << "round " << round;
  }

  const auto last =
      penstock({"run", "flat_out.yaml", "--plugins", PENSTOCK_TEST_PLUGINS, "--limit", "1000", "--progress", "never"});
  ASSERT_EQ(last.status, 0) << last.err;
  const auto verify = penstock({"audit", "verify", "flat_out.changes"});
  EXPECT_EQ(verify.status, 0) << verify.out << verify.err;
  EXPECT_THAT(verify.out, HasSubstr("of " + std::to_string(kills + 1) + " runs"));
}

}  // namespace
}  // namespace penstock::cli

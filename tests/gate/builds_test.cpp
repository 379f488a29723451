// One plugin built in every way in which people build plugins: all of them in one host.
#include <cmath>
#include <iterator>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::size_t count_of(const std::string& words, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; at += words.size()) ++count;
  return count;
}

class Builds : public PenstockProgram {
 protected:
  const std::vector<std::string> built = words_of(PENSTOCK_BUILT);

  /** `p.yaml`, a chain of all builds, in which each adds what `numbers` says of it. */
  template <class Numbers>
  void write_chain(const Numbers& numbers) const {
    std::string text = "source: {type: csv_reader, path: readings.csv}\nstages:\n";
    for (std::size_t i = 0; i < built.size(); ++i)
      text += "  - {type: " + built[i] + ", numbers: " + numbers(i) + "}\n";
    write("p.yaml", text + "sink: {type: csv_writer, path: out.csv}\n");
    write_readings("readings.csv", 2);
  }
  [[nodiscard]] fixture::Finished with_builds(std::vector<std::string> arguments) const {
    for (const char* word : {"--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_BUILDS}) arguments.emplace_back(word);
    arguments.insert(arguments.begin(), PENSTOCK_PROGRAM);
    auto with_option = surroundings();
    // The runtime that one build brings along takes memory by `malloc`, and the sanitizer's `delete` gives it back.
    with_option.environment["ASAN_OPTIONS"] = "alloc_dealloc_mismatch=0";
    return fixture::run(arguments, with_option);
  }
  /** The last value of a metric that the log has, of each node in the order of the chain. */
  [[nodiscard]] std::vector<double> last_values(const std::string& metric) const {
    std::vector<double> values(built.size(), std::nan(""));
    for (const std::string& line : lines_of(penstock({"audit", "show", "p.changes", "--metric", metric, "--json"}).out))
      for (std::size_t i = 0; i < built.size(); ++i)
        if (json_value(line, "node") == '"' + built[i] + '"') values[i] = std::stod(json_value(line, "new"));
    return values;
  }
};

TEST_F(Builds, AreMadeInEveryWay) {
  if (const auto absent = words_of(PENSTOCK_ABSENT); !absent.empty())
    GTEST_SKIP() << "type:tool of what is left out, because the tool is not installed: "
                 << testing::PrintToString(absent);
}

TEST_F(Builds, AreListedWithoutAWordAgainstThem) {
  const auto list = penstock({"list", "--plugins", PENSTOCK_BUILDS});
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.err, IsEmpty());
  for (const std::string& type : built) EXPECT_THAT(list.out, HasSubstr('\n' + type + ' '));
}

TEST_F(Builds, FailNoTestOfCheck) {
  std::vector<std::string> arguments{"check", "--timeout", "60"};
  for (const std::string& type : built) arguments.push_back(PENSTOCK_BUILDS "/lib" + type + ".so");
  const auto check = penstock(arguments);
  EXPECT_EQ(check.status, 0) << check.out << check.err;
  EXPECT_EQ(count_of("warn[CT-110]", check.out), 0U) << check.out;
}

TEST_F(Builds, WorkInOneRunOfOneHost) {
  write_chain([](std::size_t i) {
    const std::string number = std::to_string(1 << i);
    return '"' + number + " -" + number + '"';
  });
  const auto run = with_builds({"run", "p.yaml"});
  ASSERT_EQ(run.status, 0) << run.err;
  const std::string all = std::to_string((1 << built.size()) - 1),
                    all_but_one = std::to_string((1 << built.size()) - 2);
  EXPECT_EQ(directory.read("out.csv"), "sensor_id,timestamp,value,unit\nT1,2024-03-01T00:00:00Z," + all +
                                           ",C\nT1,2024-03-01T00:00:01Z,-" + all_but_one + ",C\n");
  EXPECT_EQ(penstock({"audit", "verify", "p.changes"}).status, 0);
}

TEST_F(Builds, ShareNoVariableThoughTheyHaveTheSameNames) {
  write_chain([](std::size_t i) { return std::to_string(1 << i); });
  ASSERT_EQ(with_builds({"run", "p.yaml"}).status, 0);
  std::vector<double> twice;
  for (std::size_t i = 0; i < built.size(); ++i) twice.push_back(2 << i);
  EXPECT_THAT(last_values("added"), ElementsAreArray(twice));
  EXPECT_THAT(last_values("additions"), ElementsAreArray(std::vector<double>(built.size(), 2)));
}

TEST_F(Builds, ThrowAndCatchForThemselvesAndTellTheHostWhy) {
  write_chain([](std::size_t) { return std::string("1 x2"); });
  const auto validate = with_builds({"validate", "p.yaml"});
  EXPECT_EQ(validate.status, 2);
  EXPECT_EQ(count_of("error[", validate.err), built.size());
  for (const std::string& type : built) EXPECT_THAT(validate.err, HasSubstr('`' + type + '`'));
  EXPECT_EQ(count_of("`x2` is no number", validate.err), built.size()) << validate.err;
}

}  // namespace
}  // namespace penstock::cli

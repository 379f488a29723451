// The pages of `penstock explain`: each code has one, and what it shows stands word for word where it names a test, so
// that a page cannot tell of a message that nobody prints any more.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "architecture/source_tree.hpp"
#include "diagnostic/explain.hpp"
#include "fixture/normalised.hpp"

namespace penstock::architecture {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;

constexpr const char* how_to_mend = "\n## How to mend it\n";
constexpr const char* why = "\n## Why\n";

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/** The indented blocks of what a page says before it comes to the mending, without their indentation. */
std::vector<std::string> examples(const std::string& page) {
  std::vector<std::string> blocks;
  bool inside = false;
  for (const std::string& line : lines_of(page.substr(0, page.find(how_to_mend)))) {
    const bool indented = line.starts_with("    ");
    if (indented && !inside) blocks.emplace_back();
    if (indented) blocks.back() += line.substr(4) + '\n';
    inside = indented;
  }
  return blocks;
}

/** The contents of the files and folders of tests/ that a page names. */
std::string named_on(const std::string& page) {
  static const std::regex name("`(tests/[a-z_/.]+)`");
  std::string contents;
  for (std::sregex_iterator match(page.begin(), page.end(), name), end; match != end; ++match) {
    const fs::path place = source_root() / std::string((*match)[1]);
    EXPECT_TRUE(fs::exists(place)) << place;
    if (!fs::is_directory(place)) {
      contents += text_of(place);
    } else {
      for (const auto& entry : fs::directory_iterator(place)) contents += text_of(entry.path());
    }
  }
  return contents;
}

class Page : public testing::TestWithParam<Code> {
 protected:
  const std::string text{diagnostic::page(GetParam())};
};

TEST_P(Page, IsHeadedByTheCodeAndItsTitle) {
  const std::string heading = "# " + std::string(name(GetParam())) + ": " + std::string(title(GetParam()));
  ASSERT_FALSE(text.empty()) << "core/diagnostic/explain/" << name(GetParam()) << ".md is missing";
  EXPECT_EQ(lines_of(text).front(), heading);
}

TEST_P(Page, SaysHowToMendItAndThenWhyTheRuleIs) {
  EXPECT_NE(text.find(how_to_mend), std::string::npos);
  EXPECT_LT(text.find(how_to_mend), text.find(why));
  EXPECT_NE(text.find(why), std::string::npos);
}

TEST_P(Page, FitsATerminal) {
  const auto lines = lines_of(text);
  EXPECT_LE(lines.size(), 45U);
  for (const std::string& line : lines)
    EXPECT_TRUE(line.size() <= 100 || line.starts_with("    ")) << "too wide, and no example: " << line;
}

TEST_P(Page, ShowsWhatStandsInTheTestsThatItNames) {
  const std::string tests = fixture::normalised(named_on(text));
  const std::string code = '[' + std::string(name(GetParam())) + "]: ";
  std::vector<std::string> messages;
  for (const std::string& example : examples(text)) {
    if (example.find(code) != std::string::npos) messages.push_back(example);
    const std::string shown = fixture::normalised(example);
    const std::string without_break = shown.substr(0, shown.size() - 1);  // a test may quote a line without its end
    EXPECT_NE(tests.find(without_break), std::string::npos) << "stands in no test that the page names:\n" << example;
  }
  EXPECT_FALSE(messages.empty()) << "shows no message with its code";
}

INSTANTIATE_TEST_SUITE_P(Of, Page, testing::ValuesIn(diagnostic::codes().begin(), diagnostic::codes().end()),
                         [](const auto& code) { return std::string(name(code.param)); });

TEST(Pages, AreOnlyOfCodesThatThereAre) {
  for (const auto& entry : fs::directory_iterator(source_root() / "core/diagnostic/explain")) {
    EXPECT_EQ(entry.path().extension(), ".md") << entry.path();
    const std::string stem = entry.path().stem().string();
    const auto code = diagnostic::find_code(stem);
    EXPECT_TRUE(code && name(*code) == stem) << entry.path();
  }
}

}  // namespace
}  // namespace penstock::architecture

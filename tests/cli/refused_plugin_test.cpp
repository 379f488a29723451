// Bad plugins beside good ones, seen through the command line.
#include <algorithm>
#include <regex>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class RefusedPlugin : public PenstockProgram {
 protected:
  static constexpr const char* all_reasons[] = {"missing_process",   "misspelt_process", "null_process",
                                                "null_process_relr", "renamed_row",      "other_signature",
                                                "undefined_method"};

  /** The diagnostics of `text` about `type`. */
  static std::string about(const std::string& type, const std::string& text) {
    std::string found;
    bool inside = false;
    for (const std::string& line : lines_of(text)) {
      if (!line.starts_with(' '))
        inside = line.starts_with("error[PS") && line.find('`' + type + '`') != std::string::npos;
      if (inside) found += line + '\n';
    }
    return found;
  }
};

TEST_F(RefusedPlugin, IsListedWithItsReasonBesideTheGoodOnes) {
  const auto list = penstock({"list", "--plugins", PENSTOCK_BAD_PLUGINS});
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("good_stage"));
  EXPECT_THAT(list.out, HasSubstr("another_stage"));
  for (const char* type : all_reasons) {
    EXPECT_THAT(about(type, list.err), Not(testing::IsEmpty())) << type;
    EXPECT_THAT(list.out, Not(testing::ContainsRegex("(^|\n)" + std::string(type) + " "))) << type;
  }
}

TEST_F(RefusedPlugin, EndsARunThatAsksForItWithTheSameText) {
  write_readings("readings.csv", 3);
  const std::string listed = penstock({"list", "--plugins", PENSTOCK_BAD_PLUGINS}).err;
  for (const char* type : all_reasons) {
    write("p.yaml", "source: {type: csv_reader, path: readings.csv}\nstages:\n  - {type: " + std::string(type) +
                        "}\nsink: {type: csv_writer, path: out.csv}\n");
    const auto run = penstock({"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_BAD_PLUGINS});
    EXPECT_EQ(run.status, 3) << type << '\n' << run.err;
    EXPECT_THAT(run.err, HasSubstr(about(type, listed))) << type;
  }
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "out.csv"));
}

TEST_F(RefusedPlugin, OfWhichNobodyKnowsTheTypesIsNamedWhereATypeIsMissed) {
  const auto missed = [&](const std::string& library, const std::string& says) {
    write("p.yaml", "source: {type: csv_reader, path: r.csv}\nstages: [{type: clamp}]\nsink: {type: console}\n");
    const auto run = penstock({"validate", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", library});
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.err, HasSubstr("   = note: " + says + "\n"));
    EXPECT_THAT(run.err, HasSubstr("   = help: if `clamp` is to be in that library: "));
  };
  std::filesystem::copy_file(PENSTOCK_LIBRARY, directory.path() / "libclamp.so");
  missed("./libclamp.so", "library `./libclamp.so` exports no type: is its `PENSTOCK_EXPORT` missing?");
  EXPECT_THAT(
      penstock({"validate", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", "./libclamp.so"}).err,
      HasSubstr("library: give it a `PENSTOCK_EXPORT(Stage, CLASS, clamp)`; if it stands in a static library, the "
                "linker left it out"));
  EXPECT_THAT(penstock({"check", "./libclamp.so"}).out,
              HasSubstr("   = help: if it stands in a static library, the linker left it out: name its source among "
                        "those of the plugin, or link with `-Wl,--whole-archive` and without `-Wl,--exclude-libs`\n"));
  missed(PENSTOCK_BAD_PLUGINS "/libtruncated.so",
         "found and refused: library `libtruncated.so` is truncated [PS0105], " PENSTOCK_BAD_PLUGINS
         "/libtruncated.so");
}

TEST_F(RefusedPlugin, YieldsToAMistakeInTheFile) {
  write("p.yaml",
        "source: {type: csv_reader, path: x, paht: y}\nstages:\n  - {type: missing_process}\n"
        "sink: {type: csv_writer, path: out.csv}\n");
  EXPECT_EQ(penstock({"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_BAD_PLUGINS}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "p.changes")) << "nothing was created, so nothing is logged";
}

TEST_F(RefusedPlugin, IsOneThingAndAWarningAnotherThatIsSaidToWhoUsesTheType) {
  write_readings("readings.csv", 3);
  const auto run_with = [&](const std::string& stages) {
    write("p.yaml", "source: {type: csv_reader, path: readings.csv}\nstages:\n" + stages +
                        "sink: {type: csv_writer, path: out.csv}\n");
    return penstock({"run", "p.yaml", "--plugins", PENSTOCK_PLUGINS, "--plugins", PENSTOCK_BAD_PLUGINS});
  };
  const auto without = run_with("  - {type: good_stage}\n");
  EXPECT_EQ(without.status, 0) << without.err;
  EXPECT_THAT(without.err, Not(HasSubstr("warning[")));
  const auto with = run_with("  - {type: misspelt_flush}\n  - {type: misspelt_flush}\n");
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_EQ(std::ranges::count(lines_of(with.err),
                               "warning[PS0207]: type `misspelt_flush` has a method `flsh` that no one will call"),
            1)
      << with.err;
  EXPECT_THAT(penstock({"list", "--plugins", PENSTOCK_BAD_PLUGINS}).err, HasSubstr("warning[PS0207]"));
  EXPECT_THAT(penstock({"list", "--plugins", PENSTOCK_BAD_PLUGINS, "--json"}).out, HasSubstr("PS0207"));
}

TEST_F(RefusedPlugin, IsNeverMappedByList) {
  ASSERT_EQ(fixture::shell("strace -V").status, 0) << "strace is one of the packages of tests/packages.txt";
  auto traced = surroundings();
  traced.environment["ASAN_OPTIONS"] = "detect_leaks=0";  // which itself traces, and a process has one tracer only
  const auto list = fixture::run({"strace", "-f", "-y", "-e", "trace=mmap,execve,clone,fork,vfork", "-o", "trace",
                                  PENSTOCK_PROGRAM, "list", "--plugins", PENSTOCK_BAD_PLUGINS},
                                 traced);
  const std::string trace = fixture::read_text(directory.path() / "trace");
  ASSERT_THAT(trace, HasSubstr("execve")) << "strace may not trace here: " << list.err;
  ASSERT_EQ(list.status, 0) << list.err;
  ASSERT_THAT(trace, HasSubstr("libc.so")) << "the trace shows what is mapped";
  EXPECT_THAT(trace, Not(HasSubstr(PENSTOCK_BAD_PLUGINS "/")));
}

TEST_F(RefusedPlugin, ThatAnotherOfItsDirectoryTookTheNameOfIsNamedWhereTheNameIsUsed) {
  namespace fs = std::filesystem;
  for (const char* copy : {"one/libnew.so", "one/libnormalize_old.so", "two/libnormalize.so"}) {
    fs::create_directories((directory.path() / copy).parent_path());
    fs::copy_file(PENSTOCK_PLUGINS "/libnormalize.so", directory.path() / copy);
  }
  write("p.yaml", "source: {type: csv_reader, path: x}\nstages: [{type: normalize}]\nsink: {type: console}\n");
  const auto beside = penstock({"validate", "p.yaml", "--plugins", "one", "--plugins", PENSTOCK_PLUGINS});
  EXPECT_EQ(beside.status, 0) << beside.err;
  EXPECT_THAT(beside.err, HasSubstr("warning[PS0119]: type `normalize` of this library is not used"));
  EXPECT_THAT(beside.err, HasSubstr("--> one/libnormalize_old.so"));
  EXPECT_THAT(beside.err, HasSubstr("= help: remove the library that is not wanted"));
  // By the order of the path one takes the place of the other on purpose.
  const auto before = penstock({"validate", "p.yaml", "--plugins", "two", "--plugins", PENSTOCK_PLUGINS});
  EXPECT_EQ(before.status, 0) << before.err;
  EXPECT_THAT(before.err, Not(HasSubstr("PS0119")));
}

TEST_F(RefusedPlugin, IsNotProvedWhereTheMachineKeepsTestsFromBeingRun) {
  const std::string reason = "the test could not be set up: Too many open files";
  fixture::Finished check;  // with just so many descriptors that its file can be read
  for (int most = 20; most > 3 && check.out.find(reason) == std::string::npos; --most)
    check = shell("ulimit -n " + std::to_string(most) + "; \"$PENSTOCK\" check " PENSTOCK_PLUGINS "/libnormalize.so");
  EXPECT_EQ(check.status, 1) << check.out << check.err;
  EXPECT_THAT(check.out, HasSubstr("skipped CT-201"));
  EXPECT_THAT(check.out, HasSubstr(reason));
}

}  // namespace
}  // namespace penstock::cli

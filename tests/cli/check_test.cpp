// What `check` says of arguments that are no files. What it proves of plugins is tested beside the tests themselves.
#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class Check : public PenstockProgram {};

TEST_F(Check, SaysInWhichFileATypeIs) {
  const auto check = penstock({"check", "threshold_filter"});
  EXPECT_EQ(check.status, 2);
  EXPECT_THAT(check.out, IsEmpty());
  EXPECT_THAT(check.err, StartsWith("error[PS0003]: there is no file `threshold_filter`, and `check` takes files\n"));
  EXPECT_THAT(check.err, AllOf(HasSubstr("found     the name of a type\n"),
                               HasSubstr("libthreshold_filter.so`, which exports that type\n")));
}

TEST_F(Check, SuggestsTheNearestType) {
  const auto check = penstock({"check", "threshold_filler"});
  EXPECT_EQ(check.status, 2);
  EXPECT_THAT(check.err, AllOf(HasSubstr("no plugin that is known exports a type of that name either\n"),
                               HasSubstr("did you mean `threshold_filter`?\n")));
}

TEST_F(Check, ProvesTheFilesBesideTheNameOfAType) {
  const auto check = penstock({"check", PENSTOCK_PLUGINS "/libnormalize.so", "normalize"});
  EXPECT_EQ(check.status, 2);
  EXPECT_THAT(check.out, AllOf(HasSubstr("libnormalize.so: normalize\n"), HasSubstr(" passed")));
  EXPECT_THAT(check.err, StartsWith("error[PS0003]: there is no file `normalize`"));
}

TEST_F(Check, TakesAFileOfTheNameOfAType) {
  write("threshold_filter", "hello\n");
  const auto check = penstock({"check", "threshold_filter"});
  EXPECT_EQ(check.status, 1);
  EXPECT_THAT(check.out, HasSubstr("a text that begins `hello`"));
}

TEST_F(Check, TellsNobodyToRemoveASource) {
  write("plugin.cpp", "#include <penstock/sdk.hpp>\n");
  write("plant.yaml", "source: {type: csv_reader}\n");
  write("libplant.so.1", "#include <penstock/sdk.hpp>\n");
  EXPECT_THAT(penstock({"check", "plugin.cpp"}).out,
              HasSubstr("   = help: name a shared library, such as what is built from it\n"));
  EXPECT_THAT(penstock({"list", "--plugins", "plugin.cpp"}).err,
              HasSubstr("   = help: name a shared library, such as what is built from it\n"));
  EXPECT_THAT(penstock({"check", "plant.yaml"}).out, HasSubstr("   = help: name a shared library\n"));
  EXPECT_THAT(penstock({"check", "libplant.so.1"}).out,
              HasSubstr("   = help: put a shared library there or remove the file\n"));
}

}  // namespace
}  // namespace penstock::cli

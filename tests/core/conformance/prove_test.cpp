#include "conformance/prove.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>

#include "core/conformance/proofs.hpp"
#include "core/plugin/found.hpp"
#include "fixture/temporary_directory.hpp"

namespace penstock::conformance {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using plugin::codes;
using plugin::text_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const fs::path good = PENSTOCK_BAD_LIBRARIES "/libgood.so";

fs::path bad(const std::string& name) { return fs::path(PENSTOCK_BAD_LIBRARIES) / ("lib" + name + ".so"); }
fs::path loaded(const std::string& name) {
  return fs::path(PENSTOCK_LOADED_LIBRARIES) / "plugins" / ("lib" + name + ".so");
}

Selection level(int level) {
  Selection selection = patiently();
  selection.level = level;
  return selection;
}

const Proof* find(const FileReport& report, std::string_view id) {
  for (const Proof& proof : report.proofs)
    if (proof.test->id == id) return &proof;
  return nullptr;
}

std::string reason(const FileReport& report, std::string_view id) {
  const Proof* proof = find(report, id);
  return proof == nullptr ? "no such test" : proof->outcome.reason;
}

TEST(Prove, AsksEachTypeAndTheLibraryOnce) {
  const FileReport report = proof_of(good);
  ASSERT_EQ(report.types.size(), 2U);
  EXPECT_EQ(report.types[0].name, "another_stage");
  EXPECT_EQ(report.types[1].interface, plugin::Interface::stage);
  std::vector<std::string> asked;
  for (const Proof& proof : report.proofs)
    if (proof.test->id == "CT-105" || proof.test->id == "CT-201") asked.push_back(proof.type);
  EXPECT_THAT(asked, ElementsAre("another_stage", "good_stage", ""));
  EXPECT_FALSE(report.failed());
}

TEST(Prove, RunsNoCodeAtLevelOne) {
  const FileReport report = proof_of(loaded("crashes_in_constructor"), level(1));
  EXPECT_FALSE(report.failed());
  EXPECT_EQ(find(report, "CT-201"), nullptr);
}

TEST(Prove, LoadsNothingIntoThisProcess) {
  (void)proof_of(good);
  EXPECT_EQ(dlopen(good.c_str(), RTLD_NOW | RTLD_NOLOAD), nullptr);
}

TEST(Prove, GoesOnWithTheNextWhateverAPluginDoes) {
  Diagnostics found;
  const auto reports = proofs_of({loaded("crashes_in_constructor"), loaded("exits_at_once_in_constructor"),
                                  loaded("throws_a_number"), loaded("starts_a_process"), good},
                                 patiently(), found);
  ASSERT_EQ(reports.size(), 5U);
  EXPECT_THAT(found, IsEmpty());
  EXPECT_THAT(ids(reports[0], {Result::crash}), ElementsAre("CT-201"));
  EXPECT_THAT(ids(reports[1], {Result::fail}), ElementsAre("CT-201"));
  EXPECT_THAT(ids(reports[2], {Result::fail}), ElementsAre("CT-201"));
  EXPECT_THAT(ids(reports[3], {Result::fail}), ElementsAre("CT-203"));
  EXPECT_THAT(not_passed(reports[4]), IsEmpty());
}

TEST(Prove, EndsAPluginThatHangsWithinItsLimit) {
  Selection selection = patiently();
  selection.limit = 200ms;
  const auto begin = std::chrono::steady_clock::now();
  const FileReport report = proof_of(loaded("hangs_in_constructor"), selection);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s);
  EXPECT_THAT(ids(report, {Result::timeout}), ElementsAre("CT-201"));
}

TEST(Prove, LeavesNoProcessBehind) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // what is left would come to this process
  (void)proof_of(loaded("starts_a_process"));
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  prctl(PR_SET_CHILD_SUBREAPER, 0);
}

TEST(Prove, SkipsWhatALaterStepCannotSee) {
  EXPECT_EQ(reason(proof_of(bad("truncated")), "CT-103"), "the library cannot be read, see CT-102");
  EXPECT_EQ(reason(proof_of(bad("truncated")), "CT-201"), "the library cannot be loaded, see CT-102");
  EXPECT_EQ(reason(proof_of(bad("needs_missing_library")), "CT-201"), "the library cannot be loaded, see CT-108");
  EXPECT_EQ(reason(proof_of(bad("null_process")), "CT-202"), "the type does not conform, see CT-105");
  EXPECT_EQ(reason(proof_of(loaded("crashes_in_constructor")), "CT-203"),
            "the library does not get that far, see CT-201");
}

TEST(Prove, ReadsADllAndDoesNotLoadIt) {
  const FileReport report = proof_of(PENSTOCK_SEEDS "/pe_good");
  EXPECT_THAT(not_passed(report), IsEmpty());
  EXPECT_EQ(reason(report, "CT-110"), "read of ELF libraries only");
  EXPECT_EQ(reason(report, "CT-201"), "it is built for Windows x86-64 and cannot be loaded here");
}

TEST(Prove, TakesTheTestsThatPatternsSelect) {
  Selection selection = patiently();
  selection.only = {"CT-1*"};
  selection.except = {"CT-10?", "CT-111"};
  const FileReport report = proof_of(good, selection);
  ASSERT_EQ(report.proofs.size(), 1U);
  EXPECT_EQ(report.proofs[0].test->id, "CT-110");
}

TEST(Prove, TellsAMetricFromAParameter) {
  EXPECT_THAT(not_passed(proof_of(loaded("metric_out_of_bounds"))), ElementsAre("CT-111"));
  EXPECT_THAT(not_passed(proof_of(bad("default_out_of_bounds"))), ElementsAre("CT-106"));
}

TEST(Prove, FailsAFileThatIsNoPluginWhenItIsNamed) {
  const fixture::TemporaryDirectory directory;
  directory.write("notes.txt", "not a library");
  EXPECT_THAT(not_passed(proof_of(directory / "notes.txt")), ElementsAre("CT-101"));
  EXPECT_THAT(not_passed(proof_of(directory / "nothing.so")), ElementsAre("CT-101"));
  EXPECT_THAT(not_passed(proof_of(directory.path())), IsEmpty());
  EXPECT_THAT(not_passed(proof_of(PENSTOCK_SEEDS "/not_a_plugin")), ElementsAre("CT-103"));
}

TEST(Prove, SaysWhenThereIsNothingToCheck) {
  const fixture::TemporaryDirectory directory;
  fs::copy_file(PENSTOCK_SEEDS "/not_a_plugin", directory / "libother.so");
  Diagnostics none;
  EXPECT_THAT(proofs_of({directory.path()}, patiently(), none), IsEmpty());
  EXPECT_THAT(codes(none), ElementsAre("PS0003"));

  Selection nothing = patiently();
  nothing.only = {"CT-9*"};
  Diagnostics unselected;
  EXPECT_THAT(proofs_of({good}, nothing, unselected), IsEmpty());
  EXPECT_THAT(codes(unselected), ElementsAre("PS0003"));
  EXPECT_THAT(text_of(unselected), HasSubstr("the tests of level 2 are CT-101 to CT-206"));
}

}  // namespace
}  // namespace penstock::conformance

#include "conformance/report.hpp"

#include <gmock/gmock.h>

namespace penstock::conformance {
namespace {

using testing::HasSubstr;
using testing::Not;

const Case& test(std::string_view id) {
  for (const Case& one : cases())
    if (one.id == id) return one;
  throw std::invalid_argument("no such test");
}

Proof passed(std::string_view id) { return {.test = &test(id)}; }
Proof skipped(std::string_view id, std::string reason) {
  return {.test = &test(id), .outcome = {.result = Result::skip, .reason = std::move(reason)}};
}
Proof failed(std::string_view id, std::string summary) {
  return {.test = &test(id),
          .outcome = {.result = Result::fail,
                      .findings = {{.what = {.summary = std::move(summary),
                                             .place = {.file = "libclamp.so"},
                                             .comparisons = {{"locale", "C", "C.UTF-8"}},
                                             .help = {"leave it"}}}}}};
}

TEST(ReportText, OfAPluginThatPassesIsTwoLines) {
  EXPECT_EQ(
      report_text({.file = "libclamp.so", .types = {{"clamp", {}}}, .proofs = {passed("CT-101"), passed("CT-102")}}),
      "libclamp.so: clamp\n  2 passed\n");
}

TEST(ReportText, SaysWhatWasFoundAndWhatToDo) {
  EXPECT_EQ(
      report_text({.file = "libclamp.so", .proofs = {passed("CT-101"), failed("CT-203", "it changes the process")}}),
      "libclamp.so\n"
      "fail[CT-203]: it changes the process\n"
      "   |  locale   expected  C\n"
      "   |           found     C.UTF-8\n"
      "   = help: leave it\n"
      "  1 passed, 1 failed\n");
}

TEST(ReportText, SaysEachReasonForSkippingOnce) {
  EXPECT_THAT(report_text({.file = "libclamp.so",
                           .proofs = {skipped("CT-203", "it is late"), skipped("CT-204", "it is late"),
                                      skipped("CT-202", "it is early"), skipped("CT-202", "it is early")}}),
              HasSubstr("  skipped CT-203, CT-204: it is late\n  skipped CT-202: it is early\n  4 skipped\n"));
}

TEST(ReportText, ShowsWhatThePluginWroteAndLetsItSteerNoTerminal) {
  Proof proof = failed("CT-201", "it ended the process");
  proof.outcome.output = "done\x1b[2J\n";
  proof.outcome.written = proof.outcome.output.size();
  EXPECT_THAT(report_text({.file = "lib\x1b.so", .proofs = {proof}}), HasSubstr("   = note: it wrote: done\\x1b[2J\n"));
  EXPECT_THAT(report_text({.file = "lib\x1b.so", .proofs = {proof}}), Not(HasSubstr("\x1b")));
}

TEST(ReportText, FitsOneScreenHoweverManyFindingsThereAre) {
  FileReport report{.file = "libclamp.so"};
  for (int i = 0; i < 20; ++i) report.proofs.push_back(failed("CT-105", "type " + std::to_string(i)));
  EXPECT_THAT(report_text(report), HasSubstr("  and 8 more findings, see `--json`\n"));
  EXPECT_THAT(report_text(report), Not(HasSubstr("type 12")));
}

TEST(TotalsText, CountsFiles) {
  EXPECT_EQ(totals_text({.files = 3}), "3 files: all passed\n");
  EXPECT_EQ(totals_text({.files = 3, .failed = 1}), "3 files: 2 passed, 1 failed\n");
}

}  // namespace
}  // namespace penstock::conformance

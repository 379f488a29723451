#include "conformance/report.hpp"

#include <algorithm>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "plugin/child_words.hpp"

namespace penstock::conformance {
namespace {

using diagnostic::Colour;
using diagnostic::printable;
using diagnostic::Severity;

constexpr std::size_t most_findings =
    12;  ///< of one file that are shown whole: more have one cause, or are for `--json`

/** `a, b, c and 4 more` */
std::string listed(const std::vector<std::string>& words) { return diagnostic::list_of(words, 8, ""); }

std::string heading(const FileReport& report) {
  std::vector<std::string> names;
  for (const TypeName& type : report.types) names.push_back(printable(type.name));
  return printable(report.file.string()) + (names.empty() ? "" : ": " + listed(names)) + '\n';
}

/** `fail[CT-203]`; with the code of the gate, which has a page of its own: `fail[CT-105, PS0201]`. */
std::string label(const Proof& proof, const Finding& finding) {
  const std::string_view result = proof.outcome.result == Result::pass ? "note" : name(proof.outcome.result);
  const std::string code = finding.code.empty() ? "" : ", " + finding.code;
  return std::string(result) + '[' + std::string(proof.test->id) + code + ']';
}

/** Its file stands in the heading, so that only a byte of it is worth a line. */
std::string finding_text(const Proof& proof, const Finding& finding, Colour colour) {
  Diagnostic what = finding.what;
  what.severity = is_failure(proof.outcome.result) ? Severity::error : Severity::warning;
  if (!what.place.offset) what.place = {};
  if (proof.outcome.written > 0) what.notes.push_back("it wrote: " + plugin::first_words(proof.outcome.output));
  return render_text_as(what, label(proof, finding), colour);
}

std::string findings_text(const FileReport& report, Colour colour) {
  std::string text;
  std::size_t count = 0;
  for (const Proof& proof : report.proofs) {
    for (const Finding& finding : proof.outcome.findings)
      if (++count <= most_findings) text += finding_text(proof, finding, colour);
  }
  if (count <= most_findings) return text;
  return text + "  and " + std::to_string(count - most_findings) + " more findings, see `--json`\n";
}

/** A line for each reason, with the tests that were skipped for it. */
std::string skipped_text(const FileReport& report) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const Proof& proof : report.proofs) {
    if (proof.outcome.result != Result::skip) continue;
    auto reason = std::ranges::find(reasons, proof.outcome.reason, [](const auto& one) { return one.first; });
    if (reason == reasons.end()) reason = reasons.insert(reasons.end(), {proof.outcome.reason, {}});
    const std::string id(proof.test->id);
    if (std::ranges::count(reason->second, id) == 0) reason->second.push_back(id);
  }
  std::string text;
  for (const auto& [reason, ids] : reasons) text += "  skipped " + listed(ids) + ": " + printable(reason) + '\n';
  return text;
}

std::string counts_text(const FileReport& report) {
  constexpr std::pair<Result, const char*> words[] = {{Result::pass, "passed"},  {Result::warn, "with a warning"},
                                                      {Result::fail, "failed"},  {Result::crash, "crashed"},
                                                      {Result::timeout, "hung"}, {Result::skip, "skipped"}};
  std::string text;
  for (const auto& [result, word] : words)
    if (const std::size_t count = report.count(result); count > 0)
      text += (text.empty() ? "  " : ", ") + std::to_string(count) + ' ' + word;
  return text + '\n';
}

}  // namespace

std::string report_text(const FileReport& report, Colour colour) {
  return heading(report) + findings_text(report, colour) + skipped_text(report) + counts_text(report);
}

std::string totals_text(const Totals& totals) {
  const std::string files = std::to_string(totals.files) + " files: ";
  if (totals.failed == 0) return files + "all passed\n";
  return files + std::to_string(totals.files - totals.failed) + " passed, " + std::to_string(totals.failed) +
         " failed\n";
}

}  // namespace penstock::conformance

#include "conformance/sandbox.hpp"

#include <system_error>

#include "conformance/record.hpp"
#include "plugin/child.hpp"
#include "plugin/child_words.hpp"
#include "plugin/sanitizer.hpp"

namespace penstock::conformance {
namespace {

using plugin::ChildLimits;
using plugin::ChildReport;
using plugin::Ending;
using plugin::seconds_text;
using plugin::signal_text;

/** Of address space: a plugin that takes all it gets fails alone, and not the machine with it. */
constexpr std::uint64_t most_memory = std::uint64_t{8} << 30U;

/** ``library `libclamp.so` `` */
std::string library_of(const Subject& subject) { return "library `" + subject.library.file.filename().string() + '`'; }

/** A test that did not come to its end, by the fault of the library. */
Outcome unfinished(Result result, const Case& test, const Subject& subject, const ChildReport& report,
                   const std::string& did, std::string found) {
  std::string remedy = plugin::advise_on_sanitizer(subject.library.file, report.output);
  if (remedy.empty()) remedy = test.remedy;
  return {.result = result,
          .findings = {{.what = {.summary = library_of(subject) + ' ' + did + " while it " + std::string(test.doing),
                                 .comparisons = {{"", "the end of the test", std::move(found)}},
                                 .help = {std::move(remedy)}}}}};
}

Outcome outcome_of(const ChildReport& report, const Case& test, const Subject& subject,
                   std::chrono::nanoseconds limit) {
  switch (report.ending) {
    case Ending::completed:
      if (auto outcome = decode(report.record)) return *std::move(outcome);
      return unfinished(Result::fail, test, subject, report, "spoilt the memory of the test",
                        std::to_string(report.record.size()) + " bytes that are no outcome");
    case Ending::exited:
      return unfinished(Result::fail, test, subject, report, "ended the process",
                        "an exit with status " + std::to_string(report.number));
    case Ending::killed: return unfinished(Result::crash, test, subject, report, "crashed", signal_text(report.number));
    case Ending::timed_out: {
      Outcome outcome = unfinished(Result::timeout, test, subject, report, "hung",
                                   "not done after " + seconds_text(limit) + ", and killed");
      outcome.findings.front().what.help.emplace_back("a slow machine is given more time by `--timeout`");
      return outcome;
    }
    case Ending::overlong:
      return unfinished(Result::fail, test, subject, report, "said too much",
                        "texts of more than " + std::to_string(ChildLimits{}.record) + " bytes");
    case Ending::not_started: break;
  }
  return {.result = Result::skip,
          .reason = "the test could not be set up: " + std::generic_category().message(report.number),
          .is_open = true};
}

void judge_silence(Outcome& outcome, const Case& test, const Subject& subject) {
  if (!test.silent || outcome.written == 0 || outcome.result != Result::pass) return;
  outcome.result = Result::warn;
  outcome.findings.push_back(
      {.what = {.summary = library_of(subject) + " wrote to standard output or standard error while it " +
                           std::string(test.doing),
                .comparisons = {{"output", "nothing", std::to_string(outcome.written) + " bytes"}},
                .notes = {"standard output belongs to the rows of a sink"},
                .help = {"remove the output, or write it by `host->log` when a method is called"}}});
}

}  // namespace

Outcome run(const Case& test, const Subject& subject, std::chrono::nanoseconds limit) {
  if (test.level == 1) {
    const auto begin = std::chrono::steady_clock::now();
    Outcome outcome = test.judge(test, subject);
    outcome.time = std::chrono::steady_clock::now() - begin;
    return outcome;
  }
  ChildReport report =
      plugin::run_in_child([&] { return encode(test.judge(test, subject)); }, {.time = limit, .memory = most_memory});
  Outcome outcome = outcome_of(report, test, subject, limit);
  outcome.output = std::move(report.output);
  outcome.written = report.written;
  outcome.time = report.time;
  judge_silence(outcome, test, subject);
  return outcome;
}

}  // namespace penstock::conformance

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "conformance/report.hpp"

namespace penstock::cli {
namespace {

using conformance::FileReport;
using conformance::Finding;
using conformance::Proof;
using conformance::TypeName;

std::string json_finding(const Finding& finding) { return render_json_as(finding.what, finding.code); }

std::string json_proof(const Proof& proof) {
  const conformance::Outcome& outcome = proof.outcome;
  return JsonObject()
      .text("id", proof.test->id)
      .number("level", static_cast<std::uint64_t>(proof.test->level))
      .text("demands", proof.test->sentence)
      .text_or_null("type", proof.type)
      .text("result", name(outcome.result))
      .text_or_null("reason", outcome.reason)
      .raw("findings", json_array(outcome.findings, json_finding))
      .text("output", outcome.output)
      .number("written", outcome.written)
      .number("time_ns", static_cast<std::uint64_t>(outcome.time.count()))
      .str();
}

std::string json_type(const TypeName& type) {
  return JsonObject()
      .text("name", type.name)
      .raw("interface", type.interface ? diagnostic::json_string(plugin::name(*type.interface)) : "null")
      .str();
}

std::string json_file(const FileReport& report) {
  return JsonObject()
      .text("file", report.file.string())
      .truth("passed", !report.failed())
      .raw("types", json_array(report.types, json_type))
      .raw("tests", json_array(report.proofs, json_proof))
      .str();
}

std::string json_of(const CheckCommand& command, const std::vector<std::string>& files, const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .number("level", static_cast<std::uint64_t>(command.selection.level))
      .raw("files", json_array(files, [](const std::string& file) { return file; }))
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

}  // namespace

Status execute(const CheckCommand& command, Terminal& terminal) {
  Diagnostics found;
  conformance::Totals totals;
  std::vector<std::string> json_files;
  const auto tell = [&](const FileReport& report) {
    ++totals.files;
    totals.failed += report.failed();
    if (command.json)
      json_files.push_back(json_file(report));
    else
      terminal.out.write((totals.files > 1 ? "\n" : "") + report_text(report));
  };
  prove(command.files, command.selection, tell, found);
  if (command.json) {
    terminal.out.write(json_of(command, json_files, found) + '\n');
  } else {
    terminal.report(found);
    if (totals.files > 1) terminal.out.write('\n' + totals_text(totals));
  }
  const Status status = status_of(found);
  return status == Status::well && totals.failed > 0 ? Status::failed : status;
}

}  // namespace penstock::cli

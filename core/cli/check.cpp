#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "conformance/report.hpp"
#include "diagnostic/suggest.hpp"
#include "plugin/declarations.hpp"
#include "plugin/gate.hpp"

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

/** Leaves out each argument that is no file and could be a type. Says that `check` takes files, and of a type that is known
 *  in which file it is. What else is missing has a report that says so. */
std::vector<std::filesystem::path> without_types(const std::vector<std::filesystem::path>& arguments,
                                                 Diagnostics& found) {
  std::vector<std::filesystem::path> files;
  std::optional<plugin::Catalog> catalog;
  for (const std::filesystem::path& file : arguments) {
    const std::string name = file.string();
    std::error_code failed;
    const bool is_missing =
        std::filesystem::symlink_status(file, failed).type() == std::filesystem::file_type::not_found;
    if (!plugin::is_identifier(name) || !is_missing) {
      files.push_back(file);
      continue;
    }
    if (!catalog) {
      Diagnostics unheard;  // of what is found on the way `penstock list` speaks
      catalog = plugin::admit(plugin::plugin_path({}, unheard), unheard);
    }
    const plugin::ExportedType* type = catalog->find(name);
    const plugin::RefusedType* refused = type == nullptr ? catalog->find_refused(name) : nullptr;
    diagnostic::Diagnostic fault{.code = diagnostic::Code::PS0003,
                                 .summary = "there is no file `" + name + "`, and `check` takes files",
                                 .comparisons = {{"FILE", "a library, or a directory of libraries", ""}}};
    if (type != nullptr || refused != nullptr) {
      const std::string library = (type != nullptr ? type->library : refused->library).string();
      fault.comparisons.front().found = "the name of a type";
      fault.help.push_back("write `penstock check " + library + "`, which exports that type");
    } else {
      fault.notes.push_back("no plugin that is known exports a type of that name either");
      const std::vector<std::string> names = catalog->names();
      if (!diagnostic::near_names(name, names).empty()) fault.help.push_back(diagnostic::suggest(name, names));
      fault.help.emplace_back("write the path of the library; `penstock list` shows that of each type");
    }
    found.add(std::move(fault));
  }
  return files;
}

}  // namespace

Status execute(const CheckCommand& command, Terminal& terminal) {
  Diagnostics found;
  const std::vector<std::filesystem::path> files = without_types(command.files, found);
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
  if (!files.empty()) prove(files, command.selection, tell, found);
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

#include "plugin/unmet_needs.hpp"

#include <algorithm>

#include "plugin/mangled.hpp"
#include "plugin/sanitizer.hpp"

namespace penstock::plugin {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;

constexpr std::size_t most_shown = 8;

std::string ticked(const std::filesystem::path& path) { return '`' + path.string() + '`'; }

Diagnostic refusal(Code code, const std::filesystem::path& library, const std::string& what) {
  return {.code = code,
          .summary = "library " + ticked(library.filename()) + ' ' + what,
          .place = {.file = library.string()}};
}

/** Says how many there are of which the first few stand in the comparisons. */
void cut(Diagnostic& fault) {
  if (fault.comparisons.size() <= most_shown) return;
  fault.notes.push_back("and " + std::to_string(fault.comparisons.size() - most_shown) + " more like these");
  fault.comparisons.resize(most_shown);
}

void report_libraries(const Unmet& unmet, const std::filesystem::path& library, Diagnostics& faults) {
  if (unmet.libraries.empty()) return;
  const MissingLibrary& first = unmet.libraries.front();
  Diagnostic fault = refusal(Code::PS0112, library,
                             unmet.libraries.size() == 1 ? "needs `" + first.name + "`, which is missing"
                                                         : "needs libraries that are missing");
  for (const MissingLibrary& missing : unmet.libraries) {
    const bool indirect = missing.needed_by != library;
    fault.comparisons.push_back({missing.name, "a library for this machine in " + missing.looked_in,
                                 missing.broken.empty() ? "" : ticked(missing.broken) + ", which is no whole library",
                                 indirect ? "needed by " + ticked(missing.needed_by) : ""});
  }
  cut(fault);
  // Clang's are no libraries of the system: nobody has to install them, and where they are only clang says.
  if (first.name.starts_with("libclang_rt."))
    if (std::string help = advise_on_sanitizer(library); !help.empty()) fault.help.push_back(std::move(help));
  if (fault.help.empty())
    fault.help.push_back("install what holds " + std::string(unmet.libraries.size() == 1 ? "it" : "them") +
                         ", or put " + (unmet.libraries.size() == 1 ? "it" : "them") +
                         " beside the plugin and link that with `-Wl,-rpath,'$ORIGIN'`");
  faults.add(std::move(fault));
}

void report_versions(const Unmet& unmet, const std::filesystem::path& library, Diagnostics& faults) {
  if (unmet.versions.empty()) return;
  const MissingVersion& first = unmet.versions.front();
  Diagnostic fault = refusal(
      Code::PS0113, library,
      "needs `" + first.version + "`, which " + ticked(first.library.filename()) + " of this system does not have");
  for (const MissingVersion& missing : unmet.versions) {
    const bool indirect = missing.needed_by != library;
    fault.comparisons.push_back({missing.library.filename().string(), missing.version,
                                 missing.newest.empty() ? "no version of this kind" : "up to " + missing.newest,
                                 indirect ? "needed by " + ticked(missing.needed_by) : ""});
  }
  cut(fault);
  fault.help.emplace_back(
      first.beyond_newest
          ? "build the plugin on the oldest system that it is to run on, or use a newer system"
          : "build it again on this system: the file is damaged, or was linked with another library of that name");
  faults.add(std::move(fault));
}

void report_symbols(const Unmet& unmet, const std::filesystem::path& library, Diagnostics& faults) {
  if (unmet.symbols.empty()) return;
  Diagnostic fault =
      refusal(Code::PS0120, library,
              unmet.symbols.size() == 1 ? "uses a symbol that nobody defines" : "uses symbols that nobody defines");
  for (const std::string& symbol : unmet.symbols) fault.comparisons.push_back({readable(symbol), "a definition", {}});
  cut(fault);
  std::string help = advise_on_sanitizer_symbol(unmet.symbols.front());
  fault.help.push_back(
      help.empty() ? "define it, or link the file or library that does, then rebuild; `-Wl,-z,defs` finds it earlier"
                   : std::move(help));
  faults.add(std::move(fault));
}

}  // namespace

void report(const Unmet& unmet, const std::filesystem::path& library, Diagnostics& faults) {
  report_libraries(unmet, library, faults);
  report_versions(unmet, library, faults);
  report_symbols(unmet, library, faults);
}

}  // namespace penstock::plugin

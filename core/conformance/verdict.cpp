#include "conformance/verdict.hpp"

#include <algorithm>
#include <utility>

#include "plugin/check.hpp"
#include "plugin/file_source.hpp"
#include "plugin/inspect.hpp"
#include "plugin/loaded_code.hpp"

namespace penstock::conformance {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::InspectedType;

/** Which test a code of the gate belongs to. A code that is not here belongs to no file that is being checked. */
constexpr std::pair<Code, std::string_view> tests[] = {
    {Code::PS0101, "CT-101"}, {Code::PS0102, "CT-101"}, {Code::PS0103, "CT-101"}, {Code::PS0106, "CT-101"},
    {Code::PS0107, "CT-101"}, {Code::PS0105, "CT-102"}, {Code::PS0108, "CT-102"}, {Code::PS0115, "CT-102"},
    {Code::PS0114, "CT-103"}, {Code::PS0206, "CT-103"}, {Code::PS0208, "CT-103"}, {Code::PS0301, "CT-103"},
    {Code::PS0302, "CT-103"}, {Code::PS0303, "CT-103"}, {Code::PS0308, "CT-103"}, {Code::PS0309, "CT-103"},
    {Code::PS0310, "CT-103"}, {Code::PS0304, "CT-104"}, {Code::PS0305, "CT-104"}, {Code::PS0306, "CT-104"},
    {Code::PS0201, "CT-105"}, {Code::PS0202, "CT-105"}, {Code::PS0203, "CT-105"}, {Code::PS0207, "CT-105"},
    {Code::PS0307, "CT-106"}, {Code::PS0205, "CT-107"}, {Code::PS0112, "CT-108"}, {Code::PS0113, "CT-108"},
    {Code::PS0120, "CT-108"}, {Code::PS0204, "CT-109"}, {Code::PS0116, "CT-110"}, {Code::PS0110, "CT-201"},
    {Code::PS0111, "CT-202"},
};

/** Codes of types, defaults and bounds, of parameters and of metrics: a metric has a test of its own. */
bool is_of_a_metric(const Diagnostic& said) {
  const bool shared = said.code == Code::PS0302 || said.code == Code::PS0303 || said.code == Code::PS0307;
  return shared && said.declaration == "metric";
}

JudgedType judge(InspectedType type, const plugin::InspectedLibrary& library) {
  JudgedType judged{.name = type.name, .said = plugin::check(type, library.path.string())};
  judged.has_undefined = !type.undefined.empty();
  if (!type.manifest) return judged;
  judged.interface = type.manifest->interface;
  if (!judged.said.has_errors()) {
    judged.exported = plugin::ExportedType{
        .manifest = std::move(*type.manifest), .library = library.path, .identity = library.identity};
  }
  return judged;
}

}  // namespace

std::string_view test_of(const Diagnostic& said) {
  if (is_of_a_metric(said)) return "CT-111";
  const auto* const test = std::ranges::find(tests, said.code, &std::pair<Code, std::string_view>::first);
  return test == std::end(tests) ? "CT-103" : test->second;
}

std::string_view Verdict::obstacle() const {
  for (const Diagnostic& one : said)
    if (one.severity == diagnostic::Severity::error) return test_of(one);
  if (types.empty()) return "CT-103";
  return std::ranges::any_of(types, &JudgedType::has_undefined) ? "CT-109" : "";
}

Verdict verdict_of(const std::filesystem::path& file, plugin::NeededLibraries& libraries) {
  Verdict verdict{.file = file};
  auto library = plugin::inspect({.path = file}, libraries, verdict.said);
  if (!library) return verdict;
  verdict.is_library = true;
  verdict.built_for = library->built_for;
  verdict.said.add(library->faults);
  for (InspectedType& type : library->types) verdict.types.push_back(judge(std::move(type), *library));
  Diagnostics unheard;  // the file was read a moment ago
  if (const auto source = plugin::FileSource::open(file, unheard))
    verdict.habits = plugin::read_habits(*source, plugin::is_defined_in_process);
  return verdict;
}

}  // namespace penstock::conformance

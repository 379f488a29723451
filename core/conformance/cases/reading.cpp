// Level 1: what the file says, without any of it being run. The gate has judged it already, so that most of these tests only
// sort what it said.
#include <algorithm>
#include <array>
#include <span>

#include "conformance/case.hpp"
#include "conformance/misspelt_labels.hpp"
#include "diagnostic/suggest.hpp"
#include "plugin/hidden_types.hpp"

namespace penstock::conformance {
namespace {

using diagnostic::Severity;
using plugin::FoundNames;

Outcome skipped(std::string reason) { return {.result = Result::skip, .reason = std::move(reason)}; }

void take(Outcome& outcome, const Case& test, const Diagnostics& said) {
  for (const Diagnostic& one : said) {
    if (test_of(one) != test.id) continue;
    if (outcome.result != Result::fail) outcome.result = one.severity == Severity::error ? Result::fail : Result::warn;
    outcome.findings.push_back({.what = one, .code = std::string(diagnostic::name(one.code))});
  }
}

/** Why there is nothing to be said of `type`: an earlier fault hides it. Empty if there is. */
std::string hidden(const Case& test, const JudgedType& type) {
  for (const Diagnostic& one : type.said) {
    if (one.code == diagnostic::Code::PS0205 && (test.id == "CT-105" || test.id == "CT-109"))
      return "its interface is not known, see CT-107";
  }
  return type.interface ? "" : "its manifest cannot be read, see CT-103";
}

Outcome library_said(const Case& test, const Subject& subject) {
  const Verdict& library = subject.library;
  Outcome outcome;
  take(outcome, test, library.said);
  for (const JudgedType& type : library.types) take(outcome, test, type.said);
  const std::string_view obstacle = library.obstacle();
  if (outcome.findings.empty() && !library.is_library && obstacle < test.id)
    return skipped("the library cannot be read, see " + std::string(obstacle));
  return outcome;
}

Outcome type_said(const Case& test, const Subject& subject) {
  Outcome outcome;
  take(outcome, test, subject.type->said);
  if (outcome.findings.empty())
    if (std::string reason = hidden(test, *subject.type); !reason.empty()) return skipped(std::move(reason));
  return outcome;
}

void take_misspelt_labels(Outcome& outcome, const JudgedType& type) {
  if (!type.exported) return;
  std::vector<Comparison> labels = misspelt_labels(type.exported->manifest.text);
  if (labels.empty()) return;
  if (outcome.result == Result::pass) outcome.result = Result::warn;
  outcome.findings.push_back(
      {.what = {.summary = "the manifest of type `" + type.name + "` has unknown labels",
                .comparisons = std::move(labels),
                .notes = {"a label that is unknown says nothing, for it may be of a later version"},
                .help = {"correct it where the type is declared, then rebuild"}}});
}

Outcome exports_a_type(const Case& test, const Subject& subject) {
  Outcome outcome = library_said(test, subject);
  for (const JudgedType& type : subject.library.types) take_misspelt_labels(outcome, type);
  if (!subject.library.is_library || !subject.library.types.empty()) return outcome;
  outcome.result = Result::fail;
  outcome.findings.push_back(
      {.what = {.summary = "library `" + subject.library.file.filename().string() + "` exports no type",
                .comparisons = {{"symbols", "`penstock_type_<name>` and `penstock_methods_<name>`", ""}},
                .notes = {"it is a shared library of this machine, and no plugin"},
                .help = {"export a type with `PENSTOCK_EXPORT` in C++ or `PENSTOCK_TYPE` in C",
                         std::string(plugin::advise_on_static_library)}}});
  return outcome;
}

// ---- CT-110 ----

std::string text_of(const FoundNames& names) {
  constexpr std::size_t most_shown = 3;
  return diagnostic::list_of_first(std::span(names.first).first(std::min(names.first.size(), most_shown)), names.count);
}

/** What a habit is called, what is expected instead, and how it is given up. */
struct Rule {
  const char *subject, *expected, *remark, *help;
};

constexpr Rule exported_rule{"exported", "symbols of its types only", "each may replace another plugin's",
                             "compile with `-fvisibility=hidden` and link with `-Wl,--exclude-libs,ALL`, as "
                             "`penstock_add_plugin` does"};
constexpr Rule host_defines_rule{"shared", "no symbol that the host has, too", "calls of it reach the host's",
                                 "hide the symbols of the libraries that are linked into the plugin"};
constexpr Rule unique_rule{"unique", "no symbol bound once for the whole process", "keeps it from being unloaded",
                           "compile with `-fno-gnu-unique`"};
constexpr Rule calls_rule{"calls", "nothing that acts on the process", "",
                          "return a status instead: the process is not the plugin's to end, copy or configure"};
constexpr Rule outside_rule{"run path", "directories that begin with `$ORIGIN`", "another machine has others there",
                            "link with `-Wl,-rpath,'$ORIGIN'`, or leave the run path out when installing"};

Outcome keeps_clean(const Case& test, const Subject& subject) {
  Outcome outcome = library_said(test, subject);
  if (outcome.result == Result::skip) return outcome;
  if (!subject.library.habits) {
    return outcome.findings.empty() ? skipped("read of ELF libraries only") : outcome;
  }
  const plugin::ElfHabits& habits = *subject.library.habits;
  Diagnostic said{.summary =
                      "library `" + subject.library.file.filename().string() + "` has habits that hurt its neighbours"};
  const auto tell = [&](bool has, const Rule& rule, std::string found) {
    if (!has) return;
    said.comparisons.push_back({rule.subject, rule.expected, std::move(found), rule.remark});
    said.help.emplace_back(rule.help);
  };
  const auto tell_names = [&](const FoundNames& names, const Rule& rule) {
    tell(names.count > 0, rule, text_of(names));
  };
  tell_names(habits.exported, exported_rule);
  tell_names(habits.host_defines, host_defines_rule);
  tell_names(habits.unique, unique_rule);
  tell_names(habits.calls, calls_rule);
  tell_names(habits.outside, outside_rule);
  tell(habits.static_tls,
       {"thread data", "found when it is used", "the loader's reserve may be used up",
        "do not compile with `-ftls-model=initial-exec`"},
       "in the reserve of every thread (STATIC_TLS)");
  tell(habits.text_relocations, {"code", "never written to", "it cannot be shared", "compile all of it with `-fPIC`"},
       "written to while it is loaded (TEXTREL)");
  if (said.comparisons.empty()) return outcome;
  if (outcome.result == Result::pass) outcome.result = Result::warn;
  outcome.findings.push_back({.what = std::move(said)});
  return outcome;
}

constexpr Case row(std::string_view id, Kind kind, std::string_view sentence, Judge judge, Page page) {
  return {.id = id, .kind = kind, .level = 1, .sentence = sentence, .judge = judge, .page = page};
}

constexpr std::array rows{
    row("CT-101", Kind::library, "is a readable file, and a shared library for this machine", library_said,
        {"Opens the file and reads its header: ELF or PE, its class, byte order and machine.",
         "It was built for another machine, is a program or an object file, or a text that stands for the library.",
         "Build it on or for the machine that is to run it, and link it with `-shared`."}),
    row("CT-102", Kind::library, "is whole: all of its segments and tables lie in the file", library_said,
        {"Compares the places and sizes that the headers of the file tell with the size of the file.",
         "A copy was broken off, a disk was full while it was linked, or a tool that edits libraries damaged it.",
         "Copy or build it again, and compare sizes; edit libraries with `patchelf` or not at all."}),
    row("CT-103", Kind::library, "exports a type, with a manifest that can be read", exports_a_type,
        {"Looks for the symbols `penstock_type_<name>` and `penstock_methods_<name>`, and reads the manifest behind "
         "the "
         "first, line by line.",
         "`PENSTOCK_EXPORT` is missing or stands in a static library, a version script hides the symbols, or a "
         "manifest that was written by hand has "
         "blanks where tabs belong.",
         "Export each type with `PENSTOCK_EXPORT` in C++ or `PENSTOCK_TYPE` in C, which write the manifest, in a "
         "source "
         "of the plugin itself, and name `penstock_*` in a version script."}),
    row("CT-104", Kind::type, "has names that are identifiers, each once and none reserved", type_said,
        {"Reads the names of the type and of its parameters, metrics and columns.",
         "A parameter is called `Min` or `max-value`, is declared twice, or is called `type`, which every node of a "
         "pipeline has.",
         "Give it a name of lower-case letters, digits and `_` that begins with a letter and that nothing else has."}),
    row("CT-105", Kind::type, "has every method that its interface requires, with its signature", type_said,
        {"Compares the methods in the manifest and in the table of the type with those of its interface, which "
         "`penstock explain Stage` lists (or `Source`, `Sink`).",
         "`process` is misspelt `proces` or takes other arguments, a row of a table in C is NULL, or a method has no "
         "row.",
         "Write the method as the interface has it; in C every method of the type stands in its list, which makes both "
         "manifest and table."}),
    row("CT-106", Kind::type, "has defaults that lie within their bounds and choices", type_said,
        {"Reads each default, `min`, `max` and list of choices by the declared type of the parameter.",
         "The default 200 is greater than `max` = 150, is none of `fast|exact`, or stands in quotes in a macro of C.",
         "Change the default, the bound or the choices; in C write a default without quotes."}),
    row("CT-107", Kind::type, "is built for a version of the boundary that the host knows", type_said,
        {"Compares the versions of the SDK and of the interface that the manifest names with those of this host.",
         "It was built with an SDK that is newer than this host, or for another major version.",
         "Build it with the SDK of the oldest host that is to run it, or use a newer host."}),
    row("CT-108", Kind::library, "needs only libraries, versions and symbols that the loader will find", library_said,
        {"Looks for every library that it needs where the loader will, and for the versions and symbols that it wants "
         "of them.",
         "A library is on the author's machine only, the system has an older C library, or a function is called that "
         "nobody links.",
         "Install or ship what it needs beside it, linked with `-Wl,-rpath,'$ORIGIN'`, build on the oldest system, and "
         "link "
         "with `-Wl,-z,defs`."}),
    row("CT-109", Kind::type, "defines every method that its class declares", type_said,
        {"Looks for undefined symbols that belong to the class of the type: such a library links, and cannot be "
         "loaded.",
         "`void process(...);` is declared in the class, and the file that defines it is not linked.",
         "Define the method, or add its file to the sources; `-Wl,-z,defs` says it when the library is linked."}),
    row("CT-110", Kind::library, "keeps its symbols to itself and leaves the process alone", keeps_clean,
        {"Reads what the library exports besides its types, which functions it uses that act on the whole process, its "
         "run path, and how its code and data are linked. What it finds is a warning.",
         "It calls `exit`, `fork` or `setlocale`, exports a function `parse` that another plugin has too, or asks for "
         "an executable stack.",
         "Build it with `penstock_add_plugin`, or with `-fvisibility=hidden -fno-gnu-unique` and "
         "`-Wl,--exclude-libs,ALL`; return a status instead of ending the process."}),
    row("CT-111", Kind::type, "has audited metrics with a type, a default and bounds that fit", type_said,
        {"Reads the lines `metric:` of the manifest.", "A metric has the type `text`, or a default of -1 and `min:0`.",
         "Give it one of the types `u64`, `i64`, `f64` and `bool`, and a default that its bounds allow."}),
};

}  // namespace

std::span<const Case> reading_cases() { return rows; }

}  // namespace penstock::conformance

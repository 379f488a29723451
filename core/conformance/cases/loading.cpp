// Level 2: the library is loaded, and nothing of it is called. All of this runs in the child of one test.
#include <dlfcn.h>

#include <array>
#include <cstring>
#include <exception>
#include <utility>

#include "conformance/case.hpp"
#include "penstock/abi.h"
#include "plugin/load.hpp"
#include "plugin/process_state.hpp"
#include "plugin/sanitizer.hpp"

namespace penstock::conformance {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

std::string library_of(const Subject& subject) { return "library `" + subject.library.file.filename().string() + '`'; }

Outcome failed(Diagnostic what) { return {.result = Result::fail, .findings = {{.what = std::move(what)}}}; }

/** A library loaded into this process as the host loads it: all symbols now, and for nobody else. */
class Loaded {
 public:
  explicit Loaded(const Subject& subject) : subject_(subject) {
    std::error_code unlikely;
    path_ = fs::absolute(subject.library.file, unlikely);  // once: loading may change the directory
    load();
  }

  void load() {
    // The C library declares that dlopen throws nothing, and a compiler that knows it ends the process when a constructor does.
    void* (*volatile const open)(const char*, int) = ::dlopen;
    try {
      handle_ = open(path_.c_str(), RTLD_NOW | RTLD_LOCAL);
      if (handle_ == nullptr) refused();
    } catch (const std::exception& error) {
      thrown(std::string("an exception: ") + error.what());
    } catch (...) {
      thrown("something that is no `std::exception`");
    }
  }
  void unload() { ::dlclose(std::exchange(handle_, nullptr)); }

  [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }
  [[nodiscard]] const Diagnostic& why_not() const noexcept { return why_; }

  [[nodiscard]] const void* symbol(const std::string& name) const { return ::dlsym(handle_, name.c_str()); }
  [[nodiscard]] bool is_still_there() const { return ::dlopen(path_.c_str(), RTLD_NOW | RTLD_NOLOAD) != nullptr; }

 private:
  void refused() {
    why_ = {.summary = library_of(subject_) + " is refused by the loader",
            .notes = {std::string("the loader says: ") + ::dlerror()}};
    if (std::string help = plugin::advise_on_sanitizer(path_); !help.empty()) why_.help.push_back(std::move(help));
  }
  void thrown(std::string what) {
    why_ = {.summary = library_of(subject_) + " throws while it is loaded",
            .comparisons = {{"constructors", "end without an exception", std::move(what)}},
            .notes = {"no host can count on catching it: it ends the process"},
            .help = {"catch it in the constructor of the global or static object, or do the work in `create`"}};
  }

  const Subject& subject_;
  fs::path path_;
  void* handle_ = nullptr;
  Diagnostic why_;
};

// ---- CT-201 ----

std::string milliseconds_text(std::chrono::nanoseconds time) {
  return std::to_string(std::chrono::ceil<milliseconds>(time).count()) + " ms";
}

Outcome loads(const Case&, const Subject& subject) {
  constexpr milliseconds limit{100};
  const auto begin = std::chrono::steady_clock::now();
  const Loaded library(subject);
  const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - begin;
  if (!library) return failed(library.why_not());
  if (took <= limit) return {};
  return {
      .result = Result::warn,
      .findings = {{.what = {.summary = library_of(subject) + " takes long to load",
                             .comparisons = {{"time", "at most " + milliseconds_text(limit), milliseconds_text(took)}},
                             .notes = {"every start of a pipeline waits for it"},
                             .help = {"do the work in `open`, where it is paid by who uses the type"}}}}};
}

// ---- CT-202 ----

Outcome is_what_was_inspected(const Case&, const Subject& subject) {
  Diagnostics found;
  Outcome outcome;
  if (plugin::load(*subject.type->exported, found)) return outcome;
  outcome.result = Result::fail;
  for (Diagnostic one : found) {
    if (one.code ==
        diagnostic::Code::PS0111)  // the file was read a moment ago: it is the library that makes the difference
      one.help = {
          "export manifest and methods as constants, and let nothing write to them while the library is loaded"};
    outcome.findings.push_back({.what = one, .code = std::string(diagnostic::name(one.code))});
  }
  return outcome;
}

// ---- CT-203 ----

Outcome leaves_the_process_alone(const Case&, const Subject& subject) {
  const plugin::ProcessState before = plugin::process_state();
  const Loaded library(subject);
  if (!library) return failed(library.why_not());
  std::vector<Comparison> changes = plugin::changes(before, plugin::process_state());
  if (changes.empty()) return {};
  constexpr std::size_t most_shown = 8;
  Diagnostic what{.summary = library_of(subject) + " changes the process while it is loaded"};
  if (changes.size() > most_shown) {
    what.notes.push_back("and " + std::to_string(changes.size() - most_shown) + " more changes");
    changes.resize(most_shown);
  }
  what.comparisons = std::move(changes);
  what.notes.emplace_back("all of it is shared by the host and every plugin");
  what.help.emplace_back(
      "leave it as it is; what a type needs for itself it makes in `open` and gives back in `close`");
  return failed(std::move(what));
}

// ---- CT-204 ----

/** That it is silent is judged by who listens. */
Outcome loads_in_silence(const Case&, const Subject& subject) {
  const Loaded library(subject);
  return library ? Outcome{} : failed(library.why_not());
}

// ---- CT-206 ----

/** The symbols of a type as they are in memory. */
struct Table {
  std::string manifest;
  std::vector<std::string> methods;

  friend bool operator==(const Table&, const Table&) = default;
};

std::vector<Table> tables_of(const Loaded& library, const Verdict& verdict) {
  std::vector<Table> tables;
  for (const JudgedType& type : verdict.types) {
    const auto* text = static_cast<const char*>(library.symbol("penstock_type_" + type.name));
    const auto* row = static_cast<const penstock_method*>(library.symbol("penstock_methods_" + type.name));
    if (!type.exported || text == nullptr || row == nullptr) continue;
    Table& table = tables.emplace_back();
    table.manifest = std::string(text, ::strnlen(text, type.exported->manifest.text.size() + 1));
    for (; row->name != nullptr && table.methods.size() < plugin::most_rows; ++row)
      table.methods.emplace_back(row->name, ::strnlen(row->name, plugin::longest_row_name));
  }
  return tables;
}

std::string why_it_stays(const Verdict& verdict) {
  if (verdict.habits && verdict.habits->unique.count > 0)
    return "it has symbols that are bound once for the whole process, such as `" +
           verdict.habits->unique.first.front() + "` (STB_GNU_UNIQUE)";
  if (verdict.habits && verdict.habits->never_unloaded) return "it was linked with `-z nodelete`";
  return "something still refers to it: a library that it needs, or a destructor of thread-local data";
}

Outcome loads_again(const Case&, const Subject& subject) {
  const std::size_t threads = plugin::process_state().threads;
  Loaded library(subject);
  if (!library) return failed(library.why_not());
  if (plugin::process_state().threads > threads)
    return {.result = Result::skip, .reason = "it started a thread, which cannot lose its code, see CT-203"};
  const std::vector<Table> before = tables_of(library, subject.library);
  library.unload();
  Outcome outcome;
  if (library.is_still_there())
    outcome.findings.push_back({.what = {.summary = library_of(subject) + " stays loaded when it is unloaded",
                                         .notes = {why_it_stays(subject.library)}}});
  library.load();
  if (!library) return failed(library.why_not());
  if (tables_of(library, subject.library) == before) return outcome;
  return failed({.summary = library_of(subject) + " is another one when it is loaded again",
                 .comparisons = {{"tables", "the same manifests and methods", "others"}},
                 .help = {"export manifest and methods as constants"}});
}

constexpr const char* remedy =
    "mend what runs while it is loaded: constructors of global and static objects, its own and those of the libraries "
    "that "
    "it needs";
constexpr const char* unloading_remedy =
    "mend what runs while it is loaded and unloaded: constructors and destructors of global and static objects";

constexpr std::array rows{
    Case{.id = "CT-201",
         .kind = Kind::library,
         .level = 2,
         .sentence = "loads with all symbols found, in local scope and within 100 ms",
         .judge = loads,
         .doing = "was loaded",
         .remedy = remedy,
         .page = {"Loads the library as the host does, in a process of its own, and takes the time.",
                  "A static object throws, crashes or waits for a server, or the library is built with a sanitizer.",
                  "Do in `open` what takes long or may fail; keep constructors of static objects trivial."}},
    Case{.id = "CT-202",
         .kind = Kind::type,
         .level = 2,
         .sentence = "is in memory what it is in the file",
         .judge = is_what_was_inspected,
         .needs = "CT-201",
         .doing = "was loaded",
         .remedy = remedy,
         .page = {"Compares manifest and methods in memory with what was read from the file.",
                  "A static constructor writes to the manifest or fills the table of methods.",
                  "Make both constants, which the macros of the SDK do."}},
    Case{.id = "CT-203",
         .kind = Kind::library,
         .level = 2,
         .sentence = "leaves the state of the process alone while it is loaded",
         .judge = leaves_the_process_alone,
         .needs = "CT-201",
         .doing = "was loaded",
         .remedy = remedy,
         .page =
             {"Compares before and after: locale, signal handlers, working directory, file mask, open files, "
              "environment, threads, "
              "limits, timers and floating-point control.",
              "A static constructor calls `setlocale`, opens a log file or starts a thread, or the library is linked "
              "with `-ffast-math`.",
              "Open and start in `open` what the type needs and give it back in `close`; leave alone what belongs to "
              "all."}},
    Case{.id = "CT-204",
         .kind = Kind::library,
         .level = 2,
         .sentence = "writes nothing while it is loaded",
         .judge = loads_in_silence,
         .needs = "CT-201",
         .doing = "was loaded",
         .remedy = remedy,
         .silent = true,
         .page = {"Listens to standard output and standard error while the library is loaded.",
                  "A static constructor prints a banner or a debugging line among the rows of a sink.",
                  "Remove it, or write it by `host->log` when a method is called."}},
    Case{.id = "CT-206",
         .kind = Kind::library,
         .level = 2,
         .sentence = "can be unloaded and loaded again, and is the same then",
         .judge = loads_again,
         .needs = "CT-201",
         .doing = "was unloaded and loaded again",
         .remedy = unloading_remedy,
         .page = {"Loads, unloads and loads it again, and compares manifests and methods.",
                  "A destructor of a static object crashes, an exit handler is left behind, or a flag that is kept "
                  "outside of the library makes the second time another one.",
                  "Give back in the destructor what the constructor took; keep no state outside of the instances."}},
};

}  // namespace

std::span<const Case> loading_cases() { return rows; }

}  // namespace penstock::conformance

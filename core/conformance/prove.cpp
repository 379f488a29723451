#include "conformance/prove.hpp"

#include <fnmatch.h>

#include <algorithm>

#include "conformance/sandbox.hpp"
#include "diagnostic/suggest.hpp"
#include "plugin/discover.hpp"

namespace penstock::conformance {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;

bool matches(std::string_view id, const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns, [text = std::string(id)](const std::string& pattern) {
    return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
  });
}

std::vector<const Case*> chosen(const Selection& selection) {
  std::vector<const Case*> tests;
  for (const Case& test : cases()) {
    const bool wanted = selection.only.empty() || matches(test.id, selection.only);
    if (test.level <= selection.level && wanted && !matches(test.id, selection.except)) tests.push_back(&test);
  }
  return tests;
}

bool concerns(Kind kind, const JudgedType& type) {
  switch (kind) {
    case Kind::type: return true;
    case Kind::source: return type.interface == plugin::Interface::source;
    case Kind::stage: return type.interface == plugin::Interface::stage;
    case Kind::sink: return type.interface == plugin::Interface::sink;
    case Kind::library: break;
  }
  return false;
}

/** The test of level 1 that a type fails first. */
std::string_view fault_of(const JudgedType& type) {
  const auto error = std::ranges::find(type.said, diagnostic::Severity::error, &Diagnostic::severity);
  return error == type.said.end() ? "CT-103" : test_of(*error);
}

/** The tests of one library, one after the other: what one has found decides whether another means anything. */
class Trial {
 public:
  Trial(const Verdict& verdict, std::chrono::nanoseconds limit) : verdict_(verdict), limit_(limit) {
    report_.file = verdict.file;
    for (const JudgedType& type : verdict.types) report_.types.push_back({type.name, type.interface});
  }

  void put_to(const Case& test) {
    if (test.kind == Kind::library) return add(test, {}, outcome_of(test, {.library = verdict_}));
    for (const JudgedType& type : verdict_.types)
      if (concerns(test.kind, type)) add(test, type.name, outcome_of(test, {.library = verdict_, .type = &type}));
  }

  [[nodiscard]] FileReport take() { return std::move(report_); }

 private:
  Outcome outcome_of(const Case& test, const Subject& subject) const {
    std::string reason = obstacle(test, subject);
    if (!reason.empty()) return {.result = Result::skip, .reason = std::move(reason)};
    return run(test, subject, limit_);
  }

  /** Why the test would prove nothing; empty if it would. */
  [[nodiscard]] std::string obstacle(const Case& test, const Subject& subject) const {
    if (test.level == 1) return {};
    if (!verdict_.built_for.empty()) return "it is built for " + verdict_.built_for + " and cannot be loaded here";
    if (const std::string_view id = verdict_.obstacle(); !id.empty())
      return "the library cannot be loaded, see " + std::string(id);
    if (subject.type != nullptr && !subject.type->exported)
      return "the type does not conform, see " + std::string(fault_of(*subject.type));
    const auto before =
        std::ranges::find_if(report_.proofs, [&](const Proof& one) { return one.test->id == test.needs; });
    if (before != report_.proofs.end() && is_failure(before->outcome.result))
      return "the library does not get that far, see " + std::string(test.needs);
    return {};
  }

  void add(const Case& test, std::string type, Outcome outcome) {
    report_.proofs.push_back({&test, std::move(type), std::move(outcome)});
  }

  const Verdict& verdict_;
  std::chrono::nanoseconds limit_;
  FileReport report_;
};

/** A file, and whether it was named: of a directory, what is no plugin is passed by. */
struct Named {
  fs::path file;
  bool by_name;
};

std::vector<Named> files_of(const std::vector<fs::path>& paths, Diagnostics& found) {
  std::vector<Named> files;
  for (const fs::path& path : paths) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      files.push_back({path, true});
      continue;
    }
    for (const plugin::Candidate& candidate : plugin::discover({path}, found)) files.push_back({candidate.path, false});
  }
  return files;
}

void report_nothing(Diagnostics& found, std::string why, std::string help) {
  found.add(
      {.code = Code::PS0003, .summary = "there is nothing to check: " + std::move(why), .help = {std::move(help)}});
}

/** An id, and no pattern, that names no test. */
bool is_unknown(const std::string& id) {
  return id.find_first_of("*?[") == std::string::npos && std::ranges::count(cases(), id, &Case::id) == 0;
}

void report_unknown(const std::string& id, Diagnostics& found) {
  std::vector<std::string> known;
  for (const Case& test : cases()) known.emplace_back(test.id);
  found.add({.code = Code::PS0003,
             .summary = "there is no test `" + id + '`',
             .notes = {"the tests are " + known.front() + " to " + known.back()},
             .help = {diagnostic::suggest(id, known)}});
}

/** "CT-101 to CT-206" */
std::string known_ids(int level) {
  std::string_view last;
  for (const Case& test : cases())
    if (test.level <= level) last = test.id;
  return std::string(cases().front().id) + " to " + std::string(last);
}

}  // namespace

std::size_t FileReport::count(Result result) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(proofs, [&](const Proof& one) { return one.outcome.result == result; }));
}

bool FileReport::failed() const {
  return std::ranges::any_of(proofs, [](const Proof& one) { return is_failure(one.outcome.result) || one.outcome.is_open; });
}

void prove(const std::vector<fs::path>& files, const Selection& selection, const std::function<void(FileReport)>& done,
           Diagnostics& found) {
  const std::size_t errors = found.errors();
  for (const std::vector<std::string>* ids : {&selection.only, &selection.except})
    for (const std::string& id : *ids)
      if (is_unknown(id)) report_unknown(id, found);
  if (found.errors() > errors) return;
  const std::vector<const Case*> tests = chosen(selection);
  if (tests.empty())
    return report_nothing(
        found, "no test is selected",
        "the tests of level " + std::to_string(selection.level) + " are " + known_ids(selection.level));
  plugin::NeededLibraries libraries;
  bool proved = false;
  for (const Named& named : files_of(files, found)) {
    const Verdict verdict = verdict_of(named.file, libraries);
    const bool is_plugin = !verdict.is_library || !verdict.types.empty();
    if (!named.by_name && !is_plugin) continue;
    Trial trial(verdict, selection.limit);
    for (const Case* test : tests) trial.put_to(*test);
    proved = true;
    done(trial.take());
  }
  if (!proved)
    report_nothing(found, "no plugin was found", "name a library, or a directory that holds `*.so` or `*.dll`");
}

}  // namespace penstock::conformance

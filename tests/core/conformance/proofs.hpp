// What `prove` says, as tests ask for it.
#pragma once
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "conformance/prove.hpp"

namespace penstock::conformance {

inline std::vector<FileReport> proofs_of(const std::vector<std::filesystem::path>& files, const Selection& selection,
                                         Diagnostics& found) {
  std::vector<FileReport> reports;
  prove(
      files, selection, [&](FileReport report) { reports.push_back(std::move(report)); }, found);
  return reports;
}

/** Tests are short; a machine that is busy with other tests is given time. */
inline Selection patiently() { return {.limit = std::chrono::seconds(60)}; }

inline FileReport proof_of(const std::filesystem::path& file, const Selection& selection = patiently()) {
  Diagnostics found;
  auto reports = proofs_of({file}, selection, found);
  return reports.empty() ? FileReport{} : std::move(reports.front());
}

/** The ids of the tests with one of `results`. */
inline std::set<std::string> ids(const FileReport& report, const std::set<Result>& results) {
  std::set<std::string> found;
  for (const Proof& proof : report.proofs)
    if (results.contains(proof.outcome.result)) found.emplace(proof.test->id);
  return found;
}

/** Those that found something. */
inline std::set<std::string> not_passed(const FileReport& report) {
  return ids(report, {Result::warn, Result::fail, Result::crash, Result::timeout});
}

}  // namespace penstock::conformance

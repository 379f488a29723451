#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "conformance/case.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::conformance {

/** Which tests are to be run, and how long each may take. */
struct Selection {
  int level = highest_level;
  std::vector<std::string> only = {};    ///< patterns of ids (`CT-1*`); none: all
  std::vector<std::string> except = {};  ///< the same
  std::chrono::nanoseconds limit = std::chrono::seconds(10);
};

/** One test of one subject. */
struct Proof {
  const Case* test = nullptr;
  std::string type = {};  ///< its name; empty: the library as a whole
  Outcome outcome = {};
};

struct TypeName {
  std::string name;
  std::optional<plugin::Interface> interface;  ///< unknown when the manifest does not say
};

/** What was proved of one file. */
struct FileReport {
  std::filesystem::path file;
  std::vector<TypeName> types = {};
  std::vector<Proof> proofs = {};

  [[nodiscard]] std::size_t count(Result result) const;
  [[nodiscard]] bool failed() const;
};

/** Proves each of `files`: of a directory the candidates in it (see plugin/discover.hpp) that are plugins, and anything else
 *  itself. Each report goes to `done` as soon as it is there. Nothing of a plugin runs in this process. Says PS0003 when
 *  there was nothing to check or a test that is named does not exist, and what could not be looked at in a directory. Call
 *  while the process has one thread. */
void prove(const std::vector<std::filesystem::path>& files, const Selection& selection,
           const std::function<void(FileReport)>& done, Diagnostics& found);

}  // namespace penstock::conformance

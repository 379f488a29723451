#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/catalog.hpp"
#include "plugin/elf_habits.hpp"
#include "plugin/needed.hpp"

namespace penstock::conformance {

using diagnostic::Diagnostics;

/** A type of a library, and what the gate says of it. */
struct JudgedType {
  std::string name;
  std::optional<plugin::Interface> interface = {};    ///< as far as its manifest could be read
  std::optional<plugin::ExportedType> exported = {};  ///< of a type that conforms: it can be loaded
  bool has_undefined = false;                         ///< the loader would refuse its library
  Diagnostics said = {};
};

/** What the gate says of one file. The tests of level 1 sort this; nothing is judged twice. */
struct Verdict {
  std::filesystem::path file;
  bool is_library = false;     ///< whole, and its types are known
  std::string built_for = {};  ///< another system, such as `Windows x86-64`; empty: this one
  std::vector<JudgedType> types = {};
  Diagnostics said = {};                         ///< of the library as a whole
  std::optional<plugin::ElfHabits> habits = {};  ///< of an ELF library

  /** Why the library cannot be loaded: the id of the test that says it. Empty if it can. */
  [[nodiscard]] std::string_view obstacle() const;
};

/** Reads a file as the gate does; runs none of it. */
[[nodiscard]] Verdict verdict_of(const std::filesystem::path& file, plugin::NeededLibraries& libraries);

/** The id of the test that a diagnostic of the gate belongs to. */
[[nodiscard]] std::string_view test_of(const diagnostic::Diagnostic& said);

}  // namespace penstock::conformance

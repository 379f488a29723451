#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** A row of `penstock_methods_<id>` as it will be once the library is loaded. */
struct MethodRow {
  std::string name;
  bool null = false;           ///< no code behind it
  std::string undefined = {};  ///< the symbol of its code, if another library is to define it
  bool is_weak = false;        ///< the loader is content without that symbol; then there is no code

  friend bool operator==(const MethodRow&, const MethodRow&) = default;
};

/** What a library exports under one id: either symbol may be missing. */
struct ImageType {
  std::string id;
  std::optional<std::string> manifest = {};            ///< the text, without its NUL
  std::optional<std::vector<MethodRow>> methods = {};  ///< without the row of NULLs at the end
  Diagnostics faults = {};                             ///< of these two alone; what they concern is left out
};

/** A version of another library's symbols that a library wants: `GLIBC_2.34` of `libc.so.6`. */
struct NeededVersion {
  std::string library, version;

  friend bool operator==(const NeededVersion&, const NeededVersion&) = default;
};

/** What a library wants the loader to load with it, and what others may call it. */
struct Dependencies {
  std::string soname = {};                   ///< by which the loader knows it, whatever its file is called
  std::vector<std::string> needed = {};      ///< libraries that the loader will look for
  std::vector<NeededVersion> versions = {};  ///< without which the loader refuses it
  std::string rpath = {}, run_path = {};  ///< where, before and behind `LD_LIBRARY_PATH`, with `$ORIGIN` as it stands
};

/** What the gate needs to know of a shared library, read from the file by a reader of its format. */
struct Image {
  std::vector<ImageType> types;        ///< sorted by id
  std::vector<std::string> undefined;  ///< symbols that the library needs and does not bind to a version
  Dependencies dependencies;
  bool executable_stack = false;   ///< it asks for one, for every thread of the process that loads it
  std::string lost_sections = {};  ///< what it says of its section headers, if that cannot be
  std::string built_for = {};      ///< another system, such as `Windows x86-64`; empty: this host can load it
};

/** Longest name of a method that is read, and most rows of a table. Larger ones are faults of the table. */
inline constexpr std::size_t longest_row_name = 128;
inline constexpr std::size_t most_rows = 256;

/** Reads a shared library (ELF, or PE as on Windows) for the machine that this host runs on. Nothing, and why in `found`, if it is none, is cut or is
 *  malformed. Trusts no number of the file: memory stays within a small multiple of the file's size, and so do the steps. */
[[nodiscard]] std::optional<Image> read_image(const ByteSource& source, const std::string& file, Diagnostics& found);

/** What a library is to those that need it. */
struct Linkage {
  std::vector<std::string> versions;  ///< of its symbols, sorted; empty: it has none, and the loader asks for none
  Dependencies dependencies;
};

/** Reads as much of a library for this machine as the loader needs to decide whether it can be loaded with another. */
[[nodiscard]] std::optional<Linkage> read_linkage(const ByteSource& source, const std::string& file,
                                                  Diagnostics& found);

/** The symbols that a library defines for others; nothing: they cannot be told. */
using ExportedSymbols = std::optional<std::unordered_set<std::string>>;

/** Nothing if the library cannot be read, or its names would take many times the room of its file. */
[[nodiscard]] ExportedSymbols exported_symbols(const ByteSource& source);

}  // namespace penstock::plugin

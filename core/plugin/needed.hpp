#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugin/image.hpp"
#include "plugin/loader_search.hpp"

namespace penstock::plugin {

/** A library that the loader would not find, or find and not load. */
struct MissingLibrary {
  std::string name;
  std::filesystem::path needed_by;
  std::string looked_in;              ///< in words
  std::filesystem::path broken = {};  ///< a file of that name that is no whole library; empty if there is none
};

/** A version of symbols that a needed library does not have: it is older than the one that the plugin was linked with. */
struct MissingVersion {
  std::string version;
  std::filesystem::path library, needed_by;
  std::string newest;  ///< that the library has of this family (`GLIBC_2.36`); empty: none
  bool beyond_newest;  ///< a newer library of that name may have it
};

/** What keeps the loader from loading a library. */
struct Unmet {
  std::vector<MissingLibrary> libraries = {};
  std::vector<MissingVersion> versions = {};
  /** Of the symbols that were asked for, those that nothing would define. Empty if a library is missing: it might define
   *  them, and nobody is accused on a guess. */
  std::vector<std::string> symbols = {};
};

/** The libraries that plugins need, judged as the loader will judge them and without loading any: those that a plugin needs,
 *  those that they need, and so on. Each is read once, however many plugins need it. Not thread-safe. */
class NeededLibraries {
 public:
  NeededLibraries();

  /** Nothing is unmet where this process has no means to look, such as open files: nobody is accused of that.
   *  @param symbols  that `library` needs, and does not bind to a version of another */
  [[nodiscard]] Unmet unmet(const std::filesystem::path& library, const Dependencies& dependencies,
                            std::vector<std::string> symbols);

 private:
  struct Known {
    std::filesystem::path path;
    std::optional<Linkage> linkage;               ///< nothing: no whole library for this machine
    bool other_machine = false;                   ///< the loader goes on looking
    bool is_met = false;                          ///< all that it needs is there, wherever it is needed from
    std::optional<ExportedSymbols> symbols = {};  ///< once somebody asked
  };
  /** A library whose needs are looked at. */
  struct User {
    const std::filesystem::path* path;
    const Dependencies* dependencies;
    SearchPath rpath;

    [[nodiscard]] bool looks_where_all_look() const noexcept { return rpath.empty() && dependencies->run_path.empty(); }
  };
  using Found = std::map<std::string, Known*>;  ///< by the name under which it is needed; null: there is none

  /** Null, also for a file that could not be opened for want of means: then nobody knows what it is. */
  Known* read(const std::filesystem::path& path);
  Known* search(const std::string& name, const User& user);
  Known* find(const std::string& name, const User& user);
  static void compare_versions(const User& user, const Found& found, Unmet& unmet);
  static const ExportedSymbols& symbols_of(Known& known);

  LoaderSearch search_;
  bool is_blind_ = false;  ///< some file of the library in hand could not be opened for want of means
  std::map<std::string, std::filesystem::path, std::less<>> loaded_;  ///< in this process: the loader takes those first
  Found by_name_;                                                     ///< what who looks where all look finds
  std::map<std::filesystem::path, std::unique_ptr<Known>> known_;     ///< by their paths
};

}  // namespace penstock::plugin

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plugin/image.hpp"
#include "plugin/loader_cache.hpp"

namespace penstock::plugin {

/** Directories in the order in which the loader looks through them. */
using SearchPath = std::vector<std::filesystem::path>;

/** Where glibc's loader looks for the libraries that a library needs (ld.so(8)), without asking it: the paths that the
 *  library itself names, `LD_LIBRARY_PATH`, the cache of the system, its own directories. */
class LoaderSearch {
 public:
  LoaderSearch();

  /** The RPATHs that hold for what the library at `library` needs: its own, then `inherited` from the library that needs
   *  it. They do not hold for one with a RUNPATH, and do again for those further down. */
  [[nodiscard]] static SearchPath rpath(const Dependencies& dependencies, const std::filesystem::path& library,
                                        const SearchPath& inherited);

  /** The files that the loader would try for `needed`, best first; the first that is a library for this machine is it. */
  [[nodiscard]] std::vector<std::filesystem::path> candidates(const std::string& needed,
                                                              const Dependencies& dependencies,
                                                              const std::filesystem::path& library,
                                                              const SearchPath& rpath) const;

  /** In words, for who misses a library: where it was looked for, own directories of the library first. */
  [[nodiscard]] std::string places(const Dependencies& dependencies, const std::filesystem::path& library,
                                   const SearchPath& rpath) const;

  /** False: the cache of the system could not be opened for want of descriptors, and where its libraries are is unknown. */
  [[nodiscard]] bool knows_the_system() const noexcept { return knows_the_system_; }

 private:
  SearchPath of_environment_;
  SearchPath of_system_;
  LoaderCache cache_;
  bool knows_the_system_ = true;
};

/** Whether the loader of this system searches by these rules. */
#if defined(_WIN32)
inline constexpr bool is_search_of_this_system = false;
#else
inline constexpr bool is_search_of_this_system = true;
#endif

}  // namespace penstock::plugin

#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "plugin/byte_source.hpp"

namespace penstock::plugin {

/** Where the loader finds the libraries of the system, by name: `libz.so.1` -> `/lib/x86_64-linux-gnu/libz.so.1`. */
class LoaderCache {
 public:
  LoaderCache() = default;
  LoaderCache(LoaderCache&&) = default;
  LoaderCache& operator=(LoaderCache&&) = default;

  /** The path of a library; empty if there is none of that name. Valid while this lives. */
  [[nodiscard]] std::string_view find(std::string_view name) const;
  /** All of them. Valid while this lives. */
  [[nodiscard]] const std::map<std::string_view, std::string_view>& entries() const noexcept { return entries_; }

  friend LoaderCache read_loader_cache(const ByteSource& source);

 private:
  std::vector<char> bytes_;  ///< of the file: texts may share their ends, so that copies could be many times as long
  std::map<std::string_view, std::string_view> entries_;
};

/** Reads what `ldconfig` writes (`/etc/ld.so.cache`, glibc's format 1.1), of that the entries for this machine; the first of
 *  a name wins, as with the loader. Builds for better processors of this kind (`glibc-hwcaps`) count only where there is no
 *  plain one: whether this processor is good enough is the loader's to know, and both offer the same symbols. Empty for what
 *  is no such file. */
[[nodiscard]] LoaderCache read_loader_cache(const ByteSource& source);

}  // namespace penstock::plugin

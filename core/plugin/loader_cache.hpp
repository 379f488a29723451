#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "plugin/byte_source.hpp"

namespace penstock::plugin {

/** Where the loader finds the libraries of the system, by name: `libz.so.1` -> `/lib/x86_64-linux-gnu/libz.so.1`. */
using LoaderCache = std::map<std::string, std::filesystem::path, std::less<>>;

/** Reads what `ldconfig` writes (`/etc/ld.so.cache`, glibc's format 1.1), of that the entries for this machine; the first of
 *  a name wins, as with the loader. Empty for what is no such file. */
[[nodiscard]] LoaderCache read_loader_cache(const ByteSource& source);

}  // namespace penstock::plugin

// Reads any bytes as the loader's cache. What must hold:
//   - every name and path stands in the file, and there are no more of them than it has room for;
//   - a cache of what was found is read as the same;
//   - a cut adds no name.
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "loader_cache_bytes.hpp"
#include "plugin/loader_cache.hpp"
#include "require.hpp"

namespace {

using namespace penstock::plugin;
using penstock::fuzz::require;

std::map<std::string, std::string> read(std::string_view bytes) {
  const LoaderCache cache = read_loader_cache(MemorySource(std::as_bytes(std::span(bytes.data(), bytes.size()))));
  return {cache.entries().begin(), cache.entries().end()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto cache = read(bytes);
  require(cache.size() * penstock::fuzz::cache_entry_size <= size, "a cache holds no more than its file");
  penstock::fuzz::LoaderCacheBytes written;
  for (const auto& [name, path] : cache) {
    require(bytes.find(name) != std::string_view::npos, "a name stands in the file");
    require(bytes.find(path) != std::string_view::npos, "a path stands in the file");
    written.entry(penstock::fuzz::this_machine, name, path);
  }
  require(read(written.bytes()) == cache, "what was written is what was read");
  for (const auto& [name, path] : read(bytes.substr(0, size - size / 8)))
    require(cache.contains(name), "a cut adds no name");
  return 0;
}

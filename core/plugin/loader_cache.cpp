#include "plugin/loader_cache.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace penstock::plugin {
namespace {

constexpr std::string_view magic = "glibc-ld.so.cache1.1";

struct Header {
  char magic[20];
  std::uint32_t count, strings_size;
  std::uint8_t flags, padding[3];
  std::uint32_t extensions, unused[3];
};
static_assert(sizeof(Header) == 48);

/** Names and paths are offsets from the header. */
struct Entry {
  std::uint32_t flags, name, path, system_version;
  std::uint64_t capabilities;
};
static_assert(sizeof(Entry) == 24);

#if defined(__aarch64__)
constexpr std::uint32_t this_machine = 0x0a03;
#else
constexpr std::uint32_t this_machine = 0x0303;
#endif

constexpr std::uint64_t largest_cache = 64 << 20;
constexpr std::size_t longest_text = 4096;

}  // namespace

std::string_view LoaderCache::find(std::string_view name) const {
  const auto entry = entries_.find(name);
  return entry == entries_.end() ? std::string_view() : entry->second;
}

LoaderCache read_loader_cache(const ByteSource& source) {
  LoaderCache found;
  Header header{};
  if (source.size() < sizeof header || source.size() > largest_cache) return found;
  std::vector<char>& bytes = found.bytes_;
  bytes.resize(static_cast<std::size_t>(source.size()));
  if (!source.read(0, std::as_writable_bytes(std::span(bytes)))) return found;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, magic.data(), magic.size()) != 0) return found;

  const std::string_view all(bytes.data(), bytes.size());
  const auto text = [&](std::uint32_t offset) -> std::string_view {
    const std::string_view rest = offset < all.size() ? all.substr(offset, longest_text + 1) : std::string_view();
    const std::size_t end = rest.find('\0');
    return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
  };
  const std::uint64_t count = std::min<std::uint64_t>(header.count, (all.size() - sizeof header) / sizeof(Entry));
  const auto take = [&](bool is_special) {
    for (std::uint64_t i = 0; i < count; ++i) {
      Entry entry{};
      std::memcpy(&entry, bytes.data() + sizeof header + i * sizeof entry, sizeof entry);
      if (entry.flags != this_machine || (entry.capabilities != 0) != is_special) continue;
      const std::string_view name = text(entry.name), path = text(entry.path);
      if (!name.empty() && !path.empty()) found.entries_.emplace(name, path);
    }
  };
  take(false);
  take(true);
  return found;
}

}  // namespace penstock::plugin

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::fuzz {

inline constexpr std::size_t cache_header_size = 48, cache_entry_size = 24;

/** What the loader calls the machine of this host, and others. */
inline constexpr std::uint32_t x86_64 = 0x0303, aarch64 = 0x0a03, x86 = 0x0803;
#if defined(__aarch64__)
inline constexpr std::uint32_t this_machine = aarch64, other_machine = x86_64;
#else
inline constexpr std::uint32_t this_machine = x86_64, other_machine = aarch64;
#endif

/** A file as `ldconfig` writes it: a header, entries, texts. */
class LoaderCacheBytes {
 public:
  LoaderCacheBytes& entry(std::uint32_t flags, std::string_view name, std::string_view path) {
    entries_.push_back({flags, std::string(name), std::string(path)});
    return *this;
  }

  [[nodiscard]] std::string bytes() const {
    std::string table = "glibc-ld.so.cache1.1", texts;
    put(table, static_cast<std::uint32_t>(entries_.size()));
    table.resize(cache_header_size);
    const std::size_t begin = cache_header_size + cache_entry_size * entries_.size();
    for (const Entry& one : entries_) {
      put(table, one.flags);
      put(table, static_cast<std::uint32_t>(begin + texts.size()));
      texts += one.name + '\0';
      put(table, static_cast<std::uint32_t>(begin + texts.size()));
      texts += one.path + '\0';
      table.append(12, '\0');
    }
    return table + texts;
  }

 private:
  struct Entry {
    std::uint32_t flags;
    std::string name, path;
  };
  static void put(std::string& to, std::uint32_t value) { to.append(reinterpret_cast<const char*>(&value), 4); }

  std::vector<Entry> entries_;
};

}  // namespace penstock::fuzz

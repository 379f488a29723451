#include "plugin/loader_cache.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <span>
#include <string>

namespace penstock::plugin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr std::uint32_t x86_64 = 0x0303, aarch64 = 0x0a03, x86 = 0x0803;
#if defined(__aarch64__)
constexpr std::uint32_t here = aarch64, elsewhere = x86_64;
#else
constexpr std::uint32_t here = x86_64, elsewhere = aarch64;
#endif

/** A file as `ldconfig` writes it: a header of 48 bytes, entries of 24, texts. */
class Cache {
 public:
  Cache& entry(std::uint32_t flags, const std::string& name, const std::string& path) {
    entries_.push_back({flags, name, path});
    return *this;
  }
  Cache& claiming(std::uint32_t count) {
    count_ = count;
    return *this;
  }
  [[nodiscard]] std::string bytes() const {
    std::string head = "glibc-ld.so.cache1.1", table, texts;
    const auto put = [](std::string& to, std::uint32_t value) { to.append(reinterpret_cast<const char*>(&value), 4); };
    put(head, count_ == 0 ? static_cast<std::uint32_t>(entries_.size()) : count_);
    head.resize(48);
    const auto place_of = [&](const std::string& text) {
      const auto offset = static_cast<std::uint32_t>(48 + 24 * entries_.size() + texts.size());
      texts += text + '\0';
      return offset;
    };
    for (const Entry& entry : entries_) {
      put(table, entry.flags);
      put(table, place_of(entry.name));
      put(table, place_of(entry.path));
      table.append(12, '\0');
    }
    return head + table + texts;
  }

 private:
  struct Entry {
    std::uint32_t flags;
    std::string name, path;
  };
  std::vector<Entry> entries_;
  std::uint32_t count_ = 0;
};

LoaderCache read(const std::string& bytes) { return read_loader_cache(MemorySource(std::as_bytes(std::span(bytes)))); }

TEST(LoaderCache, GivesThePathsOfThisMachinesLibraries) {
  const std::string bytes = Cache()
                                .entry(here, "libz.so.1", "/lib/libz.so.1")
                                .entry(elsewhere, "libm.so.6", "/cross/libm.so.6")
                                .entry(x86, "libm.so.6", "/lib32/libm.so.6")
                                .entry(here, "libz.so.1", "/usr/local/lib/libz.so.1")
                                .bytes();
  EXPECT_THAT(read(bytes), ElementsAre(Pair("libz.so.1", "/lib/libz.so.1"))) << "the first of a name";
}

TEST(LoaderCache, TrustsNoNumberOfTheFile) {
  const std::string good = Cache().entry(here, "libz.so.1", "/lib/libz.so.1").claiming(0xffffffff).bytes();
  EXPECT_THAT(read(good), ElementsAre(Pair("libz.so.1", "/lib/libz.so.1")));
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_THAT(read(good.substr(0, length)), IsEmpty()) << length;
}

TEST(LoaderCache, IsEmptyForAnotherFormat) {
  EXPECT_THAT(read("ld.so-1.7.0" + std::string(100, '\0')), IsEmpty());
  EXPECT_THAT(read(""), IsEmpty());
}

}  // namespace
}  // namespace penstock::plugin

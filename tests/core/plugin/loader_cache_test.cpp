#include "plugin/loader_cache.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <map>
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
  Cache& entry(std::uint32_t flags, const std::string& name, const std::string& path, std::uint64_t capabilities = 0) {
    entries_.push_back({flags, name, path, capabilities});
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
      put(table, 0);
      put(table, static_cast<std::uint32_t>(entry.capabilities));
      put(table, static_cast<std::uint32_t>(entry.capabilities >> 32U));
    }
    return head + table + texts;
  }

 private:
  struct Entry {
    std::uint32_t flags;
    std::string name, path;
    std::uint64_t capabilities;
  };
  std::vector<Entry> entries_;
  std::uint32_t count_ = 0;
};

std::map<std::string, std::string> read(const std::string& bytes) {
  const LoaderCache cache = read_loader_cache(MemorySource(std::as_bytes(std::span(bytes))));
  return {cache.entries().begin(), cache.entries().end()};
}

TEST(LoaderCache, GivesThePathsOfThisMachinesLibraries) {
  const std::string bytes = Cache()
                                .entry(here, "libz.so.1", "/lib/libz.so.1")
                                .entry(elsewhere, "libm.so.6", "/cross/libm.so.6")
                                .entry(x86, "libm.so.6", "/lib32/libm.so.6")
                                .entry(here, "libz.so.1", "/usr/local/lib/libz.so.1")
                                .bytes();
  EXPECT_THAT(read(bytes), ElementsAre(Pair("libz.so.1", "/lib/libz.so.1"))) << "the first of a name";
}

TEST(LoaderCache, TakesABuildForBetterProcessorsOnlyWhereThereIsNoPlainOne) {
  constexpr std::uint64_t v4 = std::uint64_t{1} << 62U;  // the first name in the file's extension
  const std::string bytes = Cache()
                                .entry(here, "libz.so.1", "/lib/glibc-hwcaps/x86-64-v4/libz.so.1", v4)
                                .entry(here, "libz.so.1", "/lib/libz.so.1")
                                .entry(here, "libm.so.6", "/lib/glibc-hwcaps/x86-64-v4/libm.so.6", v4)
                                .bytes();
  EXPECT_THAT(read(bytes), ElementsAre(Pair("libm.so.6", "/lib/glibc-hwcaps/x86-64-v4/libm.so.6"),
                                       Pair("libz.so.1", "/lib/libz.so.1")));
}

TEST(LoaderCache, WhoseTextsShareTheirBytesHoldsThemOnce) {
  constexpr std::uint32_t count = 1000, texts = 48 + 24 * count;
  Cache cache;
  for (std::uint32_t i = 0; i < count; ++i) cache.entry(here, "", "");
  std::string bytes = cache.bytes();
  bytes.resize(texts);
  bytes += std::string(2000, 'x') + '\0';
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t place = texts + i;
    for (const std::size_t field : {4U, 8U}) std::memcpy(bytes.data() + 48 + 24 * i + field, &place, sizeof place);
  }
  const LoaderCache read = read_loader_cache(MemorySource(std::as_bytes(std::span(bytes))));
  ASSERT_EQ(read.entries().size(), count);
  for (const auto& [name, path] : read.entries()) EXPECT_EQ(name.data() + name.size(), path.data() + path.size());
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

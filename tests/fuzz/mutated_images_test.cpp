// Good plugins with something changed, always the same ones. PENSTOCK_MUTATIONS says how many of each format, where the
// 200 000 of every run are not enough.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "fixture/counting_source.hpp"
#include "plugin/check.hpp"
#include "plugin/image.hpp"
#include "plugin/manifest.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using fixture::CountingSource;
using Bytes = std::vector<std::byte>;

std::size_t mutations() {
  const char* const asked = std::getenv("PENSTOCK_MUTATIONS");
  return asked == nullptr ? 100'000 : std::strtoull(asked, nullptr, 10);
}

/** The seeds of the fuzzer that are whole libraries, for Windows or not. */
std::vector<Bytes> libraries(bool for_windows) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(PENSTOCK_SEEDS))
    if (entry.path().filename().string().starts_with("pe_") == for_windows) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> libraries;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(file), {}};
    const auto view = std::as_bytes(std::span(raw));
    Bytes bytes(view.begin(), view.end());
    Diagnostics found;
    const auto image = read_image(MemorySource(bytes), path.string(), found);
    if (image && !image->types.empty()) libraries.push_back(std::move(bytes));
  }
  return libraries;
}

class Mutator {
 public:
  explicit Mutator(std::vector<Bytes> originals) : originals_(std::move(originals)) {}

  Bytes next() {
    Bytes bytes = originals_[below(originals_.size())];
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  void change(Bytes& bytes) {
    if (bytes.size() < 64) return;
    switch (below(6)) {
      case 0: bytes[below(bytes.size())] ^= std::byte{1} << below(8); break;
      case 1: bytes[below(512) % bytes.size()] = static_cast<std::byte>(below(256)); break;  // where the headers are
      case 2: bytes.resize(bytes.size() - below(bytes.size() / 2)); break;
      case 3: {  // a word from elsewhere
        const std::size_t from = below(bytes.size() / 8) * 8, to = below(bytes.size() / 8) * 8;
        std::memmove(bytes.data() + to, bytes.data() + from, 8);
        break;
      }
      default: overwrite(bytes); break;
    }
  }

  /** A field of any width with a number that nobody expects there. */
  void overwrite(Bytes& bytes) {
    const std::size_t width = std::size_t{1} << below(4);
    const std::size_t end = below(2) == 0 ? std::min<std::size_t>(bytes.size(), 512) : bytes.size();
    const std::size_t at = below(end / width) * width;
    const std::uint64_t size = bytes.size(), ones = ~std::uint64_t{0}, top = std::uint64_t{1} << (8 * width - 1);
    const std::uint64_t extremes[] = {0, 1, 7, size - 1, size, size + 1, top - 1, top, ones, ones - 7, ones >> 1U, at};
    const std::uint64_t value = extremes[below(std::size(extremes))];
    std::memcpy(bytes.data() + at, &value, width);
  }

  std::size_t below(std::size_t end) { return random_() % end; }

  std::vector<Bytes> originals_;
  std::mt19937_64 random_{5};
};

class MutatedImages : public ::testing::TestWithParam<bool> {};

TEST_P(MutatedImages, AreReadOrRefusedAtACostThatTheirSizeBounds) {
  auto originals = libraries(GetParam());
  ASSERT_GT(originals.size(), 4U);
  Mutator mutator(std::move(originals));
  std::size_t read = 0;
  for (std::size_t i = 0; i < mutations(); ++i) {
    const Bytes bytes = mutator.next();
    const CountingSource source(bytes);
    Diagnostics found;
    const auto image = read_image(source, "mutated", found);
    ASSERT_NE(image.has_value(), found.has_errors()) << "mutation " << i;
    ASSERT_LE(source.reads(), source.most_reads()) << "mutation " << i << " of " << bytes.size() << " bytes";
    ASSERT_LE(source.bytes_read(), source.most_bytes()) << "mutation " << i << " of " << bytes.size() << " bytes";
    if (!image) continue;
    ++read;
    for (const ImageType& exported : image->types) {
      InspectedType type{.name = exported.id, .rows = exported.methods, .faults = exported.faults};
      if (exported.manifest) type.manifest = read_manifest(*exported.manifest, type.name, "mutated", type.faults);
      (void)check(type, "mutated");
    }
  }
  // Both happen, or the mutations reach nothing.
  EXPECT_GT(read, mutations() / 20);
  EXPECT_LT(read, mutations() - mutations() / 20);
}

INSTANTIATE_TEST_SUITE_P(For, MutatedImages, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "Windows" : "ThisSystem"; });

}  // namespace
}  // namespace penstock::plugin

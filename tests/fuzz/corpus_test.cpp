#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> seeds() {
  std::vector<fs::path> seeds;
  for (const auto& entry : fs::directory_iterator(PENSTOCK_CORPUS)) seeds.push_back(entry.path());
  std::sort(seeds.begin(), seeds.end());
  return seeds;
}

TEST(FuzzCorpus, HasSeeds) { EXPECT_GT(seeds().size(), 10U); }

TEST(FuzzCorpus, IsReadWithoutAFinding) {
  for (const fs::path& seed : seeds()) {
    SCOPED_TRACE(seed.filename());
    std::ifstream file(seed, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    // Each seed also cut short: a file that is still being copied is the commonest kind of malformed input.
    for (const std::size_t size :
         {bytes.size(), bytes.size() / 2, bytes.size() / 3, std::min<std::size_t>(bytes.size(), 64)})
      EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), size), 0);
  }
}

}  // namespace

// The layout of version 1.0. A number here changes only on purpose, and never after the first release.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <penstock/abi.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

struct layout {
  const char* name;
  std::size_t offset;
};
extern "C" const layout penstock_layout_in_c[];

namespace penstock {
namespace {

using Layout = std::vector<std::pair<std::string, std::size_t>>;

#define SIZE(type) {"sizeof " #type, sizeof(type)},
#define AT(type, member) {#type "." #member, offsetof(type, member)},
const Layout in_cpp{
#include "abi_layout.inc"
};

TEST(AbiLayout, IsGolden) {
  const Layout golden{{"sizeof penstock_value", 16},       {"penstock_value.text.size", 8},
                      {"penstock_value.list.count", 8},    {"sizeof penstock_column", 32},
                      {"penstock_column.values", 0},       {"penstock_column.valid", 8},
                      {"penstock_column.arrow", 16},       {"sizeof penstock_batch", 96},
                      {"penstock_batch.size", 0},          {"penstock_batch.stopping", 4},
                      {"penstock_batch.rows", 8},          {"penstock_batch.capacity", 16},
                      {"penstock_batch.column", 24},       {"penstock_batch.arrow", 32},
                      {"penstock_batch.keep", 40},         {"penstock_batch.sequence", 48},
                      {"penstock_batch.holds", 56},        {"penstock_batch.ingest_ns", 64},
                      {"penstock_batch.position", 72},     {"penstock_batch.wait_ns", 80},
                      {"penstock_batch.wait_handle", 88},  {"sizeof penstock_rejection", 48},
                      {"penstock_rejection.size", 0},      {"penstock_rejection.column", 4},
                      {"penstock_rejection.row", 8},       {"penstock_rejection.reason", 16},
                      {"penstock_rejection.place", 24},    {"penstock_rejection.raw", 32},
                      {"penstock_rejection.raw_size", 40}, {"sizeof penstock_host", 96},
                      {"penstock_host.size", 0},           {"penstock_host.abi", 4},
                      {"penstock_host.node", 8},           {"penstock_host.partition", 16},
                      {"penstock_host.partitions", 20},    {"penstock_host.record", 24},
                      {"penstock_host.fail", 32},          {"penstock_host.reject", 40},
                      {"penstock_host.log", 48},           {"penstock_host.wake", 56},
                      {"penstock_host.allocate", 64},      {"penstock_host.emit", 72},
                      {"penstock_host.intern", 80},        {"penstock_host.threads", 88},
                      {"sizeof penstock_method", 16},      {"penstock_method.name", 0},
                      {"penstock_method.function", 8}};
  EXPECT_EQ(in_cpp, golden);
}

TEST(AbiLayout, IsTheSameInC) {
  Layout in_c;
  for (const layout* one = penstock_layout_in_c; one->name; ++one) in_c.emplace_back(one->name, one->offset);
  EXPECT_EQ(in_c, in_cpp);
}

TEST(AbiLayout, CountsTheBitsOfAWord) {
  EXPECT_EQ(penstock_popcount(0), 0);
  EXPECT_EQ(penstock_popcount(~std::uint64_t{0}), 64);
  for (int bit = 0; bit < 64; ++bit) EXPECT_EQ(penstock_popcount(std::uint64_t{1} << bit | 1), bit == 0 ? 1 : 2);
}

TEST(AbiStatus, HasTheNumbersOfTheContract) {
  EXPECT_THAT((std::vector<int>{PENSTOCK_OK, PENSTOCK_END, PENSTOCK_STOP, PENSTOCK_FAILED, PENSTOCK_RETRY,
                                PENSTOCK_LOST, PENSTOCK_REFUSED}),
              testing::ElementsAre(0, 1, 2, -1, -2, -3, -4));
}

}  // namespace
}  // namespace penstock

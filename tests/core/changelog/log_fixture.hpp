#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "changelog/change_log.hpp"
#include "changelog/directory.hpp"
#include "changelog/query.hpp"
#include "changelog/render.hpp"
#include "changelog/segment_reader.hpp"
#include "changelog/verify.hpp"
#include "diagnostic/render.hpp"

namespace penstock::changelog {

inline std::string text_of(const Diagnostics& found) {
  std::string text;
  for (const auto& diagnostic : found) text += diagnostic::render_text(diagnostic);
  return text;
}

/** A diagnostic list has one of this code. */
MATCHER_P(Finds, code, "") {
  for (const auto& diagnostic : arg)
    if (diagnostic.code == code) return true;
  *result_listener << text_of(arg);
  return false;
}

/** A log in a directory of its own, and the few words in which its tests speak. */
class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "penstock-changelog-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    home = pattern;
    log = home / "log";
  }
  void TearDown() override { std::filesystem::remove_all(home); }

  Options options() const {
    Options wanted;
    wanted.directory = log;
    wanted.run = "plant";
    wanted.ring_bytes = 64 * 1024;
    return wanted;
  }

  std::unique_ptr<ChangeLog> open() { return open(options()); }
  std::unique_ptr<ChangeLog> open(Options wanted) {
    found = {};
    auto opened = ChangeLog::open(std::move(wanted), found);
    EXPECT_NE(opened, nullptr) << text_of(found);
    return opened;
  }

  static NodeInfo counter(std::string name = "counter") {
    return {.name = std::move(name),
            .type = "counter",
            .library = "libcounter.so",
            .metrics = {{.name = "count", .label = "records_counted"}}};
  }

  /** Counts up to `to` on a recorder that the calling thread owns. */
  static void count(Recorder& recorder, std::uint64_t to, std::uint64_t from = 0) {
    recorder.own();
    for (std::uint64_t i = from; i < to; ++i) recorder.record(0, i, i + 1, true);
  }

  /** A closed log of one run that counted. */
  Totals write_log(std::uint64_t to) { return write_log(to, options()); }
  Totals write_log(std::uint64_t to, Options wanted) {
    auto opened = open(std::move(wanted));
    count(opened->add_node(counter()), to);
    Diagnostics trouble;
    const Totals totals = opened->close(trouble);
    EXPECT_TRUE(trouble.empty()) << text_of(trouble);
    return totals;
  }

  std::vector<Change> read(const Query& wanted = {}) {
    found = {};
    std::vector<Change> changes;
    const auto result = query(
        log, wanted,
        [&](const Change& change) {
          changes.push_back(change);
          return true;
        },
        found);
    EXPECT_TRUE(result.has_value()) << text_of(found);
    return changes;
  }

  std::vector<Change> changes_of(std::string node) { return read({.node = std::move(node)}); }

  Verification check() {
    found = {};
    const auto result = verify(log, found);
    EXPECT_TRUE(result.has_value()) << text_of(found);
    return result.value_or(Verification{});
  }

  std::filesystem::path segment(std::uint32_t number = 1) const { return segment_path(log, number); }

  static std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static void put(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  /** Offsets and heads of the blocks of a segment. */
  static std::vector<Block> blocks_of(const std::filesystem::path& path) {
    SegmentReader reader(path);
    std::vector<Block> blocks(1);
    while (reader.next(blocks.back()) == Step::block) blocks.emplace_back();
    blocks.pop_back();
    return blocks;
  }

  /** A segment of these blocks, with checksums and chain as its writer would have made them. */
  static std::string forged(std::vector<Block> blocks) {
    std::string segment;
    Digest previous{};
    for (Block& block : blocks) {
      block.header.previous = previous;
      seal(block.header, block.payload);
      const auto head = std::as_bytes(std::span(&block.header, 1));
      previous = link(head, block.payload);
      segment.append(reinterpret_cast<const char*>(head.data()), head.size());
      segment.append(reinterpret_cast<const char*>(block.payload.data()), block.payload.size());
    }
    return segment;
  }

  std::filesystem::path home;
  std::filesystem::path log;
  Diagnostics found;
};

}  // namespace penstock::changelog

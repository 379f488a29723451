#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "changelog/block.hpp"
#include "changelog/chain_reader.hpp"
#include "changelog/file.hpp"
#include "changelog/payload.hpp"

namespace penstock::changelog {

/** A block on its way to the log. The writer adds number, sequence, digest and checksums. */
struct BlockDraft {
  BlockKind kind = BlockKind::changes;
  std::uint16_t flags = 0;
  std::uint32_t run = 0;
  std::uint32_t count = 0;
  std::int64_t first_time_ns = 0;
  std::int64_t last_time_ns = 0;
  std::uint32_t clock_error_ns = 0;
  std::span<const RingRange> rings = {};
};

/** Appends blocks to the last segment of a log and begins a new one when it is full. One thread. */
class SegmentWriter {
 public:
  /** Goes on after `end`; what stands behind it in the segment is cut off first. `definitions` are those of the run that `end`
   *  is in, as define() had them. */
  SegmentWriter(std::filesystem::path directory, std::uint64_t segment_bytes, LogEnd end, Bytes definitions);

  /** Writes the block with one write, and is back when the kernel has it: it then outlives this process. False: it is not
   *  on the log, and failure() says why; the same call may be tried again later. */
  [[nodiscard]] bool append(const BlockDraft& draft, std::span<const std::byte> payload);

  /** Definitions of the run, on the log now and again at the beginning of each further segment. */
  [[nodiscard]] bool define(std::uint32_t run, std::span<const std::byte> records);

  /** Gives back what was reserved. */
  [[nodiscard]] bool finish();

  [[nodiscard]] const LogEnd& end() const noexcept { return end_; }
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
  [[nodiscard]] std::filesystem::path path() const { return segment_path(directory_, end_.segment); }

 private:
  [[nodiscard]] bool go_on();
  [[nodiscard]] bool begin_segment(std::uint32_t run);
  [[nodiscard]] bool write(const BlockDraft& draft, std::span<const std::byte> payload);
  [[nodiscard]] bool fail(const std::string& what);

  std::filesystem::path directory_;
  std::uint64_t segment_bytes_;
  LogEnd end_;
  File file_;
  std::uint64_t reserved_ = 0;  ///< bytes of the file that are reserved
  std::uint32_t run_;
  Bytes definitions_;  ///< all of run_
  Bytes buffer_;
  std::string failure_;
};

}  // namespace penstock::changelog

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "changelog/directory.hpp"
#include "changelog/segment_reader.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

/** Where a log ends, and so where its next block goes. */
struct LogEnd {
  std::uint32_t segment = 0;  ///< number of the last segment; 0: none yet
  std::uint64_t offset = 0;   ///< in it, after the last whole block
  std::uint64_t blocks = 0;   ///< number of the next block
  std::uint64_t next_sequence = 1;
  Digest head = {};  ///< of the last whole block
  std::uint32_t run = 0;
  bool closed = false;  ///< the last whole block is a close record
  bool torn = false;    ///< a block after it was begun and not finished by its run
  std::map<std::uint64_t, std::uint64_t> rings =
      {};  ///< per ring: up to where it is in the log; of `run`, or named in its first block
};

/** Walks the blocks of consecutive segments and checks every link: number, digest of the block before, number of the first
 *  change, run, the order of segments; and that each payload has the form of its kind. What is wrong becomes a diagnostic that names segment, offset, block and changes; the walk goes
 *  on behind it. */
class ChainReader {
 public:
  /** With segments that do not begin with number 1, what came before is taken on trust. */
  explicit ChainReader(std::vector<SegmentFile> segments) : segments_(std::move(segments)) {}

  /** The next whole and well-formed block, valid until the next call; null at the end. */
  [[nodiscard]] const Block* next(Diagnostics& found);

  /** What has been walked so far. */
  [[nodiscard]] const LogEnd& end() const noexcept { return end_; }
  [[nodiscard]] const SegmentFile& segment() const noexcept { return segments_[index_]; }

 private:
  /** Opens the segment at index_; false: it cannot be read. */
  [[nodiscard]] bool begin_segment(Diagnostics& found);
  /** The segment cannot be read, which errno explains: it is reported, and there is no next block. */
  void stop(Diagnostics& found);
  [[nodiscard]] bool has_log_gone_on();
  void take(Diagnostics& found);
  void report_damage(Diagnostics& found);
  void report_gap(Diagnostics& found);
  void report_tail(std::uint64_t offset, Diagnostics& found);
  void check_link(Diagnostics& found);
  void check_segment_block(Diagnostics& found) const;

  std::vector<SegmentFile> segments_;
  std::size_t index_ = 0;
  std::optional<SegmentReader> reader_;
  Block block_;
  LogEnd end_;
  bool is_number_known_ = false;  ///< number and sequence of the next block are
  bool is_head_known_ = false;    ///< the digest that the next block must name is
  bool at_segment_begin_ = false;
  bool is_stopped_ = false;           ///< what follows cannot be read by this version, or at all
  std::string lock_at_look_;          ///< the line of `LOCK` when such bytes were last looked at
  std::optional<std::uint64_t> gap_;  ///< offset of bytes without a head, not yet reported
};

}  // namespace penstock::changelog

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "changelog/block.hpp"
#include "changelog/file.hpp"

namespace penstock::changelog {

/** A block as it stands in a segment. */
struct Block {
  BlockHeader header;
  std::uint64_t offset = 0;
  std::vector<std::byte> payload;
  Digest digest = {};  ///< what the next block calls `previous`

  [[nodiscard]] std::vector<RingRange> rings() const;
};

/** What the reader came to. */
enum class Step : std::uint8_t {
  block,     ///< a whole block; both of its checksums are right
  damaged,   ///< the payload is not what the head vouches for; the head can be trusted
  unheaded,  ///< bytes without a sound head, between two blocks or after the last one
  torn,      ///< the last block, begun and not finished: its writer was killed, or the file was cut
  end,       ///< nothing but zeros to the end of the file: what was reserved and not used
  failed     ///< the file cannot be read; errno says why
};

/** Reads a segment from its beginning, block by block, and goes on behind what is damaged. Holds one block in memory. What is
 *  not whole while a run holds the lock of its directory may be in the middle of being written, and is looked at again. */
class SegmentReader {
 public:
  /** `ok()` is false when the file cannot be read. */
  explicit SegmentReader(const std::filesystem::path& path);
  [[nodiscard]] bool ok() const noexcept { return static_cast<bool>(file_); }

  /** After `torn`, `end` and `failed` there is no next. `into.offset` is right for all; the head for `block` and `damaged`. */
  [[nodiscard]] Step next(Block& into);

  /** Where the next step begins. */
  [[nodiscard]] bool is_at_end() const noexcept { return offset_ >= size_; }
  void go_back(std::uint64_t offset) noexcept { offset_ = offset; }  ///< to look again at what stands there
  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

 private:
  /** What stands at offset_, and where the next step begins. */
  struct Look {
    Step step = Step::end;
    std::uint64_t end = 0;
  };
  [[nodiscard]] Look look(Block& into);
  [[nodiscard]] Look without_head(const BlockHeader& header);
  [[nodiscard]] bool only_zeros_from(std::uint64_t offset);
  [[nodiscard]] bool ends_in_zero_pages(std::uint64_t begin, std::uint64_t end);
  [[nodiscard]] std::uint64_t find_head(std::uint64_t from);
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<std::byte> into);

  std::filesystem::path directory_;
  File file_;
  std::uint64_t size_ = 0;
  std::uint64_t offset_ = 0;
  int error_ = 0;       ///< errno of a read; 0: none failed
  int patience_ = 100;  ///< looks that a living writer still gets, a millisecond apart
};

}  // namespace penstock::changelog

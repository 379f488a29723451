// The rest of a file in blocks that several threads parse, in order.
#pragma once
#include "block_parser.hpp"
#include "input.hpp"
#include "ordered_work.hpp"

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// Reads ahead, and gives the blocks back as they came. A block ends with a line where it can; whether that line is also
/// the end of a record is for the one who takes it to say. Memory is bounded: three blocks for each thread.
/// Whoever calls parses a block, too, when the next one is not ready.
class ParallelBlocks {
 public:
  /// `threads` beside the one that calls; the input is a regular file, borrowed. `start`: at most least_block bytes that
  /// were read before, from the begin of a record. Throws std::system_error.
  ParallelBlocks(Input& input, std::size_t threads, const RegularRows::Form& form, bool latin1, std::string_view start);

  static constexpr std::size_t least_block = std::size_t{1} << 10;

  /// The next block, if it is parsed; throws what reading it threw. Null: not yet, or at_end().
  std::unique_ptr<ParsedBlock> take();
  bool at_end() const { return ended_ && order_.empty() && !failure_; }
  /// How many parsers there are: a block says which of them was its own.
  std::size_t parsers() const { return parsers_.size(); }
  /// Readable when it is worth calling take() again.
  int descriptor() const { return ready_.descriptor; }
  /// A block that was taken and is not needed any more.
  void give_back(std::unique_ptr<ParsedBlock> block) { free_.push_back(std::move(block)); }

 private:
  struct Event {
    Event();
    ~Event();
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    int descriptor;
  };
  using Work = OrderedWork<std::unique_ptr<ParsedBlock>, std::unique_ptr<ParsedBlock>>;

  void read_ahead();
  std::unique_ptr<ParsedBlock> read_block();
  bool parse_one();

  Input& input_;
  std::size_t block_size_;  // a small file, too, is work for all threads
  std::size_t most_blocks_;
  Event ready_;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::string carried_;  // of the last block, behind its last line
  std::vector<std::unique_ptr<ParsedBlock>> free_;
  std::vector<std::unique_ptr<ParsedBlock>> order_;  // the blocks to come; null: with the other threads
  std::vector<std::unique_ptr<BlockParser>> parsers_;
  std::unique_ptr<Work> work_;  // last: its threads end first
};

}  // namespace csv

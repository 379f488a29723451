// Rows that other threads have parsed, in the order of the file.
#pragma once
#include "parallel_blocks.hpp"
#include "run_keys.hpp"
#include "splitter.hpp"

#include <penstock/host.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace csv {

/// Puts together what ParallelBlocks gives: rows go into columns, and what no parser could judge to the splitter, as if
/// nobody had looked at it before. The splitter says whether it is between records; what it has not taken comes before
/// any row of here. [one thread at a time]
class ParallelRows {
 public:
  enum class Progress { made, wait, end };

  /// All is borrowed. `threads` are beside the one that calls. Begins with what the splitter has, which is between records.
  /// Throws std::system_error; the splitter is as it was then.
  ParallelRows(Input& input, std::size_t threads, const RegularRows::Form& form, bool latin1, Splitter& splitter,
               penstock::Host& host);

  /// Goes on by some rows, or by some bytes for the splitter. `wait`: nothing is ready. Throws what reading threw, and
  /// what the host throws about a new key: rows up to there are counted.
  Progress take(Rows& rows);

  /// Readable when it is worth calling take() again after `wait`.
  int descriptor() const { return blocks_.descriptor(); }
  /// Bytes of the blocks that were begun since the last call.
  std::size_t bytes_since() { return std::exchange(bytes_, 0); }

 private:
  // How much of the block is in the columns or with the splitter.
  struct Done {
    std::size_t rows = 0, irregular = 0, lines = 0;
  };
  // Of one parser.
  struct Keys {
    RunKeys sensors, units;
  };

  bool begin_block();
  bool take_rows(std::size_t until, Rows& rows);
  void feed(std::string_view bytes);
  void skip_lines(std::size_t lines);

  Splitter& splitter_;
  penstock::Host& host_;
  bool has_sensors_, has_units_;  // columns of them: else the parsers had codes of the run
  ParallelBlocks blocks_;
  std::vector<Keys> keys_;
  std::unique_ptr<ParsedBlock> block_;
  Done done_;
  std::size_t bytes_ = 0;
  std::size_t bytes_from_splitter_;  // of the first block: counted when they were read
};

}  // namespace csv

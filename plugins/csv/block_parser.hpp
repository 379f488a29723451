// A piece of a file, parsed by itself: what a thread beside that of the call does.
#pragma once
#include "regular_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// Bytes of a file, taken for whole records, and what they say. Keys are those of the parser, from 0.
struct ParsedBlock {
  /// A record that is not regular, in front of the row of this number. Its line is the only one it has.
  struct Irregular {
    std::size_t row, offset, size, lines_before;
  };

  std::vector<char> bytes;  // with RegularRows::slack before and behind
  std::size_t size = 0;

  std::vector<penstock::Key> sensor_id, unit;
  std::vector<penstock::Time> timestamp;
  std::vector<double> value;
  std::vector<std::uint64_t> value_valid, unit_valid;
  std::size_t rows = 0;
  std::vector<Irregular> irregular;
  std::size_t parsed = 0, lines = 0;  // bytes and lines; where the parser stopped it is not sure of what follows

  std::size_t parser = 0;                           // which one it was
  std::vector<std::string> new_sensors, new_units;  // texts of the keys that are new with this block

  explicit ParsedBlock(std::size_t room) : bytes(room + 2 * RegularRows::slack) {}
  std::string_view text() const { return {bytes.data() + RegularRows::slack, size}; }
};

/// Has caches of its own, so that parsers of the same file share nothing. [one thread at a time]
class BlockParser {
 public:
  /// A form whose constants are codes of the run: they are passed on as they are. The rules are copied.
  BlockParser(std::size_t number, const RegularRows::Form& form, bool latin1);
  BlockParser(const BlockParser&) = delete;
  BlockParser& operator=(const BlockParser&) = delete;

  void parse(ParsedBlock& block);

 private:
  std::size_t number_;
  ValueRules values_;
  TimeRules times_;
  RegularRows::Form form_;
  LocalKeys sensors_, units_;
  RegularRows regular_;
};

}  // namespace csv

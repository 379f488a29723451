// The first record of a file: which column is which.
#pragma once
#include "splitter.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace csv {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Index of each column that a reading is made of; absent where the file has none.
struct Columns {
  std::size_t sensor_id = absent, timestamp = absent, value = absent, unit = absent;
  std::size_t count = 0;
  std::vector<std::string> ignored;
};

/// What the operator gives for files without these columns.
struct Constants {
  bool sensor_id = false, unit = false;
};

/// Finds the columns by name, to the letter. Throws std::runtime_error with `file:line:column` and what is wrong: a
/// column that is missing, there twice (also `Value` beside `value`), or there although a constant is given for it.
Columns find_columns(const Record& header, const std::string& file, const Constants& constants);

/// How many bytes of a file's first ones are its byte order mark. Throws std::runtime_error for UTF-16.
std::size_t skip_byte_order_mark(std::string_view start, const std::string& file);

/// `file:line:column`.
std::string place_text(const std::string& file, const Place& place);

}  // namespace csv

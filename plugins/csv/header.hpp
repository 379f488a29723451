// The first record of a file: which column is which.
#pragma once
#include "splitter.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Index of each column that a reading is made of; absent where the file has none.
struct Columns {
  std::size_t sensor_id = absent, timestamp = absent, value = absent, unit = absent;
  std::vector<std::size_t> more_time;  // columns whose texts follow that of `timestamp`, a blank before each
  std::size_t count = 0;
  struct Ignored {
    std::size_t index;
    std::string name;  // as a message shows it; without a header its number
  };
  std::vector<Ignored> ignored;
};

/// What the operator gives for files without these columns.
struct Constants {
  bool sensor_id = false, unit = false;
};

/// Which columns of the file make a field of a reading, where they are not called as the field is. Of each, a name, or
/// `#` and a number from 1.
class FieldMap {
 public:
  FieldMap() = default;
  /// Each item `field=column`; several of `timestamp` are one text, in this order, with blanks between. Throws
  /// std::runtime_error with what is wrong with an item.
  explicit FieldMap(const std::vector<std::string>& items);

  const std::vector<std::string>& columns(std::string_view field) const;
  /// Whether all that is needed is given by number, for a file without a header.
  bool needs_no_names() const;

  /// The index of `#3`; absent: it is a name.
  static std::size_t index_of(std::string_view column);

 private:
  std::array<std::vector<std::string>, 4> columns_;  // in the order of `field_names`
};

inline constexpr std::array<std::string_view, 4> field_names{"sensor_id", "timestamp", "value", "unit"};

/// The record is hardly a header. What it says ends with what to do if it is meant to be one.
class NotAHeader : public std::runtime_error {
 public:
  NotAHeader(const std::string& wrong, const std::string& advice);
  /// The same without the advice.
  const std::string& wrong() const { return wrong_; }

 private:
  std::string wrong_;
};

/// Finds the columns by name, to the letter. Throws std::runtime_error with `file:line:column` and what is wrong: a
/// column that is missing (then all that are), there twice (also `Value` beside `value`), or there although a constant is
/// given for it.
Columns find_columns(const Record& header, const std::string& file, const Constants& constants,
                     const FieldMap& fields = {}, bool latin1 = false);

/// The columns of a file without a header, of which this is the first record.
Columns number_columns(const Record& first, const std::string& file, const FieldMap& fields);

/// How many bytes of a file's first ones are its byte order mark. Throws std::runtime_error for UTF-16
/// and for what is no text.
std::size_t skip_byte_order_mark(std::string_view start, const std::string& file);

/// `file:line:column`.
std::string place_text(const std::string& file, const Place& place);

}  // namespace csv

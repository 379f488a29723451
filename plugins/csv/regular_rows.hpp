// The fast way through rows as nearly all rows are.
#pragma once
#include "header.hpp"
#include "key_cache.hpp"
#include "plain_columns.hpp"
#include "plain_time.hpp"
#include "separators.hpp"
#include "time_rules.hpp"
#include "value_rules.hpp"

#include <penstock/value.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// Columns of readings to be filled, from row `count` on. All bits of `value_valid` and `unit_valid` from there are set.
struct Rows {
  penstock::Key* sensor_id;
  penstock::Time* timestamp;
  double* value;
  std::uint64_t* value_valid;
  penstock::Key* unit;
  std::uint64_t* unit_valid;
  std::size_t count, capacity;
};

/// Keys that have no meaning outside: each new name gets the next number, from 0.
struct LocalKeys {
  explicit LocalKeys(bool is_latin1) : latin1(is_latin1) {}
  /// KeyCache::none: it is no name.
  std::int32_t add(std::string_view bytes, bool may_be_empty = false);

  KeyCache cache;
  bool latin1;
  std::int32_t count = 0;
  std::vector<std::string> added;  // their texts, to be taken away
};

/// Takes the rows about which there is nothing to say: the right number of fields, quotes only around whole fields and
/// never doubled in them, good values, names that were read before. It leaves no trace of any other row, which goes to
/// Splitter and through the rules one by one: they are the only place where a rule or a message stands.
class RegularRows {
 public:
  /// What all rows have that have no column for it; code `none` for a unit: null.
  struct Constants {
    std::int32_t sensor_id = KeyCache::none, unit = KeyCache::none;
  };
  /// All that does not change from row to row; what is pointed to is borrowed.
  struct Form {
    Columns columns;
    Constants constants;
    Symbols symbols;
    std::size_t max_record = 0;
    const ValueRules* values = nullptr;
    const TimeRules* times = nullptr;
    const std::atomic<bool>* takes_all_times =
        nullptr;  // false: who warns of unlikely ones gets them; null: it is true
  };
  struct Taken {
    std::size_t bytes = 0, lines = 0;
  };

  explicit RegularRows(FindSeparators find = fastest_separators()) : find_(find) {}

  /// Before the first row. The caches are borrowed; a name that is not there makes a row irregular, unless there are
  /// keys to which it is added.
  void start(const Form& form, KeyCache& sensors, KeyCache& units, LocalKeys* new_sensors = nullptr,
             LocalKeys* new_units = nullptr);

  /// Takes rows of `text`, which begins with a row, until the columns are full or a row comes that is not regular or not
  /// whole. Before the text and behind it are `slack` bytes that may be read. What was found out about the text is used
  /// again in the next call, unless forget() says that the bytes have moved.
  Taken take(std::string_view text, Rows& rows);
  void forget() { base_ = indexed_ = nullptr; }

  static constexpr std::size_t slack = 64;

 private:
  // Stays in the first-level cache, together with the positions in it.
  static constexpr std::size_t window = std::size_t{16} << 10;

  // What the loops over the rows ask for each of them.
  struct Shape {
    std::size_t sensor_id, timestamp, value, unit, count;
    bool plain_times, plain_values;
    char point;
    bool one_time_column;  // each field in one column
    bool operator==(const Shape&) const = default;
  };
  // Rows are gone through some at a time, column by column: what one of them waits for does not hold up the next one.
  static constexpr std::size_t most_rows = most_together;
  struct Field {
    const char* text;
    std::size_t size;
    std::string_view view() const { return {text, size}; }
  };
  // Without quotes: fields are what is between separators.
  struct PlainRows {
    const char* base;
    const std::int32_t* separator;  // the first one
    std::size_t columns;
    bool cr;  // lines end with CRLF
    Field field(std::size_t column, std::size_t row) const {
      const std::int32_t* const end = separator + row * columns + column;
      const std::int32_t begin = end[-1] + 1;
      return {base + begin, static_cast<std::size_t>(*end - begin) - (cr && column + 1 == columns)};
    }
    bool has_quoted_unit(std::size_t) const { return false; }
  };
  // All others.
  struct SplitRows {
    std::size_t columns, most, count;
    std::vector<Field> fields;                         // of `most` rows
    std::array<std::size_t, most_rows + 1> separator;  // the first one of each row, and of what comes behind them
    std::uint64_t quoted_units;
    std::size_t lines_inside;  // of the last row
    bool cut;                  // behind them comes a row that goes on where no position is known
    Field field(std::size_t column, std::size_t row) const { return fields[row * columns + column]; }
    bool has_quoted_unit(std::size_t row) const { return (quoted_units >> row & 1) != 0; }
  };

  void index(const char* from, const char* end);
  void seek(const char* at);
  Taken take_shaped(const Shape& shape, std::string_view text, Rows& rows);

  bool is_plain(const Shape& shape, std::size_t separator, bool cr) const;
  std::size_t count_plain(const Shape& shape, std::size_t separator, std::size_t most, bool& cr) const;
  void split(const Shape& shape, std::size_t most);
  std::size_t split_row(std::size_t separator);

  // Each reads up to `count` rows of its column, and returns how many are good.
  template <class Source>
  std::size_t read(const Shape& shape, const Source& source, std::size_t count, Rows& rows);
  template <class Source>
  std::size_t read_times(const Shape& shape, const Source& source, std::size_t count, penstock::Time* times);
  template <class Source>
  std::size_t read_values(const Shape& shape, const Source& source, std::size_t count, double* values,
                          std::uint64_t& nulls);
  template <class Source>
  std::size_t read_sensors(const Shape& shape, const Source& source, std::size_t count, penstock::Key* sensors);
  template <class Source>
  std::size_t read_units(const Shape& shape, const Source& source, std::size_t count, penstock::Key* units,
                         std::uint64_t& nulls);
  template <class Source>
  bool is_last_unit(const Shape& shape, const Source& source, std::size_t count) const;
  bool read_value(std::string_view field, double& value, bool& valid) const;
  bool read_time(std::string_view field, std::int64_t& ns) const;

  FindSeparators find_;
  Form form_;
  Shape shape_{};
  KeyCache* sensors_ = nullptr;
  KeyCache* units_ = nullptr;
  LocalKeys* new_sensors_ = nullptr;
  LocalKeys* new_units_ = nullptr;
  PlainTime plain_time_;
  std::array<std::string, most_rows> joined_times_;
  const ColumnsWay* together_ = fastest_columns_way();
  NumberWords numbers_{};
  TimeWords times_{};

  // Nearly all rows have the same unit; of up to eight bytes, and not null.
  struct LastUnit {
    std::uint64_t word = 0;
    std::size_t size = 0;  // 0: none
    std::int32_t code = KeyCache::none;
  };
  LastUnit last_unit_;

  // Separators of [base_, indexed_), from base_; one element before them is where the row before ended.
  std::vector<std::int32_t> positions_;
  std::size_t next_ = 1, last_ = 1;
  const char* base_ = nullptr;
  const char* indexed_ = nullptr;

  SplitRows split_{};
  std::size_t pace_ = most_rows;  // how many rows to go through: few where irregular ones are near
};

}  // namespace csv

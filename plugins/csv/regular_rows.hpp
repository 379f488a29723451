// The fast way through rows as nearly all rows are.
#pragma once
#include "header.hpp"
#include "key_cache.hpp"
#include "plain_time.hpp"
#include "separators.hpp"
#include "time_rules.hpp"
#include "value_rules.hpp"

#include <penstock/value.hpp>

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

  // What the loop over the rows asks for each of them.
  struct Shape {
    std::size_t sensor_id, timestamp, value, unit, count;
    bool plain_times, plain_values;
    char point;
    bool one_time_column;  // each field in one column
    bool operator==(const Shape&) const = default;
  };
  struct Field {
    const char* text;
    std::size_t size;
  };
  struct Fields {
    Field sensor_id, timestamp, value, unit;
    bool quoted_unit;
  };
  struct Split {
    const std::int32_t* next;  // behind the row's separators; null: not a regular row
    bool cut;                  // at the last position that is known
    std::size_t lines_inside;
  };
  struct Row {
    std::int32_t sensor_id, unit;
    std::int64_t time;
    double value;
    bool value_valid, unit_valid;
  };

  void index(const char* from, const char* end);
  const std::int32_t* seek(const char* at);
  Taken take_shaped(const Shape& shape, std::string_view text, Rows& rows);
  bool split_plain(const Shape& shape, const char* at, const std::int32_t* separator, Fields& fields);
  Split split_quoted(const char* at, const std::int32_t* separator, const std::int32_t* end, Fields& fields) const;
  bool read(const Shape& shape, const Fields& fields, Row& row);
  bool read_new(const Fields& fields, Row& row);
  static void put(const Row& row, Rows& rows);
  bool read_value(const Field& field, Row& row) const;
  bool read_time(const Field& field, std::int64_t& ns);

  FindSeparators find_;
  Form form_;
  Shape shape_{};
  KeyCache* sensors_ = nullptr;
  KeyCache* units_ = nullptr;
  LocalKeys* new_sensors_ = nullptr;
  LocalKeys* new_units_ = nullptr;
  PlainTime plain_time_;
  std::string joined_time_;

  // Separators of [base_, indexed_), from base_; one element before them is where the row before ended.
  std::vector<std::int32_t> positions_;
  std::size_t next_ = 1, last_ = 1;
  const char* base_ = nullptr;
  const char* indexed_ = nullptr;
};

}  // namespace csv

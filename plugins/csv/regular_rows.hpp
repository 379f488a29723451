// The fast way through rows as nearly all rows are.
#pragma once
#include "header.hpp"
#include "key_cache.hpp"
#include "plain_time.hpp"
#include "separators.hpp"
#include "time_rules.hpp"
#include "value_rules.hpp"

#include <penstock/value.hpp>

#include <cstddef>
#include <cstdint>
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
    bool only_likely_times = false;  // numbers that are no time between 1990 and 2100 are left to who says so
  };
  struct Taken {
    std::size_t bytes = 0, lines = 0, underflows = 0;
  };

  explicit RegularRows(FindSeparators find = fastest_separators()) : find_(find) {}

  /// Before the first row. The caches are borrowed.
  void start(const Form& form, const KeyCache& sensors, KeyCache& units);
  /// From now on times are taken that are not between 1990 and 2100.
  void take_all_times() { form_.only_likely_times = false; }

  /// Takes rows of `text`, which begins with a row, until the columns are full or a row comes that is not regular or not
  /// whole. Before the text and behind it are `slack` bytes that may be read. What was found out about the text is used
  /// again in the next call, unless forget() says that the bytes have moved.
  Taken take(std::string_view text, Rows& rows);
  void forget() { base_ = indexed_ = nullptr; }

  static constexpr std::size_t slack = 64;

 private:
  // Stays in the first-level cache, together with the positions in it.
  static constexpr std::size_t window = std::size_t{16} << 10;

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
    bool value_valid, unit_valid, underflow;
  };

  void index(const char* from, const char* end);
  const std::int32_t* seek(const char* at);
  bool split_plain(const char* at, const std::int32_t* separator, Fields& fields);
  Split split_quoted(const char* at, const std::int32_t* separator, const std::int32_t* end, Fields& fields) const;
  bool read(const Fields& fields, Row& row);
  static void put(const Row& row, Rows& rows);
  bool read_value(const Field& field, Row& row) const;
  bool read_time(const Field& field, std::int64_t& ns);

  FindSeparators find_;
  Form form_;
  bool plain_times_ = false, plain_values_ = false;
  const KeyCache* sensors_ = nullptr;
  KeyCache* units_ = nullptr;
  PlainTime plain_time_;
  std::string joined_time_;

  // Separators of [base_, indexed_), from base_; one element before them is where the row before ended.
  std::vector<std::int32_t> positions_;
  std::size_t next_ = 1, last_ = 1;
  const char* base_ = nullptr;
  const char* indexed_ = nullptr;
};

}  // namespace csv

// What one record says: a row, or what is wrong with it.
#pragma once
#include "key_cache.hpp"
#include "regular_rows.hpp"
#include "splitter.hpp"

#include <penstock/sdk.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace csv {

struct Row {
  penstock::Key sensor_id;
  penstock::Time timestamp;
  Value value;
  penstock::Nullable<penstock::Key> unit;
};

/// A line with nothing in it.
struct BlankRow {};

struct BadRow {
  Place place;
  std::string expected;
  std::string found;  // with what to do about it
};

/// The only place where a rule or a message about a row stands; whoever is faster leaves to it what is not regular.
/// [one thread at a time]
class RowRules {
 public:
  /// All that does not change from row to row.
  struct Form {
    ValueRules values;
    TimeRules times;
    RecordForm record;
    std::string time_unit;  // as the operator wrote it
    bool is_latin1 = false;
    RegularRows::Constants constants;
  };

  RowRules(Form form, std::string file, penstock::Host& host)
      : form_(std::move(form)), file_(std::move(file)), host_(host) {}

  /// Before the first row.
  void start(const Columns& columns);

  std::variant<Row, BlankRow, BadRow> read(const Record& row);

  /// A whole row was read by somebody else: a setting for all times would break it.
  void rows_were_read() { has_times_ = true; }

  /// The same for whoever is faster. All of it is borrowed.
  RegularRows::Form regular_form() const;
  KeyCache& sensors() { return sensors_; }
  KeyCache& units() { return units_; }

 private:
  BadRow bad_count(const Record& row) const;
  template <class T>
  BadRow bad_field(const Record& row, std::size_t field, const Parsed<T>& parsed, const char* column,
                   const std::string& hint = {}) const;
  BadRow bad_time(const Record& row, const std::string& text, const Parsed<std::int64_t>& time) const;
  std::string advice_on_both(const Columns::Ignored& clock) const;
  std::string advice_on_clock(const Record& row, std::string_view date) const;
  Parsed<penstock::Key> intern(std::string_view text, KeyCache& known, bool may_be_empty);
  Parsed<std::int64_t> read_time(const Record& row, const std::string& text);
  std::string text_of_time(const Record& row) const;

  Form form_;
  std::string file_;
  penstock::Host& host_;
  Columns columns_;
  KeyCache sensors_, units_;
  std::atomic<bool> takes_all_times_ = false;  // it was warned of a number that is an unlikely time
  bool has_times_ = false;                     // the time of some row was read
};

}  // namespace csv

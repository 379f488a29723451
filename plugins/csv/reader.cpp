// csv_reader: a file or pipe of readings, one a line.
#include "header.hpp"
#include "input.hpp"
#include "key_cache.hpp"
#include "number.hpp"
#include "parsed.hpp"
#include "regular_rows.hpp"
#include "splitter.hpp"
#include "stamps.hpp"
#include "time.hpp"
#include "zone.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using csv::Place;
using csv::Record;

class CsvReader {
  PENSTOCK_PARAM(penstock::Path, path, penstock::required, "file to read, `-` for standard input",
                 example("readings.csv"));
  PENSTOCK_PARAM(std::string, sensor_id, "", "sensor of all rows, for a file without a column `sensor_id`");
  PENSTOCK_PARAM(std::string, unit, "", "unit of all rows, for a file without a column `unit`");
  PENSTOCK_PARAM(std::string, zone, "", "zone of times without an offset: UTC, +01:00 or Europe/Berlin",
                 example("UTC"));
  PENSTOCK_METRIC(std::uint64_t, rows_read, "rows read, without the bad ones", label("records_read"),
                  never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, bytes_read, "bytes read from the file", penstock::attributes::unit("B"),
                  never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, bad_rows, "rows rejected", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, blank_lines, "lines skipped because they were blank", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, underflows, "values nearer to 0 than an f64 can be, read as 0", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, out_of_order, "rows earlier than the latest one of their sensor", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, duplicate_time, "rows at the same time as one of the last 64 of their sensor",
                  never_decreasing());

  struct Reading {
    PENSTOCK_ADDS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_ADDS(penstock::Time, timestamp, "when it was read");
    PENSTOCK_ADDS(penstock::Nullable<double>, value, "the reading; null if the field is empty");
    PENSTOCK_ADDS(penstock::Nullable<penstock::Key>, unit, "unit of the value; null if the field is empty");
  };
  using Output = penstock::Output<Reading>;

 public:
  explicit CsvReader(penstock::Host& host) : host_(host) {}

  void configure() {
    check_name(sensor_id);
    check_name(unit);
    try {
      times_ = zone->empty() ? std::nullopt : std::optional<csv::Zone>(*zone);
    } catch (const std::runtime_error& error) {
      throw penstock::Refused(zone, error.what());
    }
  }

  void open() {
    input_.emplace(*path);
    splitter_ = csv::Splitter();
    at_start_ = true;
    stopped_by_policy_ = false;
    columns_ = {};
    sensors_ = {};
    units_ = {};
    stamps_.clear();
    constants_ = {};
    if (!sensor_id->empty()) constants_.sensor_id = host_.intern(*sensor_id).code;
    if (!unit->empty()) constants_.unit = host_.intern(*unit).code;
  }

  void close() { input_.reset(); }

  penstock::Generator stream(Output& out) {
    bool ended = false;
    std::size_t unanswered = 0;  // bytes read since the host last had a say
    for (;;) {
      if (columns_.count != 0 && splitter_.is_between_records()) take_regular_rows(out);
      if (out.full()) {
        unanswered = 0;
        count(out);
        co_yield out;
      } else if (const Record* record = next(ended)) {
        if (columns_.count == 0)
          read_header(*record);
        else
          read_row(*record, out);
        if (stopped_by_policy_) break;
      } else if (ended || out.stopping()) {
        break;
      } else if (const std::optional<std::size_t> bytes = read(out)) {
        splitter_.filled(*bytes);
        now_.bytes += *bytes;
        ended = *bytes == 0;
        if (ended) splitter_.finish();
        unanswered += *bytes;
        if (unanswered >= most_unanswered) {  // whatever becomes of them: the host may want to stop
          unanswered = 0;
          count(out);
          co_yield out;
        }
      } else {
        out.wait(std::chrono::seconds(10), input_->descriptor());
        count(out);
        co_yield out;
      }
    }
    count(out);
    if (ended && columns_.count == 0) throw penstock::Failed(input_->name() + ":1:1: expected a header, found nothing");
    if (!ended && !stopped_by_policy_ && !splitter_.rest().empty())
      host_.log(penstock::LogLevel::info, input_->name() + ":" + std::to_string(splitter_.line()) +
                                              ": stopped before " + csv::shown(splitter_.rest()));
  }

 private:
  static constexpr std::size_t most_unanswered = std::size_t{1} << 20;

  // What happened since the metrics were last assigned: once a batch.
  struct Counts {
    std::uint64_t rows = 0, bytes = 0, bad = 0, blank = 0, underflows = 0, out_of_order = 0, duplicates = 0;
  };

  template <class P>
  static void check_name(const P& param) {
    const auto name = csv::parse_name(*param);
    if (!param->empty() && !name) throw penstock::Refused(param, std::string("expected ") + name.expected);
  }

  // What came before a failure is counted as well.
  std::optional<std::size_t> read(Output& out) {
    regular_.forget();
    try {
      return input_->read(splitter_.room());
    } catch (...) {
      count(out);
      throw;
    }
  }

  // A byte order mark is found before the first record is.
  const Record* next(bool ended) {
    if (at_start_) {
      if (splitter_.rest().size() < 3 && !ended) return nullptr;
      splitter_.skip(csv::skip_byte_order_mark(splitter_.rest(), input_->name()));
      at_start_ = false;
    }
    return splitter_.next();
  }

  void read_header(const Record& header) {
    columns_ = csv::find_columns(header, input_->name(), {!sensor_id->empty(), !unit->empty()});
    regular_.start(columns_, constants_, {}, csv::Splitter::max_record, times_ ? &*times_ : nullptr, sensors_, units_);
    if (columns_.ignored.empty()) return;
    constexpr std::size_t enough = 8;
    std::string names;
    for (std::size_t i = 0; i < std::min(columns_.ignored.size(), enough); ++i)
      names += (i > 0 ? ", " : "") + columns_.ignored[i];
    if (columns_.ignored.size() > enough) names += " and " + std::to_string(columns_.ignored.size() - enough) + " more";
    host_.log(penstock::LogLevel::info, input_->name() + ": columns that are not used: " + names);
  }

  void take_regular_rows(Output& out) {
    auto values = out[&Reading::value];
    auto units = out[&Reading::unit];
    csv::Rows rows{out[&Reading::sensor_id].data(),
                   out[&Reading::timestamp].data(),
                   values.data(),
                   values.valid(),
                   units.data(),
                   units.valid(),
                   out.rows(),
                   out.capacity()};
    const csv::RegularRows::Taken taken = regular_.take(splitter_.rest(), rows);
    now_.rows += rows.count - out.rows();
    now_.underflows += taken.underflows;
    out.rows(rows.count);
    splitter_.skip(taken.bytes, taken.lines);
  }

  // A row about which there may be something to say.
  void read_row(const Record& row, Output& out) {
    if (row.blank()) {
      ++now_.blank;
      return;
    }
    if (row.expected()) return reject(row, row.wrong(), row.expected(), found(row), out);
    if (row.raw().starts_with("\xEF\xBB\xBF"))
      return reject(row, row.place(0), "no byte order mark behind the start of the file", found(row), out);
    if (row.fields() != columns_.count) return reject_count(row, out);

    penstock::Key sensor{constants_.sensor_id};
    if (columns_.sensor_id != csv::absent && !find_sensor(row, sensor, out)) return;
    const auto time = csv::parse_time(row.text(columns_.timestamp), times_ ? &*times_ : nullptr);
    if (!time) return reject_field(row, columns_.timestamp, time, "timestamp", out);
    const std::string_view digits = row.text(columns_.value);
    const auto number = digits.empty() ? csv::Parsed<csv::Number>{} : csv::parse_number(digits);
    if (!number) return reject_field(row, columns_.value, number, "value", out);
    penstock::Nullable<penstock::Key> unit_key({constants_.unit}, constants_.unit != csv::KeyCache::none);
    if (columns_.unit != csv::absent && !find_unit(row, unit_key, out)) return;

    out.push({sensor, {time.value}, {number.value.value, !digits.empty()}, unit_key});
    now_.underflows += number.value.underflow;
    ++now_.rows;
  }

  // A name is checked when it is new: what was read before is known to be good. False: the row was rejected.
  bool find_sensor(const Record& row, penstock::Key& key, Output& out) {
    const std::string_view text = row.text(columns_.sensor_id);
    key.code = sensors_.find(text);
    if (key.code != csv::KeyCache::none) return true;
    if (const auto name = csv::parse_name(text); !name) {
      reject_field(row, columns_.sensor_id, name, "sensor_id", out);
      return false;
    }
    key = host_.intern(text);
    sensors_.add(text, key.code);
    return true;
  }

  // False: the row was rejected.
  bool find_unit(const Record& row, penstock::Nullable<penstock::Key>& key, Output& out) {
    const std::string_view text = row.text(columns_.unit);
    // An empty field is null; an empty text has quotes, as csv_writer writes it.
    key.valid = !text.empty() || row.was_quoted(columns_.unit);
    if (!key.valid) return true;
    key.value.code = units_.find(text);
    if (key.value.code != csv::KeyCache::none) return true;
    if (const auto name = csv::parse_name(text); !name && !text.empty()) {
      reject_field(row, columns_.unit, name, "unit", out);
      return false;
    }
    key.value = host_.intern(text);
    units_.add(text, key.value.code);
    return true;
  }

  void reject_count(const Record& row, Output& out) {
    const bool extra = row.fields() > columns_.count;
    reject(row, row.place(extra ? columns_.count : 0), std::to_string(columns_.count) + " fields",
           std::to_string(row.fields()), out);
  }

  template <class T>
  void reject_field(const Record& row, std::size_t field, const csv::Parsed<T>& parsed, const char* column,
                    Output& out) {
    reject(row, row.place(field, parsed.at), parsed.expected,
           csv::shown(row.text(field)) + " in column `" + column + "`", out);
  }

  void reject(const Record& row, const Place& place, const std::string& expected, const std::string& found_text,
              Output& out) {
    ++now_.bad;
    stopped_by_policy_ = !out.reject(row.raw(), csv::place_text(input_->name(), place),
                                     "expected " + expected + ", found " + found_text);
  }

  static std::string found(const Record& row) {
    return row.size() > row.raw().size() ? csv::shown(row.raw()) + ", " + std::to_string(row.size()) + " bytes in all"
                                         : csv::shown(row.raw());
  }

  // How the times of each sensor follow each other: in a loop of its own, whose iterations wait for nobody's memory.
  void follow_times(Output& out) {
    const penstock::Key* const sensor = out[&Reading::sensor_id].data();
    const penstock::Time* const time = out[&Reading::timestamp].data();
    for (std::size_t row = out.rows() - now_.rows; row < out.rows(); ++row) {
      const auto code = static_cast<std::size_t>(sensor[row].code);
      if (code >= stamps_.size()) [[unlikely]]
        stamps_.resize(code + 1 + code / 2);
      const csv::Stamps::Seen seen = stamps_[code].add(time[row].ns);
      now_.out_of_order += seen.out_of_order;
      now_.duplicates += seen.duplicate;
    }
  }

  void count(Output& out) {
    follow_times(out);
    if (now_.rows) rows_read += now_.rows;
    if (now_.bytes) bytes_read += now_.bytes;
    if (now_.bad) bad_rows += now_.bad;
    if (now_.blank) blank_lines += now_.blank;
    if (now_.underflows) underflows += now_.underflows;
    if (now_.out_of_order) out_of_order += now_.out_of_order;
    if (now_.duplicates) duplicate_time += now_.duplicates;
    now_ = {};
  }

  penstock::Host& host_;
  std::optional<csv::Zone> times_;
  std::optional<csv::Input> input_;
  csv::Splitter splitter_;
  bool at_start_ = true;
  bool stopped_by_policy_ = false;  // at a rejected row
  csv::Columns columns_;
  csv::KeyCache sensors_;
  csv::KeyCache units_;
  csv::RegularRows regular_;
  csv::RegularRows::Constants constants_;
  std::vector<csv::Stamps> stamps_;  // by the code of the sensor
  Counts now_;
};

}  // namespace

PENSTOCK_EXPORT(Source, CsvReader, csv_reader)

// csv_reader: a file or pipe of readings, one a line.
#include "file_kind.hpp"
#include "header.hpp"
#include "input.hpp"
#include "names_of_bytes.hpp"
#include "parallel_rows.hpp"
#include "parsed.hpp"
#include "regular_rows.hpp"
#include "row_rules.hpp"
#include "splitter.hpp"
#include "stamps.hpp"
#include "time_rules.hpp"
#include "titles.hpp"
#include "value_rules.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace {

using csv::Record;

class CsvReader {
  PENSTOCK_PARAM(penstock::Path, path, penstock::required, "file to read, `-` for standard input",
                 example("readings.csv"));
  PENSTOCK_PARAM(std::string, sensor_id, "", "sensor of all rows, for a file without a column `sensor_id`");
  PENSTOCK_PARAM(std::string, unit, "", "unit of all rows, for a file without a column `unit`");
  PENSTOCK_PARAM(std::string, zone, "", "zone of times without an offset: UTC, +01:00 or Europe/Berlin",
                 example("UTC"));
  PENSTOCK_PARAM(std::string, ambiguous, "reject", "a time that the clocks of the zone showed twice",
                 one_of("reject", "earlier", "later"));
  PENSTOCK_PARAM(std::string, delimiter, ",", "byte between fields; `tab` is one");
  PENSTOCK_PARAM(std::string, quote, "\"", "byte around fields that hold others; `none`: it is a byte like any other");
  PENSTOCK_PARAM(std::string, decimal, ".", "decimal point of numbers", one_of(".", ","));
  PENSTOCK_PARAM(std::string, thousands, "", "byte between groups of three digits; empty: none is taken");
  PENSTOCK_PARAM(std::vector<std::string>, null, "",
                 "words for a value or unit that is missing, beside an empty field");
  PENSTOCK_PARAM(std::string, non_finite, "keep", "what becomes of `nan` and `inf`", one_of("keep", "null", "reject"));
  PENSTOCK_PARAM(std::uint64_t, skip, 0, "lines before the header that are left out");
  PENSTOCK_PARAM(std::string, header, "first",
                 "`none`: the first line is a row, and `fields` says which column is what", one_of("first", "none"));
  PENSTOCK_PARAM(std::vector<std::string>, fields, "",
                 "columns with another name, such as `value=T`, or with a number, `value=#3`; of `timestamp` several");
  PENSTOCK_PARAM(std::string, encoding, "utf8", "how text is written", one_of("utf8", "latin1"));
  PENSTOCK_PARAM(std::string, format, "", "form of all times, such as %d/%m/%Y %H:%M; empty: RFC 3339");
  PENSTOCK_PARAM(std::string, time_unit, "none", "unit of times that are numbers since 1970",
                 one_of("none", "s", "ms", "us", "ns"));
  PENSTOCK_PARAM(std::uint64_t, max_line, 1048576, "longest record that is taken", penstock::attributes::unit("B"),
                 at_least(1), at_most(1073741824));
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
    form_ = {symbol(delimiter, "tab"), '"', quote != "none", static_cast<std::size_t>(*max_line)};
    if (form_.has_quotes) form_.quote = symbol(quote, "none");
    if (form_.has_quotes && form_.quote == form_.delimiter)
      throw penstock::Refused(quote, "expected another byte than that of `delimiter`");
    values_.point = decimal->front();
    values_.thousands = thousands->empty() ? '\0' : symbol(thousands, "empty");
    if (values_.thousands == values_.point)
      throw penstock::Refused(thousands, "expected another byte than that of `decimal`");
    if (std::isalnum(static_cast<unsigned char>(values_.thousands)) != 0 || values_.thousands == '-' ||
        values_.thousands == '+' || (form_.has_quotes && values_.thousands == form_.quote))
      throw penstock::Refused(thousands, "expected a byte that stands nowhere else in a number, and is not `quote`");
    values_.nulls = *null;
    values_.non_finite = non_finite == "keep"   ? csv::NonFinite::keep
                         : non_finite == "null" ? csv::NonFinite::null
                                                : csv::NonFinite::reject;
    configure_times();
    check(fields, [&] { map_ = csv::FieldMap(*fields); });
    if (header == "none" && !map_.needs_no_names())
      throw penstock::Refused(
          fields, std::string("expected a number for each column, such as `fields: [") +
                      (sensor_id->empty() ? "sensor_id=#1, timestamp=#2, value=#3" : "timestamp=#1, value=#2") +
                      "]`, because the file has no header");
    if (header == "none" && sensor_id->empty() && map_.columns("sensor_id").empty())
      throw penstock::Refused(fields, "expected `sensor_id=#` and a number, or the parameter `sensor_id`");
  }

  void open() {
    input_.emplace(*path);
    splitter_ = csv::Splitter(form_);
    at_start_ = true;
    to_skip_ = skip;
    stopped_by_policy_ = false;
    parallel_.reset();
    columns_ = {};
    stamps_ = {};
    now_ = {};
    csv::RowRules::Form form{values_, times_, form_, *time_unit, encoding == "latin1", {}};
    if (!sensor_id->empty()) form.constants.sensor_id = host_.intern(*sensor_id).code;
    if (!unit->empty()) form.constants.unit = host_.intern(*unit).code;
    rules_.emplace(std::move(form), input_->name(), host_);
  }

  void close() {
    parallel_.reset();
    input_.reset();
  }

  penstock::Generator stream(Output& out) try {
    bool ended = false;
    std::size_t unanswered = 0;  // bytes read since the host last had a say
    for (;;) {
      if (columns_.count != 0 && splitter_.is_between_records()) take_regular_rows(out);
      if (out.full()) {
        unanswered = 0;
        count(out);
        co_yield out;
      } else if (const Record* record = next(ended)) {
        if (columns_.count != 0 || !read_header(*record)) read_row(*record, out);
        if (stopped_by_policy_) break;
      } else if (ended || out.stopping()) {
        break;
      } else if (parallel_) {
        using Progress = csv::ParallelRows::Progress;
        if (const Progress progress = take_parallel_rows(out); progress == Progress::wait)
          out.wait(std::chrono::seconds(10), parallel_->descriptor());
        else if (ended = progress == Progress::end; ended)
          splitter_.finish();
        else if (!out.full() && now_.bytes < most_unanswered)
          continue;
        count(out);
        co_yield out;
      } else if (const std::optional<std::size_t> bytes = read()) {
        splitter_.filled(*bytes);
        now_.bytes += *bytes;
        ended = *bytes == 0;
        if (ended) splitter_.finish();
        unanswered += *bytes;
        if (const char* const expected = splitter_.is_too_long(); expected && columns_.count == 0 && header != "none")
          throw penstock::Failed(csv::place_text(input_->name(), {splitter_.line(), 1}) + ": expected a header with " +
                                 expected);
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
    if (ended && columns_.count == 0 && header != "none")
      throw penstock::Failed(input_->name() + ":1:1: expected a header, found nothing");
    if (!ended && !stopped_by_policy_ && !splitter_.rest().empty())
      host_.log(penstock::LogLevel::info, input_->name() + ":" + std::to_string(splitter_.line()) +
                                              ": stopped before " + csv::shown(splitter_.rest()));
  } catch (...) {  // what came before is counted as well
    count(out);
    throw;
  }

 private:
  static constexpr std::size_t most_unanswered = std::size_t{1} << 20;

  // What happened since the metrics were last assigned: once a batch.
  struct Counts {
    std::uint64_t rows = 0, bytes = 0, bad = 0, blank = 0, underflows = 0;
  };

  template <class P>
  static void check_name(const P& param) {
    const auto name = csv::parse_name(*param);
    if (!param->empty() && !name) throw penstock::Refused(param, std::string("expected ") + name.expected);
  }

  // What `make` throws is said of the parameter.
  template <class P, class Make>
  static void check(const P& param, Make make) {
    try {
      make();
    } catch (const std::runtime_error& error) {
      throw penstock::Refused(param, error.what());
    }
  }

  template <class P>
  static char symbol(const P& param, const char* word) {
    const std::string& text = *param;
    if (text == "tab" || text == "\\t") return '\t';
    if (text.size() != 1 || text[0] == '\n' || text[0] == '\r' || text[0] == '\0')
      throw penstock::Refused(param, std::string("expected one byte, or `") + word + "`, found " + csv::shown(text) +
                                         csv::advise_on_name_of_byte(text));
    return text[0];
  }

  void configure_times() {
    times_ = {};
    times_.point = values_.point;
    check(zone, [&] {
      const auto rule = ambiguous == "earlier" ? csv::Ambiguous::earlier
                        : ambiguous == "later" ? csv::Ambiguous::later
                                               : csv::Ambiguous::reject;
      if (!zone->empty()) times_.zone.emplace(*zone, rule);
    });
    check(format, [&] {
      if (!format->empty()) times_.format.emplace(*format);
    });
    if (time_unit == "none") return;
    if (times_.format)
      throw penstock::Refused(time_unit, "expected `none`, because `format` says that times are texts");
    times_.unit = time_unit == "s"    ? csv::TimeUnit::s
                  : time_unit == "ms" ? csv::TimeUnit::ms
                  : time_unit == "us" ? csv::TimeUnit::us
                                      : csv::TimeUnit::ns;
  }

  bool is_parallel() const { return host_.threads() > 1 && input_->size() > 0; }

  std::optional<std::size_t> read() {
    regular_.forget();
    const std::span<char> room = splitter_.room();
    // What is read together with the header is parsed anew by the other threads.
    return input_->read(columns_.count == 0 && is_parallel() ? room.first(csv::ParallelBlocks::least_block) : room);
  }

  // A byte order mark is found before the first record is, then come the lines that are left out.
  const Record* next(bool ended) {
    if (at_start_) {
      if (splitter_.rest().size() < csv::enough_for_kind && !ended) return nullptr;
      splitter_.skip(csv::skip_byte_order_mark(splitter_.rest(), input_->name()));
      at_start_ = false;
    }
    for (; to_skip_ > 0; --to_skip_) {
      const std::size_t end = splitter_.rest().find('\n');
      splitter_.skip(std::min(end, splitter_.rest().size() - 1) + 1, end == std::string_view::npos ? 0 : 1);
      if (end == std::string_view::npos) return nullptr;
    }
    return splitter_.next();
  }

  // False: the record is a row.
  bool read_header(const Record& record) {
    const bool is_row = header == "none";
    if (is_row && (record.blank() || record.expected())) return false;  // of how many columns is said by the next one
    columns_ = is_row ? csv::number_columns(record, input_->name(), map_) : find_columns(record);
    rules_->start(columns_);
    const csv::RegularRows::Form form = rules_->regular_form();
    regular_.start(form, rules_->sensors(), rules_->units());
    if (is_parallel()) {
      try {
        parallel_.emplace(*input_, host_.threads() - 1, form, encoding == "latin1", splitter_, host_);
      } catch (const std::system_error& error) {
        host_.log(penstock::LogLevel::info, input_->name() + ": read by one thread: " + error.what());
      }
    }
    if (is_row || columns_.ignored.empty()) return !is_row;
    constexpr std::size_t enough = 8;
    std::string names;
    for (std::size_t i = 0; i < std::min(columns_.ignored.size(), enough); ++i)
      names += (i > 0 ? ", " : "") + columns_.ignored[i].name;
    if (columns_.ignored.size() > enough) names += " and " + std::to_string(columns_.ignored.size() - enough) + " more";
    host_.log(penstock::LogLevel::info, input_->name() + ": columns that are not used: " + names);
    return !is_row;
  }

  csv::Columns find_columns(const Record& header_record) const {
    const csv::Constants constants{!sensor_id->empty(), !unit->empty()};
    try {
      return csv::find_columns(header_record, input_->name(), constants, map_, encoding == "latin1");
    } catch (const csv::NotAHeader& error) {
      const std::string below =
          csv::advise_on_titles(header_record, splitter_.rest(), splitter_.line(), form_, constants, map_);
      if (below.empty()) throw;
      throw penstock::Failed(error.wrong() + "; " + below);
    }
  }

  // Calls `take` with the columns of the batch, from its first free row on. What came before a failure is in the batch.
  template <class Take>
  auto fill(Output& out, Take take) {
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
    const auto put = [&] {
      now_.rows += rows.count - out.rows();
      if (rows.count > out.rows()) rules_->rows_were_read();
      out.rows(rows.count);
    };
    try {
      const auto taken = take(rows);
      put();
      return taken;
    } catch (...) {
      put();
      throw;
    }
  }

  void take_regular_rows(Output& out) {
    const auto taken = fill(out, [&](csv::Rows& rows) { return regular_.take(splitter_.rest(), rows); });
    splitter_.skip(taken.bytes, taken.lines);
  }

  csv::ParallelRows::Progress take_parallel_rows(Output& out) {
    regular_.forget();
    const auto progress = fill(out, [&](csv::Rows& rows) { return parallel_->take(rows); });
    now_.bytes += parallel_->bytes_since();
    return progress;
  }

  // A row about which there may be something to say.
  void read_row(const Record& record, Output& out) {
    const auto read = rules_->read(record);
    if (const auto* row = std::get_if<csv::Row>(&read)) {
      out.push({row->sensor_id, row->timestamp, {row->value.value, row->value.valid}, row->unit});
      now_.underflows += row->value.underflow;
      ++now_.rows;
    } else if (const auto* bad = std::get_if<csv::BadRow>(&read)) {
      ++now_.bad;
      stopped_by_policy_ = !out.reject(record.raw(), csv::place_text(input_->name(), bad->place),
                                       "expected " + bad->expected + ", found " + bad->found);
    } else {
      ++now_.blank;
    }
  }

  void count(Output& out) {
    const std::size_t first = out.rows() - now_.rows;
    const csv::StampsOfSensors::Seen seen =
        stamps_.add(out[&Reading::sensor_id].data() + first, out[&Reading::timestamp].data() + first, now_.rows);
    if (now_.rows) rows_read += now_.rows;
    if (now_.bytes) bytes_read += now_.bytes;
    if (now_.bad) bad_rows += now_.bad;
    if (now_.blank) blank_lines += now_.blank;
    if (now_.underflows) underflows += now_.underflows;
    if (seen.out_of_order) out_of_order += seen.out_of_order;
    if (seen.duplicates) duplicate_time += seen.duplicates;
    now_ = {};
  }

  penstock::Host& host_;
  csv::RecordForm form_;
  csv::ValueRules values_;
  csv::TimeRules times_;
  csv::FieldMap map_;
  std::optional<csv::Input> input_;
  csv::Splitter splitter_;
  bool at_start_ = true;
  std::uint64_t to_skip_ = 0;       // lines before the header
  bool stopped_by_policy_ = false;  // at a rejected row
  csv::Columns columns_;
  std::optional<csv::RowRules> rules_;
  csv::RegularRows regular_;
  csv::StampsOfSensors stamps_;
  std::optional<csv::ParallelRows> parallel_;
  Counts now_;
};

}  // namespace

PENSTOCK_EXPORT(Source, CsvReader, csv_reader)

// csv_reader in the plainest words, and csv_reader itself, so that both can be compared.
#pragma once
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "csv/header.hpp"
#include "csv/parsed.hpp"
#include "csv/splitter.hpp"
#include "csv/time_rules.hpp"
#include "csv/value_rules.hpp"
#include "fixture/test_host.hpp"

namespace csv {

/// All that comes of a file: rows as text, what was rejected and where, how the run failed.
struct Outcome {
  std::vector<std::string> rows, rejections;
  std::string failure;
  bool may_be_advised = false;  // of no header: what to do about it depends on how much was read by then

  friend bool operator==(const Outcome& a, const Outcome& b) {
    const auto begins = [](const Outcome& longer, const Outcome& shorter) {
      return shorter.may_be_advised && longer.failure.starts_with(shorter.failure + "; ");
    };
    return a.rows == b.rows && a.rejections == b.rejections && (a.failure == b.failure || begins(a, b) || begins(b, a));
  }
};
inline std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  for (const std::string& row : outcome.rows) out << row << '\n';
  for (const std::string& rejection : outcome.rejections) out << "rejected " << rejection << '\n';
  return out << outcome.failure;
}

/// How a file is read.
struct Way {
  RecordForm form{};
  ValueRules values{};
  TimeRules times{};
  std::vector<std::string> fields{};
  bool has_header = true;

  std::map<std::string, penstock::fixture::Setting> settings() const {
    std::map<std::string, penstock::fixture::Setting> all{
        {"delimiter", std::string(1, form.delimiter)},
        {"quote", form.has_quotes ? std::string(1, form.quote) : "none"},
        {"max_line", std::uint64_t{form.max_record}},
        {"decimal", std::string(1, values.point)},
        {"null", values.nulls},
        {"fields", fields},
        {"header", std::string(has_header ? "first" : "none")},
        {"zone", std::string(times.zone ? "UTC" : "")},
        {"time_unit", std::string(times.unit ? "s" : "none")}};
    if (values.thousands != '\0') all.insert({"thousands", std::string(1, values.thousands)});
    return all;
  }
};

/// What both read, by the same name: a message may quote any bytes, so a name of its own could not be taken out of it again.
constexpr int descriptor = 700;
inline const std::string input_name = "/proc/self/fd/" + std::to_string(descriptor);

/// One record after the other, field by field, by the rules.
inline Outcome read_plainly(std::string_view text, const Way& way) {
  Outcome outcome;
  Splitter splitter(way.form);
  std::size_t filled = 0;
  Columns columns;
  const FieldMap map(way.fields);
  const auto reject = [&](const Record& row, const Place& place, const std::string& expected) {
    outcome.rejections.push_back(place_text(input_name, place) + " expected " + expected + " <" +
                                 std::string(row.raw()) + ">");
  };
  const auto read = [&](const Record& row) {
    if (row.blank()) return;
    if (row.expected()) return reject(row, row.wrong(), row.expected());
    if (row.raw().starts_with("\xEF\xBB\xBF"))
      return reject(row, row.place(0), "no byte order mark behind the start of the file");
    if (row.fields() != columns.count)
      return reject(row, row.place(row.fields() > columns.count ? columns.count : 0),
                    std::to_string(columns.count) + " fields");
    bool empty = true;
    for (std::size_t i = 0; i < columns.count; ++i) empty &= row.text(i).empty() && !row.was_quoted(i);
    if (empty) return;
    const std::string_view sensor = row.text(columns.sensor_id);
    if (const auto name = parse_name(sensor); !name)
      return reject(row, row.place(columns.sensor_id, name.at), name.expected);
    const auto time = way.times.parse(row.text(columns.timestamp));
    if (!time) return reject(row, row.place(columns.timestamp, time.at), time.expected);
    const auto value = way.values.parse(row.text(columns.value));
    if (!value) return reject(row, row.place(columns.value, value.at), value.expected);
    std::string unit = "null";
    if (columns.unit != absent) {
      const std::string_view name = row.text(columns.unit);
      if (row.was_quoted(columns.unit) || !way.values.is_null(name)) {
        if (const auto good = parse_name(name); !good && !name.empty())
          return reject(row, row.place(columns.unit, good.at), good.expected);
        unit = "<" + std::string(name) + ">";
      }
    }
    outcome.rows.push_back(
        std::string(sensor) + " " + std::to_string(time.value) + " " +
        (value.value.valid ? std::to_string(std::bit_cast<std::uint64_t>(value.value.value)) : "null") + " " + unit);
  };
  try {
    for (bool started = false, finished = false;;) {
      const Record* const record = started ? splitter.next() : nullptr;
      if (record) {
        const bool blank = record->blank() || record->expected();
        if (columns.count != 0)
          read(*record);
        else if (way.has_header)
          columns = find_columns(*record, input_name, {}, map);
        else if (blank)
          read(*record);
        else
          columns = number_columns(*record, input_name, map), read(*record);
      } else if (finished) {
        break;
      } else {
        const std::span<char> room = splitter.room();
        const std::size_t size = std::min(room.size(), text.size() - filled);
        std::memcpy(room.data(), text.data() + filled, size);
        splitter.filled(size);
        filled += size;
        finished = size == 0;
        if (finished) splitter.finish();
        if (!started) splitter.skip(skip_byte_order_mark(splitter.rest(), input_name));
        started = true;
      }
    }
    if (columns.count == 0 && way.has_header) outcome.failure = input_name + ":1:1: expected a header, found nothing";
  } catch (const NotAHeader& error) {
    outcome.failure = error.wrong();
    outcome.may_be_advised = true;
  } catch (const std::runtime_error& error) {
    outcome.failure = error.what();
  }
  return outcome;
}

/// The same by the type that ships: as a file, or, with a chunk, through a pipe in pieces of that size.
inline Outcome read_by_plugin(std::string_view text, const Way& way, const char* library, std::size_t capacity,
                              std::size_t chunk = 0, std::uint32_t threads = 1) {
  using namespace penstock::fixture;
  int ends[2] = {-1, -1};
  if (chunk == 0) {
    ends[0] = memfd_create("csv", MFD_CLOEXEC);
    if (::write(ends[0], text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::abort();
  } else if (pipe2(ends, O_CLOEXEC) != 0) {
    std::abort();
  }
  Outcome outcome;
  if (dup2(ends[0], descriptor) < 0) std::abort();
  ::close(ends[0]);
  {
    Node node{PluginType(library, "csv_reader")};
    node.allow_threads(threads);
    auto settings = way.settings();
    settings.insert({"path", input_name});
    if (node.configure(settings) != PENSTOCK_OK) std::abort();
    if (node.open() != PENSTOCK_OK) std::abort();
    std::size_t written = 0;
    for (penstock_status status = PENSTOCK_OK; status == PENSTOCK_OK;) {
      if (chunk != 0 && ends[1] >= 0) {
        const std::size_t size = std::min(chunk, text.size() - written);
        if (size > 0 && ::write(ends[1], text.data() + written, size) != static_cast<ssize_t>(size)) std::abort();
        written += size;
        if (written == text.size()) ::close(std::exchange(ends[1], -1));
      }
      do {
        status = node.stream(capacity);
        if (status < 0) break;
        const Table& rows = node.output();
        for (std::size_t i = 0; i < rows.rows(); ++i) {
          const Cell &value = rows["value"][i], &unit = rows["unit"][i];
          outcome.rows.push_back(
              rows["sensor_id"][i].text() + " " + std::to_string(rows["timestamp"][i].as<std::int64_t>()) + " " +
              (value.is_null() ? "null" : std::to_string(std::bit_cast<std::uint64_t>(value.as<double>()))) + " " +
              (unit.is_null() ? "null" : "<" + unit.text() + ">"));
        }
      } while (status == PENSTOCK_OK && chunk != 0 && node.wait_ns() == 0);
    }
    for (const Rejection& rejection : node.rejections())
      outcome.rejections.push_back(rejection.place + " " +
                                   rejection.reason.substr(0, rejection.reason.find(", found ")) + " <" +
                                   rejection.raw + ">");
    if (!node.failures().empty()) outcome.failure = node.failures().back().text;
    node.close();
  }
  ::close(descriptor);
  if (ends[1] >= 0) ::close(ends[1]);
  return outcome;
}

/// Ways that differ in what they have to look for.
inline Way way(unsigned number) {
  Way chosen;
  switch (number % 8) {
    case 0: break;
    case 1:
      chosen.form.delimiter = ';';
      chosen.values.point = ',';
      chosen.values.thousands = '.';
      break;
    case 2: chosen.form.has_quotes = false; break;
    case 3: chosen.form.max_record = 60; break;
    case 4:
      chosen.has_header = false;
      chosen.fields = {"sensor_id=#1", "timestamp=#2", "value=#3", "unit=#4"};
      chosen.times.zone.emplace("UTC");
      break;
    case 5: chosen.times.unit = TimeUnit::s; break;
    case 6: chosen.values.nulls = {"n/a", "-200"}; break;
    case 7: chosen.form.quote = '\''; break;
  }
  return chosen;
}

}  // namespace csv

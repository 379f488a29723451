// Readings of six fields as string-keyed maps, as heap objects with strings, as fixed structs and as columns: what each takes of
// the allocator, how long it takes to make them, and one pass over them. Prints a line of JSON for each.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "heap.hpp"
#include "readings.hpp"
#include "stopwatch.hpp"

namespace penstock::bench {
namespace {

/** A reading behind the stages, as it comes: all six fields. */
struct Whole {
  std::string sensor_id;
  std::int64_t timestamp;
  double value;
  std::string unit;
  double normalized, rolling_avg;
};

using Map = std::unordered_map<std::string, std::variant<std::int64_t, double, std::string>>;

class Object {
 public:
  explicit Object(Whole whole) : whole_(std::move(whole)) {}
  virtual ~Object() = default;
  [[nodiscard]] virtual double value() const { return whole_.value; }
  [[nodiscard]] virtual double normalized() const { return whole_.normalized; }

 private:
  Whole whole_;
};

/** The texts cut to what a fixed struct has room for. */
struct Fixed {
  std::array<char, 16> sensor_id;
  std::int64_t timestamp;
  double value;
  std::array<char, 8> unit;
  double normalized, rolling_avg;
};

struct Columns {
  std::vector<std::int32_t> sensor_id;
  std::vector<std::int64_t> timestamp;
  std::vector<double> value;
  std::vector<std::int32_t> unit;
  std::vector<double> normalized, rolling_avg;
};

std::vector<Whole> make_wholes(std::size_t rows) {
  ReadingSequence sequence;
  std::vector<Whole> wholes;
  wholes.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const Reading reading = sequence.next();
    wholes.push_back({key_text(static_cast<std::size_t>(reading.sensor_id)), reading.timestamp, reading.value,
                      key_text(sensors), reading.value / 100, reading.value});
  }
  return wholes;
}

/** `make` gives all records; `pass` adds up two of their fields. Bytes: what the allocator has handed out more than before. */
template <class Make, class Pass>
void measure(const char* name, std::size_t rows, Make&& make, Pass&& pass) {
  const std::size_t before = heap_bytes();
  const Stopwatch making;
  const auto records = make();
  const double made_s = making.elapsed().cpu_s;
  const std::size_t bytes = heap_bytes() - before;
  const Stopwatch passing;
  const double sum = pass(records);
  const double passed_s = passing.elapsed().cpu_s;
  const auto count = static_cast<double>(rows);
  std::printf("{\"layout\": \"%s\", \"bytes\": %.1f, \"make_ns\": %.1f, \"pass_ns\": %.2f, \"sum\": %.17g}\n", name,
              static_cast<double>(bytes) / count, made_s * 1e9 / count, passed_s * 1e9 / count, sum);
}

template <class Records, class Sum>
double add_up(const Records& records, Sum&& of) {
  double sum = 0;
  for (const auto& record : records) sum += of(record);
  return sum;
}

template <std::size_t N>
std::array<char, N> cut(const std::string& text) {
  std::array<char, N> place{};
  text.copy(place.data(), N);
  return place;
}

void compare(std::size_t rows) {
  const std::vector<Whole> wholes = make_wholes(rows);
  measure(
      "string-keyed map", rows,
      [&] {
        std::vector<Map> maps;
        maps.reserve(rows);
        for (const Whole& w : wholes) {
          Map& map = maps.emplace_back();
          map["sensor_id"] = w.sensor_id;
          map["timestamp"] = w.timestamp;
          map["value"] = w.value;
          map["unit"] = w.unit;
          map["normalized"] = w.normalized;
          map["rolling_avg"] = w.rolling_avg;
        }
        return maps;
      },
      [](const std::vector<Map>& maps) {
        return add_up(maps, [](const Map& map) {
          return std::get<double>(map.at("value")) + std::get<double>(map.at("normalized"));
        });
      });
  measure(
      "heap object with strings", rows,
      [&] {
        std::vector<std::unique_ptr<Object>> objects;
        objects.reserve(rows);
        for (const Whole& w : wholes) objects.push_back(std::make_unique<Object>(w));
        return objects;
      },
      [](const std::vector<std::unique_ptr<Object>>& objects) {
        return add_up(objects, [](const auto& object) { return object->value() + object->normalized(); });
      });
  measure(
      "fixed struct", rows,
      [&] {
        std::vector<Fixed> records;
        records.reserve(rows);
        for (const Whole& w : wholes)
          records.push_back({cut<16>(w.sensor_id), w.timestamp, w.value, cut<8>(w.unit), w.normalized, w.rolling_avg});
        return records;
      },
      [](const std::vector<Fixed>& records) {
        return add_up(records, [](const Fixed& record) { return record.value + record.normalized; });
      });
  measure(
      "columns", rows,
      [&] {
        std::unordered_map<std::string, std::int32_t> codes;
        const auto code = [&](const std::string& text) {
          return codes.try_emplace(text, static_cast<std::int32_t>(codes.size())).first->second;
        };
        Columns columns;
        columns.sensor_id.reserve(rows);
        columns.timestamp.reserve(rows);
        columns.value.reserve(rows);
        columns.unit.reserve(rows);
        columns.normalized.reserve(rows);
        columns.rolling_avg.reserve(rows);
        for (const Whole& w : wholes) {
          columns.sensor_id.push_back(code(w.sensor_id));
          columns.timestamp.push_back(w.timestamp);
          columns.value.push_back(w.value);
          columns.unit.push_back(code(w.unit));
          columns.normalized.push_back(w.normalized);
          columns.rolling_avg.push_back(w.rolling_avg);
        }
        return columns;
      },
      [rows](const Columns& columns) {
        double sum = 0;
        for (std::size_t row = 0; row < rows; ++row) sum += columns.value[row] + columns.normalized[row];
        return sum;
      });
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
  const std::size_t rows = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
  if (rows == 0) {
    std::fprintf(stderr, "usage: %s ROWS\n", argv[0]);
    return 2;
  }
  penstock::bench::compare(rows);
}

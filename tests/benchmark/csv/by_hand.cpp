// The work on CSV files written by hand, as somebody would who needs nothing but this work on files that are clean:
//
//   csv_by_hand parse SCAN INPUT                      all four columns
//   csv_by_hand sum   SCAN INPUT                      W, added up
//   csv_by_hand csv   SCAN INPUT OUTPUT [THREADS]     W as CSV, with the fewest digits
//   csv_by_hand csv6  SCAN INPUT OUTPUT [THREADS]     W as CSV, with six decimals
//
// SCAN is `bytes` or `words`, see scan.hpp. Built twice, the second time for AVX2. Prints what it came to as JSON.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "key_codes.hpp"
#include "number_text.hpp"
#include "pieces.hpp"
#include "turns.hpp"
#include "work.hpp"

namespace penstock::bench {
namespace {

constexpr std::size_t shortest_line = 24;
constexpr std::size_t most_rows = (Pieces::piece_bytes + Pieces::longest_line) / shortest_line;

std::size_t size_between(const char* begin, const char* behind_separator) {
  return static_cast<std::size_t>(behind_separator - begin) - 1;
}

/** The four columns of the lines of a piece. */
struct Columns {
  std::vector<std::int32_t> sensor_id = std::vector<std::int32_t>(most_rows);
  std::vector<std::int64_t> timestamp = std::vector<std::int64_t>(most_rows);
  std::vector<double> value = std::vector<double>(most_rows);
  std::vector<std::int32_t> unit = std::vector<std::int32_t>(most_rows);
};

template <class Scan>
void parse(const std::string& input) {
  const Pieces pieces(input);
  Pieces::Buffer buffer = Pieces::buffer();
  KeyCodes sensor_codes;
  RepeatedKey unit_codes;
  Clock clock;
  Columns columns;
  std::size_t count = 0;
  double value_sum = 0;
  std::int64_t elapsed_ms = 0;
  for (std::size_t piece = 0; piece < pieces.count(); ++piece) {
    std::size_t rows = 0;
    Scan::lines(
        pieces.read(piece, buffer), [&](const Line& line) __attribute__((always_inline)) {
          columns.sensor_id[rows] = sensor_codes.code(line.sensor, size_between(line.sensor, line.time));
          columns.timestamp[rows] = clock.ns(line.time);
          columns.value[rows] = Scan::number(line.value, line.unit - 1);
          columns.unit[rows] = unit_codes.code(line.unit, size_between(line.unit, line.end));
          ++rows;
        });
    asm volatile("" : : "r"(&columns) : "memory");  // all columns are made, also those of which no value is read
    count += rows;
    for (std::size_t row = 0; row < rows; ++row) value_sum += columns.value[row];
    for (std::size_t row = 0; row < rows; ++row) elapsed_ms += columns.timestamp[row] / 1'000'000 - 1'700'000'000'000;
  }
  std::printf("{\"rows\": %zu, \"value\": %.17g, \"elapsed_ms\": %lld}\n", count, value_sum,
              static_cast<long long>(elapsed_ms));
}

template <class Scan>
void sum(const std::string& input) {
  const Pieces pieces(input);
  Pieces::Buffer buffer = Pieces::buffer();
  KeyCodes codes;
  std::vector<Window> windows(sensors);
  std::vector<std::int32_t> sensor(most_rows);
  std::vector<double> value(most_rows);
  std::size_t count = 0;
  double normalized_sum = 0, rolling_avg_sum = 0;
  for (std::size_t piece = 0; piece < pieces.count(); ++piece) {
    std::size_t rows = 0;
    Scan::lines(
        pieces.read(piece, buffer), [&](const Line& line) __attribute__((always_inline)) {
          sensor[rows] = codes.code(line.sensor, size_between(line.sensor, line.time));
          value[rows] = Scan::number(line.value, line.unit - 1);
          rows += is_kept(value[rows]);
        });
    count += rows;
    for (std::size_t row = 0; row < rows; ++row) {
      normalized_sum += normalized(value[row]);
      rolling_avg_sum += windows[static_cast<std::size_t>(sensor[row])].add(value[row]);
    }
  }
  std::printf("{\"rows\": %zu, \"normalized\": %.17g, \"rolling_avg\": %.17g}\n", count, normalized_sum,
              rolling_avg_sum);
}

class Output {
 public:
  explicit Output(const std::string& path)
      : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw std::runtime_error(path + " cannot be written");
  }
  ~Output() { ::close(file_); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(file_, text.data(), text.size());
      if (written < 0) throw std::runtime_error("the output cannot be written");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  int file_;
};

[[gnu::always_inline]] inline char* copy(char* to, const char* from, std::size_t size) {
  std::memcpy(to, from, 16);  // nearly always enough; of what is copied too much, nothing stays
  if (size > 16) [[unlikely]]
    std::memcpy(to, from, size);
  return to + size;
}

/** A time without a fraction of zero. */
[[gnu::always_inline]] inline char* copy_time(char* to, const char* from) {
  constexpr std::size_t size = 24, whole = 19;
  std::memcpy(to, from, size);
  if (std::memcmp(from + whole, ".000Z", 5) != 0) [[likely]]
    return to + size;
  to[whole] = 'Z';
  return to + whole + 1;
}

/** Sensor, time and unit stay the text that they are; the numbers are written anew. */
template <class Number>
char* write_line(char* to, const Line& line, double value, double mean) {
  to = copy(to, line.sensor, size_between(line.sensor, line.time) + 1);
  to = copy_time(to, line.time);
  *to++ = ',';
  to = Number::write(to, value);
  *to++ = ',';
  to = copy(to, line.unit, size_between(line.unit, line.end));
  *to++ = ',';
  to = Number::write(to, normalized(value));
  *to++ = ',';
  to = Number::write(to, mean);
  *to++ = '\n';
  return to;
}

/** Threads take pieces, read, filter and write them as they can; what needs the windows, and the output, goes in turns. */
template <class Scan, class Number>
void rewrite(const std::string& input, const std::string& output, int threads) {
  constexpr std::size_t most_bytes_added = 64;  // to a line, by two numbers, and longer forms of the third
  const Pieces pieces(input);
  const Output out(output);
  out.write("sensor_id,timestamp,value,unit,normalized,rolling_avg\n");
  std::atomic<std::size_t> next_piece{0};
  Turns averaging, writing;
  KeyCodes codes;
  std::vector<Window> windows(sensors);
  const auto work = [&] {
    Pieces::Buffer buffer = Pieces::buffer();
    std::vector<char> text(Pieces::piece_bytes + Pieces::longest_line + most_rows * most_bytes_added);
    std::vector<Line> lines(most_rows);
    std::vector<double> value(most_rows), mean(most_rows);
    for (std::size_t piece = 0; (piece = next_piece++) < pieces.count();) {
      std::size_t rows = 0;
      Scan::lines(
          pieces.read(piece, buffer), [&](const Line& line) __attribute__((always_inline)) {
            lines[rows] = line;
            value[rows] = Scan::number(line.value, line.unit - 1);
            rows += is_kept(value[rows]);
          });
      averaging.take(piece, [&] {
        for (std::size_t row = 0; row < rows; ++row) {
          const std::int32_t sensor = codes.code(lines[row].sensor, size_between(lines[row].sensor, lines[row].time));
          mean[row] = windows[static_cast<std::size_t>(sensor)].add(value[row]);
        }
      });
      char* end = text.data();
      for (std::size_t row = 0; row < rows; ++row) end = write_line<Number>(end, lines[row], value[row], mean[row]);
      writing.take(piece, [&] { out.write({text.data(), static_cast<std::size_t>(end - text.data())}); });
    }
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < threads; ++i) helpers.emplace_back(work);
  work();
}

template <class Scan>
int run(const std::vector<std::string>& words) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : ""; };
  const int threads = words.size() > 4 ? std::atoi(words[4].c_str()) : 1;
  const std::map<std::string, std::function<void()>> works = {
      {"parse", [&] { parse<Scan>(word(2)); }},
      {"sum", [&] { sum<Scan>(word(2)); }},
      {"csv", [&] { rewrite<Scan, Shortest>(word(2), word(3), threads); }},
      {"csv6", [&] { rewrite<Scan, SixDecimals>(word(2), word(3), threads); }}};
  const auto found = works.find(word(0));
  if (found == works.end() || words.size() < 3) {
    std::fprintf(stderr, "usage: csv_by_hand parse|sum|csv|csv6 bytes|words INPUT [OUTPUT [THREADS]]\n");
    return 2;
  }
  found->second();
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
  using namespace penstock::bench;
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    return words.size() > 1 && words[1] == "bytes" ? run<Bytes>(words) : run<Words>(words);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "csv_by_hand: %s\n", error.what());
    return EXIT_FAILURE;
  }
}

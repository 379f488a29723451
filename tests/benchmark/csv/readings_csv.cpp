// readings_csv ROWS: the readings of the benchmarks as CSV on standard output, values with four decimals.
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "readings.hpp"

namespace penstock::bench {
namespace {

void append_digits(std::string& text, std::int64_t number, int digits) {
  char place[20];
  for (int i = digits; i-- > 0; number /= 10) place[i] = static_cast<char>('0' + number % 10);
  text.append(place, static_cast<std::size_t>(digits));
}

void append_time(std::string& text, std::int64_t ns) {
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(ns)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
  const auto part = [&](std::int64_t number, int digits, char behind) {
    append_digits(text, number, digits);
    text += behind;
  };
  part(static_cast<int>(date.year()), 4, '-');
  part(static_cast<unsigned>(date.month()), 2, '-');
  part(static_cast<unsigned>(date.day()), 2, 'T');
  part(clock.hours().count(), 2, ':');
  part(clock.minutes().count(), 2, ':');
  part(clock.seconds().count(), 2, '.');
  part(clock.subseconds().count(), 3, 'Z');
}

void append_value(std::string& text, double value) {
  constexpr std::int64_t one = 10'000;
  const std::int64_t scaled = std::llround(value * static_cast<double>(one));
  if (scaled < 0) text += '-';
  text += std::to_string(std::abs(scaled) / one) + '.';
  append_digits(text, std::abs(scaled) % one, 4);
}

bool write_all(std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = write(STDOUT_FILENO, text.data() + done, text.size() - done);
    if (written < 0) return false;
    done += static_cast<std::size_t>(written);
  }
  text.clear();
  return true;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
  using namespace penstock::bench;
  const std::size_t rows = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
  if (rows == 0) {
    std::fprintf(stderr, "usage: %s ROWS\n", argv[0]);
    return 2;
  }
  constexpr std::size_t piece = std::size_t{256} << 10;
  ReadingSequence sequence;
  std::string text = "sensor_id,timestamp,value,unit\n";
  for (std::size_t row = 0; row < rows; ++row) {
    const Reading reading = sequence.next();
    text += key_text(static_cast<std::size_t>(reading.sensor_id)) + ',';
    append_time(text, reading.timestamp);
    text += ',';
    append_value(text, reading.value);
    text += ',' + key_text(sensors) + '\n';
    if ((text.size() >= piece || row + 1 == rows) && !write_all(text)) {
      std::perror("readings_csv");
      return EXIT_FAILURE;
    }
  }
}

#include "cli/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace penstock::cli {
namespace {

constexpr std::size_t gap = 3;

/** Code points of valid UTF-8: all bytes but the continuations. */
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}  // namespace

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_)
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], width(row[column]));
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::size_t padding = widths[column] - width(row[column]);
      if (column > 0) line.append(gap, ' ');
      if (columns_[column] == Align::right) line.append(padding, ' ');
      line += row[column];
      if (columns_[column] == Align::left) line.append(padding, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t from_right = 3; from_right < digits.size(); from_right += 4)
    digits.insert(digits.size() - from_right, 1, ',');
  return digits;
}

std::string duration_text(std::chrono::nanoseconds duration) {
  struct Unit {
    double ns;
    const char* name;
  };
  constexpr std::array<Unit, 4> units = {{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {1, "ns"}}};
  const double ns = static_cast<double>(duration.count());
  // 999.95 would be printed as 1000: it belongs to the next unit.
  const Unit& unit =
      *std::find_if(units.begin(), units.end() - 1, [ns](const Unit& u) { return ns >= 0.99995 * u.ns; });
  const double value = ns / unit.ns;
  const int digits = unit.ns == 1 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  std::array<char, 48> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*f %s", digits, value, unit.name);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace penstock::cli

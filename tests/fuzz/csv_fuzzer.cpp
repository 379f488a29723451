// Reads any bytes as a CSV file; the first one chooses how the file is written, the second how it is read. What must hold:
//   - the vectorised ways find the separators that a loop finds;
//   - csv_reader gives the rows, and the errors at the places, that the plain rules give one record at a time:
//     as a file or through a pipe in pieces of any size, in batches of any size, on one thread or several.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "csv/separators.hpp"
#include "plugins/csv/read_plainly.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_equal(const csv::Outcome& found, const csv::Outcome& expected) {
  if (found == expected) return;
  std::cerr << "found\n" << found << "\nexpected\n" << expected << "\n";
  std::abort();
}

void find_separators(std::string text, csv::Symbols symbols) {
  const std::size_t size = text.size();
  text.resize(size + csv::separators_slack, '\n');
  std::vector<std::int32_t> expected(size + csv::separators_slack), found(expected);
  const std::size_t count = csv::find_separators_plainly(text.data(), size, symbols, expected.data());
  for (std::size_t i = 0; i < csv::separators_ways; ++i) {
    const csv::SeparatorsWay& way = csv::separators_way(i);
    if (way.find == nullptr || !way.usable) continue;
    require(way.find(text.data(), size, symbols, found.data()) == count);
    require(std::equal(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), expected.begin()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::uint8_t first = data[0], second = data[1];
  const std::string once(reinterpret_cast<const char*>(data) + 2, size - 2);
  // Some again and again, so that they come to lie across whatever a reader looks at as one piece.
  constexpr std::size_t many_pieces = 40'000;
  std::string text = once;
  while (second % 8 == 3 && !once.empty() && text.size() < many_pieces) text += once;
  const csv::Way way = csv::way(first);
  find_separators(text, way.form.symbols());
  const csv::Outcome expected = csv::read_plainly(text, way);
  const std::size_t capacity = 1 + second % 67;
  require_equal(csv::read_by_plugin(text, way, PLUGIN, capacity), expected);
  require_equal(csv::read_by_plugin(text, way, PLUGIN, capacity, 1 + second * 16), expected);
  if (second % 8 == 0 || second % 8 == 3)
    require_equal(csv::read_by_plugin(text, way, PLUGIN, capacity, 0, 3), expected);
  return 0;
}

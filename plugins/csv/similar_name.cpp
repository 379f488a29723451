#include "similar_name.hpp"

#include "blanks.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <vector>

namespace csv {
namespace {

constexpr std::size_t longest = 64;  // of a name that is compared letter by letter

char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool resembles(std::string_view name, std::string_view wanted) {
  name = without_blanks(name);
  return !name.empty() && std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(),
                                     [](char a, char b) { return lower(a) == lower(b); });
}

bool is_near(std::string_view name, std::string_view wanted) {
  name = without_blanks(name);
  if (name.empty() || std::max(name.size(), wanted.size()) > longest) return false;
  std::vector<std::size_t> row(wanted.size() + 1);  // edits from the letters of `name` so far to each start of `wanted`
  std::iota(row.begin(), row.end(), 0u);
  for (const char c : name) {
    std::size_t diagonal = row[0]++;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::size_t changed = diagonal + (lower(c) != lower(wanted[i]));
      diagonal = row[i + 1];
      row[i + 1] = std::min({changed, diagonal + 1, row[i] + 1});
    }
  }
  return row.back() <= (std::max(name.size(), wanted.size()) <= 8 ? 1u : 2u);
}

bool has_word(std::string_view name, std::string_view word) {
  const auto is_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  while (!name.empty()) {
    const auto end = std::ranges::find_if_not(name, is_of_word);
    if (std::equal(name.begin(), end, word.begin(), word.end(), [](char a, char b) { return lower(a) == b; }))
      return true;
    name.remove_prefix(std::min<std::size_t>(static_cast<std::size_t>(end - name.begin()) + 1, name.size()));
  }
  return false;
}

bool is_called_clock(std::string_view name) {
  return has_word(name, "time") || has_word(name, "clock") || has_word(name, "hour");
}

}  // namespace csv

#include "diagnostic/suggest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace penstock::diagnostic {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t most_near_names = 4;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/** Edits (insertions, deletions, substitutions, transpositions of neighbours) that turn `a` into `b`: the optimal string
 *  alignment distance. Both at most `longest_name` bytes. */
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_name + 1>;
  Row two_above{}, above{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
    two_above = above;
    above = row;
  }
  return above[b.size()];
}

/** `a`, `b` or `c` */
std::string listed(std::span<const std::string> names, std::string_view last_word) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? last_word : ", ";
    out += '`' + names[i] + '`';
  }
  return out;
}

}  // namespace

std::vector<std::string> near_names(std::string_view name, std::span<const std::string> known) {
  std::vector<std::pair<std::size_t, const std::string*>> near;
  for (const std::string& candidate : known) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    const std::size_t limit = std::max<std::size_t>(1, longer / 3);
    if (name.empty() || candidate.empty() || longer > longest_name || longer - shorter > limit) continue;
    const std::size_t edits = distance(name, candidate);
    if (edits <= limit && edits < longer) near.emplace_back(edits, &candidate);
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (near.size() > most_near_names) near.resize(most_near_names);
  std::vector<std::string> names;
  for (const auto& [edits, candidate] : near) names.push_back(*candidate);
  return names;
}

std::string suggest(std::string_view name, std::span<const std::string> known, std::size_t most) {
  if (const auto near = near_names(name, known); !near.empty()) return "did you mean " + listed(near, " or ") + "?";
  if (known.empty()) return {};
  const std::string verb = known.size() == 1 ? "known is " : "known are ";
  if (known.size() <= most) return verb + listed(known, " and ");
  return verb + listed(known.first(most), ", ") + " and " + std::to_string(known.size() - most) + " more";
}

// A character in front, not a text: of the latter g++ 12 says at -O3 that it may overlap (its bug 105651).
std::string ticked(std::string_view name) { return '`' + std::string(name) + '`'; }

std::string list_of(std::span<const std::string> names, std::size_t most, std::string_view quote) {
  return list_of_first(names.first(std::min(names.size(), most)), names.size(), quote);
}

std::string list_of_first(std::span<const std::string> names, std::size_t count, std::string_view quote) {
  std::string listed;
  for (const std::string& name : names)
    listed.append(listed.empty() ? "" : ", ").append(quote).append(name).append(quote);
  if (count > names.size()) listed += " and " + std::to_string(count - names.size()) + " more";
  return listed;
}

std::string for_shell(const std::string& argument) {
  constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+=/:,%@";
  if (argument.find_first_not_of(harmless) == std::string::npos) return argument;
  std::string quoted = "'";
  for (const char byte : argument) quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return quoted + '\'';
}

}  // namespace penstock::diagnostic

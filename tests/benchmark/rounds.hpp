#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <vector>

namespace penstock::bench {

/** Of an even number of values the greater of the two in the middle. */
[[nodiscard]] inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/** What main() returns of a program whose only argument is how many rounds it compares in. */
template <typename Compare>
int compare_in_rounds(int argc, char** argv, int usual, Compare compare) {
  const int rounds = argc == 2 ? std::atoi(argv[1]) : usual;
  if (argc > 2 || rounds < 1) {
    std::fprintf(stderr, "usage: %s [ROUNDS]\n", argv[0]);
    return 2;
  }
  try {
    return compare(rounds);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
}

}  // namespace penstock::bench

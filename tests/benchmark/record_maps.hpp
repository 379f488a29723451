// The work on records that are maps from names to values: the dictionary per record of a dynamic language, in C++.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "readings.hpp"
#include "totals.hpp"

namespace penstock::bench {

using Record = std::unordered_map<std::string, std::variant<std::int64_t, double, std::string>>;

[[nodiscard]] std::vector<Record> make_records(const ReadingsView& readings);

/** Filters, normalizes and averages in place, a stage after the other; the rows that are left are the result. */
[[nodiscard]] Totals process_records(std::vector<Record>& records);

}  // namespace penstock::bench

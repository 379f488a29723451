#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::pipeline {

/** Why a scalar is not what its parameter takes, in parts of a diagnostic. */
struct Refusal {
  std::string what;         ///< behind the name: `is not a whole number`
  std::string expected;     ///< `a decimal whole number`
  std::string advice = {};  ///< `write 10, or 8 if octal was meant`; empty: none
};

/** Numbers as an operator may write them. One rule for all: decimal digits, no leading zeros (YAML 1.1 reads `010` as
 *  8), no `+`, no digit separators, nothing before or behind; a whole number has no point and no exponent; f64 is
 *  finite. Everything else is refused, with what to write where that can be known. */
[[nodiscard]] std::optional<std::int64_t> read_i64(std::string_view text, Refusal& refusal);
[[nodiscard]] std::optional<std::uint64_t> read_u64(std::string_view text, Refusal& refusal);
[[nodiscard]] std::optional<double> read_f64(std::string_view text, Refusal& refusal);

/** Nanoseconds of one number and one unit: `250ms`, `1.5s`, `2m`, `1h`, `1d`, `10us`, `5ns`. Exact or refused. */
[[nodiscard]] std::optional<std::int64_t> read_duration(std::string_view text, Refusal& refusal);

/** The shortest text that `read_f64` reads back to the same bits. */
[[nodiscard]] std::string write_f64(double value);
/** The shortest text that `read_duration` reads back, in the largest unit that divides it: `90s`, `2m`. */
[[nodiscard]] std::string write_duration(std::int64_t nanoseconds);

}  // namespace penstock::pipeline

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock::cli {

enum class Align : std::uint8_t { left, right };

/** Rows of text in aligned columns, as commands print them. Cells must be printable. */
class Table {
 public:
  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /** A row has a cell for each column. */
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /** Every row on a line of its own, behind `indent` spaces, without spaces at its end. */
  [[nodiscard]] std::string text(std::size_t indent = 0) const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/** `22,695` */
[[nodiscard]] std::string grouped(std::uint64_t number);

/** Three digits or so in the unit that a person would take: `850 ns`, `12.1 µs`, `1.30 ms`, `2.50 s`, `3600 s`. */
[[nodiscard]] std::string duration_text(std::chrono::nanoseconds duration);

}  // namespace penstock::cli

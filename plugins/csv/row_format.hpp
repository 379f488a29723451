// Batches as lines of text.
#pragma once
#include <penstock/any_batch.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dialect.hpp"
#include "key_text.hpp"
#include "text_block.hpp"
#include "time_text.hpp"

namespace csv {

/// Knows the columns of all batches that it is given. What each column needs is decided here once, and not for each row.
/// Copies are for other threads.
class RowFormat {
 public:
  RowFormat(const penstock::Schema& schema, const Dialect& dialect);

  /// The names of the columns, as a line.
  std::string header() const;

  /// Appends the rows from `row` to `end`, but stops when `enough` bytes are in the block. Returns the next row.
  std::size_t append(std::span<const penstock::AnyColumn> columns, std::size_t row, std::size_t end, TextBlock& block,
                     std::size_t enough = SIZE_MAX);

 private:
  enum class Kind : std::uint8_t { real, real32, time, key, text, i64, u64, i32, u32, other };

  struct Field {
    std::string name;
    Kind kind;
    const penstock::AnyColumn* column = nullptr;
    const void* values = nullptr;
    TimeText time = {};
  };

  static Kind kind_of(const penstock::AnyColumn& column);
  void show(std::span<const penstock::AnyColumn> columns);
  char* write(char* out, Field& field, std::size_t row, TextBlock& block);
  char* write_other(char* out, const Field& field, std::size_t row, TextBlock& block);
  char* write_as_it_is(char* out, std::string_view text, TextBlock& block) const;
  template <class T>
  char* write_real(char* out, T value) const;
  char* write_point(char* begin, char* out) const;
  char* write_text(char* out, std::string_view text, TextBlock& block) const;

  Dialect dialect_;
  std::vector<Field> fields_;
  KeyText keys_;
  std::size_t row_room_;  // for one row without its texts of unknown length
};

}  // namespace csv

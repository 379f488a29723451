// console: rows on standard output, for people.
#include "printable.hpp"

#include <penstock/sdk.hpp>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

class Console {
  PENSTOCK_METRIC(std::uint64_t, rows_written, "rows written", label("records_written"), never_decreasing());

 public:
  void bind(const penstock::Schema& schema) {
    columns_.clear();
    for (const penstock::AnyColumn& column : schema.columns()) {
      Column& added = columns_.emplace_back();
      console::append_printable(added.name, column.name());
      added.width = console::width(added.name);
      added.is_text = column.type() == "key" || column.type() == "text" || column.type() == "bytes";
    }
  }

  void open() { has_header_ = false; }

  penstock::Flow consume(const penstock::Batch<>& batch) {
    // Columns are as wide as the widest cell so far: a live table is not held back to measure what is still to come.
    read(batch);
    std::string text;
    if (!has_header_) append_header(text);
    for (std::size_t row = 0; row < batch.rows(); ++row) append_row(text, row);
    if (!write(text)) return penstock::enough;
    rows_written += batch.rows();
    return penstock::more;
  }

  // No rows at all is also a table.
  void flush() {
    if (has_header_) return;
    std::string text;
    append_header(text);
    write(text);
  }

 private:
  struct Column {
    std::string name;
    std::size_t width = 0;
    bool is_text = false;  // to the left; numbers and times to the right
    std::vector<std::string> cells;
  };

  void read(const penstock::Batch<>& batch) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      Column& column = columns_[i];
      column.cells.resize(batch.rows());
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        std::string& cell = column.cells[row];
        cell.clear();
        console::append_printable(cell, batch.columns()[i].text(row, "null"));
        column.width = std::max(column.width, console::width(cell));
      }
    }
  }

  void append_header(std::string& text) {
    append_line(text, [](const Column& column) -> const std::string& { return column.name; });
    has_header_ = true;
  }
  void append_row(std::string& text, std::size_t row) const {
    append_line(text, [row](const Column& column) -> const std::string& { return column.cells[row]; });
  }

  template <class CellOf>
  void append_line(std::string& text, CellOf cell_of) const {
    for (const Column& column : columns_) {
      const std::string& cell = cell_of(column);
      const std::size_t padding = column.width - console::width(cell);
      const bool is_last = &column == &columns_.back();
      if (&column != columns_.data()) text += "  ";
      if (!column.is_text) text.append(padding, ' ');
      text += cell;
      if (column.is_text && !is_last) text.append(padding, ' ');
    }
    text += '\n';
  }

  // False: who read has gone, and wants no more.
  static bool write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
      if (written >= 0) {
        text.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno == EPIPE) {
        return false;
      } else if (errno == EAGAIN) {  // standard output may be non-blocking: somebody else's choice
        pollfd room{STDOUT_FILENO, POLLOUT, 0};
        poll(&room, 1, -1);
      } else if (errno != EINTR) {
        throw penstock::Failed("cannot write to standard output: " + std::generic_category().message(errno));
      }
    }
    return true;
  }

  std::vector<Column> columns_;
  bool has_header_ = false;
};

}  // namespace

PENSTOCK_EXPORT(Sink, Console, console)

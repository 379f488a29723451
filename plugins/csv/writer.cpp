// csv_writer: every column that comes, a line a row.
#include "output_file.hpp"
#include "text.hpp"

#include <penstock/sdk.hpp>

#include <memory>
#include <string>

namespace {

class CsvWriter {
  PENSTOCK_PARAM(penstock::Path, path, penstock::required,
                 "file to write, replaced if it is there; `-` for standard output", example("out.csv"));
  PENSTOCK_METRIC(std::uint64_t, rows_written, "rows written", label("records_written"), never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, bytes_written, "bytes written, with the header", unit("B"), never_decreasing());

 public:
  void bind(const penstock::Schema& schema) {
    std::string line;
    for (const penstock::AnyColumn& column : schema.columns()) {
      if (&column != schema.columns().data()) line += ',';
      csv::append_text(line, column.name());
    }
    header_ = line + '\n';
  }

  void open() {
    file_ = std::make_unique<csv::OutputFile>(*path);
    reader_has_gone_ = false;
    text_ = header_;
  }

  penstock::Flow consume(const penstock::Batch<>& batch) {
    for (std::size_t row = 0; row < batch.rows() && !reader_has_gone_; ++row) {
      append_row(batch, row);
      if (text_.size() >= piece) write();
    }
    // Not kept for the next batch: from a live source that may be long in coming.
    write();
    if (reader_has_gone_) return penstock::enough;
    rows_written += batch.rows();
    return penstock::more;
  }

  // No rows at all is also a table: the header is written here at the latest.
  void flush() {
    write();
    if (!reader_has_gone_) file_->sync();
  }

  void close() {
    const auto file = std::move(file_);
    file->close();
  }

 private:
  static constexpr std::size_t piece = std::size_t{256} << 10;

  void append_row(const penstock::Batch<>& batch, std::size_t row) {
    for (const penstock::AnyColumn& column : batch.columns()) {
      if (&column != batch.columns().data()) text_ += ',';
      if (column.is_null(row)) continue;
      const std::string_view value = column.text(row, {});
      const std::string_view type = column.type();
      if (type == "f64" || type == "time")
        text_ += value;
      else
        csv::append_text(text_, value);
    }
    text_ += '\n';
  }

  void write() {
    if (text_.empty() || reader_has_gone_) return;
    reader_has_gone_ = !file_->write(text_);
    if (!reader_has_gone_) bytes_written += text_.size();
    text_.clear();
  }

  std::string header_;
  std::unique_ptr<csv::OutputFile> file_;
  std::string text_;  // not yet written
  bool reader_has_gone_ = false;
};

}  // namespace

PENSTOCK_EXPORT(Sink, CsvWriter, csv_writer)

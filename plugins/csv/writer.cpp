// csv_writer: every column that comes, a line a row.
#include <penstock/sdk.hpp>

#include <memory>
#include <string>

#include "block.hpp"
#include "output_file.hpp"
#include "row_format.hpp"

namespace {

class CsvWriter {
  PENSTOCK_PARAM(penstock::Path, path, penstock::required,
                 "file to write, replaced if it is there; `-` for standard output", example("out.csv"));
  PENSTOCK_METRIC(std::uint64_t, rows_written, "rows written", label("records_written"), never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, bytes_written, "bytes written, with the header", unit("B"), never_decreasing());

 public:
  void bind(const penstock::Schema& schema) { format_ = std::make_unique<csv::RowFormat>(schema, csv::Dialect{}); }

  void open() {
    file_ = std::make_unique<csv::OutputFile>(*path);
    reader_has_gone_ = false;
    header_ = format_->header();
  }

  penstock::Flow consume(const penstock::Batch<>& batch) {
    std::size_t row = 0;
    // Nothing is kept for the next batch: from a live source that may be long in coming.
    while (row < batch.rows() && !reader_has_gone_) {
      block_.clear();
      row = format_->append(batch.columns(), row, batch.rows(), block_, piece);
      write(block_.text());
    }
    if (reader_has_gone_) return penstock::enough;
    rows_written += batch.rows();
    return penstock::more;
  }

  // No rows at all is also a table: the header is written here at the latest.
  void flush() {
    write({});
    if (!reader_has_gone_) file_->sync();
  }

  void close() {
    const auto file = std::move(file_);
    file->close();
  }

 private:
  static constexpr std::size_t piece = std::size_t{256} << 10;

  void write(std::string_view text) {
    std::string first = std::move(header_);
    header_.clear();
    first += text;
    if (first.empty() || reader_has_gone_) return;
    reader_has_gone_ = !file_->write(first);
    if (!reader_has_gone_) bytes_written += first.size();
  }

  std::unique_ptr<csv::RowFormat> format_;
  std::string header_;  // not yet written
  std::unique_ptr<csv::OutputFile> file_;
  csv::Block block_;
  bool reader_has_gone_ = false;
};

}  // namespace

PENSTOCK_EXPORT(Sink, CsvWriter, csv_writer)

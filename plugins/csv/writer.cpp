// csv_writer: every column that comes, a line a row.
#include <penstock/sdk.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "dialect.hpp"
#include "output_file.hpp"
#include "real_text.hpp"
#include "row_format.hpp"
#include "text_block.hpp"
#include "write_behind.hpp"

namespace {

class CsvWriter {
  PENSTOCK_PARAM(penstock::Path, path, penstock::required,
                 "file to write, replaced if it is there; `-` for standard output", example("out.csv"));
  PENSTOCK_PARAM(std::string, delimiter, ",", "what stands between two fields: one character, or `tab`", example(";"));
  PENSTOCK_PARAM(std::string, decimal, ".", "the decimal point of real numbers", one_of(".", ","));
  PENSTOCK_PARAM(std::int64_t, decimals, -1,
                 "digits behind the decimal point; -1: the fewest that read back as the same number", at_least(-1),
                 at_most(csv::most_decimals));
  PENSTOCK_PARAM(std::string, null, "", "what is written where there is no value", example("NA"));
  PENSTOCK_PARAM(bool, header, true, "whether the first line has the names of the columns");
  PENSTOCK_PARAM(
      bool, atomic, false,
      "whether the file appears as a whole at the end of the run, and stays as it was if the run fails before");
  PENSTOCK_METRIC(std::uint64_t, rows_written, "rows written", label("records_written"), never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, bytes_written, "bytes written, with the header", unit("B"), never_decreasing());

 public:
  explicit CsvWriter(penstock::Host& host) : host_(host) {}

  void configure() {
    if (!csv::Dialect::is_delimiter(*delimiter) && delimiter != "tab")
      throw penstock::Refused(
          delimiter,
          "expected one character that stands in no number and no time, such as `,`, `;` or `|`, or the "
          "word `tab`");
    const csv::Dialect dialect = this->dialect();
    if (null->find_first_of(std::string("\"\r\n") + dialect.delimiter) != null->npos)
      throw penstock::Refused(null,
                              "expected a word without line end, quote and delimiter: in quotes it would be a text");
  }

  void bind(const penstock::Schema& schema) { format_ = std::make_unique<csv::RowFormat>(schema, dialect()); }

  void open() {
    using Replace = csv::OutputFile::Replace;
    file_ = std::make_unique<csv::OutputFile>(*path, atomic ? Replace::at_publish : Replace::at_first_write);
    reader_has_gone_ = false;
    has_begun_ = is_flushed_ = false;
    if (host_.threads() < 2) return;
    try {
      behind_ = std::make_unique<csv::WriteBehind>(*format_, *file_, host_.threads() - 1);
    } catch (const std::system_error& error) {
      host_.log(penstock::LogLevel::info, "`" + *path + "` is written by one thread: " + error.what());
    }
  }

  // Nothing is kept for the next batch: from a live source that may be long in coming.
  penstock::Flow consume(const penstock::Batch<>& batch) {
    is_flushed_ = false;
    begin();
    if (behind_)
      hand_over(batch);
    else
      write_here(batch);
    return reader_has_gone_ ? penstock::enough : penstock::more;
  }

  void flush() {
    begin();  // no rows at all is also a table
    if (behind_) with_stock([&] { behind_->finish(); });
    if (!reader_has_gone_) file_->sync();
    is_flushed_ = true;
  }

  void close() {
    if (behind_ && !is_flushed_) finish_behind();
    behind_.reset();
    const auto file = std::move(file_);
    if (is_flushed_) file->publish();
    file->close();
  }

 private:
  static constexpr std::size_t piece = std::size_t{256} << 10;

  csv::Dialect dialect() const {
    return {.delimiter = delimiter == "tab" ? '\t' : delimiter->front(),
            .point = decimal->front(),
            .decimals = static_cast<int>(decimals),
            .null = *null};
  }

  // The header, before anything else is written and not before that.
  void begin() {
    if (std::exchange(has_begun_, true)) return;
    write(header ? format_->header() : std::string());
  }

  void write_here(const penstock::Batch<>& batch) {
    for (std::size_t row = 0; row < batch.rows() && !reader_has_gone_;) {
      block_.clear();
      row = format_->append(batch.columns(), row, batch.rows(), block_, piece);
      write(block_.text());
    }
    if (!reader_has_gone_) rows_written += batch.rows();
  }

  void write(std::string_view text) {
    reader_has_gone_ = !file_->write(text);
    if (!reader_has_gone_) bytes_written += text.size();
  }

  void hand_over(const penstock::Batch<>& batch) {
    with_stock([&] { behind_->add(batch.take()); });
  }

  // After a run that failed the batches that are inside are written, as one thread would have done before.
  void finish_behind() {
    try {
      with_stock([&] { behind_->finish(); });
    } catch (const std::exception&) {  // was thrown before, or is of no interest any more
    }
  }

  // Counts what the threads have written since the last time, whether `work` throws or not.
  template <class Work>
  void with_stock(Work work) {
    const auto take_stock = [&] {
      reader_has_gone_ = reader_has_gone_ || behind_->reader_has_gone();
      const auto [rows, bytes] = behind_->written_since();
      rows_written += rows;
      bytes_written += bytes;
    };
    try {
      work();
    } catch (...) {
      take_stock();
      throw;
    }
    take_stock();
  }

  penstock::Host& host_;
  std::unique_ptr<csv::RowFormat> format_;
  std::unique_ptr<csv::OutputFile> file_;
  std::unique_ptr<csv::WriteBehind> behind_;  // if there are threads for it
  csv::TextBlock block_;
  bool reader_has_gone_ = false, has_begun_ = false, is_flushed_ = false;
};

}  // namespace

PENSTOCK_EXPORT(Sink, CsvWriter, csv_writer)

// Batches that are formatted, and written in their order, beside the stages.
#pragma once
#include <penstock/any_batch.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <vector>

#include "ordered_work.hpp"
#include "output_file.hpp"
#include "row_format.hpp"
#include "text_block.hpp"

namespace csv {

/// Each batch becomes a block of text on one of the threads. The thread that has finished a block writes all that are ready,
/// in order: nobody has to come back for that, so a batch does not wait for the one after it. At most four batches for
/// each thread, that of the caller among them, are inside; who brings one more does one itself.
///
/// Methods are called by one thread at a time, which does not write to the file as long as anything is inside.
class WriteBehind {
 public:
  /// Each thread has its own copy of the format.
  WriteBehind(const RowFormat& format, OutputFile& file, std::size_t threads);

  /// Throws what formatting or writing an earlier batch threw; nothing is written from there on.
  void add(penstock::OwnedBatch batch);
  /// Until all that was added is written. Throws in the same way.
  void finish();

  /// As OutputFile::write() said. What is added then is dropped.
  bool reader_has_gone() const { return reader_has_gone_; }

  struct Amount {
    std::uint64_t rows, bytes;
  };
  /// What was written since the last call, or the beginning.
  Amount written_since() { return {rows_written_.exchange(0), bytes_written_.exchange(0)}; }

 private:
  struct Lines {
    TextBlock text;
    std::size_t rows = 0;
  };
  using Work = OrderedWork<penstock::OwnedBatch, Lines>;

  Work::Work formatting(const RowFormat& format);
  Lines format(RowFormat& format, const penstock::OwnedBatch& batch);
  bool write_next() noexcept;
  void write(const Lines& lines);
  void throw_if_failed() const;

  OutputFile& file_;
  std::mutex writing_;  // held from taking a block to having written it, which keeps their order
  std::exception_ptr error_;
  std::atomic<bool> has_failed_ = false;  // `error_` holds still from here on
  std::atomic<bool> reader_has_gone_ = false;
  std::atomic<std::uint64_t> rows_written_ = 0, bytes_written_ = 0;
  std::mutex spares_mutex_;
  std::vector<TextBlock> spares_;  // written blocks, whose memory is used again
  Work::Work own_;                 // what the thread does that brings the batches
  Work work_;                      // last: its threads use all of the above
};

}  // namespace csv

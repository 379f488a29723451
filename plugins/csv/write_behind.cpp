#include "write_behind.hpp"

#include <functional>
#include <utility>

namespace csv {

WriteBehind::WriteBehind(const RowFormat& format, OutputFile& file, std::size_t threads)
    : file_(file),
      own_(formatting(format)),
      work_(std::vector<Work::Work>(threads, formatting(format)), 4 * (threads + 1), [this] {
        while (work_.has_result() && write_next()) continue;
      }) {}

WriteBehind::Work::Work WriteBehind::formatting(const RowFormat& format) {
  return [this, own = format](penstock::OwnedBatch&& batch) mutable { return this->format(own, batch); };
}

void WriteBehind::add(penstock::OwnedBatch batch) {
  throw_if_failed();
  // No more than the next one is written here: for as long as that takes, nobody brings work for the threads.
  if (!reader_has_gone_) work_.add(std::move(batch), own_, [this] { write_next(); });
}

void WriteBehind::finish() {
  while (work_.has_result() && write_next()) continue;
  work_.wait_until_empty();
  const std::lock_guard last_block_is_written(writing_);
  throw_if_failed();
}

WriteBehind::Lines WriteBehind::format(RowFormat& format, const penstock::OwnedBatch& batch) {
  Lines lines;
  {
    const std::lock_guard lock(spares_mutex_);
    if (!spares_.empty()) {
      lines.text = std::move(spares_.back());
      spares_.pop_back();
    }
  }
  lines.text.clear();
  lines.rows = format.append(batch.columns(), 0, batch.rows(), lines.text);
  return lines;
}

// False: another thread is in here, which looks again behind itself. Who finds nothing has to do so as well: what became
// ready meanwhile was left to it.
bool WriteBehind::write_next() noexcept {
  const std::unique_lock lock(writing_, std::try_to_lock);
  if (!lock) return false;
  try {
    auto lines = work_.try_take();
    if (!lines) return true;
    write(*lines);
    const std::lock_guard spares_lock(spares_mutex_);
    spares_.push_back(std::move(lines->text));
  } catch (...) {
    // The first one counts, and the rest is taken without being written, so that nobody waits for it.
    if (has_failed_) return true;
    error_ = std::current_exception();
    has_failed_ = true;
  }
  return true;
}

void WriteBehind::write(const Lines& lines) {
  if (has_failed_ || reader_has_gone_) return;
  if (!file_.write(lines.text.text())) {
    reader_has_gone_ = true;
    return;
  }
  rows_written_ += lines.rows;
  bytes_written_ += lines.text.size();
}

void WriteBehind::throw_if_failed() const {
  if (has_failed_) std::rethrow_exception(error_);
}

}  // namespace csv

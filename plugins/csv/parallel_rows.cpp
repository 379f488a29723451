#include "parallel_rows.hpp"

#include <penstock/column.hpp>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace csv {

ParallelRows::ParallelRows(Input& input, std::size_t threads, const RegularRows::Form& form, bool latin1,
                           Splitter& splitter, penstock::Host& host)
    : splitter_(splitter),
      host_(host),
      has_sensors_(form.columns.sensor_id != absent),
      has_units_(form.columns.unit != absent),
      blocks_(input, threads, form, latin1, splitter.rest()),
      keys_(blocks_.parsers()),
      bytes_from_splitter_(splitter.rest().size()) {
  splitter.skip(splitter.rest().size());
}

ParallelRows::Progress ParallelRows::take(Rows& rows) {
  if (!block_) {
    if (!begin_block()) return blocks_.at_end() ? Progress::end : Progress::wait;
    // Behind an unfinished record nobody knows yet where the next one begins.
    if (!splitter_.rest().empty()) {
      feed(block_->text());
      blocks_.give_back(std::move(block_));
      return Progress::made;
    }
  }
  if (done_.irregular < block_->irregular.size()) {
    const ParsedBlock::Irregular& next = block_->irregular[done_.irregular];
    if (!take_rows(next.row, rows)) return Progress::made;
    skip_lines(next.lines_before);
    feed(block_->text().substr(next.offset, next.size));
    ++done_.lines;  // the splitter counts it
    ++done_.irregular;
  } else if (take_rows(block_->rows, rows)) {
    skip_lines(block_->lines);
    feed(block_->text().substr(block_->parsed));
    blocks_.give_back(std::move(block_));
  }
  return Progress::made;
}

bool ParallelRows::begin_block() {
  block_ = blocks_.take();
  if (!block_) return false;
  Keys& keys = keys_[block_->parser];
  keys.sensors.add(std::move(block_->new_sensors));
  keys.units.add(std::move(block_->new_units));
  bytes_ += block_->size - std::min(block_->size, std::exchange(bytes_from_splitter_, 0));
  done_ = {};
  return true;
}

// Rows of the block up to this one; false: the columns were full before.
bool ParallelRows::take_rows(std::size_t until, Rows& rows) {
  const ParsedBlock& block = *block_;
  const std::size_t count = std::min(rows.capacity - rows.count, until - done_.rows);
  std::copy_n(block.timestamp.data() + done_.rows, count, rows.timestamp + rows.count);
  std::copy_n(block.value.data() + done_.rows, count, rows.value + rows.count);
  Keys& keys = keys_[block.parser];
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = done_.rows, to = rows.count;
    rows.sensor_id[to] = has_sensors_ ? keys.sensors.key(block.sensor_id[from].code, host_) : block.sensor_id[from];
    const bool has_unit = penstock::bit_at(block.unit_valid.data(), from);
    rows.unit[to] = has_units_ && has_unit ? keys.units.key(block.unit[from].code, host_) : block.unit[from];
    if (!has_unit) penstock::set_bit(rows.unit_valid, to, false);
    if (!penstock::bit_at(block.value_valid.data(), from)) penstock::set_bit(rows.value_valid, to, false);
    ++done_.rows;
    ++rows.count;
  }
  return done_.rows == until;
}

// All of them: an irregular record may be longer than the room that the splitter has at a time.
void ParallelRows::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::span<char> room = splitter_.room();
    const std::size_t size = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), size);
    splitter_.filled(size);
    bytes.remove_prefix(size);
  }
}

void ParallelRows::skip_lines(std::size_t lines) {
  splitter_.skip(0, lines - done_.lines);
  done_.lines = lines;
}

}  // namespace csv

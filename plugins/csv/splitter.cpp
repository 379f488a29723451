#include "splitter.hpp"

#include "parsed.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace csv {
namespace {

constexpr std::size_t chunk = std::size_t{256} << 10;
std::string size_text(std::size_t bytes) {
  constexpr std::size_t mega = std::size_t{1} << 20;
  return bytes % mega == 0 ? std::to_string(bytes / mega) + " MiB" : std::to_string(bytes) + " bytes";
}

}  // namespace

std::string_view Record::text(std::size_t field) const {
  const Field& f = fields_[field];
  return f.doubled ? std::string_view(unescaped_).substr(f.unescaped, f.size) : raw_.substr(f.begin, f.end - f.begin);
}

Place Record::place(std::size_t field, std::size_t offset) const {
  const Field& f = fields_[field];
  std::size_t at = f.begin;
  for (; offset > 0 && at < f.end; --offset) at += f.doubled && raw_[at] == quote_ ? 2 : 1;
  return this->at(at);
}

Place Record::at(std::size_t offset) const {
  const std::string_view before = raw_.substr(0, offset);
  const std::size_t line_end = before.rfind('\n');
  return {line_ + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
          before.size() - (line_end == before.npos ? 0 : line_end + 1) + 1};
}

Splitter::Splitter(const RecordForm& form)
    : form_(form),
      short_enough_("a record of at most " + size_text(form.max_record) + ", as `max_line` says"),
      closed_in_time_(short_enough_ + " (is a quote not closed?)"),
      well_closed_(shown({&form.delimiter, 1}) + " or the end of the line behind a closing quote") {
  for (const char c : {form.delimiter, '\n', form.has_quotes ? form.quote : '\n'})
    is_special_[static_cast<unsigned char>(c)] = true;
  record_.quote_ = form.quote;
  record_.delimiter_ = form.delimiter;
}

std::span<char> Splitter::room() {
  if (begin_ > slack) {
    const std::size_t moved = begin_ - slack;
    std::memmove(buffer_.data() + slack, buffer_.data() + begin_, end_ - begin_);
    scan_ -= moved;
    end_ -= moved;
    begin_ = slack;
  }
  if (buffer_.size() < end_ + chunk / 4 + slack) buffer_.resize(std::max(chunk, 2 * buffer_.size()));
  return {buffer_.data() + end_, buffer_.size() - end_ - slack};
}

const Record* Splitter::next() {
  if (taken_) {
    record_.fields_.clear();
    record_.unescaped_.clear();
    record_.expected_ = nullptr;
    record_.wrong_ = 0;
    taken_ = false;
  }
  if (at_record_end() || last_record_end()) return take();
  return nullptr;
}

// Goes on until the newline of the record at hand, or until there are no more bytes.
bool Splitter::at_record_end() {
  if (scan_ == end_) return false;
  char* const data = buffer_.data();
  data[end_] = '\n';  // ends every run of ordinary bytes, so that the loop over them need not look at its length
  while (scan_ < end_) {
    bool ended = false;
    switch (state_) {
      case State::field:
        state_ = is_quote(data[scan_]) ? State::quoted : State::unquoted;
        if (state_ == State::quoted) {
          has_quotes_ = true;
          ++scan_;
        }
        field_ = scan_ - begin_;
        break;
      case State::unquoted: {
        const char* at = data + scan_;
        while (!is_special_[static_cast<unsigned char>(*at)]) ++at;
        scan_ = static_cast<std::size_t>(at - data);
        if (scan_ == end_) break;
        ended = *at == '\n';
        if (is_quote(*at)) {
          fail("no quote inside a field that does not begin with one (`quote: none` takes it as it is)", scan_);
          break;
        }
        add_field(ended && scan_ > begin_ + field_ && at[-1] == '\r' ? scan_ - 1 : scan_, false);
        if (ended) break;
        ++scan_;
        state_ = State::field;
        break;
      }
      case State::quoted: {
        const void* const quote = std::memchr(data + scan_, form_.quote, end_ - scan_);
        scan_ = quote ? static_cast<std::size_t>(static_cast<const char*>(quote) - data) + 1 : end_;
        if (quote) state_ = State::behind_quote;
        break;
      }
      case State::behind_quote:
        if (data[scan_] == '\r' && scan_ + 1 == end_ && !finished_) return false;
        ended = behind_quote();
        break;
      case State::skipping: {
        const void* const newline = std::memchr(data + scan_, '\n', end_ - scan_);
        scan_ = newline ? static_cast<std::size_t>(static_cast<const char*>(newline) - data) : end_;
        ended = newline != nullptr;
        break;
      }
    }
    if (scan_ - begin_ > form_.max_record && state_ != State::skipping) {
      fail(short_enough_.c_str(), begin_);
      scan_ = begin_ + form_.max_record;
    } else if (ended) {
      return true;
    }
  }
  if (state_ == State::skipping && end_ - begin_ > form_.max_record) {
    dropped_ += end_ - begin_ - form_.max_record;
    scan_ = end_ = begin_ + form_.max_record;
  }
  return false;
}

// What follows the quote that was just seen; true at the end of the record.
bool Splitter::behind_quote() {
  const char* const at = buffer_.data() + scan_;
  if (is_quote(*at)) {
    doubled_ = true;
    state_ = State::quoted;
  } else if (*at == form_.delimiter) {
    add_field(scan_ - 1, true);
    state_ = State::field;
  } else if (*at == '\n') {
    add_field(scan_ - 1, true);
    return true;
  } else if (*at == '\r' && at[1] == '\n') {
    add_field(scan_ - 1, true);
    ++scan_;
    return scan_ < end_;
  } else {
    fail(well_closed_.c_str(), scan_);
    return false;
  }
  ++scan_;
  return false;
}

// The end of the file ends the last record.
bool Splitter::last_record_end() {
  if (!finished_ || scan_ < end_ || begin_ == end_) return false;
  switch (state_) {
    case State::field:
      field_ = scan_ - begin_;
      add_field(scan_, false);
      break;
    case State::unquoted: {
      const bool cr = scan_ > begin_ + field_ && buffer_[scan_ - 1] == '\r';
      add_field(cr ? scan_ - 1 : scan_, false);
      break;
    }
    case State::quoted: fail("a closing quote before the end of the file", begin_ + field_ - 1); break;
    case State::behind_quote:
      if (is_quote(buffer_[scan_ - 1])) add_field(scan_ - 1, true);
      break;
    case State::skipping: break;
  }
  return true;
}

void Splitter::add_field(std::size_t end, bool is_quoted) {
  Record::Field field{
      static_cast<std::uint32_t>(field_), static_cast<std::uint32_t>(end - begin_), 0, 0, is_quoted, doubled_};
  if (doubled_) {
    std::string& text = record_.unescaped_;
    field.unescaped = static_cast<std::uint32_t>(text.size());
    const char* const raw = buffer_.data() + begin_;
    for (std::size_t i = field.begin; i < field.end; ++i) {
      text += raw[i];
      if (is_quote(raw[i])) ++i;
    }
    field.size = static_cast<std::uint32_t>(text.size()) - field.unescaped;
    doubled_ = false;
  }
  record_.fields_.push_back(field);
}

void Splitter::fail(const char* expected, std::size_t at) {
  // What is wrong behind the limit is not seen when the bytes come in pieces.
  const bool too_long = at - begin_ > form_.max_record;
  record_.expected_ = too_long ? short_enough_.c_str() : expected;
  record_.wrong_ = too_long ? 0 : at - begin_;
  if (too_long) scan_ = begin_ + form_.max_record;
  state_ = State::skipping;
}

const char* Splitter::too_long(std::string_view start) const {
  const bool has_quote = form_.has_quotes && start.find(form_.quote) != start.npos;
  return has_quote ? closed_in_time_.c_str() : short_enough_.c_str();
}

const Record* Splitter::take() {
  const char* const data = buffer_.data();
  std::size_t length = scan_ - begin_;
  if (length > 0 && length <= form_.max_record && data[scan_ - 1] == '\r') --length;
  record_.raw_ = {data + begin_, std::min(length, form_.max_record)};
  record_.size_ = length + dropped_;
  record_.line_ = line_;
  if (record_.expected_) record_.fields_.clear();
  if (record_.expected_ == short_enough_.c_str()) record_.expected_ = too_long(record_.raw_);

  line_ += 1;
  if (has_quotes_) line_ += static_cast<std::uint64_t>(std::count(record_.raw_.begin(), record_.raw_.end(), '\n'));
  scan_ += scan_ < end_;  // the newline
  begin_ = scan_;
  state_ = State::field;
  doubled_ = has_quotes_ = false;
  dropped_ = 0;
  taken_ = true;
  return &record_;
}

}  // namespace csv

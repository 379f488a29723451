// Bytes -> records of fields, by RFC 4180: the only code that knows what a quote is.
#pragma once
#include "separators.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// How the records of a file are written.
struct RecordForm {
  char delimiter = ',';
  char quote = '"';
  bool has_quotes = true;                         // else `quote` is a byte like any other
  std::size_t max_record = std::size_t{1} << 20;  // bytes

  Symbols symbols() const { return {delimiter, has_quotes ? quote : '\n'}; }
};

/// Line and column in the file, from 1. A column is a byte: what comes before may not be text at all.
struct Place {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// One record of the file. Views end with the next call of the splitter.
class Record {
 public:
  std::size_t fields() const { return fields_.size(); }
  /// What the field says: without its quotes, doubled quotes as one.
  std::string_view text(std::size_t field) const;
  bool was_quoted(std::size_t field) const { return fields_[field].quoted; }
  /// Where byte `offset` of text(field) stands.
  Place place(std::size_t field, std::size_t offset = 0) const;

  /// The record as it came, without the end of its last line; of one that is too long, its start.
  std::string_view raw() const { return raw_; }
  std::uint64_t line() const { return line_; }
  /// What stands between its fields.
  char delimiter() const { return delimiter_; }
  /// Bytes of the record in the file, without the end of its last line.
  std::uint64_t size() const { return size_; }
  /// A line with nothing in it.
  bool blank() const { return size_ == 0; }
  /// Why this is no record: what was expected, or null. There are no fields then.
  const char* expected() const { return expected_; }
  Place wrong() const { return at(wrong_); }

 private:
  friend class Splitter;
  struct Field {
    std::uint32_t begin, end;       // in raw, inside the quotes
    std::uint32_t unescaped, size;  // in unescaped_, of a field with doubled quotes
    bool quoted, doubled;
  };
  char quote_ = '"', delimiter_ = ',';

  Place at(std::size_t offset) const;

  std::string_view raw_;
  std::vector<Field> fields_;
  std::string unescaped_;
  std::uint64_t line_ = 1;
  std::uint64_t size_ = 0;
  const char* expected_ = nullptr;
  std::size_t wrong_ = 0;
};

/// Splits what is filled in, piece by piece; a record that is not whole yet costs no second look at its bytes, and the
/// pieces make no difference. Lines end with LF or CRLF, the last one also with the end of the file. Strict: a quote
/// stands around a whole field or not at all.
class Splitter {
 public:
  /// A record that is longer than the form says is refused, and reading goes on behind the line in which the limit lies:
  /// memory is bounded.
  explicit Splitter(const RecordForm& form = {});

  /// Bytes that may be read before rest() and behind it.
  static constexpr std::size_t slack = 64;

  /// Where to put the next bytes; then say how many they are. Ends the views of the record.
  std::span<char> room();
  void filled(std::size_t bytes) { end_ += bytes; }
  /// There will be no more bytes.
  void finish() { finished_ = true; }

  /// Takes the next record; null if more bytes are needed or, after finish(), if there is none. Borrowed until the next
  /// call of next() or room().
  const Record* next();

  /// Whether rest() begins with a record of which nothing was looked at yet.
  bool is_between_records() const { return scan_ == begin_ && state_ == State::field; }
  /// Drops bytes of what comes next, such as a byte order mark or records that somebody else has read. Between records.
  void skip(std::size_t bytes, std::size_t lines = 0) {
    scan_ = begin_ = begin_ + bytes;
    line_ += lines;
  }
  /// What was filled in and not yet taken.
  std::string_view rest() const {
    return begin_ == end_ ? std::string_view() : std::string_view(buffer_.data() + begin_, end_ - begin_);
  }
  /// What was expected of the record in rest(), if that is already too long, however it goes on; else null.
  const char* is_too_long() const {
    return record_.expected_ == short_enough_.c_str() ? too_long(rest().substr(0, form_.max_record)) : nullptr;
  }
  /// Line of the record that comes next.
  std::uint64_t line() const { return line_; }

 private:
  enum class State { field, unquoted, quoted, behind_quote, skipping };

  bool at_record_end();
  bool behind_quote();
  bool last_record_end();
  void add_field(std::size_t end, bool is_quoted);
  void fail(const char* expected, std::size_t at);
  const char* too_long(std::string_view start) const;
  const Record* take();
  bool is_quote(char c) const { return c == form_.quote && form_.has_quotes; }

  RecordForm form_;
  std::string short_enough_, closed_in_time_, well_closed_;  // what is expected of a record
  std::array<bool, 256> is_special_{};  // what ends the run of ordinary bytes in a field without quotes
  std::vector<char> buffer_;
  std::size_t begin_ = slack;  // of the record at hand
  std::size_t scan_ = slack;   // looked at up to here
  std::size_t end_ = slack;    // of the bytes filled in
  State state_ = State::field;
  std::size_t field_ = 0;  // begin of the field at hand, from begin_
  bool doubled_ = false;
  bool has_quotes_ = false;  // only such a record can have several lines
  bool finished_ = false;
  bool taken_ = false;  // the record is with the caller
  std::uint64_t line_ = 1;
  std::uint64_t dropped_ = 0;  // bytes of a record that is too long, no longer in the buffer
  Record record_;
};

}  // namespace csv

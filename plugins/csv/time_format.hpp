// Times of a form that the operator gives.
#pragma once
#include "civil.hpp"
#include "parsed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// A form such as `%d/%m/%Y %H:%M`, in the letters of strftime:
///
///   %Y four digits        %m %d %H %I %M %S one or two digits, two beside another number
///   %y 69 to 99: 1969 to 1999, 00 to 68: 2000 to 2068      %j day of the year, one to three digits
///   %b the month in English, `Mar` or `March`              %p `AM` or `PM`, which %I needs
///   %f one to nine digits of a second's fraction           %z `Z`, `+01:00`, `+0100` or `+01`
///   %F = %Y-%m-%d    %T = %H:%M:%S    %R = %H:%M    %% a percent sign
///
/// All else stands for itself. What is not said of the clock is 0.
class TimeFormat {
 public:
  /// Throws std::runtime_error with what is wrong with the form.
  explicit TimeFormat(const std::string& form);

  /// A whole text.
  Parsed<Civil> parse(std::string_view text) const;

  /// Whether the time has an offset of its own.
  bool has_offset() const { return has_offset_; }
  /// Whether it has a time of day: without one every time is that of midnight.
  bool has_clock() const { return has_clock_; }
  /// Whether it ends with a `Z` that looks like the offset and is a letter like any other.
  bool ends_with_letter_z() const { return !has_offset_ && parts_.back().byte == 'Z'; }

 private:
  struct Part {
    char letter;  // of the form; 0: a byte that stands for itself
    char byte;
    bool tight;  // beside another number
  };

  void add(char letter);

  std::vector<Part> parts_;
  bool has_offset_ = false, has_clock_ = false;
  std::string expected_;
};

/// Forms that the text may have, each of which reads it; none if it looks like nothing known. Two if the day and the
/// month may be either of both: the day first in the first one.
std::vector<std::string> guess_formats(std::string_view text);

/// A date in one of these forms without a time of day.
bool is_only_a_date(std::string_view text);

/// A time of day such as `12:00`, `12:00:00.5` or `1:00 PM`, with a colon.
bool is_only_a_clock(std::string_view text);

}  // namespace csv

#include "time_format.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace csv {
namespace {

constexpr std::string_view letters = "YymdHIMSjbpfz";

bool is_digit(char c) { return '0' <= c && c <= '9'; }
char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t most_digits(char letter) {
  return letter == 'Y'                                     ? 4
         : letter == 'f'                                   ? 9
         : letter == 'j'                                   ? 3
         : letter == 'b' || letter == 'p' || letter == 'z' ? 0
                                                           : 2;
}

// What is left of a text to be read.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;

  std::string_view rest() const { return text.substr(at); }
  bool starts_with(std::string_view word) const {
    return rest().size() >= word.size() &&
           std::equal(word.begin(), word.end(), rest().begin(), [](char a, char b) { return lower(a) == lower(b); });
  }
  bool take(std::string_view word) {
    if (!starts_with(word)) return false;
    at += word.size();
    return true;
  }
  // Digits taken.
  std::size_t number(std::size_t most, std::int64_t& value) {
    const std::size_t begin = at;
    for (value = 0; at < text.size() && at - begin < most && is_digit(text[at]); ++at)
      value = value * 10 + (text[at] - '0');
    return at - begin;
  }
};

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};

bool take_month(Cursor& cursor, unsigned& month) {
  for (std::size_t i = 0; i < months.size(); ++i)
    if (cursor.take(months[i]) || cursor.take(months[i].substr(0, 3))) {
      month = static_cast<unsigned>(i + 1);
      return true;
    }
  return false;
}

bool take_offset(Cursor& cursor, std::optional<std::int64_t>& offset) {
  if (cursor.take("z")) {
    offset = 0;
    return true;
  }
  const bool negative = cursor.starts_with("-");
  std::int64_t hours = 0, minutes = 0;
  if ((!cursor.take("-") && !cursor.take("+")) || cursor.number(2, hours) != 2) return false;
  const bool colon = cursor.take(":");
  const std::size_t digits = cursor.number(2, minutes);
  if (digits != 2 && (colon || digits != 0)) return false;
  if (hours > 23 || minutes > 59) return false;
  offset = (negative ? -60 : 60) * (hours * 60 + minutes);
  return true;
}

// `%d/%m/%Y %H:%M` for `DD/MM/YYYY HH:mm`, the letters of other programs; empty if it is not written in them.
std::string in_letters_of_strftime(std::string_view form) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"YYYY", "%Y"}, {"yyyy", "%Y"}, {"YY", "%y"}, {"yy", "%y"}, {"MMM", "%b"}, {"DD", "%d"}, {"dd", "%d"},
      {"HH", "%H"},   {"hh", "%H"},   {"mm", "%M"}, {"SS", "%S"}, {"ss", "%S"},  {"MM", "%m"}};
  std::string text;
  while (!form.empty()) {
    const auto token = std::ranges::find_if(known, [&](const auto& one) { return form.starts_with(one.first); });
    const bool is_known = token != std::end(known);
    if (!is_known && form[0] != 'T' && std::string_view("/-.,: ").find(form[0]) == std::string_view::npos) return "";
    std::string_view letters_for = is_known ? token->second : form.substr(0, 1);
    // Some write the same letters for minutes, and some for months.
    if (letters_for == "%m" && text.find("%m") != text.npos) letters_for = "%M";
    if (letters_for == "%M" && text.find("%H") == text.npos) letters_for = "%m";
    text += letters_for;
    form.remove_prefix(is_known ? token->first.size() : 1);
  }
  try {
    const TimeFormat reads(text);
    return text;
  } catch (const std::runtime_error&) {
    return "";
  }
}

}  // namespace

TimeFormat::TimeFormat(const std::string& form) : expected_("a time in the form `" + form + "`") {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') {
      parts_.push_back({0, form[i], false});
      continue;
    }
    const char letter = ++i < form.size() ? form[i] : '\0';
    const std::string_view several = letter == 'F' ? "Y-m-d" : letter == 'T' ? "H:M:S" : letter == 'R' ? "H:M" : "";
    if (letter == '%')
      parts_.push_back({0, '%', false});
    else if (letters.find(letter) != letters.npos && letter != '\0')
      add(letter);
    else if (several.empty())
      throw std::runtime_error("expected one of %Y %y %m %d %j %b %H %I %p %M %S %f %z %F %T %R %%, found " +
                               shown(std::string_view(form).substr(i - 1, 2)));
    for (const char c : several) {
      if (c == '-' || c == ':')
        parts_.push_back({0, c, false});
      else
        add(c);
    }
  }
  const auto is_number = [&](std::size_t i) { return parts_[i].letter != 0 && most_digits(parts_[i].letter) != 0; };
  for (std::size_t i = 0; i + 1 < parts_.size(); ++i)
    if (is_number(i) && is_number(i + 1)) parts_[i].tight = parts_[i + 1].tight = true;
  const auto has = [&](char letter) {
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.letter == letter; });
  };
  const bool day_of_month = (has('m') || has('b')) && has('d');
  if ((!has('Y') && !has('y')) || (!day_of_month && !has('j'))) {
    const std::string meant = in_letters_of_strftime(form);
    throw std::runtime_error("expected a form with a year, a month and a day, such as %Y-%m-%d %H:%M:%S, found " +
                             shown(form) + (meant.empty() ? "" : "; write `" + meant + "`"));
  }
  if (has('I') != has('p')) throw std::runtime_error("expected %I and %p together, found " + shown(form));
  has_offset_ = has('z');
  has_clock_ = has('H') || has('I');
}

void TimeFormat::add(char letter) {
  for (const Part& part : parts_)
    if (part.letter == letter) throw std::runtime_error(std::string("expected %") + letter + " once");
  parts_.push_back({letter, 0, false});
}

Parsed<Civil> TimeFormat::parse(std::string_view text) const {
  Cursor cursor{text};
  Civil civil;
  bool afternoon = false, has_half = false, has_date = false;
  std::int64_t day_of_year = 0;
  const auto wrong = [&](std::size_t at) { return Parsed<Civil>{{}, expected_.c_str(), at}; };
  for (const Part& part : parts_) {
    const std::size_t begin = cursor.at;
    if (part.letter == 0) {
      if (cursor.at == text.size() || text[cursor.at] != part.byte) return wrong(cursor.at);
      ++cursor.at;
      continue;
    }
    if (const std::size_t most = most_digits(part.letter); most != 0) {
      std::int64_t number = 0;
      const std::size_t digits = cursor.number(most, number);
      if (digits == 0 || (digits < most && (part.letter == 'Y' || (part.tight && part.letter != 'f'))))
        return wrong(cursor.at);
      const auto value = static_cast<unsigned>(number);
      switch (part.letter) {
        case 'Y': civil.year = value; break;
        case 'y': civil.year = value + (value < 69 ? 2000 : 1900); break;
        case 'm': civil.month = value; break;
        case 'd': civil.day = value; break;
        case 'j': day_of_year = number; break;
        case 'H': civil.hour = value, civil.hour_at = begin; break;
        case 'I':
          if (value < 1 || value > 12) return {{}, "an hour from 1 to 12", begin};
          civil.hour = value % 12, civil.hour_at = begin;
          break;
        case 'M': civil.minute = value, civil.minute_at = begin; break;
        case 'S': civil.second = value, civil.second_at = begin; break;
        default:
          civil.fraction = number;
          for (std::size_t i = digits; i < 9; ++i) civil.fraction *= 10;
      }
      if (std::string_view("Yymdj").find(part.letter) != std::string_view::npos && !has_date) {
        civil.date_at = begin;
        has_date = true;
      }
    } else if (part.letter == 'b') {
      if (!take_month(cursor, civil.month)) return wrong(begin);
    } else if (part.letter == 'p') {
      has_half = true;
      if (cursor.take("pm"))
        afternoon = true;
      else if (!cursor.take("am"))
        return wrong(begin);
    } else if (!take_offset(cursor, civil.offset)) {
      return {{}, "`Z` or an offset such as +01:00", begin};
    }
  }
  if (cursor.at != text.size()) return wrong(cursor.at);
  civil.offset_at = text.size();
  if (has_half && afternoon) civil.hour += 12;
  if (day_of_year != 0) {
    const std::chrono::year year(static_cast<int>(civil.year));
    if (day_of_year > (year.is_leap() ? 366 : 365)) return {{}, "a day of the calendar", civil.date_at};
    const std::chrono::year_month_day date(std::chrono::sys_days(year / 1 / 1) + std::chrono::days(day_of_year - 1));
    civil.month = static_cast<unsigned>(date.month());
    civil.day = static_cast<unsigned>(date.day());
  }
  return {civil};
}

namespace {

// The form of a clock and of an offset behind a date; empty if it is none.
std::string guess_clock(Cursor& cursor) {
  std::int64_t number = 0;
  std::string form;
  const std::size_t hour = cursor.number(6, number);
  if (hour == 4 || hour == 6) {
    form = hour == 4 ? "%H%M" : "%H%M%S";
  } else if (hour == 1 || hour == 2) {
    form = "%H";
    const std::string separator(cursor.rest().substr(0, 1));
    if ((separator != ":" && separator != ".") || !cursor.take(separator) || cursor.number(2, number) != 2) return "";
    form += separator + "%M";
    if (cursor.take(separator)) {
      if (cursor.number(2, number) != 2) return "";
      form += separator + "%S";
    }
  } else {
    return "";
  }
  for (const char* const point : {".", ","})
    if (form.ends_with("S") && cursor.take(point)) {
      cursor.number(9, number);
      form += std::string(point) + "%f";
    }
  for (const std::string_view blank : {" ", ""})
    if (cursor.starts_with(std::string(blank) + "am") || cursor.starts_with(std::string(blank) + "pm")) {
      cursor.at += blank.size() + 2;
      form.replace(0, 2, "%I");
      form.append(blank).append("%p");
      break;
    }
  for (const char* const zone : {" UTC", " GMT"})
    if (cursor.rest() == zone && cursor.take(zone)) return form + zone;
  std::optional<std::int64_t> offset;
  const std::size_t behind_clock = cursor.at;
  cursor.take(" ");
  if (take_offset(cursor, offset))
    form += std::string(cursor.text.substr(behind_clock, 1) == " " ? " " : "") + "%z";
  else
    cursor.at = behind_clock;
  return form;
}

// `Mar 1, 2026` or `1 March 2026`; empty if it is none. The month is English and may be cut to three letters.
std::string guess_words(Cursor& cursor) {
  std::int64_t number = 0;
  unsigned month = 0;
  const bool begins_with_day = cursor.number(2, number) > 0;
  if (begins_with_day && !cursor.take(" ")) return "";
  if (!take_month(cursor, month)) return "";
  const bool has_point = cursor.take(".");
  const bool has_comma_behind_month = begins_with_day && cursor.take(",");
  if (!cursor.take(" ")) return "";
  std::string form =
      std::string(begins_with_day ? "%d " : "") + "%b" + (has_point ? "." : "") + (has_comma_behind_month ? ", " : " ");
  if (!begins_with_day) {
    if (cursor.number(2, number) == 0) return "";
    form += cursor.take(",") ? "%d, " : "%d ";
    if (!cursor.take(" ")) return "";
  }
  return cursor.number(4, number) == 4 ? form + "%Y" : "";
}

// The forms of the date, with that of what stands behind it, which read the text.
std::vector<std::string> those_that_read(std::string_view text, std::vector<std::string> dates, Cursor cursor) {
  std::string rest;
  if (cursor.at < text.size()) {
    const std::string between = cursor.take("T") ? "T" : cursor.take(", ") ? ", " : cursor.take(" ") ? " " : "";
    const std::string clock = guess_clock(cursor);
    if (between.empty() || clock.empty()) return {};
    rest = between + clock;
  }
  const Zone utc("UTC");
  std::erase_if(dates, [&](std::string& date) {
    date += rest;
    const TimeFormat form(date);
    const auto civil = form.parse(text);
    return !civil || !to_utc(civil.value, &utc);
  });
  return dates;
}

}  // namespace

std::vector<std::string> guess_formats(std::string_view text) {
  Cursor cursor{text};
  std::int64_t number = 0;
  std::vector<std::string> dates;
  if (const std::string date = guess_words(cursor); !date.empty()) return those_that_read(text, {date}, cursor);
  cursor.at = 0;
  const std::size_t first = cursor.number(8, number);
  const std::string separator(cursor.rest().substr(0, 1));
  if (first == 8) {
    dates = {"%Y%m%d"};
  } else if (separator == "/" || separator == "-" || separator == ".") {
    cursor.take(separator);
    const bool name = !cursor.rest().empty() && !is_digit(cursor.rest()[0]);
    unsigned month = 0;
    if (name ? !take_month(cursor, month) : cursor.number(2, number) == 0) return {};
    if (!cursor.take(separator)) return {};
    const std::size_t last = cursor.number(4, number);
    const std::string middle = separator + (name ? "%b" : "%m") + separator;
    if (first == 4)
      dates = {"%Y" + middle + "%d"};
    else if (const std::string year = last == 4 ? "%Y" : "%y"; name)
      dates = {"%d" + middle + year};
    else
      dates = {"%d" + middle + year, "%m" + separator + "%d" + separator + year};
    if (first == 2 && last == 2) dates.push_back("%y" + middle + "%d");
  } else {
    return {};
  }
  return those_that_read(text, std::move(dates), cursor);
}

bool is_only_a_date(std::string_view text) {
  const std::vector<std::string> forms = guess_formats(text);
  return !forms.empty() && std::ranges::none_of(forms, [](const std::string& form) {
    return form.find("%H") != form.npos || form.find("%I") != form.npos;
  });
}

bool is_only_a_clock(std::string_view text) {
  Cursor cursor{text};
  return guess_clock(cursor).find(':') != std::string::npos && cursor.at == text.size();
}

}  // namespace csv

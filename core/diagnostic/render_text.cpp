#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "diagnostic/render.hpp"
#include "diagnostic/utf8.hpp"

namespace penstock::diagnostic {
namespace {

struct Style {
  std::string_view error, warning, frame, strong, reset;
};
constexpr Style plain = {};
constexpr Style ansi = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};

constexpr std::size_t gap = 3;              ///< between a subject, its values and a remark
constexpr std::size_t widest_aligned = 60;  ///< a longer value does not push the remarks of the others away

/** Columns on a terminal, taking one for each code point: names and signatures hold no wide characters. */
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (; !text.empty(); text.remove_prefix(decode_utf8(text).length)) ++columns;
  return columns;
}

void append_padded(std::string& out, std::string_view text, std::size_t columns) {
  out += text;
  out.append(columns - std::min(columns, width(text)), ' ');
}

/** Controls steer a terminal; the others turn the direction of text, or break or hide a part of the line. */
bool obeyed_by_terminals(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200B || point == 0x200E ||
         point == 0x200F || (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0xFEFF;
}

std::string escape(const Decoded& decoded) {
  if (decoded.valid) {
    switch (decoded.code_point) {
      case '\0': return "\\0";
      case '\t': return "\\t";
      case '\n': return "\\n";
      case '\r': return "\\r";
      default: break;
    }
  }
  std::array<char, 16> text{};
  const bool as_byte = !decoded.valid || decoded.code_point < 0x80;
  const int length = std::snprintf(text.data(), text.size(), as_byte ? "\\x%02x" : "\\u{%x}", decoded.code_point);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string where(const Place& place) {
  std::string text = printable(place.file);
  if (place.line > 0) text += ':' + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ':' + std::to_string(place.column);
  if (place.offset) text += ", byte " + std::to_string(*place.offset);
  return text;
}

struct Row {
  std::string subject, heading, value, remark;
};

/** The rows of the table, made printable before anything is measured. */
std::vector<Row> table(const std::vector<Comparison>& comparisons) {
  std::vector<Row> rows;
  for (const Comparison& one : comparisons) {
    const std::string subject = printable(one.subject), remark = printable(one.remark);
    if (one.expected.empty()) {
      rows.push_back({subject, one.found.empty() ? "" : "found", printable(one.found), remark});
    } else {
      rows.push_back({subject, "expected", printable(one.expected), ""});
      rows.push_back({"", "found", one.found.empty() ? "nothing" : printable(one.found), remark});
    }
  }
  return rows;
}

void append_table(std::string& out, const std::vector<Comparison>& comparisons, const Style& style) {
  const std::vector<Row> rows = table(comparisons);
  std::size_t subject_width = 0, value_width = 0;
  for (const Row& row : rows) {
    subject_width = std::max(subject_width, width(row.subject));
    if (width(row.value) <= widest_aligned) value_width = std::max(value_width, width(row.value));
  }
  for (const Row& row : rows) {
    std::string line;
    append_padded(line, row.subject, subject_width > 0 ? subject_width + gap : 0);
    append_padded(line, row.heading, std::string_view("expected  ").size());
    append_padded(line, row.value, row.remark.empty() ? 0 : value_width);
    if (!row.remark.empty()) line.append(gap, ' ').append(row.remark);
    line.erase(line.find_last_not_of(' ') + 1);
    out.append("   ").append(style.frame).append("|").append(style.reset);
    if (!line.empty()) out.append("  ").append(line);
    out += '\n';
  }
}

void append_remarks(std::string& out, std::string_view kind, const std::vector<std::string>& texts,
                    const Style& style) {
  for (const std::string& text : texts) {
    out.append("   ").append(style.frame).append("=").append(style.reset).append(" ");
    out.append(style.strong).append(kind).append(style.reset).append(": ").append(printable(text)).append("\n");
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Decoded decoded = decode_utf8(text);
    if (decoded.valid && !obeyed_by_terminals(decoded.code_point)) {
      out += text.substr(0, decoded.length);
    } else {
      out += escape(decoded);
    }
    text.remove_prefix(decoded.length);
  }
  return out;
}

std::string render_text(const Diagnostic& diagnostic, Colour colour) {
  const std::string severity = diagnostic.severity == Severity::error ? "error[" : "warning[";
  return render_text_as(diagnostic, severity + std::string(name(diagnostic.code)) + ']', colour);
}

std::string render_text_as(const Diagnostic& diagnostic, std::string_view label, Colour colour) {
  const Style& style = colour == Colour::on ? ansi : plain;
  std::string out;
  out.append(diagnostic.severity == Severity::error ? style.error : style.warning).append(label).append(style.reset);
  out.append(style.strong).append(": ").append(printable(diagnostic.summary)).append(style.reset).append("\n");
  if (!diagnostic.place.file.empty()) {
    out.append("  ").append(style.frame).append("-->").append(style.reset).append(" ");
    out.append(where(diagnostic.place)).append("\n");
  }
  append_table(out, diagnostic.comparisons, style);
  append_remarks(out, "note", diagnostic.notes, style);
  append_remarks(out, "help", diagnostic.help, style);
  return out;
}

}  // namespace penstock::diagnostic

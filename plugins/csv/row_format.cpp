#include "row_format.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "digits.hpp"
#include "real_text.hpp"

namespace csv {
namespace {

using penstock::AnyColumn;

// For any one field, with its delimiter. A text of unknown length makes room for itself.
constexpr std::size_t field_room = 64;
// For a real number with fixed decimals, its quotes and its delimiter.
constexpr std::size_t wide_field_room = fixed_room + 8;
static_assert(shortest_room + 8 <= field_room && TimeText::room + 8 <= field_room && KeyText::room + 8 <= field_room);

template <class T>
char* write_whole_number(char* out, T value) {
  if constexpr (std::is_signed_v<T>) {
    *out = '-';
    out += value < 0;
    const auto bits = static_cast<std::uint64_t>(value);
    return write_integer(out, value < 0 ? 0 - bits : bits);
  } else {
    return write_integer(out, value);
  }
}

}  // namespace

RowFormat::RowFormat(const penstock::Schema& schema, const Dialect& dialect) : dialect_(dialect) {
  for (const AnyColumn& column : schema.columns()) fields_.push_back({column.name(), kind_of(column)});
  row_room_ = (fields_.size() + 1) * (dialect.decimals < 0 ? field_room : wide_field_room);
}

RowFormat::Kind RowFormat::kind_of(const AnyColumn& column) {
  constexpr struct {
    std::string_view type;
    Kind kind;
  } kinds[] = {{"f64", Kind::real}, {"f32", Kind::real32}, {"time", Kind::time},
               {"key", Kind::key},  {"text", Kind::text},  {"i64", Kind::i64},
               {"u64", Kind::u64},  {"i32", Kind::i32},    {"u32", Kind::u32}};
  for (const auto& known : kinds)
    if (known.type == column.type()) return known.kind;
  return Kind::other;
}

std::string RowFormat::header() const {
  std::string line;
  for (const Field& field : fields_) {
    if (&field != fields_.data()) line += dialect_.delimiter;
    line += dialect_.field(field.name);
  }
  return line + '\n';
}

std::size_t RowFormat::append(std::span<const AnyColumn> columns, std::size_t row, std::size_t end, TextBlock& block,
                              std::size_t enough) {
  show(columns);
  char* out = block.end();
  for (; row < end && static_cast<std::size_t>(out - block.begin()) < enough; ++row) {
    if (static_cast<std::size_t>(block.limit() - out) < row_room_) out = block.make_room(out, row_room_);
    const char delimiter = dialect_.delimiter;
    for (Field& field : fields_) {
      out = write(out, field, row, block);
      *out++ = delimiter;
    }
    out -= !fields_.empty();
    *out++ = '\n';
  }
  block.end_at(out);
  return row;
}

void RowFormat::show(std::span<const AnyColumn> columns) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    Field& field = fields_[i];
    const AnyColumn& column = columns[i];
    field.column = &column;
    switch (field.kind) {
      case Kind::real: field.values = column.as<double>().data(); break;
      case Kind::real32: field.values = column.as<float>().data(); break;
      case Kind::time: field.values = column.as<penstock::Time>().data(); break;
      case Kind::key: field.values = column.as<penstock::Key>().data(); break;
      case Kind::i64: field.values = column.as<std::int64_t>().data(); break;
      case Kind::u64: field.values = column.as<std::uint64_t>().data(); break;
      case Kind::i32: field.values = column.as<std::int32_t>().data(); break;
      case Kind::u32: field.values = column.as<std::uint32_t>().data(); break;
      case Kind::text:
      case Kind::other: break;
    }
  }
}

// The usual kinds, within the room of the row; the others are apart, so that this one stays small.
inline char* RowFormat::write(char* out, Field& field, std::size_t row, TextBlock& block) {
  const auto value = [&]<class T>(T) { return static_cast<const T*>(field.values)[row]; };
  if (field.column->is_null(row)) return dialect_.null.empty() ? out : write_as_it_is(out, dialect_.null, block);
  if (field.kind == Kind::real) return write_real(out, value(double{}));
  if (field.kind == Kind::time) return field.time.write(out, value(penstock::Time{}).ns);
  if (field.kind == Kind::key)
    if (char* const end = keys_.write_short(out, value(penstock::Key{}))) return end;
  return write_other(out, field, row, block);
}

char* RowFormat::write_other(char* out, const Field& field, std::size_t row, TextBlock& block) {
  const auto value = [&]<class T>(T) { return static_cast<const T*>(field.values)[row]; };
  switch (field.kind) {
    case Kind::real32: return write_real(out, value(float{}));
    case Kind::i64: return write_whole_number(out, value(std::int64_t{}));
    case Kind::u64: return write_whole_number(out, value(std::uint64_t{}));
    case Kind::i32: return write_whole_number(out, value(std::int32_t{}));
    case Kind::u32: return write_whole_number(out, value(std::uint32_t{}));
    case Kind::key: return write_as_it_is(out, keys_.field(field.column->as<penstock::Key>(), row, dialect_), block);
    case Kind::text: return write_text(out, field.column->as<std::string_view>()[row], block);
    default: return write_text(out, field.column->text(row, {}), block);
  }
}

char* RowFormat::write_as_it_is(char* out, std::string_view text, TextBlock& block) const {
  out = block.make_room(out, text.size() + row_room_);
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

template <class T>
char* RowFormat::write_real(char* out, T value) const {
  char* const begin = out;
  if (dialect_.decimals >= 0) {
    out = write_fixed(out, value, dialect_.decimals);
  } else if constexpr (std::is_same_v<T, double>) {
    out = write_shortest(out, value);
  } else {
    penstock::TextBuffer buffer;
    const std::string_view text = buffer.real(value);
    out = std::copy(text.begin(), text.end(), out);
  }
  return dialect_.point == '.' ? out : write_point(begin, out);
}

// Puts the decimal point in the place of the `.`, and the number in quotes if it is the delimiter as well.
char* RowFormat::write_point(char* begin, char* out) const {
  char* const point = std::find(begin, out, '.');
  if (point == out) return out;
  *point = dialect_.point;
  if (dialect_.point != dialect_.delimiter) return out;
  std::memmove(begin + 1, begin, static_cast<std::size_t>(out - begin));
  *begin = '"';
  *++out = '"';
  return out + 1;
}

char* RowFormat::write_text(char* out, std::string_view text, TextBlock& block) const {
  out = block.make_room(out, text.size() * 2 + 2 + row_room_);
  if (!dialect_.needs_quotes(text)) return std::copy(text.begin(), text.end(), out);
  *out++ = '"';
  for (const char c : text) {
    *out = '"';
    out += c == '"';
    *out++ = c;
  }
  *out++ = '"';
  return out;
}

}  // namespace csv

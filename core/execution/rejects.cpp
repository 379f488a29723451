#include "execution/rejects.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "batch/bits.hpp"
#include "changelog/render.hpp"
#include "diagnostic/render.hpp"
#include "diagnostic/utf8.hpp"

namespace penstock::execution {
namespace {

using batch::Type;
using diagnostic::Code;
using diagnostic::json_string;

template <class T>
void append_number(std::string& line, T value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  line.append(text.data(), end);
}

template <class T>
void append_real(std::string& line, T value) {
  if (std::isnan(value))
    line += "\"nan\"";
  else if (std::isinf(value))
    line += value < 0 ? "\"-inf\"" : "\"inf\"";
  else
    append_number(line, value);
}

template <class T>
T element(const batch::Column& column, std::int64_t row) {
  return static_cast<const T*>(column.values)[row];
}

void append_value(std::string& line, const batch::Column& column, Type type, std::int64_t row,
                  const batch::KeySnapshot& keys) {
  if (column.valid != nullptr && !batch::bits::test(column.valid, row)) {
    line += "null";
    return;
  }
  switch (type) {
    case Type::boolean:
      line += batch::bits::test(static_cast<const std::uint64_t*>(column.values), row) ? "true" : "false";
      break;
    case Type::i8: append_number(line, static_cast<int>(element<std::int8_t>(column, row))); break;
    case Type::u8: append_number(line, static_cast<unsigned>(element<std::uint8_t>(column, row))); break;
    case Type::i16: append_number(line, element<std::int16_t>(column, row)); break;
    case Type::u16: append_number(line, element<std::uint16_t>(column, row)); break;
    case Type::i32: append_number(line, element<std::int32_t>(column, row)); break;
    case Type::u32: append_number(line, element<std::uint32_t>(column, row)); break;
    case Type::duration:
    case Type::i64: append_number(line, element<std::int64_t>(column, row)); break;
    case Type::u64: append_number(line, element<std::uint64_t>(column, row)); break;
    case Type::f32: append_real(line, element<float>(column, row)); break;
    case Type::f64: append_real(line, element<double>(column, row)); break;
    case Type::time: line += '"' + changelog::time_text(element<std::int64_t>(column, row)) + '"'; break;
    case Type::key: line += json_string(keys.text(element<std::int32_t>(column, row))); break;
    case Type::text:
    case Type::bytes: {
      const auto begin = element<std::int32_t>(column, row);
      const auto end = element<std::int32_t>(column, row + 1);
      line += json_string(begin == end ? std::string_view()
                                       : std::string_view(column.text + begin, static_cast<std::size_t>(end - begin)));
      break;
    }
  }
}

void append_member(std::string& line, std::string_view name, std::string_view text) {
  line += ",\"";
  line += name;
  line += "\":";
  line += text.empty() ? "null" : json_string(text);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const diagnostic::Decoded next = diagnostic::decode_utf8(text);
    if (!next.valid) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

void append_base64(std::string& line, std::string_view bytes) {  // RFC 4648, section 4
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) line += i > bytes.size() ? '=' : digits[group >> (18 - 6 * i) & 63];
  }
}

diagnostic::Diagnostic cannot_be_made(const std::filesystem::path& path, int error) {
  std::string why = std::generic_category().message(error);
  std::vector<std::string> help;
  std::error_code ignored;
  if (const auto directory = path.parent_path(); error == ENOENT && !std::filesystem::exists(directory, ignored)) {
    why = "its directory `" + directory.string() + "` does not exist";
    help.push_back("create it, or name a file in another directory");
  }
  return {.code = Code::PS0505,
          .summary = "the rejects file cannot be made: " + why,
          .place = {.file = path.string()},
          .help = std::move(help)};
}

}  // namespace

void append_row_json(std::string& line, const batch::Batch& batch, std::int64_t row, const batch::KeySnapshot& keys) {
  line += '{';
  for (std::size_t i = 0; i < batch.schema->size(); ++i) {
    const batch::Field& field = (*batch.schema)[i];
    if (i > 0) line += ',';
    line += json_string(field.name);
    line += ':';
    append_value(line, batch.columns[i], field.type, row, keys);
  }
  line += '}';
}

std::unique_ptr<RejectsFile> RejectsFile::create(const std::filesystem::path& path, Diagnostics& found) {
  // Non-blocking: opening a FIFO that nobody reads would wait for ever, and no signal would end the run.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0666);
  std::FILE* file = nullptr;
  if (descriptor >= 0 && ::fcntl(descriptor, F_SETFL, 0) == 0) file = ::fdopen(descriptor, "w");
  if (file == nullptr) {
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    found.add(cannot_be_made(path, error));
    return nullptr;
  }
  return std::unique_ptr<RejectsFile>(new RejectsFile(path, file));
}

void RejectsFile::write(const RejectedRow& row, const batch::KeyTable& keys) {
  if (error_ != 0) return;
  line_.assign("{\"node\":");
  line_ += json_string(row.node);
  append_member(line_, "place", row.place);
  append_member(line_, "column", row.column);
  append_member(line_, "reason", row.reason);
  if (row.batch != nullptr) {
    line_ += ",\"row\":";
    append_row_json(line_, *row.batch, row.row, keys.snapshot());
  } else {
    if (is_utf8(row.raw)) {
      append_member(line_, "raw", row.raw);
    } else {
      line_ += ",\"raw_base64\":\"";
      append_base64(line_, row.raw);
      line_ += '"';
    }
    if (row.raw_size > row.raw.size()) {
      line_ += ",\"raw_size\":";
      append_number(line_, row.raw_size);
    }
  }
  line_ += "}\n";
  if (std::fwrite(line_.data(), 1, line_.size(), file_.get()) != line_.size()) fail();
  size_ += line_.size();
}

void RejectsFile::take_back() noexcept {
  if (size_ == kept_ || error_ != 0) return;
  // A pipe or a terminal cannot forget; what went there stays.
  if (std::fflush(file_.get()) != 0 ||
      (::ftruncate(::fileno(file_.get()), static_cast<off_t>(kept_)) != 0 && errno != EINVAL) ||
      (std::fseek(file_.get(), static_cast<long>(kept_), SEEK_SET) != 0 && errno != ESPIPE))
    fail();
  size_ = kept_;
}

void RejectsFile::fail() noexcept {
  if (error_ == 0) error_ = errno != 0 ? errno : EIO;
}

std::optional<diagnostic::Diagnostic> RejectsFile::flush() {
  if (error_ == 0 && std::fflush(file_.get()) != 0) fail();
  if (error_ == 0) return std::nullopt;
  return diagnostic::Diagnostic{
      .code = Code::PS0505,
      .summary = "rejected rows could not be written: " + std::generic_category().message(error_),
      .place = {.file = path_.string()}};
}

}  // namespace penstock::execution

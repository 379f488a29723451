#include "plugin/other_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "plugin/discover.hpp"

namespace penstock::plugin {
namespace {

/** The first line of what is text as far as it goes, `bytes` being its beginning; empty: it is none. */
std::string first_line_of(std::string_view bytes) {
  constexpr std::size_t shortest = 4, most_shown = 40;
  bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n\t "), bytes.size()));
  const auto is_of_text = [](char c) { return (c >= ' ' && c < 0x7F) || c == '\t' || c == '\r' || c == '\n'; };
  if (bytes.size() < shortest || !std::ranges::all_of(bytes, is_of_text)) return {};
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  return std::string(line.substr(0, most_shown)) + (line.size() > most_shown ? "..." : "");
}

std::string beginning_of(std::span<const std::byte> bytes) {
  if (const std::string line = first_line_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      !line.empty())
    return "a text that begins `" + line + '`';
  std::string hex = "bytes";
  for (const std::byte byte : bytes.first(std::min<std::size_t>(bytes.size(), 4))) {
    std::array<char, 4> digits{};
    std::snprintf(digits.data(), digits.size(), " %02x", std::to_integer<unsigned>(byte));
    hex += digits.data();
  }
  return bytes.empty() ? "an empty file" : hex;
}

std::uint32_t big_endian(std::span<const std::byte> bytes) {
  std::uint32_t number = 0;
  for (const std::byte byte : bytes.first(4)) number = number << 8U | std::to_integer<std::uint32_t>(byte);
  return number;
}

/** Of one machine in the order of its bytes, or of several. A class of Java begins as the latter do, and has its version
 *  where they have a small number of machines. */
bool is_mach_o(std::span<const std::byte> bytes) {
  constexpr std::array<std::uint32_t, 4> of_one = {0xfeedface, 0xcefaedfe, 0xfeedfacf, 0xcffaedfe};
  constexpr std::uint32_t of_several = 0xcafebabe, of_several_large = 0xcafebabf, first_java_version = 45;
  if (bytes.size() < 4) return false;
  const std::uint32_t magic = big_endian(bytes);
  if (std::ranges::count(of_one, magic) > 0 || magic == of_several_large) return true;
  return magic == of_several && (bytes.size() < 8 || big_endian(bytes.subspan(4)) < first_java_version);
}

bool is_archive(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.starts_with("!<arch>\n") || text.starts_with("!<thin>\n");
}

bool is_source(const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 9> extensions = {".c", ".cc",  ".cpp", ".cxx", ".c++",
                                                          ".h", ".hpp", ".hh",  ".rs"};
  return std::ranges::count(extensions, file.extension().string()) > 0;
}

/** Also `libclamp.so.1`, which is taken where it is named itself. */
bool is_called_a_library(const std::filesystem::path& file) {
  return is_named_as_library(file) || file.filename().string().find(".so.") != std::string::npos;
}

}  // namespace

std::string advise_on_other_file(const std::string& file) {
  if (is_called_a_library(file)) return "put a shared library there or remove the file";
  return is_source(file) ? "name a shared library, such as what is built from it" : "name a shared library";
}

OtherFile tell_other_file(std::span<const std::byte> beginning, const std::string& file) {
  if (is_mach_o(beginning)) return {"a Mach-O library, for macOS", "build it for this system"};
  if (is_archive(beginning))
    return {"a static library",
            "link what it holds as a shared library, with `-shared`; a static one cannot be loaded"};
  return {beginning_of(beginning), advise_on_other_file(file)};
}

}  // namespace penstock::plugin

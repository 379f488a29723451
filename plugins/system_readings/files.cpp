#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>

namespace system_readings {
namespace {

constexpr std::size_t largest = std::size_t{4} << 20;  // /proc/stat of a large machine has some 100 KiB

constexpr std::string_view blanks = " \t\n";

std::string_view take(std::string_view& text, std::string_view ends) {
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

}  // namespace

std::optional<std::string> read_file(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  std::string text;
  ssize_t bytes = 0;
  do {
    const std::size_t size = text.size();
    text.resize(size + 16 * 1024);
    bytes = read(descriptor, text.data() + size, text.size() - size);
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(bytes, 0)));
  } while (text.size() < largest && (bytes > 0 || (bytes < 0 && errno == EINTR)));
  close(descriptor);
  return bytes < 0 ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> read_line(const std::filesystem::path& path) {
  const std::optional<std::string> text = read_file(path);
  if (!text) return std::nullopt;
  return text->substr(0, text->find('\n'));
}

std::vector<std::string> names_in(const std::filesystem::path& directory, std::string_view prefix) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
    if (std::string name = entry->path().filename().string(); name.starts_with(prefix))
      names.push_back(std::move(name));
  std::sort(names.begin(), names.end());
  return names;
}

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return take(text, blanks);
}

std::string_view take_line(std::string_view& text) { return take(text, "\n"); }

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template std::optional<std::uint64_t> number(std::string_view);
template std::optional<std::int64_t> number(std::string_view);
template std::optional<double> number(std::string_view);

}  // namespace system_readings

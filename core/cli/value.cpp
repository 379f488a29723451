#include "cli/value.hpp"

#include <charconv>

#include "conformance/case.hpp"

namespace penstock::cli {
namespace {

constexpr double longest_seconds = 86'400;  ///< a day: whoever waits longer has written nanoseconds

template <typename Number>
std::optional<Number> parse_whole(std::string_view text) noexcept {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) noexcept { return parse_whole<std::uint64_t>(text); }

std::optional<std::uint32_t> parse_threads(std::string_view text) noexcept {
  constexpr std::uint32_t most = 256;
  if (text == "auto") return 0;
  const auto threads = parse_whole<std::uint32_t>(text);
  return threads && *threads >= 1 && *threads <= most ? threads : std::nullopt;
}

std::optional<std::chrono::nanoseconds> parse_seconds(std::string_view text) noexcept {
  const auto seconds = parse_whole<double>(text);
  if (!seconds || !(*seconds >= 0 && *seconds <= longest_seconds)) return std::nullopt;  // refuses `nan` as well
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(*seconds));
}

std::optional<std::chrono::nanoseconds> parse_timeout(std::string_view text) noexcept {
  const auto time = parse_seconds(text);
  return time && time->count() > 0 ? time : std::nullopt;
}

std::optional<int> parse_level(std::string_view text) noexcept {
  const auto level = parse_whole<int>(text);
  return level && *level >= 1 && *level <= conformance::highest_level ? level : std::nullopt;
}

std::optional<bool> parse_progress(std::string_view text) noexcept {
  if (text == "auto") return true;
  if (text == "never") return false;
  return std::nullopt;
}

std::optional<log::Format> parse_log_format(std::string_view text) noexcept {
  if (text == "text") return log::Format::text;
  if (text == "json") return log::Format::json;
  return std::nullopt;
}

std::optional<GraphFormat> parse_graph_format(std::string_view text) noexcept {
  if (text == "dot") return GraphFormat::dot;
  if (text == "mermaid") return GraphFormat::mermaid;
  return std::nullopt;
}

std::optional<std::string> parse_hash(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  std::string hash;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!((lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f'))) return std::nullopt;
    hash += lower;
  }
  return hash;
}

}  // namespace penstock::cli

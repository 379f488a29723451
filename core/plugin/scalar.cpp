#include "plugin/scalar.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace penstock::plugin {
namespace {

struct TypeEntry {
  ValueType type;
  std::string_view name, description;
};
constexpr std::array types = {
    TypeEntry{ValueType::boolean, "bool", "true or false"},
    TypeEntry{ValueType::i64, "i64", "a decimal whole number of 64 bits"},
    TypeEntry{ValueType::u64, "u64", "a decimal whole number of 64 bits, at least 0"},
    TypeEntry{ValueType::f64, "f64", "a finite decimal number"},
    TypeEntry{ValueType::text, "text", "text"},
    TypeEntry{ValueType::choice, "choice", "one of the choices"},
    TypeEntry{ValueType::duration, "duration", "a decimal whole number of nanoseconds"},
    TypeEntry{ValueType::path, "path", "a path"},
};
static_assert(types[static_cast<std::size_t>(ValueType::path)].type == ValueType::path, "one entry each, in order");

template <class Number>
std::optional<Scalar> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Scalar> parse_scalar(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::boolean:
      // 1 and 0 are what <stdbool.h> of C11 makes of the words in a C author's list.
      if (text == "true" || text == "1") return true;
      if (text == "false" || text == "0") return false;
      return std::nullopt;
    case ValueType::i64:
    case ValueType::duration: return parse_number<std::int64_t>(text);
    case ValueType::u64: return parse_number<std::uint64_t>(text);
    case ValueType::f64: {
      const auto number = parse_number<double>(text);
      return number && std::isfinite(std::get<double>(*number)) ? number : std::nullopt;
    }
    case ValueType::text:
    case ValueType::choice:
    case ValueType::path: return std::string(text);
  }
  return std::nullopt;
}

std::string_view describe(ValueType type) noexcept { return types[static_cast<std::size_t>(type)].description; }

bool is_number(ValueType type) noexcept {
  return type == ValueType::i64 || type == ValueType::u64 || type == ValueType::f64 || type == ValueType::duration;
}

std::optional<ValueType> value_type(std::string_view name) noexcept {
  for (const TypeEntry& entry : types)
    if (entry.name == name) return entry.type;
  return std::nullopt;
}

std::string_view name(ValueType type) noexcept { return types[static_cast<std::size_t>(type)].name; }

}  // namespace penstock::plugin

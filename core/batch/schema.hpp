#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::batch {

/** The column types of the boundary. Width of an element in bytes: `bool` one bit, `key` 4 (an int32 code of the run-wide
 *  key table), `time` and `duration` 8 (int64 nanoseconds), the others as named; `text` and `bytes` vary. */
enum class Type : std::uint8_t {
  boolean,
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64,
  f32,
  f64,
  time,
  duration,
  key,
  text,
  bytes
};

[[nodiscard]] std::string_view name(Type type) noexcept;                      ///< `f64`, as in a manifest
[[nodiscard]] std::optional<Type> find_type(std::string_view name) noexcept;  ///< by that name
[[nodiscard]] std::size_t width(Type type) noexcept;                          ///< bytes; 0 for bool, text and bytes
[[nodiscard]] constexpr bool is_variable(Type type) noexcept {                ///< each element has a width of its own
  return type == Type::text || type == Type::bytes;
}
[[nodiscard]] const char* arrow_format(Type type) noexcept;  ///< of the values: `g`; `key`: `i`, with a `u` dictionary

struct Field {
  std::string name;
  Type type = Type::f64;
  bool nullable = false;
  friend bool operator==(const Field&, const Field&) = default;
};

using Schema = std::vector<Field>;

[[nodiscard]] std::optional<std::size_t> find(const Schema& schema, std::string_view name) noexcept;

}  // namespace penstock::batch

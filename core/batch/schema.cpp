#include "batch/schema.hpp"

#include <algorithm>
#include <array>

namespace penstock::batch {
namespace {

struct Description {
  Type type;
  std::string_view name;
  std::size_t width;
  const char* format;
};

// In the order of the enumeration: the type is the index.
constexpr std::array<Description, 16> descriptions{{
    {Type::boolean, "bool", 0, "b"},
    {Type::i8, "i8", 1, "c"},
    {Type::i16, "i16", 2, "s"},
    {Type::i32, "i32", 4, "i"},
    {Type::i64, "i64", 8, "l"},
    {Type::u8, "u8", 1, "C"},
    {Type::u16, "u16", 2, "S"},
    {Type::u32, "u32", 4, "I"},
    {Type::u64, "u64", 8, "L"},
    {Type::f32, "f32", 4, "f"},
    {Type::f64, "f64", 8, "g"},
    {Type::time, "time", 8, "tsn:UTC"},
    {Type::duration, "duration", 8, "tDn"},
    {Type::key, "key", 4, "i"},
    {Type::text, "text", 0, "u"},
    {Type::bytes, "bytes", 0, "z"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < descriptions.size(); ++i)
    if (static_cast<std::size_t>(descriptions[i].type) != i) return false;
  return true;
}
static_assert(in_order());

constexpr const Description& describe(Type type) noexcept { return descriptions[static_cast<std::size_t>(type)]; }

}  // namespace

std::string_view name(Type type) noexcept { return describe(type).name; }

std::optional<Type> find_type(std::string_view name) noexcept {
  const auto* found = std::ranges::find(descriptions, name, &Description::name);
  if (found == descriptions.end()) return std::nullopt;
  return found->type;
}

std::size_t width(Type type) noexcept { return describe(type).width; }

const char* arrow_format(Type type) noexcept { return describe(type).format; }

std::optional<std::size_t> find(const Schema& schema, std::string_view name) noexcept {
  const auto found = std::ranges::find(schema, name, &Field::name);
  if (found == schema.end()) return std::nullopt;
  return static_cast<std::size_t>(found - schema.begin());
}

}  // namespace penstock::batch

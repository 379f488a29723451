#include "batch/schema.hpp"

#include <gmock/gmock.h>

#include <array>

namespace penstock::batch {
namespace {

using testing::Eq;
using testing::Optional;
using testing::StrEq;

struct Expected {
  Type type;
  const char* name;
  std::size_t width;
  const char* format;
};

// The table in the SDK's abi/batch.h.
constexpr std::array table{
    Expected{Type::boolean, "bool", 0, "b"},
    Expected{Type::i8, "i8", 1, "c"},
    Expected{Type::i16, "i16", 2, "s"},
    Expected{Type::i32, "i32", 4, "i"},
    Expected{Type::i64, "i64", 8, "l"},
    Expected{Type::u8, "u8", 1, "C"},
    Expected{Type::u16, "u16", 2, "S"},
    Expected{Type::u32, "u32", 4, "I"},
    Expected{Type::u64, "u64", 8, "L"},
    Expected{Type::f32, "f32", 4, "f"},
    Expected{Type::f64, "f64", 8, "g"},
    Expected{Type::time, "time", 8, "tsn:UTC"},
    Expected{Type::duration, "duration", 8, "tDn"},
    Expected{Type::key, "key", 4, "i"},
    Expected{Type::text, "text", 0, "u"},
    Expected{Type::bytes, "bytes", 0, "z"},
};

TEST(Type, IsWhatTheBoundarySays) {
  for (const Expected& expected : table) {
    EXPECT_EQ(name(expected.type), expected.name);
    EXPECT_EQ(width(expected.type), expected.width) << expected.name;
    EXPECT_THAT(arrow_format(expected.type), StrEq(expected.format));
    EXPECT_THAT(find_type(expected.name), Optional(expected.type));
  }
}

TEST(Type, IsFoundOnlyByItsExactName) {
  for (const char* unknown : {"", "F64", "f6", "f641", "double", "*"})
    EXPECT_THAT(find_type(unknown), Eq(std::nullopt));
}

TEST(Schema, FindsAColumnByName) {
  const Schema schema{{"sensor_id", Type::key, false}, {"value", Type::f64, true}};
  EXPECT_THAT(find(schema, "value"), Optional(1u));
  EXPECT_THAT(find(schema, "Value"), Eq(std::nullopt));
  EXPECT_THAT(find({}, "value"), Eq(std::nullopt));
}

}  // namespace
}  // namespace penstock::batch

#include "cli/type_text.hpp"

#include <gmock/gmock.h>

namespace penstock::cli {
namespace {

TEST(TypeText, HidesTheDefaultOfASecret) {
  const plugin::Parameter token{
      .name = "token", .type = plugin::ValueType::text, .secret = true, .initial = std::string("hunter2")};
  EXPECT_EQ(default_text(token), "***");
  plugin::ExportedType type;
  type.manifest.parameters.push_back(token);
  EXPECT_THAT(type_json(type), testing::Not(testing::HasSubstr("hunter2")));
}

}  // namespace
}  // namespace penstock::cli

#include "pipeline/value.hpp"

#include <gtest/gtest.h>

namespace penstock::pipeline {
namespace {

Refusal refusal_of(const std::string& text, std::vector<std::string> choices) {
  Value written;
  written.text = text;
  plugin::Parameter parameter;
  parameter.name = "mark";
  parameter.type = plugin::ValueType::choice;
  parameter.choices = std::move(choices);
  Refusal refusal;
  EXPECT_FALSE(read_value(parameter, written, refusal));
  return refusal;
}

TEST(ReadValue, ListsChoicesAsAFileWritesThem) {
  EXPECT_EQ(refusal_of("x", {".", ","}).expected, "`.`, `\",\"`");
  EXPECT_EQ(refusal_of("x", {"fast", "two words", "a:b", "a#b", "null", "50%", "-1", "~a"}).expected,
            "`fast`, `two words`, `a:b`, `a#b`, `null`, `50%`, `-1`, `~a`");
  EXPECT_EQ(refusal_of("x", {"", "~", "-", "- a", "a: b", "a:", "a #b", " a", "[a]", "a,b", "*", "%a"}).expected,
            "`\"\"`, `\"~\"`, `\"-\"`, `\"- a\"`, `\"a: b\"`, `\"a:\"`, `\"a #b\"`, `\" a\"`, `\"[a]\"`, `\"a,b\"`, "
            "`\"*\"`, `\"%a\"`");
  EXPECT_EQ(refusal_of("x", {"'", "\"", "\\"}).expected, "`\"'\"`, `'\"'`, `\\`");
}

TEST(ReadValue, ListsChoicesWhereYamlTookTheOneThatWasWritten) {
  EXPECT_EQ(refusal_of("", {".", ","}).expected, "`.`, `\",\"`");
  EXPECT_EQ(refusal_of("", {".", ","}).advice,
            "write `\",\"` for a comma, with its quotes: inside `{...}` a bare one ends the value");
}

}  // namespace
}  // namespace penstock::pipeline

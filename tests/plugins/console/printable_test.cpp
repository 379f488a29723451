#include "console/printable.hpp"

#include <gtest/gtest.h>

namespace console {
namespace {

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text);
  return out;
}

TEST(Printable, LeavesTextAlone) { EXPECT_EQ(printable("Kessel 1 °C ʤ"), "Kessel 1 °C ʤ"); }

TEST(Printable, DisarmsControlCharacters) {
  EXPECT_EQ(printable("\x1B[2J\r\n\t\x7F"), "\\x1B[2J\\x0D\\x0A\\x09\\x7F");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\u009B2J"), "\\xC2\\x9B2J");
  EXPECT_EQ(printable("\x9B"
                      "2J \xC3"),
            "\\x9B2J \\xC3")
      << "no UTF-8";
  EXPECT_EQ(printable("a\u202Eb\u2066"), "a\\xE2\\x80\\xAEb\\xE2\\x81\\xA6") << "turns what follows";
}

TEST(Printable, DisarmsWhatOnlyLooksLikeUtf8) {
  EXPECT_EQ(printable("\xE0\x82\x9B"), "\\xE0\\x82\\x9B") << "an overlong control";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xED\\xA0\\x80") << "half of a pair of UTF-16";
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80") << "beyond U+10FFFF";
  EXPECT_EQ(printable("\xF0\x9F\x8C\xA1"), "\xF0\x9F\x8C\xA1");
}

TEST(Printable, DisarmsWhatCannotBeSeen) {
  EXPECT_EQ(printable("a\u200Bb\uFEFFc\u061Cd"), "a\\xE2\\x80\\x8Bb\\xEF\\xBB\\xBFc\\xD8\\x9Cd");
}

TEST(Width, CountsCharacters) { EXPECT_EQ(width("°C"), 2u); }

}  // namespace
}  // namespace console

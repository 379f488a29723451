#include "csv/parsed.hpp"

#include <gtest/gtest.h>

namespace csv {
namespace {

using namespace std::string_view_literals;

TEST(Shown, ShowsPrintableTextAsItIs) { EXPECT_EQ(shown("T1 °C"), "`T1 °C`"); }

TEST(Shown, ShowsControlBytesByTheirNumbers) { EXPECT_EQ(shown("T\0001\x1B[2J\n"sv), "`T\\01\\x1B[2J\\n`"); }

TEST(Shown, ShowsBytesThatAreNoUtf8ByTheirNumbers) {
  EXPECT_EQ(shown("\xB0"
                  "C"),
            "`\\xB0C`");
}

TEST(Shown, ShowsMarksThatTurnTextAround) { EXPECT_EQ(shown("a\u202Eb"), "`a\\xE2\\x80\\xAEb`"); }

TEST(Shown, ShowsTheStartOfALongText) {
  EXPECT_EQ(shown(std::string(1000, 'A')), "`" + std::string(48, 'A') + "...` (1000 bytes)");
}

TEST(ParseName, TakesUtf8) { EXPECT_EQ(parse_name("Kessel-Süd \U0001F321").value, "Kessel-Süd \U0001F321"); }

TEST(ParseName, WantsAName) { EXPECT_FALSE(parse_name("")); }

TEST(ParseName, RefusesNulWhereItStands) {
  const auto name = parse_name("T\0001"sv);
  EXPECT_FALSE(name);
  EXPECT_EQ(name.at, 1u);
}

TEST(ParseName, RefusesBytesThatAreNoUtf8) {
  for (const std::string_view text :
       {"ab\xB0"sv, "ab\xC0\x80"sv, "ab\xED\xA0\x80"sv, "ab\xF4\x90\x80\x80"sv, "ab\xE2\x82"sv}) {
    const auto name = parse_name(text);
    EXPECT_FALSE(name);
    EXPECT_EQ(name.at, 2u);
  }
}

}  // namespace
}  // namespace csv

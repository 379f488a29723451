#include "diagnostic/utf8.hpp"

#include <gtest/gtest.h>

namespace penstock::diagnostic {
namespace {

void expect(std::string_view bytes, std::uint32_t point, std::size_t length) {
  const Decoded decoded = decode_utf8(bytes);
  EXPECT_TRUE(decoded.valid);
  EXPECT_EQ(decoded.code_point, point);
  EXPECT_EQ(decoded.length, length);
}

void expect_refused(std::string_view bytes) {
  const Decoded decoded = decode_utf8(bytes);
  EXPECT_FALSE(decoded.valid) << bytes;
  EXPECT_EQ(decoded.length, 1U);
  EXPECT_EQ(decoded.code_point, static_cast<unsigned char>(bytes[0]));
}

TEST(DecodeUtf8, ReadsTheFirstAndLastOfEachLength) {
  expect(std::string_view("\0", 1), 0, 1);
  expect("\x7f", 0x7F, 1);
  expect("\xC2\x80", 0x80, 2);
  expect("\xDF\xBF", 0x7FF, 2);
  expect("\xE0\xA0\x80", 0x800, 3);
  expect("\xEF\xBF\xBF", 0xFFFF, 3);
  expect("\xF0\x90\x80\x80", 0x10000, 4);
  expect("\xF4\x8F\xBF\xBF", 0x10FFFF, 4);
}

TEST(DecodeUtf8, RefusesOverlongForms) {
  expect_refused("\xC0\x80");
  expect_refused("\xC1\xBF");
  expect_refused("\xE0\x9F\xBF");
  expect_refused("\xF0\x8F\xBF\xBF");
}

TEST(DecodeUtf8, RefusesSurrogatesAndWhatLiesBeyondUnicode) {
  expect_refused("\xED\xA0\x80");
  expect_refused("\xED\xBF\xBF");
  expect_refused("\xF4\x90\x80\x80");
  expect_refused("\xF5\x80\x80\x80");
  expect_refused("\xFF");
}

TEST(DecodeUtf8, RefusesStrayAndCutSequences) {
  expect_refused("\x80");
  expect_refused("\xC2");
  expect_refused("\xE2\x82");
  expect_refused(
      "\xC2"
      "A");
}

}  // namespace
}  // namespace penstock::diagnostic

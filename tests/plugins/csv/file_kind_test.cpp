#include "csv/file_kind.hpp"

#include <gtest/gtest.h>

namespace csv {
namespace {

TEST(FileKind, RefusesWhatIsCompressedWithTheCommandThatReadsIt) {
  EXPECT_EQ(refusal_of_kind("\x1F\x8B\x08"),
            "found gzip, expected text; run `zcat FILE | penstock run PIPELINE` with `path: \"-\"`");
  EXPECT_EQ(refusal_of_kind("(\xB5/\xFD"),
            "found zstd, expected text; run `zstdcat FILE | penstock run PIPELINE` with `path: \"-\"`");
  EXPECT_EQ(refusal_of_kind("PK\x03\x04"), "found an Excel or zip file, expected text; save it as CSV");
}

TEST(FileKind, TakesATextForOne) {
  for (const char* const start : {"", "PK", "PK,t", "(a", "BZh9", "{\"a\"", "sens", "\xEF\xBB\xBFs"})
    EXPECT_EQ(refusal_of_kind(start), "") << start;
}

TEST(FileKind, AdvisesOnALineThatOnlyLooksLikeAnother) {
  EXPECT_EQ(advise_on_kind("BZh91AY&SY"),
            "if this is bzip2, run `bzcat FILE | penstock run PIPELINE` with `path: \"-\"`");
  for (const char* const line : {"{\"a\": 1}", "[", " [ {\"a\": 1}", "[[1, 2]]"})
    EXPECT_EQ(advise_on_kind(line), "this looks like JSON: convert it to CSV") << line;
  for (const char* const line : {"", "[Header]", "[timestamp],[value]", "a,{b}"})
    EXPECT_EQ(advise_on_kind(line), "") << line;
}

}  // namespace
}  // namespace csv

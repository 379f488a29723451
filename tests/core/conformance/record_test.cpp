#include "conformance/record.hpp"

#include <gmock/gmock.h>

namespace penstock::conformance {
namespace {

const Outcome outcome{
    .result = Result::warn,
    .reason = "none",
    .findings = {{.what = {.summary = "library `libclamp.so` is slow",
                           .comparisons = {{"time", "at most 100 ms", "312 ms", "on this machine"}, {"", "", "", ""}},
                           .notes = {"a note", std::string("with\0NUL", 8)},
                           .help = {"be quick"}}},
                 {.what = {.summary = "another"}, .code = "PS0111"}}};

TEST(Record, HoldsAWholeOutcome) {
  const auto decoded = decode(encode(outcome));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->result, outcome.result);
  EXPECT_EQ(decoded->reason, outcome.reason);
  ASSERT_EQ(decoded->findings.size(), 2U);
  EXPECT_EQ(decoded->findings[0].what, outcome.findings[0].what);
  EXPECT_EQ(decoded->findings[1].code, "PS0111");
}

TEST(Record, OfWhichAPieceIsMissingIsNone) {
  const std::string whole = encode(outcome);
  for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(decode(whole.substr(0, length))) << length;
  EXPECT_FALSE(decode(whole + '!'));
}

TEST(Record, WithAnImpossibleSizeIsNone) {
  for (std::size_t at = 0; at + 8 <= encode(outcome).size(); ++at) {
    std::string spoilt = encode(outcome);
    spoilt.replace(at, 8, 8, '\xff');
    (void)decode(spoilt);  // reads nothing behind its end, and takes no memory by its word
  }
  EXPECT_FALSE(decode(std::string(8, '\xff')));
}

}  // namespace
}  // namespace penstock::conformance

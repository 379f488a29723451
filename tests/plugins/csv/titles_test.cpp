// Lines above the header, and what the reader says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reads_files.hpp"

namespace csv {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class Titles : public ReadsFiles {
 protected:
  std::string said(const std::string& text, const std::map<std::string, penstock::fixture::Setting>& settings = {}) {
    read(text, settings);
    EXPECT_EQ(status, PENSTOCK_FAILED) << text;
    return failure();
  }
  const std::string row = "T1,2024-03-01T00:00:00Z,20.5,C\n";
};

TEST_F(Titles, AboveTheHeaderAreLeftOutByTheSettingThatTheErrorNames) {
  const std::string file = "Exported by ACME logger 3\n\n" + header + row;
  EXPECT_THAT(said(file), EndsWith(":1:1: expected a header with columns `timestamp`, `value` and `sensor_id`, found "
                                   "`Exported by ACME logger 3`; line 3 looks like the header: set `skip: 2`"));
  EXPECT_EQ(read(file, {{"skip", std::uint64_t{2}}}).rows(), 1u);
}

TEST_F(Titles, MayHaveCommasQuotesAndABlankLineAbove) {
  EXPECT_THAT(said("Site,Hall 3,North,x\nSerial,12345\n" + header + row),
              EndsWith("line 3 looks like the header: set `skip: 2`"));
  EXPECT_THAT(said("Logger \"7\n" + header + row), EndsWith("line 2 looks like the header: set `skip: 1`"));
  EXPECT_THAT(said("\nLogger 7\n" + header + row),
              EndsWith("found a blank line; line 3 looks like the header: set `skip: 2`"));
  EXPECT_THAT(said("\n\n"), EndsWith("found a blank line; `skip: 1` leaves it out"));
}

TEST_F(Titles, AreCountedFromTheStartOfTheFile) {
  EXPECT_THAT(said("one\ntwo\nthree\n" + header + row, {{"skip", std::uint64_t{1}}}),
              EndsWith("line 4 looks like the header: set `skip: 3`"));
}

TEST_F(Titles, AreSeenAboveAHeaderOfTheNamesThatFieldsSays) {
  using List = std::vector<std::string>;
  EXPECT_THAT(said("Logger\nDate,Time,T\n1/1/2024,12:00,5\n",
                   {{"sensor_id", "A"}, {"fields", List{"timestamp=Date", "timestamp=Time", "value=T"}}}),
              EndsWith("line 2 looks like the header: set `skip: 1`"));
}

TEST_F(Titles, AreSeenAboveAHeaderOfOtherNamesByTheRowBelowIt) {
  EXPECT_THAT(said("Logger\nid,when,reading\nT1,2024-03-01T00:00:00Z,20.5\n"),
              EndsWith("line 2 looks like the header: set `skip: 1`"));
  EXPECT_THAT(said("Site,Berlin\nSerial,12345\nid,when\n"), Not(HasSubstr("looks like")));
}

TEST_F(Titles, AreSeenAboveAHeaderWithAnotherDelimiter) {
  EXPECT_THAT(said("Logger\nsensor_id;timestamp;value\nT1;2024-03-01T00:00:00Z;20.5\n"),
              EndsWith("line 2 looks like the header: set `skip: 1` and `delimiter: \";\"`"));
}

TEST_F(Titles, AreNotSeenInAHeaderThatHasOtherNames) {
  EXPECT_THAT(said("id,when,reading\nT1,2024-03-01T00:00:00Z,20.5\nT1,2024-03-01T00:00:00Z,20.5\n"),
              Not(HasSubstr("looks like")));
  EXPECT_THAT(said("id,when,reading\nT1,2024-03-01T00:00:00Z,1\nT1,never,none\nT1,2024-03-01T00:00:00Z,1\n"),
              Not(HasSubstr("looks like")));
  EXPECT_THAT(said("id;when;reading\nT1;2024-03-01T00:00:00Z;20.5\nT1;2024-03-01T00:00:00Z;20.5\n"),
              EndsWith("set `delimiter: \";\"` if that stands between them"));
}

TEST_F(Titles, AreLookedForInSixteenLines) {
  const auto file = [&](std::size_t titles) {
    std::string text = "first\n";
    for (std::size_t i = 1; i < titles; ++i) text += "title\n";
    return text + header + row;
  };
  EXPECT_THAT(said(file(16)), HasSubstr("line 17 looks like the header"));
  EXPECT_THAT(said(file(17)), Not(HasSubstr("looks like")));
}

}  // namespace
}  // namespace csv
